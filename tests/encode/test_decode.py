"""The best analysis that is one at all, against trying every other."""

from __future__ import annotations

from itertools import pairwise, product

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dragoman.encode.decode import best_heads, best_tags, is_tree, transitions
from dragoman.encode.labels import NAME_LABELS, NAME_TAGS, name_tags

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
SEEDS = st.integers(0, 2**32 - 1)


def arcs(size: int, seed: int) -> Floats:
    """Scores in which many words prefer each other, so that the best heads seldom are a tree."""
    scores = np.random.default_rng(seed).normal(0, 5, (size, size + 1)).astype(np.float32)
    np.fill_diagonal(scores[:, 1:], -1e4)
    return scores


def climbs(heads: Ints) -> bool:
    """Whether every word's heads lead to the root, of which there is one; word by word."""
    for word in range(len(heads)):
        above, steps = word, 0
        while heads[above] != 0:
            above, steps = int(heads[above]) - 1, steps + 1
            if steps > len(heads):
                return False
    return int((heads == 0).sum()) == 1


def total(scores: Floats, heads: Ints) -> float:
    return float(scores[np.arange(len(heads)), heads].astype(np.float64).sum())


@given(st.integers(1, 5), SEEDS)
def test_no_tree_is_better_than_the_best_one(size: int, seed: int) -> None:
    scores = arcs(size, seed)
    found = best_heads(scores)
    every = (np.array(heads) for heads in product(range(size + 1), repeat=size))
    assert climbs(found)
    assert total(scores, found) == pytest.approx(max(total(scores, heads) for heads in every if climbs(heads)))


def of_networkx(scores: Floats) -> float:
    """The score of its best tree with one root: the best over the words that may be the root."""
    size = len(scores)
    found: list[float] = []
    for root in range(size):
        graph = networkx.DiGraph()
        graph.add_edge(-1, root, weight=float(scores[root, 0]))
        graph.add_weighted_edges_from(
            (head, word, float(scores[word, head + 1]))
            for word in range(size)
            for head in range(size)
            if word not in (root, head)
        )
        tree = networkx.maximum_spanning_arborescence(graph, preserve_attrs=False)
        found.append(float(sum(graph.edges[edge]["weight"] for edge in tree.edges)))
    return max(found)


@settings(max_examples=25)
@given(st.integers(6, 9), SEEDS)
def test_a_larger_tree_is_as_good_as_that_of_another_program(size: int, seed: int) -> None:
    scores = arcs(size, seed)
    found = best_heads(scores)
    assert climbs(found)
    assert total(scores, found) == pytest.approx(of_networkx(scores))


def test_hundreds_of_cycles_in_each_other_are_folded() -> None:
    size = 1_200
    scores = np.full((size, size + 1), -1e4, np.float32)
    scores[:, 0] = -50
    # each word prefers the one before it, the first two each other; each next one is the way into the cycle so far
    scores[np.arange(1, size), np.arange(1, size)] = 10
    scores[0, 2] = 10
    scores[0, 3:] = -np.arange(size - 2) / size
    found = best_heads(scores)
    assert found.tolist() == list(range(size))


@given(st.lists(st.integers(0, 8), min_size=1, max_size=8))
def test_is_tree(heads: list[int]) -> None:
    found = np.array([min(head, len(heads)) for head in heads])
    assert is_tree(found) == climbs(found)


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        pytest.param([0], True, id="one word"),
        pytest.param([1], False, id="a word below itself"),
        pytest.param([0, 0], False, id="two roots"),
        pytest.param([2, 1], False, id="no root"),
        pytest.param([0, 3, 2], False, id="a cycle beside a root"),
        pytest.param([2, 3, 4, 0], True, id="a chain"),
    ],
)
def test_is_tree_of(heads: list[int], expected: bool) -> None:
    assert is_tree(np.array(heads)) is expected


def is_valid(tags: list[str]) -> bool:
    """BILUO, spelt out anew."""
    for tag, after in pairwise(["O", *tags, "O"]):
        if tag[0] in "BI":
            if after[0] not in "IL" or after[2:] != tag[2:]:
                return False
        elif after[0] in "IL":
            return False
    return True


def tag_scores(size: int, seed: int) -> Floats:
    return np.random.default_rng(seed).normal(0, 5, (size, len(NAME_TAGS))).astype(np.float32)


VALID = {
    size: [t for t in product(range(9), repeat=size) if is_valid([NAME_TAGS[n] for n in t])]
    for size in (1, 2, 3, 4)
}


@given(st.integers(1, 4), SEEDS)
def test_no_sequence_of_tags_is_better_than_the_best_one(size: int, seed: int) -> None:
    scores = tag_scores(size, seed)
    scores[:, 9:] = -1e3  # two labels are enough to try every sequence
    found = best_tags(scores, [0])
    assert is_valid([NAME_TAGS[tag] for tag in found])
    best = max(float(scores[np.arange(size), list(tags)].sum()) for tags in VALID[size])
    assert float(scores[np.arange(size), found].sum()) == pytest.approx(best, rel=1e-5)


@given(st.integers(1, 40), SEEDS, st.sets(st.integers(0, 39)))
def test_no_name_runs_over_a_start(size: int, seed: int, starts: set[int]) -> None:
    scores = tag_scores(size, seed)
    bounds = sorted({0} | {start for start in starts if start < size})
    found = best_tags(scores, bounds)
    for start, end in pairwise([*bounds, size]):
        assert is_valid([NAME_TAGS[tag] for tag in found[start:end]])
        assert (found[start:end] == best_tags(scores[start:end], [0])).all()


def test_a_long_line_of_tags_is_valid() -> None:
    assert is_valid([NAME_TAGS[tag] for tag in best_tags(tag_scores(3_000, 1) * 100, [0])])


def test_transitions_are_those_of_biluo() -> None:
    between, first, last = transitions()
    for number, tag in enumerate(NAME_TAGS):
        assert (first[number] == 0) == (tag[0] not in "IL")
        assert (last[number] == 0) == (tag[0] not in "BI")
        for other, after in enumerate(NAME_TAGS):
            goes_on = after[0] in "IL" and after[2:] == tag[2:] if tag[0] in "BI" else after[0] not in "IL"
            assert (between[number, other] == 0) == goes_on


@pytest.mark.parametrize("label", NAME_LABELS)
def test_the_tags_of_a_label(label: str) -> None:
    assert {place: NAME_TAGS[number] for place, number in name_tags(label).items()} == {
        place: f"{place}-{label}" for place in "BILU"
    }
