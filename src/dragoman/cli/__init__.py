"""The command line: it prints, and decides nothing. One module a group of commands; the rest of the house is
imported inside the commands, so that ``dragoman --help`` loads none of it."""

from __future__ import annotations

from dragoman.cli.app import app, main

__all__ = ["app", "main"]
