"""A news page to a Document: trafilatura finds the article among its frame, and the page's own metadata."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from dragoman.errors import EmptyDocument, NotText, TooLarge
from dragoman.read.encoding import Decoded, decode
from dragoman.read.jsonl import Origin
from dragoman.read.limits import Limits
from dragoman.read.names import publisher_of_url
from dragoman.read.text import parse_text
from dragoman.records import Document

__all__ = ["looks_like_html", "read_html"]

_HINT = "save the article alone, or give its text"
_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that have no end tag, or that the next of their kind ends
_UNNESTED = {
    *(
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ),
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup"),
}
# What looks like a tag inside these is none
_OPAQUE_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


def looks_like_html(text: str) -> bool:
    """Whether a text begins as a web page does."""
    return _START.match(text) is not None


def read_html(data: bytes, origin: Origin, limits: Limits) -> Document:
    """The article of a page: paragraphs joined by a line end, without menus, captions and comments.

    Raises TooLarge past the limits on size, tags and nesting, EmptyDocument where there is no article, NotText.
    """
    where = origin.name
    if len(data) > limits.html_bytes:
        raise TooLarge(f"a page of more than {limits.html_bytes:,} bytes", where=where, hint=_HINT)
    decoded = _decode(data, where)
    page = decoded.text.replace("\0", "")
    _refuse_monsters(page, limits, where)
    article = _extract(page, where)
    url = article.url if article and (article.url or "").startswith(("http://", "https://")) else None
    text = (article.text or "").strip() if article else ""
    if not text:
        raise EmptyDocument("no article found in the page", where=where, hint=_HINT)
    return parse_text(
        text,
        id=None if url else origin.base,
        title=_line(article.title),
        published=article.date or None,
        url=url,
        publisher=origin.publisher or (publisher_of_url(url) if url else None) or _line(article.sitename),
        source=where,
        raw_sha256=hashlib.sha256(data).hexdigest(),
        mended=decoded.mended,
    )


def _decode(data: bytes, where: str) -> Decoded:
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii", "replace") if declared else None
    decoded = decode(data, where=where, declared=name)
    return Decoded(_XML_DECLARATION.sub("", decoded.text, count=1), decoded.mended)


def _refuse_monsters(page: str, limits: Limits, where: str) -> None:
    """Count tags and how deep they stand in one another, before a parser builds a tree of them."""
    depth = deepest = tags = 0
    match = _TAG.search(page)
    while match:
        tags += 1
        name, position = match[2].lower(), match.end()
        if name in _OPAQUE_ENDS and not match[1]:
            end = _OPAQUE_ENDS[name].search(page, position)
            position = end.end() if end else len(page)
        elif name not in _UNNESTED:
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
        match = _TAG.search(page, position)
    if tags > limits.html_tags:
        raise TooLarge(f"a page of {tags:,} tags, more than {limits.html_tags:,}", where=where, hint=_HINT)
    if deepest > limits.html_depth:
        what = f"a page with elements nested {deepest:,} deep, more than {limits.html_depth}"
        raise TooLarge(what, where=where, hint=_HINT)


def _extract(page: str, where: str) -> Any:
    """trafilatura's document: text, title, date, url, sitename; None where it finds no article."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read, we report
    try:
        return trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
        )
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # whatever a parser makes of a page that no browser wrote
        reason = " ".join(str(error).split())[:120]
        raise NotText(f"the page cannot be parsed: {reason}", where=where, hint=_HINT) from error


def _line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None
