"""Exit codes, and how an error becomes one line on standard error and a code. docs/cli.md lists the codes too."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum

import typer

from dragoman.errors import DragomanError, GoldError, ModelError, NotFound, ReadError, StoreError, VocabularyError

__all__ = ["EXIT_CODES_HELP", "Exit", "complain", "explained", "warn"]


class Exit(IntEnum):
    """What the command line returns to the shell."""

    OK = 0  # all done
    BUG = 1  # an error that Dragoman did not foresee
    DIFFERS = 1  # model check: a file or a figure is not as the card says
    USAGE = 2  # an option or argument is wrong
    UNREAD = 3  # some documents could not be read; the rest is done
    NOTHING = 4  # nothing found
    STORE = 5  # the record store cannot be used
    MODEL = 6  # the pipeline or a vocabulary cannot be loaded
    OUTPUT = 7  # the output cannot be written
    FLOOR = 8  # evaluate: a figure is below its floor
    INTERRUPTED = 130  # Ctrl-C; what was finished is kept
    PIPE = 141  # the reader of the pipe has gone (| head)


EXIT_CODES_HELP = (
    "Exit codes: 0 done · 1 unforeseen error, or model check: not as the card says · 2 wrong usage · "
    "3 some documents could not be read, the rest is done · 4 nothing found · 5 store · 6 model · 7 output · "
    "8 below a floor · 130 interrupted · 141 pipe closed"
)

_CODES: tuple[tuple[type[DragomanError], Exit], ...] = (
    (ReadError, Exit.UNREAD),
    (GoldError, Exit.UNREAD),
    (NotFound, Exit.NOTHING),
    (StoreError, Exit.STORE),
    (ModelError, Exit.MODEL),
    (VocabularyError, Exit.MODEL),
)


def complain(what: object) -> None:
    """One line on standard error: 'error: FILE:LINE: what (hint)'."""
    _line("error", what)


def warn(what: object) -> None:
    """One line on standard error that does not change the exit code."""
    _line("note", what)


def _line(kind: str, what: object) -> None:
    from dragoman.export.describe import printable

    text = " ".join(printable(str(what)).split())
    with suppress(OSError):  # nobody is listening
        print(f"{kind}: {text}", file=sys.stderr, flush=True)


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors into one line and a ``typer.Exit``. With DRAGOMAN_DEBUG=1 the traceback comes through."""
    try:
        yield
        sys.stdout.flush()
    except (typer.Exit, typer.Abort):
        raise
    except BaseException as error:
        code = _code(error)
        if code is None or (os.environ.get("DRAGOMAN_DEBUG") and code not in (Exit.PIPE, Exit.INTERRUPTED)):
            raise
        if code is Exit.PIPE:
            _silence_stdout()
        elif code is not Exit.INTERRUPTED:
            complain(_message(error))
            if code is Exit.OUTPUT:
                _silence_stdout()
        else:
            complain("interrupted")
        raise typer.Exit(code) from error


def _code(error: BaseException) -> Exit | None:
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code
    if isinstance(error, DragomanError):
        return Exit.USAGE  # a date, a type or a country that there is not
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        return Exit.PIPE
    if isinstance(error, OSError):
        return Exit.OUTPUT  # what is read is guarded in read/, so this is something written
    if isinstance(error, Exception) and not _is_usage(error):
        return Exit.BUG
    return None  # usage errors are Typer's to print


def _is_usage(error: Exception) -> bool:
    return hasattr(error, "exit_code") and hasattr(error, "format_message")


def _message(error: BaseException) -> str:
    if isinstance(error, DragomanError):
        return str(error)
    if isinstance(error, OSError):
        what = {
            errno.ENOSPC: "no space left on the disk",
            errno.EDQUOT: "the disk quota is used up",
            errno.EACCES: "permission denied",
            errno.EPERM: "permission denied",
            errno.EROFS: "the file system is read-only",
            errno.EISDIR: "this is a folder",
            errno.ENOENT: "there is no such folder",
            errno.EFBIG: "the file is too large",
        }.get(error.errno or 0, error.strerror or str(error))
        return f"{error.filename or 'standard output'}: {what} (nothing was written there, or not all of it)"
    name = type(error).__name__
    return f"unforeseen {name}: {error} (DRAGOMAN_DEBUG=1 shows where; please report it)"


def _silence_stdout() -> None:
    """Let the interpreter's last flush go nowhere instead of failing a second time."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
