"""Counts and figures as tables: what ``status`` and ``evaluate`` print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.export.describe import plural, printable, shorten

if TYPE_CHECKING:
    from dragoman.evaluate import Evaluation, Mistake, TypeScore
    from dragoman.store import Failure, Status

__all__ = ["print_evaluation", "print_failures", "print_mistakes", "print_status"]

_NARROW = 64


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _tally(counts: Mapping[str, int]) -> Text:
    return Text(printable(", ".join(f"{name} {number:,}" for name, number in counts.items())) or "none")


def print_status(status: Status, console: Console) -> None:
    """What a store holds."""
    grid = _grid()
    grid.add_row(
        "store", Text(printable(f"{status.path} ({_bytes(status.size)}, schema {status.schema_version})"))
    )
    documents = f"{status.documents:,}"
    if status.first_date:
        documents += f", published {status.first_date} to {status.last_date}"
    grid.add_row("documents", Text(documents))
    grid.add_row("of these", Text(f"{status.without_records:,} hold nothing of the eight types"))
    if status.superseded_versions:
        grid.add_row("versions", Text(f"{status.versions:,}, of which {status.superseded_versions:,} superseded"))
    grid.add_row("publishers", _tally(status.documents_by_publisher))
    grid.add_row("languages", _tally(status.documents_by_language))
    grid.add_row("records", Text(f"{status.records:,}"))
    grid.add_row("by type", _tally(status.records_by_type))
    grid.add_row("by status", _tally(status.records_by_status))
    if status.superseded_records:
        grid.add_row("kept besides", Text(f"{status.superseded_records:,} of older readings"))
    failed = f"{status.failures:,}" + ("  (dragoman status --failures)" if status.failures else "")
    grid.add_row("could not be read", Text(failed))
    if status.last_run:
        run = status.last_run
        grid.add_row(
            "last ingest",
            Text(f"{run.state}, begun {run.started}" + (f", ended {run.ended}" if run.ended else "")),
        )
    console.print(grid)


def _bytes(size: int) -> str:
    value = float(size)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            break
        value /= 1000
    return f"{value:,.0f} {unit}" if value >= 10 or unit == "bytes" else f"{value:.1f} {unit}"


def print_failures(failures: Sequence[Failure], console: Console) -> None:
    """What could not be read: a line each, and what to do about it."""
    for failure in failures:
        hint = f" ({failure.hint})" if failure.hint else ""
        times = f" [{plural(failure.attempts, 'attempt')}]" if failure.attempts > 1 else ""
        line = f"{failure.source}: {failure.message}{hint}{times}"
        console.print(Text(" ".join(printable(line).split())), soft_wrap=True)
    if not failures:
        console.print("nothing: all that was given could be read")


def print_evaluation(evaluation: Evaluation, console: Console) -> None:
    """Precision, recall and F1 a type, the fields, then what the confidence is worth."""
    narrow = console.width < _NARROW
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in ("type", "gold", "found", "match", "P", "R", "F1"):
        table.add_column(name, justify="left" if name == "type" else "right", no_wrap=True)
    if not narrow:
        table.add_column("fields right", overflow="fold")
    for name, score in evaluation.types.items():
        table.add_row(*_row(name, score, narrow=narrow))
    total = Text(f"macro F1 {evaluation.macro_f1:.3f}, without evidence {evaluation.without_evidence}")
    table.add_row(*_row("all", evaluation.overall, narrow=True), *([] if narrow else [total]), style="bold")
    console.print(table)
    if narrow:
        console.print(total)
    console.print(
        Text(f"\n{plural(evaluation.documents, 'document')}. What the confidence is worth:", style="dim")
    )
    for cut in evaluation.cuts:
        kept = f"{cut.predicted:,} found, precision {cut.precision:.3f}, recall {cut.recall:.3f}"
        console.print(Text(f"  {cut.least:.1f} and more   {kept}"))
    bins = Table(box=None, padding=(0, 2, 0, 2), header_style="dim", pad_edge=False)
    for name in ("confidence", "found", "mean", "right"):
        bins.add_column(name, justify="right", no_wrap=True)
    for each in evaluation.bins:
        bins.add_row(
            f"{each.low:.1f}-{each.high:.1f}", f"{each.count:,}", f"{each.confidence:.2f}", f"{each.right:.2f}"
        )
    console.print(bins)
    console.print(Text(f"  expected calibration error {evaluation.calibration_error:.3f}"))


def _row(name: str, score: TypeScore, *, narrow: bool) -> Iterable[Text]:
    yield Text(name)
    for number in (score.gold, score.predicted, score.matched):
        yield Text(f"{number:,}")
    for ratio in (score.precision, score.recall, score.f1):
        yield Text(f"{ratio:.3f}")
    if not narrow:
        yield Text(
            " ".join(f"{key} {value.right}/{value.total}" for key, value in score.fields.items()), style="dim"
        )


def print_mistakes(mistakes: Iterable[Mistake], console: Console) -> None:
    """What was missed and what was invented, with the words."""
    for mistake in mistakes:
        words = " | ".join(span["text"] for span in mistake.record.get("evidence") or ())
        rule = f" [{mistake.record['rule']}]" if mistake.record.get("rule") else ""
        line = Text(f"{mistake.kind:<8} ", style="red" if mistake.kind == "invented" else "yellow")
        line.append(printable(f"{mistake.doc_id}{rule} "), style="dim")
        line.append(printable(_essence(mistake.record)) + "  ", style="")
        line.append(shorten(printable(words), limit=160), style="italic")
        console.print(line, soft_wrap=True)  # one mistake a line, for grep


def _essence(record: Mapping[str, object]) -> str:
    """The record's own values on one line; actors by their names."""
    skipped = {
        "record",
        "id",
        "doc_id",
        "evidence",
        "rule",
        "confidence",
        "date_text",
        "date_basis",
        "place_basis",
    }
    skipped |= {"text", "action", "topics", "quad", "goldstein"}
    return " ".join(f"{key}={_short(value)}" for key, value in record.items() if key not in skipped and value)


def _short(value: object) -> str:
    if isinstance(value, list):
        return "+".join(_short(item) for item in value)
    if isinstance(value, Mapping):
        if "type" in value:
            return "/".join(str(item) for item in (value["type"], value.get("mode")) if item)
        named = f"{value.get('name') or ''}"
        return f"{named}({value['country']})" if value.get("country") else named
    return str(value)
