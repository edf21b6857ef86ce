"""``follow``, ``dossier`` and ``compare`` on a real store of made-up papers on France and Moldova."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.link.relation import BRIDGE, FRANCE, MACRON, MOLDOVA, SANDU, TREATY, Paper, Told, papers

from dragoman.store import open_store

Call = Callable[..., Any]
HOSTILE = '<script>alert(1)</script> & "x" {{ 7*7 }} <img src=x onerror=alert(2)> \x1b[31m\u202e'


def _store(folder: Path, told: Sequence[Told]) -> Path:
    with open_store(folder / "record.db") as store:
        store.write_batch(list(told), reader_version="r", extractor_version="e")
    return folder


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Path:
    monkeypatch.chdir(tmp_path)
    _store(tmp_path, papers())
    assert call("link").exit_code == 0
    return tmp_path


def _states(entries: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    return sorted((entry["kind"], entry["state"]) for entry in entries)


# --- follow ---------------------------------------------------------------------------------------------------

FOLLOWED = [
    pytest.param(
        ["--today", "2023-02-01"],
        [("promise", "open"), ("visit", "announced")],
        [],
        [],
        id="what is planned is due",
    ),
    pytest.param(
        ["--today", "2023-07-15"],
        [("promise", "open"), ("visit", "announced")],
        [],
        [("visit", "made")],
        id="a week of grace, and what was made good",
    ),
    pytest.param(
        ["--today", "2023-12-01"],
        [],
        [("promise", "overdue"), ("visit", "overdue")],
        [("visit", "made")],
        id="no report found",
    ),
    pytest.param(
        ["--today", "2023-12-01", "--since", "2023-07-20"],
        [],
        [("promise", "overdue")],
        [],
        id="only what came to be overdue since",
    ),
    pytest.param(
        ["--today", "2023-12-01", "--country", "Moldova", "--country", "fra"],
        [],
        [("promise", "overdue"), ("visit", "overdue")],
        [("visit", "made")],
        id="of two states",
    ),
]


@pytest.mark.parametrize(("options", "due", "overdue", "fulfilled"), FOLLOWED)
def test_follow(
    call: Call,
    linked: Path,
    options: list[str],
    due: list[tuple[str, str]],
    overdue: list[tuple[str, str]],
    fulfilled: list[tuple[str, str]],
) -> None:
    found = json.loads(call("follow", *options, "--format", "json").stdout)
    assert _states(found["due"]) == due
    assert _states(found["overdue"]) == overdue
    assert _states(found["fulfilled"]) == fulfilled


def test_follow_says_that_no_report_was_found_and_never_that_a_plan_was_broken(call: Call, linked: Path) -> None:
    done = call("follow", "--today", "2023-12-01")
    assert done.exit_code == 0
    for words in (
        "Overdue: no report found by 2023-12-01 (2)",
        "2023-07-12   Maia Sandu to France  [overdue]",
        "no report found by 2023-12-01; the planned days ended on 2023-07-12",
        "“Sandu will visit Paris on 12 July” (Moldpres, 2023-06-01, autumn)",
        f"France (promise): {BRIDGE}  [overdue]",
        "it was due by 2023-08-31",
        "Fulfilled since 2022-12-01 (1)",
    ):
        assert words in done.stdout
    assert "broken" not in done.stdout


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        pytest.param(["--country", "Norway"], 4, "nothing is due, overdue or newly fulfilled", id="nothing"),
        pytest.param(["--country", "Moldovia"], 2, "did you mean", id="no such state"),
        pytest.param(["--today", "soon"], 2, "is no date", id="no such day"),
        pytest.param(["--since", "whenever"], 2, "is no date", id="since no day"),
        pytest.param(["--since", "2024", "--today", "2023"], 2, "is after 2023-01-01", id="since after today"),
    ],
)
def test_follow_refuses(call: Call, linked: Path, options: list[str], code: int, says: str) -> None:
    done = call("follow", *options)
    assert done.exit_code == code
    assert says in re.sub(r"[\s│]+", " ", done.stderr)


@pytest.mark.parametrize("command", [["follow"], ["dossier", "FRA", "MDA"], ["compare", "abc"]], ids=" ".join)
def test_a_store_must_be_linked(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(*command).exit_code == 5
    _store(tmp_path, papers())
    done = call(*command)
    assert done.exit_code == 2
    assert "run `dragoman link` first" in done.stderr


def test_documents_that_came_later_are_mentioned(call: Call, linked: Path) -> None:
    _store(linked, [Paper("late", "2023-06-02").tie("neighbours", "other").told()])
    assert "1 documents are not linked yet" in call("follow", "--today", "2023-12-01").stderr


# --- dossier --------------------------------------------------------------------------------------------------


def _sections(call: Call, *options: str) -> dict[str, list[dict[str, Any]]]:
    found = json.loads(call("dossier", "MDA", "FRA", "--format", "json", *options).stdout)
    return {section["name"]: section["entries"] for section in found["sections"]}


def test_dossier_has_every_line_with_words_and_source(call: Call, linked: Path) -> None:
    done = call("dossier", "Moldova", "French", "--today", "2023-12-01")
    assert done.exit_code == 0
    for words in (
        "Moldova – France",
        "as of 2023-12-01, from 4 documents on both",
        "Emmanuel Macron to Moldova, official visit  [made]",
        "sources differ, type: official (best): Elysee 2023-05-04",
        "sources differ, type: state: Moldpres 2023-01-10; Moldpres 2023-05-03",
        "Maia Sandu to France  [overdue]",
        f"{TREATY} (FRA, MDA)  [signed]",
        f"{BRIDGE}  [overdue]",
        "Emmanuel Macron, President: France stands by Moldova",
        "(Moldpres, 2023-05-03, trip)",
        "friendship: an old friendship",
    ):
        assert words in done.stdout
    assert "school in Balti" not in done.stdout  # a hope binds nobody
    for entries in _sections(call, "--today", "2023-12-01").values():
        assert all(entry["said"] and entry["said"][0]["words"] for entry in entries)


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        pytest.param(["--today", "2023-12-01"], (2, 1, 1, 1, 1), id="all"),
        pytest.param(["--today", "2023-02-01"], (1, 0, 0, 1, 0), id="as it stood before"),
        pytest.param(["--today", "2023-12-01", "--since", "2023-06"], (1, 0, 0, 1, 0), id="open promises stay"),
        pytest.param(["--today", "2023-12-01", "--limit", "1"], (1, 1, 1, 1, 1), id="at most one a section"),
    ],
)
def test_dossier_sections(call: Call, linked: Path, options: list[str], numbers: tuple[int, ...]) -> None:
    found = _sections(call, *options)
    names = ("visits", "encounters", "accords", "open promises", "statements")
    assert tuple(len(found[name]) for name in names) == numbers


def test_dossier_as_of_an_earlier_day_knows_nothing_of_what_came_later(call: Call, linked: Path) -> None:
    [visit] = _sections(call, "--today", "2023-02-01")["visits"]
    assert (visit["state"], visit["when"], visit["disputes"]) == ("announced", "2023-05-03", [])


@pytest.mark.parametrize(
    ("states", "code", "says"),
    [
        pytest.param(["NOR", "ISL"], 4, "no document tells of Norway – Iceland", id="nothing"),
        pytest.param(["FRA", "French"], 2, "are one state", id="one state"),
        pytest.param(["FRA", "Atlantis"], 2, "no state is called", id="no such state"),
    ],
)
def test_dossier_refuses(call: Call, linked: Path, states: list[str], code: int, says: str) -> None:
    done = call("dossier", *states, "--output", "page.html")
    assert done.exit_code == code
    assert says in re.sub(r"[\s│]+", " ", done.stderr)
    assert not (linked / "page.html").exists()


class _Page(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_stands_alone_and_links_only_to_the_web(call: Call, linked: Path) -> None:
    assert call("dossier", "MDA", "FRA", "--today", "2023-12-01", "--output", "page.html").exit_code == 0
    source = (linked / "page.html").read_text("utf-8")
    page = _Page(source)
    links = {attrs["href"] for tag, attrs in page.tags if tag == "a"}
    assert {link for link in links if link and not link.startswith("#")} == {"https://example.org/plan"}
    anchors = {f"#{attrs['id']}" for _, attrs in page.tags if "id" in attrs}
    assert {link for link in links if link and link.startswith("#")} <= anchors
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe"}
    assert not any("src" in attrs or "style" in attrs for _, attrs in page.tags)
    assert "default-src 'none'" in source
    for words in (
        "“Sandu will visit Paris on 12 July”",
        "Moldpres · 2023-06-01",
        "no report found by",
        "Sources differ",
    ):
        assert words in page.text


def test_what_a_text_says_is_shown_and_never_run(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile = Paper("h", "2023-05-04", HOSTILE, title=HOSTILE, url='https://example.org/"><script>x</script>')
    hostile.accord(f"signed {HOSTILE}", f"Treaty on {HOSTILE}", "signed", "2023-05-03").says(
        HOSTILE, MACRON, target=(MOLDOVA,)
    )
    hostile.promise(f"France will do {HOSTILE}", FRANCE, "2023-06", counterpart=(MOLDOVA,))
    _store(tmp_path, [hostile.told()])
    assert call("link").exit_code == 0
    assert call("dossier", "MDA", "FRA", "--output", "page.html").exit_code == 0
    source = (tmp_path / "page.html").read_text("utf-8")
    page = _Page(source)
    assert not {tag for tag, _ in page.tags} & {"script", "img"}
    assert '<script>alert(1)</script> & "x" {{ 7*7 }}' in page.text
    assert "\x1b" not in source
    assert "\u202e" not in source
    shown = call("dossier", "MDA", "FRA").stdout + call("follow", "--today", "2023-12-01").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


# --- compare --------------------------------------------------------------------------------------------------


def _claim(folder: Path, document: str, kind: str) -> str:
    with open_store(folder / "record.db") as store:
        return next(record.id for record in store.document(document).records if record.record == kind)


def test_compare_puts_two_readouts_side_by_side(call: Call, linked: Path) -> None:
    done = call("compare", _claim(linked, "trip", "meeting"))
    assert done.exit_code == 0
    for words in ("Moldpres, 2023-05-03", "Elysee, 2023-05-04", "Chisinau", "topics of all readouts: economic"):
        assert words in done.stdout
    assert "“France stands by Moldova”" in re.sub(r"[\s│]+", " ", done.stdout)
    found = json.loads(call("compare", _claim(linked, "paris", "meeting"), "--format", "json").stdout)
    here, there = found["readouts"]
    assert (here["own_topics"], there["own_topics"]) == (["energy", "military"], [])
    assert sorted(here["participants"]) == ["Emmanuel Macron", "Maia Sandu"]
    assert (here["quotations"], there["quotations"]) == (["Emmanuel Macron: “France stands by Moldova”"], [])
    assert here["agreements"] == [TREATY]
    assert (here["own_agreements"], there["own_agreements"]) == ([], [])
    assert there["commitments"] == ["France (hope): France wants to open a school in Balti"]


def test_compare_names_who_is_left_out_and_what_was_only_announced(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    who, day = [SANDU, MACRON], "2023-05-03"
    popescu = SANDU.__class__(name="Nicu Popescu", kind="person", country="MDA", office="Foreign Minister")
    _store(
        tmp_path,
        [
            Paper("before", "2023-05-01").meeting("they will meet", who, day, status="planned").told(),
            Paper("one", day, "Moldpres").meeting("they met, with Popescu", [*who, popescu], day).told(),
            Paper("two", day, "Elysee").meeting("the two met", who, day).told(),
        ],
    )
    call("link")
    found = json.loads(call("compare", _claim(tmp_path, "two", "meeting"), "--format", "json").stdout)
    absent = {readout["said"]["document"]: readout["absent"] for readout in found["readouts"]}
    assert absent == {"one": [], "two": ["Nicu Popescu"]}
    assert [said["document"] for said in found["announced"]] == ["before"]
    shown = call("compare", _claim(tmp_path, "two", "meeting"), env={"COLUMNS": "70"}).stdout
    assert "not named" in shown
    assert "announced before: “they will meet”" in shown


@pytest.mark.parametrize("kind", [None, "visit"], ids=["no such id", "a claim of a visit alone"])
def test_compare_knows_encounters_only(call: Call, linked: Path, kind: str | None) -> None:
    done = call("compare", _claim(linked, "autumn", kind) if kind else "zzz")
    assert done.exit_code == 4
    assert "no encounter has the id" in done.stderr


def test_one_readout_is_shown_with_a_note(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _store(tmp_path, [Paper("one", "2023-05-03").meeting("they met", [SANDU, MACRON], "2023-05-03").told()])
    call("link")
    done = call("compare", _claim(tmp_path, "one", "meeting"))
    assert done.exit_code == 0
    assert "only one document tells of this encounter" in done.stderr
