"""Statements: a text in, who said what in which form and stance out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import dragoman
from dragoman.extract.stance import STANCES, attitudes, speech_verbs, stance_of
from dragoman.records import Records, Statement
from dragoman.vocabulary.load import load_yaml

FOLDER = Path(dragoman.__file__).parent / "extract"
Run = Callable[..., Records]
MISREAD = 3  # of a hundred examples and more, how many a newly trained pipeline may parse wrongly


class Said(NamedTuple):
    """What one statement must be: speaker's family name, mode, stance, words that open and close the content."""

    speaker: str
    mode: str
    stance: str | None
    opens: str
    closes: str


def found(run: Run, text: str, **known: str) -> list[Statement]:
    """The statements of a text, each checked for verbatim evidence."""
    records = run(text, **known)
    document = records.documents[0]
    statements = [record for record in records if isinstance(record, Statement)]
    for statement in statements:
        span = statement.evidence[0]
        assert document.text[span.start : span.end] == span.text == statement.text
        assert 0 < statement.confidence <= 1
        assert statement.stance in STANCES
    return statements


def agrees(statement: Statement, said: Said) -> bool:
    """Whether a statement is the one expected."""
    return (
        said.speaker in statement.speaker.name
        and statement.mode == said.mode
        and said.stance in {None, statement.stance}
        and statement.text.startswith(said.opens)
        and statement.text.endswith(said.closes)
    )


MEETING = "President Anna Lindqvist of Norway met with Chancellor Karl Weber of Austria in Oslo on Monday. "

REPORTED = {
    "clause with that": (
        "President Lindqvist said that trade between the two countries had doubled.",
        Said("Lindqvist", "reported", None, "trade between", "had doubled"),
    ),
    "clause without that": (
        "Chancellor Weber said the talks had been frank and useful.",
        Said("Weber", "reported", None, "the talks", "useful"),
    ),
    "clause before the verb": (
        "The fishing accord remains the basis of our relations, said Chancellor Weber.",
        Said("Weber", "reported", None, "The fishing accord", "relations"),
    ),
    "thanks": (
        "President Lindqvist thanked Chancellor Weber for his help with the rescue of the miners.",
        Said("Lindqvist", "reported", "thank", "President Lindqvist thanked", "miners"),
    ),
    "praise": (
        "Chancellor Weber praised the efforts of Norway to end the fighting.",
        Said("Weber", "reported", "praise", "Chancellor Weber praised", "fighting"),
    ),
    "condemnation": (
        "President Lindqvist strongly condemned the attack on the hospital in the north.",
        Said("Lindqvist", "reported", "criticise", "President Lindqvist", "north"),
    ),
    "call on": (
        "Chancellor Weber called on all parties to stop the fighting at once.",
        Said("Weber", "reported", "request", "Chancellor Weber called on", "at once"),
    ),
    "condolences": (
        "President Lindqvist expressed her condolences to the families of the drowned sailors.",
        Said("Lindqvist", "reported", "condole", "President Lindqvist expressed", "sailors"),
    ),
    "congratulation": (
        "Chancellor Weber congratulated President Lindqvist on her election victory.",
        Said("Weber", "reported", "congratulate", "Chancellor Weber congratulated", "victory"),
    ),
    "support reaffirmed": (
        "President Lindqvist reaffirmed her support for the ceasefire in the south.",
        Said("Lindqvist", "reported", "support", "President Lindqvist reaffirmed", "south"),
    ),
    "importance stressed": (
        "Chancellor Weber stressed the importance of safe shipping in the strait.",
        Said("Weber", "reported", "assess", "Chancellor Weber stressed", "strait"),
    ),
    "gerund after another act": (
        "Chancellor Weber toured the port, noting that the new quay had been built with Norwegian help.",
        Said("Weber", "reported", None, "the new quay", "help"),
    ),
    "according to a pronoun": (
        "Chancellor Weber spoke about the gas market. According to him, prices are going to fall within a year.",
        Said("Weber", "reported", None, "prices are", "year"),
    ),
    "pronoun as the subject": (
        "Chancellor Weber visited the port. He welcomed the progress of the port authorities.",
        Said("Weber", "reported", "support", "He welcomed", "authorities"),
    ),
    "the leaders count for the first": (
        "The two leaders condemned the bombing of the railway bridge.",
        Said("Lindqvist", "reported", "criticise", "The two leaders condemned", "bridge"),
    ),
}


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "said"), REPORTED.values(), ids=REPORTED.keys())
def test_reported_speech(process_text: Run, sentence: str, said: Said) -> None:
    statements = found(process_text, MEETING + sentence, published="2024-05-14")
    assert [statement for statement in statements if agrees(statement, said)], [s.to_dict() for s in statements]


SILENT = {
    "topics of a talk": "President Lindqvist and Chancellor Weber discussed trade and the security of the strait.",
    "agreement to act": "The two leaders agreed to maintain contact at all levels.",
    "readiness alone": "Chancellor Weber confirmed the readiness of Austria to host the next round.",
    "intention alone": "The two leaders reaffirmed their intention to deepen cooperation.",
    "saying that lies ahead": "Chancellor Weber will thank the rescuers for their courage on Tuesday.",
    "saying denied": "Chancellor Weber did not condemn the attack on the convoy.",
    "efforts to support": "Austria and Norway have worked for years to support the fishermen of the strait.",
    "guest welcomed": "President Lindqvist hosted a lunch in the castle.",
    "a visit underscores": "The visit lasted three days and ended with a concert.",
}


@pytest.mark.model
@pytest.mark.parametrize("sentence", SILENT.values(), ids=SILENT.keys())
def test_no_statement(process_text: Run, sentence: str) -> None:
    assert found(process_text, MEETING + sentence, published="2024-05-14") == []


@pytest.mark.model
def test_each_of_two_named_speakers_has_a_statement(process_text: Run) -> None:
    text = MEETING + "President Lindqvist and Chancellor Weber praised the work of the joint commission."
    speakers = {statement.speaker.name.split()[-1] for statement in found(process_text, text)}
    assert speakers == {"Lindqvist", "Weber"}


@pytest.mark.model
def test_coordinated_verbs_part_the_sentence(process_text: Run) -> None:
    text = MEETING + "Chancellor Weber thanked Norway for its help and condemned the attack on the convoy."
    first, second = found(process_text, text)
    assert (first.stance, second.stance) == ("thank", "criticise")
    assert first.evidence[0].end < second.evidence[0].start


QUOTED = {
    "speaker after": (
        "“We started with nothing, and now we are partners,” said Chancellor Weber.",
        Said("Weber", "quoted", None, "We started", "partners"),
    ),
    "speaker before": (
        "Chancellor Weber said: “The strait must stay open to all ships.”",
        Said("Weber", "quoted", None, "The strait", "ships."),
    ),
    "guillemets, several sentences": (
        "«We are neighbours. This year we will open two new roads, and trade is growing», said Chancellor Weber.",
        Said("Weber", "quoted", None, "We are neighbours.", "growing"),
    ),
    "pronoun as the speaker": (
        "Chancellor Weber answered a question about gas. “Our stores are full and the winter is short,” he said.",
        Said("Weber", "quoted", None, "Our stores", "short"),
    ),
}


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "said"), QUOTED.values(), ids=QUOTED.keys())
def test_quotation(process_text: Run, sentence: str, said: Said) -> None:
    statements = found(process_text, MEETING + sentence, published="2024-05-14")
    assert [statement for statement in statements if agrees(statement, said)], [s.to_dict() for s in statements]


@pytest.mark.model
def test_words_at_arms_length_are_no_quotation(process_text: Run) -> None:
    text = MEETING + "The delegations visited the “House of the Sea” and the old harbour."
    assert found(process_text, text) == []


SIGNED = (
    "Maria Holt, Secretary of State\nThe United States condemns the attack on the ferry in the strait of Oru.\n\
We will continue to work with our partners to keep the sea lanes open for all.\n\
For more information, please see the notice of the Department of Transportation."
)


@pytest.mark.model
def test_signed_statement_is_one_a_paragraph(process_text: Run) -> None:
    statements = found(process_text, SIGNED, publisher="US State Department", published="2024-05-14")
    assert [statement.speaker.name for statement in statements] == ["Maria Holt", "Maria Holt"]
    assert [statement.stance for statement in statements] == ["criticise", "promise"]
    assert all(statement.mode == "quoted" for statement in statements)


@pytest.mark.model
def test_author_from_the_title(process_text: Run) -> None:
    text = "I congratulate the people of Norway on their national day and wish them every success."
    [statement] = found(
        process_text,
        text,
        title="Statement by President Jane Doe on Norway’s National Day",
        publisher="White House",
    )
    assert statement.speaker.name == "Jane Doe"
    assert statement.stance == "congratulate"


@pytest.mark.model
def test_readout_of_a_spokesperson_is_no_signed_text(process_text: Run) -> None:
    text = "National Security Advisor Paul Reed spoke by phone today with Chancellor Karl Weber of Austria."
    title = "Statement by NSC Spokesperson Jane Doe on National Security Advisor Paul Reed’s Call with Karl Weber"
    assert found(process_text, text, title=title, publisher="White House") == []


TRANSCRIPT = """President Anna Lindqvist met with Chancellor Karl Weber in Oslo.

President of Norway Anna Lindqvist: Mr Weber, I am very glad to see you here in Oslo again.

Chancellor of Austria Karl Weber: Thank you very much for the invitation to this beautiful city.
"""


@pytest.mark.model
def test_turns_of_a_transcript(process_text: Run) -> None:
    statements = found(process_text, TRANSCRIPT)
    assert [statement.speaker.name for statement in statements] == ["Anna Lindqvist", "Karl Weber"]
    assert statements[1].stance == "thank"
    assert statements[0].text.startswith("Mr Weber")


# --- the words ------------------------------------------------------------------------------------------------


def examples(file: str) -> list[tuple[str, str]]:
    """(key, example) of every entry of a word file that has one."""
    return [(key, value["example"]) for key, value in load_yaml(file, folder=FOLDER).items()]


def counter_examples(file: str) -> list[tuple[str, str]]:
    """(key, counter-example) of every entry that has one."""
    return [(key, value["not"]) for key, value in load_yaml(file, folder=FOLDER).items() if "not" in value]


@pytest.mark.model
@pytest.mark.parametrize("file", ["speech", "attitudes"])
def test_every_example_gives_a_statement(process_text: Run, file: str) -> None:
    silent = []
    for key, example in examples(file):
        says = file == "speech" or attitudes()[key] != "none"
        text = "President Anna Lindqvist of Norway met with Minister Karl Weber of Austria in Oslo. " + example
        if bool(found(process_text, text)) != says:
            silent.append((key, example))
    assert len(silent) <= MISREAD, silent


@pytest.mark.model
def test_no_counter_example_gives_a_statement(process_text: Run) -> None:
    spoken = []
    for key, sentence in counter_examples("speech"):
        text = "President Anna Lindqvist of Norway met with Minister Karl Weber of Austria in Oslo. " + sentence
        if found(process_text, text):
            spoken.append((key, sentence))
    assert len(spoken) <= MISREAD, spoken


@pytest.mark.parametrize(("stance", "example"), examples("cues"), ids=[key for key, _ in examples("cues")])
def test_every_cue_example_has_its_stance(stance: str, example: str) -> None:
    assert stance_of(example) == stance


def test_words_without_a_sign_are_an_assessment() -> None:
    assert stance_of("The harvest was brought in by the end of October.") == "assess"


def test_tables_hold_known_stances() -> None:
    allowed = STANCES | {"content", "emphasis"}
    assert {verb.stance for verb in speech_verbs().values()} <= allowed
    assert set(attitudes().values()) <= STANCES | {"none"}
