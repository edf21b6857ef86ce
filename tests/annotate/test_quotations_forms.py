"""The form of a document: whose words its body holds."""

from __future__ import annotations

from time import process_time as clock

import pytest

from dragoman.annotate.document_forms import document_form, first_person

FORMS = [
    (
        "byline",
        "Maria L. Lind, Secretary of State\nWe condemn the attack on the port. We stand with the victims.",
        "Attack on the Port of Norland",
        ("statement", "Maria L. Lind", True),
    ),
    (
        "signed in the title",
        "I welcome the vote. Our people have waited for it.",
        "Statement by President Olaf Berg on the Vote in Parliament",
        ("statement", "President Olaf Berg", True),
    ),
    (
        "spokesman on a call is a readout",
        "The adviser spoke by phone with his colleague. They discussed trade.",
        "Statement by Council Spokesperson Ann Hall on Adviser Jon Lund’s Call with his Colleague",
        ("readout", "Council Spokesperson Ann Hall", False),
    ),
    (
        "attributed readout",
        "Office of the Spokesperson\nThe below is attributable to Spokesperson Ann Hall:\nThe minister met her "
        "colleague. She stressed the need for calm.",
        "Minister Lind’s Meeting with Her Colleague",
        ("readout", "Spokesperson Ann Hall", False),
    ),
    (
        "attributed statement",
        "The following is attributable to Spokesperson Ann Hall:\nWe condemn the launch. We call for talks.",
        "The Launch of a Missile",
        ("statement", "Spokesperson Ann Hall", True),
    ),
    (
        "joint statement with its frame",
        "The text of the following statement was released by the Governments of Norland, Sudland and Ostland on "
        "the occasion of their meeting.\nBegin text:\nThe three sides agreed.\nEnd text.",
        "Joint Statement on Trade",
        ("joint_statement", "Governments of Norland, Sudland and Ostland", True),
    ),
    (
        "joint statement by its title",
        "The two sides agreed to go on.",
        "Joint Statement on Trade between Norland and Sudland",
        ("joint_statement", None, True),
    ),
    (
        "letter with a signature",
        "Dear Madam Speaker:\nI have decided to extend the emergency.\nSincerely,\nOLAF P. BERG JR.\n",
        "A Letter to the Speaker",
        ("letter", "OLAF P. BERG JR.", True),
    ),
    (
        "statement with a signature after a dash",
        "The ministry condemns the raid on the port.\n\n– Ann Hall, Press Secretary",
        "Statement from the Ministry",
        ("statement", "Ann Hall, Press Secretary", True),
    ),
    (
        "byline above an attribution",
        "Ann Hall, Spokesperson\nThe following is attributable to Spokesperson Ann Hall:\nWe condemn the raid.",
        "Raid on the Port",
        ("statement", "Spokesperson Ann Hall", True),
    ),
    (
        "message",
        "The president greeted the veterans.\nThe message reads, in part:\n"
        "“I congratulate you. You have served for long years, and served well.”",
        "Greetings to veterans",
        ("message", None, True),
    ),
    (
        "transcript",
        "MR. HALL: We agreed on trade and on visas.\nQUESTION: When?\nMR. HALL: Last night, after dinner.",
        "Press Briefing",
        ("transcript", None, True),
    ),
    ("fact sheet", "The programme has five parts.", "FACT SHEET: Five Parts", ("fact_sheet", None, False)),
    (
        "readout",
        "The two presidents discussed trade.",
        "Readout of President Berg’s Call",
        ("readout", None, False),
    ),
    (
        "call",
        "The two presidents discussed trade.",
        "Telephone conversation with Olaf Berg",
        ("readout", None, False),
    ),
    ("news", "Olaf Berg met the envoy. He said: “I am glad. We go on.”", None, ("report", None, False)),
    ("own words without a name", "We must act now. I ask you to join.", None, ("statement", None, True)),
    ("empty", "", None, ("report", None, False)),
]


@pytest.mark.parametrize(("text", "title", "expected"), [row[1:] for row in FORMS], ids=[row[0] for row in FORMS])
def test_form(text: str, title: str | None, expected: tuple[str, str | None, bool]) -> None:
    form = document_form(text, title=title)
    assert (form.kind, form.signer, form.own_words) == expected
    if form.signer_start is not None:
        assert text[form.signer_start : form.signer_end] == form.signer


@pytest.mark.parametrize(("row", "attributed"), [(FORMS[0], False), (FORMS[3], True), (FORMS[4], True)])
def test_attribution(row: tuple[str, str, str, object], attributed: bool) -> None:
    assert document_form(row[1], title=row[2]).attributed is attributed


BODIES = [
    (FORMS[0], "We condemn the attack on the port. We stand with the victims."),
    (FORMS[3], "The minister met her colleague. She stressed the need for calm."),
    (FORMS[5], "The three sides agreed.\n"),
    (FORMS[10], "“I congratulate you. You have served for long years, and served well.”"),
]


@pytest.mark.parametrize(("row", "body"), BODIES, ids=[row[0][0] for row in BODIES])
def test_the_body_leaves_the_frame_out(row: tuple[str, str, str, object], body: str) -> None:
    form = document_form(row[1], title=row[2])
    assert row[1][form.body_start : form.body_end] == body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I welcome this.", True),
        ("We welcome this.", True),
        ("He said: “I welcome this. We go on.”", False),
        ("The two met. They talked. Our ties are strong.", False),
        ("World War I ended. " + "The sides met. " * 20, False),
    ],
)
def test_first_person(text: str, expected: bool) -> None:
    assert first_person(text) is expected


HOSTILE = [
    "following ",
    "A, B\n",
    "I ",
    "Dear ",
    "begin text end text ",
    "message reads ",
    "statement by A ",
    "A:\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    started = clock()
    document_form(text, title=text[:500])
    assert clock() - started < 3.0
