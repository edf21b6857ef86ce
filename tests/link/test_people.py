"""Who is who: one identity for all spellings and posts of a person, two for two people of one name."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import BadLine, NotText, UnreadableFile
from dragoman.link.mentions import Mention
from dragoman.link.people import People, PersonDecision
from dragoman.link.posts import post_of_state
from dragoman.link.register import Spell, read_spells
from dragoman.records import Actor

MENTIONS = [
    *(("Kassym-Jomart Tokayev", "KAZ", "President", f"2022-0{n}-10") for n in range(1, 8)),
    ("Касым-Жомарт Токаев", "KAZ", "President", "2022-03-01"),
    ("Tokayev", None, None, "2022-04-02"),
    *(("George W. Bush", "USA", "President", f"200{n}-06-01") for n in range(1, 9)),
    *(("George H. W. Bush", "USA", "President", f"{year}-06-01") for year in (1989, 1990, 1991, 1992)),
    ("George Bush", "USA", "President", "1990-09-09"),
    ("George Bush", "USA", "President", "2003-09-09"),
    *(("Joseph R. Biden, Jr.", "USA", "President", f"2021-0{n}-20") for n in range(1, 9)),
    ("Joe Biden", "USA", None, "2021-05-05"),
    *(("Jill Biden", "USA", "First Lady", f"2021-0{n}-21") for n in range(1, 4)),
    *(("Sergei Ivanov", "RUS", "Defence Minister", f"2003-0{n}-11") for n in range(1, 6)),
    *(("Igor Ivanov", "RUS", "Foreign Minister", f"2003-0{n}-12") for n in range(1, 6)),
    *(("Abdullah bin Zayed Al Nahyan", "ARE", "Foreign Minister", f"2021-0{n}-03") for n in range(1, 4)),
    ("Abdulla bin Zayed", "ARE", "Foreign Minister", "2021-06-04"),
    ("Xi Jinping", "CHN", "President", "2022-02-02"),
    ("Xi", "CHN", "President", "2022-02-03"),
    *(("Mohammed bin Salman", "SAU", "Crown Prince", f"2022-0{n}-15") for n in range(1, 9)),
    ("Salman", "SAU", "King", "2022-07-15"),
    *(("Charles III", "GBR", "King", f"2023-0{n}-03") for n in range(1, 4)),
    *(("Vladimir Putin", "RUS", "President", f"2021-{n:02}-{d:02}") for n in range(1, 13) for d in (3, 17)),
    ("Putin", "POL", "President", "2021-06-14"),  # read wrongly in a report from Warsaw
]
SPELLS = [
    Spell(country="BRA", role="head_of_state", person="Dilma Rousseff", qid="Q40722", start="2011-01-01",
          end="2016-08-31", source="list.csv:2"),
    Spell(country="KAZ", role="head_of_state", person="Kassym-Jomart Tokayev", qid="Q200881", start="2019-03-20",
          end=None, source="list.csv:3"),
]  # fmt: skip


def mentions() -> list[Mention]:
    return [
        Mention(document=f"{number}", name=name, country=country, office=office, day=day)
        for number, (name, country, office, day) in enumerate(MENTIONS)
    ]


@pytest.fixture(scope="module")
def people() -> People:
    return People(mentions(), spells=SPELLS)


def key(people: People, name: str, country: str | None, office: str | None, when: str) -> str:
    return people.identify(Actor(name=name, kind="person", country=country, office=office), when)


Said = tuple[str, str | None, str | None]
ONE: dict[str, tuple[Said, Said, str]] = {
    "Cyrillic": (("Касым-Жомарт Токаев", "KAZ", None), ("Kassym-Jomart Tokayev", "KAZ", None), "2022-04"),
    "initial": (("K. Tokayev", "KAZ", None), ("Kassym-Jomart Tokayev", "KAZ", None), "2022-04-01"),
    "family name": (("Tokayev", None, "President"), ("Kassym-Jomart Tokayev", "KAZ", None), "2022-04-01"),
    "family name first": (("Xi", None, "President"), ("Xi Jinping", "CHN", None), "2022-04-01"),
    "short form": (("Joe Biden", "USA", None), ("Joseph R. Biden, Jr.", "USA", None), "2021-04-01"),
    "wrong country": (("Putin", "POL", "President"), ("Vladimir Putin", "RUS", None), "2021-06-14"),
    "shared name, then": (("George Bush", "USA", None), ("George H. W. Bush", "USA", None), "1991-02-01"),
    "shared name, later": (("George Bush", "USA", None), ("George W. Bush", "USA", None), "2002-02-01"),
    "family name with post": (("Ivanov", "RUS", "Defence Minister"), ("Sergei Ivanov", "RUS", None), "2003-04-01"),
    "family name, other post": (("Ivanov", "RUS", "Foreign Minister"), ("Igor Ivanov", "RUS", None), "2003-04-01"),
    "Arabic": (("Abdulla bin Zayed", "ARE", None), ("Abdullah bin Zayed Al Nahyan", "ARE", None), "2021-06-04"),
}


@pytest.mark.parametrize(("one", "other", "when"), ONE.values(), ids=ONE)
def test_one_person(people: People, one: Said, other: Said, when: str) -> None:
    found = people.identified(Actor(name=one[0], kind="person", country=one[1], office=one[2]), when)
    assert found.key == key(people, *other, when)
    assert people.identity(found.key) is not None
    assert found.why


TWO: dict[str, tuple[Said, Said]] = {
    "two Presidents Bush": (("George W. Bush", "USA", None), ("George H. W. Bush", "USA", None)),
    "wife and husband": (("Jill Biden", "USA", None), ("Joe Biden", "USA", None)),
    "father and son": (("Salman", "SAU", "King"), ("Mohammed bin Salman", "SAU", "Crown Prince")),
    "namesakes": (("Sergei Ivanov", "RUS", None), ("Igor Ivanov", "RUS", None)),
}


@pytest.mark.parametrize(("one", "other"), TWO.values(), ids=TWO)
def test_two_people(people: People, one: Said, other: Said) -> None:
    assert key(people, *one, "2021-05") != key(people, *other, "2021-05")


def test_a_family_name_that_may_be_two_is_neither(people: People) -> None:
    unknown = key(people, "Ivanov", "RUS", None, "2003-04-01")
    assert people.identity(unknown) is None


def test_a_post_stands_for_its_holder(people: People) -> None:
    president = Actor(name="Kazakhstan", kind="state", country="KAZ", office="President")
    found = people.identified(president, "2022-04-25")
    assert people.name_of(found.key) == "Kassym-Jomart Tokayev"
    assert found.why == "list.csv:3 has Kassym-Jomart Tokayev as head of state of KAZ, 2019-03-20 to now"


def test_a_post_without_a_list_stands_for_whom_documents_name(people: People) -> None:
    minister = Actor(name="Russia", kind="state", country="RUS", office="Defence Minister")
    found = people.identified(minister, "2003-04-01")
    assert people.name_of(found.key) == "Sergei Ivanov"
    assert "5 documents from 2003-01-11 to 2003-05-11" in found.why
    assert people.identify(minister, "2021-04-01") == "state:RUS"


def test_a_post_of_somebody_whom_no_document_names(people: People) -> None:
    president = Actor(name="Brazil", kind="state", country="BRA", office="President")
    assert people.identify(president, "2013-03") == "person:Q40722"


def test_a_state_is_a_state(people: People) -> None:
    assert people.identify(Actor(name="China", kind="state", country="CHN"), "2022") == "state:CHN"


def test_lists_give_ids_of_wikidata(people: People) -> None:
    [tokayev] = people.called("Tokayev")
    assert (tokayev.qid, tokayev.country, tokayev.documents) == ("Q200881", "KAZ", 8)


def test_a_reviewer_tells_two_spellings_apart_or_one_person() -> None:
    names = [
        ("Sergei Ivanov", "RUS"),
        ("Sergey Ivanov", "RUS"),
        ("Lula", "BRA"),
        ("Luiz Inacio Lula da Silva", "BRA"),
    ]
    said = [Mention(document=name, name=name, country=c, office=None, day="2022-01-01") for name, c in names]
    plain = People(said)
    assert len(list(plain.identities())) == 2
    told = People(said, decisions=[PersonDecision(one="Sergei Ivanov", other="Sergey Ivanov", same=False)])
    assert len(list(told.identities())) == 3
    both = [PersonDecision(one="Sergei Ivanov", other="Luiz Inacio Lula da Silva", same=True)]
    assert len(list(People(said, decisions=both).identities())) == 1


@given(st.randoms(use_true_random=False))
def test_the_order_of_mentions_leaves_no_trace(shuffler: random.Random) -> None:
    one, other = mentions(), mentions()
    shuffler.shuffle(other)
    first, second = People(one, spells=SPELLS), People(other, spells=SPELLS[::-1])
    assert sorted(map(repr, first.identities())) == sorted(map(repr, second.identities()))
    for mention in one:
        actor = Actor(name=mention.name, kind="person", country=mention.country, office=mention.office)
        assert first.identified(actor, mention.day) == second.identified(actor, mention.day)


POSTS = {
    "of": ("President of Brazil", ("President", "BRA")),
    "demonym": ("the Kazakh Foreign Minister", ("Foreign Minister", "KAZ")),
    "lower case": ("prime minister of norway", ("prime minister", "NOR")),
    "no post": ("Kassym-Jomart Tokayev", None),
    "no state": ("President", None),
}


@pytest.mark.parametrize(("words", "expected"), POSTS.values(), ids=POSTS)
def test_words_that_name_a_post(words: str, expected: tuple[str, str] | None) -> None:
    found = post_of_state(words)
    assert (found and (found[0].lower(), found[1])) == (expected and (expected[0].lower(), expected[1]))


HEAD = "iso3,role,person,person_qid,start,end\n"


def test_a_list_is_read_and_its_broken_lines_are_named(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    lines = [
        "NOR,head_of_state,Olav V,Q1,1957,1991-01-17",
        "NOR,head_of_state,Olav V,Q1,http://x,",
        "NOR,cook,Ole,,,",
    ]
    file.write_text(HEAD + "\n".join(lines), "utf-8")
    spells, faults = read_spells(file)
    assert [(spell.person, spell.start, spell.end, spell.source) for spell in spells] == [
        ("Olav V", "1957", "1991-01-17", "list.csv:2")
    ]
    assert [str(fault).partition(": ")[0] for fault in faults] == [f"{file}:3", f"{file}:4"]
    assert "use head_of_state or head_of_government" in str(faults[1])


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    with pytest.raises(UnreadableFile):
        read_spells(file)
    file.write_text("name,born\nOlav,1903\n", "utf-8")
    with pytest.raises(BadLine, match="lacks iso3, role"):
        read_spells(file)
    file.write_bytes(HEAD.encode() + b"NOR,head_of_state,\xff\xfe,,,\n")
    with pytest.raises(NotText):
        read_spells(file)
