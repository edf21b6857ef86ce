"""Where a command's output goes: the terminal, a pipe, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.records import Document, Record

__all__ = ["Format", "console", "format_for", "opened", "write"]

_PIPED_WIDTH = 120  # columns of a table that goes to a file, or to a pipe with no terminal near


class Format(StrEnum):
    """How records are written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


_SUFFIXES = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}


def format_for(chosen: Format | None, output: str | None) -> Format:
    """The format asked for; else the one that the output file's name ends in; else the table."""
    if chosen is not None:
        return chosen
    return _SUFFIXES.get(Path(output).suffix.lower(), Format.TABLE) if output else Format.TABLE


def console(out: IO[str] | None = None, *, stderr: bool = False) -> Console:
    """A Rich console that leaves text as it is: no markup, no emoji codes, no guessing of highlights.

    It respects NO_COLOR, TERM=dumb, COLUMNS and the terminal's width; a file or pipe gets no colour.
    """
    from rich.console import Console

    made = Console(
        file=out, stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=False, legacy_windows=False
    )
    if made.is_terminal or os.environ.get("COLUMNS"):
        return made
    if out not in (None, sys.stdout, sys.stderr) or not any(os.isatty(number) for number in (0, 1, 2)):
        made.width = _PIPED_WIDTH  # no terminal is near, as there is with `| less`
    return made


@contextmanager
def opened(output: str | None) -> Iterator[IO[str]]:
    """A text stream (UTF-8) to standard output, or to a file that is replaced only when all went well."""
    if output is None or output == "-":
        _as_utf8(sys.stdout)
        yield sys.stdout
        return
    path = Path(output)
    if _is_special(path):  # a device or a pipe cannot be replaced
        try:
            with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
                yield out
        except OSError as error:
            raise _named(error, output) if error.filename is None else error from error
        return
    final = path.resolve()  # behind a link: the link stays
    if final.is_dir():
        raise IsADirectoryError(21, "is a directory", output)
    parts = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        with parts.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if final.exists():
            parts.chmod(stat.S_IMODE(final.stat().st_mode))
        parts.replace(final)
    except OSError as error:
        if error.filename in (None, str(parts)):
            raise _named(error, output) from error
        raise
    finally:
        with suppress(OSError):
            parts.unlink(missing_ok=True)


def _named(error: OSError, output: str) -> OSError:
    return error if isinstance(error, BrokenPipeError) else type(error)(error.errno, error.strerror, output)


def _is_special(path: Path) -> bool:
    with suppress(OSError):
        return path.exists() and not path.is_file() and not path.is_dir()
    return False


def _as_utf8(stream: IO[str]) -> None:
    """Records are UTF-8 whatever the locale says; a lone surrogate is written as \\udXXX, as JSON has it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and stream.isatty():
        reconfigure(errors="replace")  # the terminal's encoding is what it is
    elif reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def write(
    pairs: Iterable[tuple[Document, Sequence[Record]]], out: IO[str], form: Format, *, title: str | None = None
) -> None:
    """Write documents' records in that format, streaming where it can."""
    if form is Format.JSONL:
        from dragoman.export.jsonl import write_jsonl

        write_jsonl(pairs, out)
    elif form is Format.CSV:
        from dragoman.export.csv import write_csv

        write_csv(pairs, out)
    elif form is Format.HTML:
        from dragoman.export.html import write_html

        write_html(pairs, out, title=title)
    else:
        from dragoman.export.table import write_table

        write_table(pairs, console(out))
