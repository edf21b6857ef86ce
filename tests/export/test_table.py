"""The terminal: nothing is mangled, nothing steers it, it fits."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console
from tests.export.examples import TEXT, document, pairs, records

from dragoman.export.table import highlighted, passages, print_card, print_hits, write_table
from dragoman.records import Document, Record, Span, Tenure


def _console(width: int, *, terminal: bool = False) -> Console:
    return Console(
        file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False, force_terminal=terminal
    )


def _printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [20, 40, 63, 64, 80, 110, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    console = _console(width)
    write_table(pairs(), console)
    print_hits([(r, "doc-1", "题目 习近平", "2023-05-02") for r in records()], console)
    print_card(records()[0], document(), console)
    lines = _printed(console).splitlines()
    assert lines
    assert max(cell_len(line) for line in lines) <= width


@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_record_is_there(width: int) -> None:
    console = _console(width)
    write_table(pairs(), console)
    shown = " ".join(_printed(console).split())
    for record in records():
        assert record.record in shown
    assert "Talks in Dushanbe" in shown
    assert "Anna Holm" in shown


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
def test_brackets_are_text_and_no_markup(terminal: bool) -> None:
    text = "He said [bold]no[/bold] and [/] :smile: to http://x [red]"
    record = _tenure(text, 0, len(text))
    console = _console(300, terminal=terminal)
    write_table([(document(text), [record])], console)
    print_card(record, document(text), console)
    assert _printed(console).count("[bold]no[/bold] and [/] :smile: to http://x [red]") >= 2


def _tenure(text: str, start: int, end: int) -> Record:
    evidence = (Span(start, end, text[start:end]),)
    return Tenure(
        doc_id="doc-1", rule="example", evidence=evidence, person="Anna Holm", office=text, country="NOR"
    )


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = "a\x1b[2Jb\x07c\x9b31md\u202ee\x00f"
    console = _console(100)
    record = _tenure(text, 0, len(text))
    write_table([(document(text, title=text, id=text, publisher=text), [record])], console)
    print_hits([(record, text, text, text)], console)
    print_card(record, document(text, title=text, id=text, url=text), console)
    assert not set("\x1b\x07\x9b\u202e\x00") & set(_printed(console))


def test_colour_goes_to_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    console = _console(80)
    write_table(pairs(), console)
    assert "\x1b[" not in _printed(console)


def test_the_card_shows_the_passage_with_its_evidence() -> None:
    console = _console(100)
    print_card(records()[3], document(), console)
    shown = " ".join(_printed(console).split())
    assert "“⟦We shall open an embassy in 2024⟧,” ⟦said Holm⟧. The two signed" in shown
    assert records()[3].id in shown
    assert "Foreign Minister (NOR)" in shown


def test_the_evidence_is_what_is_highlighted() -> None:
    record = records()[0]
    [passage] = passages(TEXT, [(span.start, span.end) for span in record.evidence])
    shown = highlighted(TEXT, record, passage)
    marked = [shown.plain[span.start : span.end] for span in shown.spans if "reverse" in str(span.style)]
    assert marked == [span.text for span in record.evidence]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        pytest.param("one\ntwo three\nfour", [(4, 7)], ["two three"], id="a paragraph"),
        pytest.param("one\ntwo three\nfour", [(4, 7), (8, 13)], ["two three"], id="two spans in it"),
        pytest.param("one\ntwo\nthree", [(0, 3), (8, 13)], ["one", "three"], id="two paragraphs"),
        pytest.param("one\ntwo\nthree", [(0, 5)], ["one\ntwo"], id="across a break"),
        pytest.param("a " * 500 + "HERE" + " b" * 500, [(1000, 1004)], None, id="a long paragraph is cut"),
    ],
)
def test_passages(text: str, spans: list[tuple[int, int]], expected: list[str] | None) -> None:
    found = [text[start:end] for start, end in passages(text, spans)]
    if expected is None:
        [only] = found
        assert "HERE" in only
        assert len(only) < 700
        assert only[0] == "a"
    else:
        assert found == expected


def test_a_document_without_records_says_so() -> None:
    console = _console(80)
    write_table([(Document(id="d", text="Rain in Bergen."), [])], console)
    assert "Rain in Bergen." in _printed(console)
    assert "no records" in _printed(console)
