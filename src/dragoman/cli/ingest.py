"""``dragoman ingest``: documents into the record store, with progress, and resumable."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.exits import Exit, complain, warn
from dragoman.cli.options import Model, Store
from dragoman.cli.output import console
from dragoman.cli.rooms import Rooms, rooms

if TYPE_CHECKING:
    from dragoman.bulk import Summary
    from dragoman.store import Failure
    from dragoman.store import Store as RecordStore

__all__ = ["add_to", "ingest"]

_EXAMPLES = """
Examples:

  dragoman ingest readouts/ --store record.db

  dragoman ingest news.jsonl.gz --limit 1000 --dry-run

  zcat archive.jsonl.gz | dragoman ingest -

  dragoman ingest --retry-failed
"""
_FEW = 64  # documents up to which it is quicker not to start worker processes
_MOST_WORKERS = 8
_NAMED = 20  # failures that are named one by one

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH…]", help="Files, folders, globs, or - for standard input.", show_default=False),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit", min=1, metavar="N", help="Stop after N documents that are not stored yet.", show_default=False
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        "-w",
        min=1,
        metavar="N",
        help="Processes that read; one a core by default, a single one for few documents.",
        show_default=False,
    ),
]


def ingest(
    context: typer.Context,
    paths: Paths = None,
    store: Store = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would be read; write nothing.")] = False,
    limit: Limit = None,
    workers: Workers = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Read again what could not be read before.")
    ] = False,
    model: Model = None,
) -> None:
    """Read documents into a record store.

    What is stored already and has not changed is passed over, so an ingest that was stopped, even by force, goes
    on where it stood when it is run again. A document that cannot be read is named, counted and kept for a retry;
    it never stops the rest. Ctrl-C finishes what is in hand; a second Ctrl-C stops at once.
    """
    if not paths and not retry_failed:
        raise typer.BadParameter("name what to read, or give --retry-failed", param_hint="PATH")
    house = rooms(context)
    store = store or house.settings.store
    if dry_run and not Path(store).exists():
        summary = _run(house, paths or [], None, dry_run=True, limit=limit, workers=1, model=model)
        _report(summary, store, [])
        raise typer.Exit(_code(summary))
    with house.open_store(store, create=not retry_failed and not dry_run) as opened:
        known = {failure.source: failure.attempts for failure in opened.failures()}
        sources = [*(paths or []), *(_sources(known) if retry_failed else [])]
        if not sources:
            print("nothing has failed: nothing to read again", file=sys.stderr)
            return
        summary = _run(house, sources, opened, dry_run=dry_run, limit=limit, workers=workers, model=model)
        failed = [] if dry_run else [f for f in opened.failures() if f.attempts != known.get(f.source)]
    _report(summary, store, failed)
    raise typer.Exit(_code(summary))


def _sources(failed: dict[str, int]) -> list[str]:
    """The files of what failed: a line of a file is read again with its file."""
    files = {source if Path(source).exists() else re.sub(r":\d+$", "", source) for source in failed}
    return sorted(file for file in files if file != "<stdin>")


def _run(
    house: Rooms,
    sources: list[str],
    store: RecordStore | None,
    *,
    dry_run: bool,
    limit: int | None,
    workers: int | None,
    model: str | None,
) -> Summary:
    from dragoman.cli.estimate import documents_in

    expected, settings = documents_in(sources), house.settings
    if workers is None:
        few = expected is not None and expected <= _FEW
        workers = 1 if few or dry_run else _workers(settings.workers)
    with _progress(expected, limited=limit is not None) as progress:
        done: Summary = house.ingest(
            sources,
            store,
            workers=workers,
            batch=settings.batch,
            limit=limit,
            dry_run=dry_run,
            progress=progress,
            model=model or settings.model,
            time_limit=settings.time_limit,
        )
    return done


def _workers(configured: int) -> int:
    """What the settings say when they say more than one; else one a core."""
    return configured if configured > 1 else min(os.cpu_count() or 1, _MOST_WORKERS)


@contextmanager
def _progress(expected: int | None, *, limited: bool) -> Iterator[Callable[[Summary], None] | None]:
    """A bar with the time left on standard error; nothing where that is no terminal."""
    err = console(stderr=True)
    if not err.is_terminal or err.is_dumb_terminal:
        yield None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = [BarColumn(bar_width=None), MofNCompleteColumn(), TextColumn("{task.description}")]
    timing = [TimeElapsedColumn()] if expected is None or limited else [TimeRemainingColumn(), TextColumn("left")]
    with Progress(*columns, *timing, console=err, transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("starting", total=expected)

        def tell(summary: Summary) -> None:
            done = summary.unchanged + summary.stored + summary.failed + sum(summary.skipped.values())
            told = f"{summary.records:,} records" + (", stopping" if summary.interrupted else "")
            bar.update(
                task, completed=done, description=told, total=None if expected is None else max(expected, done)
            )

        yield tell


def _report(summary: Summary, store: str, failed: list[Failure]) -> None:
    """What could not be read, a line each on standard error, then the counts."""
    for failure in failed[:_NAMED]:
        hint = f" ({failure.hint})" if failure.hint else ""
        complain(f"{failure.source}: {failure.message}{hint}")
    if len(failed) > _NAMED:
        warn(f"{len(failed) - _NAMED:,} more could not be read: dragoman status --failures names them all")
    for line in _counts(summary, store):
        print(line)
    if summary.interrupted:
        warn("interrupted; what was read is stored, and the same command goes on from here")


def _counts(summary: Summary, store: str) -> Iterator[str]:
    from dragoman.export.describe import plural

    parts = [
        f"{summary.stored:,} {'to read' if summary.dry_run else 'stored'}",
        f"{summary.unchanged:,} unchanged",
    ]
    if summary.failed:
        parts.append(f"{summary.failed:,} failed")
    yield f"{plural(summary.read, 'document')} read: {', '.join(parts)}"
    if summary.changed or summary.reread:
        yield f"of the stored, {summary.changed:,} in a new version, {summary.reread:,} for a newer Dragoman"
    if not summary.dry_run:
        nothing = f", {plural(summary.nothing_found, 'document')} with none" if summary.nothing_found else ""
        yield f"{plural(summary.records, 'record')} written to {store}{nothing}"
    if summary.skipped:
        reasons = ", ".join(f"{reason} {number:,}" for reason, number in sorted(summary.skipped.items()))
        yield f"{sum(summary.skipped.values()):,} skipped: {reasons}"
    if summary.read and summary.seconds >= 1:
        yield f"{summary.seconds:,.0f} s, {summary.read / summary.seconds:,.1f} documents a second"


def _code(summary: Summary) -> Exit:
    if summary.interrupted:
        return Exit.INTERRUPTED
    return Exit.UNREAD if summary.failed or summary.skipped else Exit.OK


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=_EXAMPLES)(ingest)
