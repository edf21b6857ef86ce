"""Bytes to Documents: text, HTML, JSON and JSONL from files, folders, globs and streams.

What a document does not say of itself (title, date of publication, publisher, dateline, cited source, language) is
looked for in its text. Offsets point into the text as stored, and ``Document.mended`` says what was repaired.
"""

from dragoman.read.limits import Limits
from dragoman.read.sources import read, scan
from dragoman.read.text import parse_text

__all__ = ["Limits", "parse_text", "read", "scan"]
