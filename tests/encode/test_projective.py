"""Trees without crossings: the best of all that there are, by trying each."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.encode.decode import is_tree
from dragoman.encode.projective import best_projective, is_projective


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        pytest.param([2, 0, 2], True, id="both sides of a root"),
        pytest.param([0], True, id="one word"),
        pytest.param([2, 3, 0, 1], False, id="an arc over the root"),
        pytest.param([3, 4, 0, 3], False, id="two arcs that cross"),
    ],
)
def test_crossing(heads: list[int], expected: bool) -> None:
    assert is_projective(np.array(heads)) is expected


@given(size=st.integers(1, 5), seed=st.integers(0, 2**32 - 1))
def test_no_tree_without_crossings_scores_more(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    found = best_projective(scores)
    places = np.arange(size)
    trees = [
        heads
        for heads in map(np.array, product(range(size + 1), repeat=size))
        if (heads != places + 1).all() and is_tree(heads) and is_projective(heads)
    ]
    assert is_tree(found)
    assert is_projective(found)
    best = max(scores[places, heads].sum() for heads in trees)
    assert scores[places, found].sum() == pytest.approx(best, abs=1e-4)
