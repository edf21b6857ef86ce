"""The shipped pipeline's own components: what holds whatever its weights are."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from spacy import displacy
from spacy.language import Language
from spacy.matcher import DependencyMatcher, Matcher
from spacy.tokens import Doc

from dragoman.annotate.pipeline import SHIPPED
from dragoman.encode import decode
from dragoman.encode.components import Encoder, word_gaps
from dragoman.encode.session import Session
from dragoman.errors import ModelError

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not (SHIPPED / "encoder").exists(), reason="the pipeline is not in this checkout"),
]

TALKS = "The ministers met in Astana on 5 May. They signed  two memoranda, and left."
OTHER = "КАБУЛ — «Да», said Mr. Omar; U.S.-Russia talks\n\nresume on Friday.\nNo date was set."
TEXTS = [TALKS, OTHER, "", " ", "\n\n", "  Leading space.", "Trailing space. \n", "One"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(SHIPPED)


def found_in(doc: Doc) -> dict[str, Any]:
    """All that the components set."""
    return {
        "tensor": doc.tensor.tobytes(),
        "words": [
            (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc
        ],
        "names": [(ent.start, ent.end, ent.label_) for ent in doc.ents],
    }


def check(doc: Doc, *, width: int) -> None:
    """What holds for any text."""
    assert doc.tensor.shape == (len(doc), width)
    assert doc.tensor.dtype == np.float32
    sentences = list(doc.sents)
    assert [token.i for sentence in sentences for token in sentence] == list(range(len(doc)))
    for sentence in sentences:
        assert [token.dep_ for token in sentence].count("ROOT") == 1
        assert sum(token.head == token for token in sentence) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)
    for token in doc:
        assert token.pos_
        assert token.dep_
        if token.is_space:
            assert (token.pos_, token.tag_) == ("SPACE", "_SP")
            assert not doc.tensor[token.i].any()
        else:
            assert doc.tensor[token.i].any()
    for ent in doc.ents:
        assert "\n" not in ent.text
        assert not ent[0].is_space
        assert not ent[-1].is_space


@pytest.mark.parametrize(
    "text", [*TEXTS, "\u2028", "\u200b", "A" * 5_000, "- \n- \n" * 50, "🇬🇷 İ"], ids=lambda t: repr(t[:12])
)
def test_any_text(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    check(doc, width=nlp.get_pipe("encoder").session.width)


@settings(max_examples=40)
@given(
    text=st.text(
        st.one_of(st.sampled_from("Aaé. \n\t-,«5"), st.characters(exclude_categories=["Cs"])), max_size=60
    )
)
def test_texts_of_anything(nlp: Language, text: str) -> None:
    check(nlp(text), width=nlp.get_pipe("encoder").session.width)


@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_a_text_is_read_alike_whatever_is_read_with_it(nlp: Language, text: str) -> None:
    alone = found_in(spacy.load(SHIPPED)(text))
    assert found_in(nlp(text)) == alone
    nlp(OTHER * 3)
    assert found_in(nlp(text)) == alone
    assert [found_in(doc) for doc in nlp.pipe([OTHER, text, TALKS * 20, text])][1::2] == [alone, alone]


def starts_of(doc: Doc) -> list[int]:
    return [sentence.start for sentence in doc.sents]


@pytest.mark.parametrize("known", [True, False])
def test_a_sentence_start_that_is_known_is_kept(nlp: Language, known: bool) -> None:
    doc = nlp.make_doc(TALKS)
    words = [token for token in doc if token.i and not token.is_space]
    for token in words:
        token.is_sent_start = known
    doc = nlp(doc)
    assert starts_of(doc) == ([0, *(token.i for token in words)] if known else [0])
    check(doc, width=doc.tensor.shape[1])


def test_a_start_set_on_white_space_is_that_of_the_next_word(nlp: Language) -> None:
    doc = nlp.make_doc("They left \n for home")
    for token in doc:
        token.is_sent_start = token.is_space
    assert starts_of(nlp(doc)) == [0, 3]


def test_sentences_are_kept_where_many_arcs_cross(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    def tangle(scores: NDArray[Any]) -> NDArray[Any]:
        """A chain that jumps about the sentence."""
        order = np.random.default_rng(1).permutation(len(scores))
        heads = np.zeros(len(scores), np.intp)
        heads[order[1:]] = order[:-1] + 1
        return heads

    monkeypatch.setattr(decode, "best_heads", tangle)
    doc = nlp.make_doc(" ".join(f"word{number % 37} of" for number in range(300)))
    for token in doc:
        token.is_sent_start = token.i % 150 == 0
    doc = nlp(doc)
    assert starts_of(doc) == [0, 150, 300, 450]
    check(doc, width=doc.tensor.shape[1])


def test_a_line_of_thousands_of_words_is_read_in_bounded_windows(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    session: Session = nlp.get_pipe("encoder").session
    run = session.run

    def watch(names: object, inputs: dict[str, Any]) -> Any:
        sizes.append(inputs["ids"].size)
        return run(names, inputs)

    monkeypatch.setattr(session, "run", watch)
    doc = nlp(" ".join(f"the minister of state {number} said Қасым-Жомарт" for number in range(350)))
    assert len(doc) > 3_000
    assert max(sizes) <= 1_024
    assert sum(sizes) < 30_000
    check(doc, width=session.width)
    assert all(len(sentence) <= 1_000 for sentence in doc.sents)


def test_gaps(nlp: Language) -> None:
    nothing, space, line = range(3)
    gaps = word_gaps(nlp.make_doc("Well,  he (said) \n\n that.\nThen"))
    assert gaps == [line, nothing, space, space, nothing, nothing, line, nothing, line]
    assert word_gaps(nlp.make_doc("  so")) == [line]
    assert word_gaps(nlp.make_doc("")) == []


def test_a_pipeline_goes_through_bytes_and_disk(nlp: Language, tmp_path: Path) -> None:
    expected = [found_in(nlp(text)) for text in TEXTS]
    nlp.to_disk(tmp_path)
    from_disk = spacy.load(tmp_path)
    assert [found_in(from_disk(text)) for text in TEXTS] == expected
    from_bytes = spacy.util.load_model_from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert [found_in(from_bytes(text)) for text in TEXTS] == expected


def test_the_encoder_is_sent_to_another_process_without_its_session(nlp: Language) -> None:
    encoder = nlp.get_pipe("encoder")
    encoder(nlp.make_doc(TALKS))
    again: Encoder = pickle.loads(pickle.dumps(encoder))
    assert (again(nlp.make_doc(TALKS)).tensor == encoder(nlp.make_doc(TALKS)).tensor).all()


@pytest.mark.filterwarnings("ignore:.*W108")  # the lemmatizer misses the tagger
@pytest.mark.parametrize("component", ["parser", "ner", "tagger"])
def test_a_head_can_be_left_out(nlp: Language, component: str) -> None:
    whole = found_in(nlp(TALKS))
    with nlp.select_pipes(disable=[component]):
        doc = nlp(TALKS)
    assert doc.tensor.tobytes() == whole["tensor"]
    assert doc.has_annotation("DEP") == (component != "parser")
    assert doc.has_annotation("ENT_IOB") == (component != "ner")
    assert doc.has_annotation("TAG") == (component != "tagger")


def test_without_the_encoder_the_error_says_so(nlp: Language) -> None:
    with nlp.select_pipes(disable=["encoder"]), pytest.raises(ModelError, match="no vectors"):
        nlp(TALKS)


@pytest.mark.parametrize("component", ["ner", "tagger", "parser"])
def test_labels_are_those_that_are_set(nlp: Language, component: str) -> None:
    labels = set(nlp.get_pipe(component).labels)
    assert labels == set(nlp.pipe_labels[component])
    doc = nlp(TALKS)
    seen = {
        "ner": {ent.label_ for ent in doc.ents},
        "tagger": {token.tag_ for token in doc if not token.is_space},
        "parser": {token.dep_ for token in doc if not token.is_space},
    }
    assert seen[component] <= labels


def test_texts_are_joined_with_their_vectors(nlp: Language) -> None:
    docs = [nlp(TALKS), nlp("\n "), nlp(OTHER)]
    whole = Doc.from_docs(docs, ensure_whitespace=False)
    assert whole.tensor.shape == (sum(map(len, docs)), docs[0].tensor.shape[1])
    assert whole.text == TALKS + "\n " + OTHER


@pytest.mark.parametrize("style", ["dep", "ent"])
def test_displacy_draws_it(nlp: Language, style: str) -> None:
    assert "memoranda" in displacy.render(nlp(TALKS), style=style, jupyter=False)


def test_matchers_read_it(nlp: Language) -> None:
    doc = nlp(TALKS)
    token = next(token for token in doc if token.head.i != token.i and not token.is_space)
    matcher = Matcher(nlp.vocab)
    matcher.add("word", [[{"POS": token.pos_, "TAG": token.tag_, "DEP": token.dep_, "LOWER": token.lower_}]])
    assert token.i in {start for _, start, _ in matcher(doc)}
    arcs = DependencyMatcher(nlp.vocab)
    head = {"RIGHT_ID": "head", "RIGHT_ATTRS": {"LOWER": token.head.lower_}}
    below = {"LEFT_ID": "head", "REL_OP": ">", "RIGHT_ID": "word", "RIGHT_ATTRS": {"DEP": token.dep_}}
    arcs.add("arc", [[head, below]])
    assert [token.head.i, token.i] in [places for _, places in arcs(doc)]


def test_a_broken_network_is_a_clear_error() -> None:
    with pytest.raises(ModelError, match="does not load"):
        Session(b"no network", b"[UNK]\n")
