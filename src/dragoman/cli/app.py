"""The application: the commands in the order in which one meets them, and what all of them have in common."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dragoman.cli import consult, evaluate, explain, extract, follow, ingest, link, model
from dragoman.cli.exits import EXIT_CODES_HELP, explained

__all__ = ["app", "main"]


class _Commands(TyperGroup):
    """Commands whose errors are one line and an exit code, also when a test invokes them."""

    def invoke(self, ctx: Any) -> Any:
        with explained():
            return super().invoke(ctx)


app = typer.Typer(
    name="dragoman",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES_HELP,
)
for group in (extract, ingest, consult, link, follow, explain, evaluate, model):
    group.add_to(app)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            found = version("dragoman")
        except PackageNotFoundError:  # run from a checkout
            import dragoman

            found = getattr(dragoman, "__version__", "unknown")
        typer.echo(f"dragoman {found}")
        raise typer.Exit


@app.callback()
def _dragoman(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Read readouts and agency news, and keep the diplomatic record: every fact with the words it came from."""


def main() -> None:
    """The entry point of the command."""
    app()
