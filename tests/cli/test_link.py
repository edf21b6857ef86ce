"""``link``, ``story``, ``who``, ``register`` and ``decide`` on a real store."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.link.telling import telling

from dragoman.store import open_store

Call = Callable[..., Any]
LIST = """iso3,role,person,person_qid,start,end
KAZ,head_of_state,Kassym-Jomart Tokayev,Q200881,2019-03-20,
BRA,head_of_state,Dilma Rousseff,Q40722,2011-01-01,2016-08-31
NOR,cook,Ole,,,
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with five documents on three meetings, and a list of office-holders."""
    monkeypatch.chdir(tmp_path)
    told = [
        telling("kz-1", "tokayev xi", date="2022-09-14", published="2022-09-14", place="Nur-Sultan"),
        telling("cn-1", "xi tokayev", date="2022-09-14", published="2022-09-15", place="Astana"),
        telling("kz-2", ["Tokayev|KAZ|President", "wang"], date="2022-06-07", published="2022-06-07"),
        telling("wh-1", "biden putin", date="2022-02-12", format="call"),
        telling("kr-1", "putin biden", date="2022-02", basis="published", format="call"),
    ]
    with open_store(tmp_path / "record.db") as store:
        store.write_batch(told, reader_version="r", extractor_version="e")
    (tmp_path / "leaders.csv").write_text(LIST, "utf-8")
    return tmp_path


@pytest.fixture
def linked(folder: Path, call: Call) -> Path:
    done = call("link")
    assert done.exit_code == 0, done.stderr
    return folder


def test_link_says_what_it_did_and_does_nothing_twice(call: Call, folder: Path) -> None:
    done = call("link")
    assert done.exit_code == 0
    assert "5, of which 5 new and 0 copies" in done.stdout
    assert "3, of which 3 told anew" in done.stdout
    again = json.loads(call("link", "--format", "json").stdout)
    assert (again["new"], again["told"], again["stories"]) == (
        0,
        {"accord": 0, "encounter": 0, "visit": 0},
        {"encounter": 3},
    )
    assert "of which 5 new" in call("link", "--anew").stdout


def test_link_needs_a_store(call: Call, tmp_path: Path) -> None:
    done = call("link", "--store", tmp_path / "absent.db")
    assert done.exit_code == 5
    assert "there is no such store" in done.stderr


def _claim(folder: Path, document: str) -> str:
    with open_store(folder / "record.db") as store:
        return store.document(document).records[0].id


def test_story_shows_every_value_and_why_claims_belong_together(call: Call, linked: Path) -> None:
    done = call("story", _claim(linked, "cn-1"))
    assert done.exit_code == 0
    for words in ("encounter", "happened", "but also: Astana", "on the same day (2022-09-14) as in kz-1", "cn-1"):
        assert words in done.stdout
    story = json.loads(call("story", _claim(linked, "kz-1"), "--format", "json").stdout)
    assert {link["claim"] for link in story["links"]} == {_claim(linked, "kz-1"), _claim(linked, "cn-1")}
    assert call("story", story["id"][:9]).exit_code == 0
    assert call("story", "zzz").exit_code == 4


def test_who_tells_spellings_posts_and_encounters(call: Call, linked: Path) -> None:
    done = call("who", "Tokayev")
    assert done.exit_code == 0
    for words in (
        "Kassym-Jomart Tokayev 2, Tokayev 1",
        "President (KAZ): 3 documents",
        "2022-06-07 kz-2",
        "Xi Jinping",
    ):
        assert words in done.stdout
    [person] = json.loads(call("who", "Tokayev", "--format", "json").stdout)["people"]
    assert person["person"]["country"] == "KAZ"
    assert call("who", "Nobody", "Known").exit_code == 4


def test_a_list_says_who_held_a_post(call: Call, linked: Path) -> None:
    done = call("register", "import", "leaders.csv")
    assert done.exit_code == 0
    assert "2 spells in office imported from leaders.csv, 1 lines left out" in done.stdout
    assert "leaders.csv:4: there is no role 'cook'" in done.stderr
    found = call("who", "President of Brazil", "--when", "2013-03")
    assert "Dilma Rousseff (Q40722)" in found.stdout
    assert "by: leaders.csv:3 has Dilma Rousseff as head of state of BRA" in found.stdout
    assert "Q200881" in call("who", "the Kazakh President", "--when", "2022").stdout
    assert call("who", "President of Brazil", "--when", "1995").exit_code == 4
    assert call("who", "President of Brazil", "--when", "soon").exit_code == 2
    again = call("register", "import", "leaders.csv")
    assert "2 spells" in again.stdout


def test_a_post_without_a_list_is_known_from_documents(call: Call, linked: Path) -> None:
    done = call("who", "Foreign Minister of China", "--when", "2022-06")
    assert "Wang Yi" in done.stdout
    assert "1 documents from 2022-06-07 to 2022-06-07 call this person Foreign Minister of CHN" in done.stdout


def test_a_list_that_cannot_be_read(call: Call, linked: Path) -> None:
    assert call("register", "import", "absent.csv").exit_code == 3
    (linked / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    done = call("register", "import", "other.csv")
    assert done.exit_code == 3
    assert "the list lacks iso3" in done.stderr


def test_what_is_split_stays_split_until_it_is_undone(call: Call, linked: Path) -> None:
    claim = _claim(linked, "cn-1")
    done = call("decide", "split", claim, "--note", "two days", "--by", "Asel")
    assert "take it back with `dragoman decide undo 1`" in done.stdout
    assert "cn-1" not in call("story", _claim(linked, "kz-1")).stdout
    call("link", "--anew")
    assert "cn-1" not in call("story", _claim(linked, "kz-1")).stdout
    listed = call("decide", "list")
    assert "Asel" in listed.stdout
    assert "“two days”" in listed.stdout
    assert call("decide", "undo", "1").exit_code == 0
    assert "cn-1" in call("story", _claim(linked, "kz-1")).stdout
    assert call("decide", "undo", "1").exit_code == 2
    made = json.loads(call("decide", "list", "--format", "json").stdout)
    assert [item["action"] for item in made] == ["split", "undo"]


def test_stories_and_names_are_put_together_by_hand(call: Call, linked: Path) -> None:
    done = call("decide", "join", _claim(linked, "kz-1"), _claim(linked, "kz-2"))
    assert done.exit_code == 0
    assert "by hand" in call("story", _claim(linked, "kz-2")).stdout
    assert call("decide", "same", "Wang Yi", "Xi Jinping").exit_code == 0
    assert "Wang Yi 1" in call("who", "Xi Jinping").stdout
    assert call("decide", "different", "Wang Yi", "Xi Jinping").exit_code == 0
    assert "Wang Yi 1" not in call("who", "Xi Jinping").stdout
