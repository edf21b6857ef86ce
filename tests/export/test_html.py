"""The page: the text is the document's, every record and its words are linked both ways, nothing hostile runs."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.examples import TEXT, document, pairs, records

from dragoman.export.html import page
from dragoman.records import Document, Record, Span, Tenure

HOSTILE = (
    "</div><script>alert(1)</script>\r\n<img src=x onerror=alert(1)> &amp; &#x27; \" ' `</style> {{ 7*7 }} "
    "{% x %} \x00 \x1b[31m \u202eright to left\u202c <!-- -->]]> &lt;\n\n\ttab  two\n \n😀 مرحبا 习近平 \ud800"
)


class Page(HTMLParser):
    """Reads a page the way a browser does: elements, their attributes, the text inside ``.text``."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.marked: dict[str, list[str]] = {}
        self._stack: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if values.get("class") == "text":
            self.texts.append("")
        if tag not in {"meta", "link", "br", "img"}:
            self._stack.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        assert self._stack, f"</{tag}> closes nothing"
        opened, _ = self._stack.pop()
        assert opened == tag, f"<{opened}> closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        if any(values.get("class") == "text" for _, values in self._stack):
            self.texts[-1] += data
            if self._stack[-1][0] == "mark":
                for owner in (self._stack[-1][1]["data-r"] or "").split():
                    self.marked.setdefault(owner, []).append(data)

    def ids(self) -> list[str]:
        return [values["id"] or "" for _, values in self.tags if "id" in values]

    def links(self) -> list[str]:
        return [values["href"] or "" for tag, values in self.tags if tag == "a" and "href" in values]


def _tenure(text: str, start: int, end: int) -> Record:
    evidence = (Span(start, end, text[start:end]),)
    return Tenure(
        doc_id="doc-1", rule="example", evidence=evidence, person=text[start:end], office=text, country="NOR"
    )


def _shown(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text)


def test_without_its_tags_the_text_is_the_documents() -> None:
    assert Page(page(pairs())).texts == [TEXT]


@given(
    text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=80),
    cuts=st.lists(st.integers(0, 80), min_size=2, max_size=8),
)
def test_any_text_with_any_spans(text: str, cuts: list[int]) -> None:
    spans = [(a, b) for a, b in pairwise(cuts) if a < b <= len(text)]
    found = [_tenure(text, a, b) for a, b in spans]
    read = Page(page([(document(text), found)]))
    assert read.texts == [_shown(text)]
    marked = sorted(
        re.sub(r"\s", "", "".join(parts)) for parts in read.marked.values()
    )  # blank lines are unmarked
    assert [words for words in marked if words] == sorted(
        words for a, b in spans if (words := re.sub(r"\s", "", _shown(text[a:b])))
    )


def test_hostile_text_is_shown_and_not_run() -> None:
    doc = document(HOSTILE, title=HOSTILE, id=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)")
    read = Page(page([(doc, [_tenure(HOSTILE, 3, 40), _tenure(HOSTILE, 20, len(HOSTILE))])]))
    assert read.texts == [_shown(HOSTILE)]
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert not [tag for tag, _ in read.tags if tag in {"img", "iframe", "link", "object"}]
    assert not [name for _, values in read.tags for name in values if name.startswith("on")]
    assert all(link.startswith("#") for link in read.links())


def test_every_record_links_to_its_words_and_back() -> None:
    read = Page(page(pairs()))
    ids, links = read.ids(), read.links()
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links} <= set(ids)
    for number, record in enumerate(records(), 1):
        assert f"#d1r{number}" in links, f"no number in the text leads to {record.record}"
        assert f"#d1r{number}e1" in links, f"{record.record} does not lead to its words"
    by_owner = {owner: "".join(parts) for owner, parts in read.marked.items()}
    wanted = {"".join(span.text for span in record.evidence) for record in records()}
    assert set(by_owner.values()) == wanted


def test_several_documents_have_an_index() -> None:
    second = document("Nothing happened.", id="doc-2", title=None)
    read = Page(page([(document(), records()), (second, [])]))
    assert "#d1" in read.links()
    assert "#d2" in read.links()
    assert read.texts == [TEXT, "Nothing happened."]


@pytest.mark.parametrize("found", [[], [(document("x"), [])]], ids=["no document", "no record"])
def test_a_page_with_nothing_on_it(found: list[tuple[Document, list[Record]]]) -> None:
    read = Page(page(found))
    assert ("main", {}) in read.tags


def test_the_page_loads_nothing() -> None:
    source = page(pairs())
    assert not re.search(r"(src|srcset|poster)\s*=|@import|url\(|<link", source)
    assert "default-src 'none'" in source
    assert not re.findall(r"https?://", source)


def test_the_pages_own_script_is_the_only_one_that_may_run() -> None:
    """A browser hashes what stands between the tags, to the last line break."""
    source = page(pairs())
    [script] = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.findall(r"script-src ([^;]+);", source) == [f"'sha256-{digest}'"]


def test_only_web_addresses_become_links() -> None:
    read = Page(page([(document(url="https://example.org/a?b=1&c=<2>"), [])]))
    assert "https://example.org/a?b=1&c=<2>" in read.links()


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_the_contrast_of_wcag_aa(scheme: int) -> None:
    source = page(pairs())
    blocks = re.findall(r":root \{(.*?)\}", source, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", blocks[scheme]))
    assert len(colours) == 17
    for background in ("paper", "panel"):
        for name in set(colours) - {"paper", "panel", "rule"}:
            light, dark = sorted((_luminance(colours[name]), _luminance(colours[background])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{name} on {background}"
