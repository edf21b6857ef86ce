"""How much of one document is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT", "Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that keep a hostile or broken document from taking the machine's memory or time.

    line_bytes: one line of a JSONL file; document_bytes: one text, HTML or JSON file, decompressed;
    html_bytes and html_tags: one page, counted before it is parsed (the article of a page of 30,000 tags takes two
    seconds at worst; beyond, the time grows with the square);
    html_depth: elements inside one another, beyond which no article can be told from its frame.
    """

    line_bytes: int = 20_000_000
    document_bytes: int = 50_000_000
    html_bytes: int = 10_000_000
    html_tags: int = 30_000
    html_depth: int = 250


DEFAULT = Limits()
