"""From scores to the best analysis that is one at all: sequences of name tags, and trees."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dragoman.encode.labels import NAME_TAGS

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
_NEVER = np.float32(-np.inf)


@cache
def transitions() -> tuple[Floats, Floats, Floats]:
    """What may follow what in BILUO tags (0 or minus infinity): from tag to tag, at the start, at the end."""
    inside = np.array([tag[0] in "BI" for tag in NAME_TAGS])  # a name goes on after it
    goes_on = np.array([tag[0] in "IL" for tag in NAME_TAGS])  # it continues one
    label = np.array([tag[2:] for tag in NAME_TAGS])
    allowed = np.where(inside[:, None], goes_on[None, :] & (label[:, None] == label[None, :]), ~goes_on[None, :])
    return (
        np.where(allowed, np.float32(0), _NEVER),
        np.where(goes_on, _NEVER, np.float32(0)),
        np.where(inside, _NEVER, np.float32(0)),
    )


def best_tags(scores: Floats, starts: Sequence[int]) -> Ints:
    """The best sequence of name tags, (words,); no name runs over a start (a line's first word)."""
    tags: Ints = scores.argmax(axis=1)
    between, first, last = transitions()
    for start, end in pairwise([0, *starts, len(tags)]):
        line = tags[start:end]
        if not line.any():
            continue
        broken = first[line[0]] + last[line[-1]] + between[line[:-1], line[1:]].sum()
        if broken < 0:
            tags[start:end] = _viterbi(scores[start:end])
    return tags


def _viterbi(scores: Floats) -> Ints:
    between, first, last = transitions()
    best = scores[0] + first
    came_from = np.empty(scores.shape, np.intp)
    for place in range(1, len(scores)):
        paths = best[:, None] + between
        came_from[place] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scores[place]
    path = np.empty(len(scores), np.intp)
    path[-1] = int((best + last).argmax())
    for place in range(len(scores) - 1, 0, -1):
        path[place - 1] = came_from[place, path[place]]
    return path


def best_heads(scores: Floats) -> Ints:
    """The heads of a sentence's best tree with one root: (words,), 0 for the root, else the head's place plus one.

    scores: (words, words + 1), the first column for the root. Maximum spanning arborescence (Chu and Liu 1965,
    Edmonds 1967); most often the best head of each word is a tree already.
    """
    heads: Ints = scores.argmax(axis=1)
    if is_tree(heads):
        return heads
    size = len(scores)
    full = np.full((size + 1, size + 1), -np.inf)  # [dependent, head]
    full[1:] = scores
    roots = np.flatnonzero(heads == 0)
    if len(roots) != 1:
        return _with_one_root(full)
    found = _arborescence(full)[1:]
    return found if (found == 0).sum() == 1 else _with_one_root(full)


def _with_one_root(full: NDArray[np.float64]) -> Ints:
    """The best tree whose root has one word below it, by a penalty on the root that leaves it just one.

    Subtracting the same large number from all the root's arcs makes the best tree use as few of them as it can.
    """
    penalized = full.copy()
    penalized[1:, 0] -= 1e6
    return _arborescence(penalized)[1:]


def is_tree(heads: Ints) -> bool:
    """Whether heads (0: root, else place plus one) are one tree with one root."""
    if (heads == 0).sum() != 1:
        return False
    above = np.concatenate([[0], heads])
    for _ in range(len(heads).bit_length()):
        above = above[above]
    return not above.any()


def _arborescence(scores: NDArray[np.float64]) -> Ints:
    """Heads of the best tree below node 0. scores: [dependent, head].

    Cycles are folded in place, one after the other, and opened in the reverse order: neither the memory nor the
    depth of the calls grows with their number (Tarjan 1977, for dense graphs).
    """
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    scores[0] = -np.inf
    heads: Ints = scores.argmax(axis=1)
    folds: list[tuple[Ints, Ints, Ints, Ints]] = []
    done, on_path = np.zeros((2, len(scores)), bool)
    done[0] = True
    for start in range(1, len(scores)):
        path: list[int] = []
        node = start
        while not done[node]:
            if on_path[node]:
                cycle = path[path.index(node) :]
                del path[-len(cycle) :]
                folds.append(_fold(scores, heads, np.array(cycle)))
                done[cycle[1:]] = True
                node = cycle[0]
            path.append(node)
            on_path[node] = True
            node = int(heads[node])
        done[path] = True
    for inside, own_heads, enter_at, leave_from in reversed(folds):
        below = heads == inside[0]
        entered_from = heads[inside[0]]
        heads[below] = leave_from[below]
        heads[inside] = own_heads
        heads[enter_at[entered_from]] = entered_from
    return heads


def _fold(scores: NDArray[np.float64], heads: Ints, inside: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Let the first node of a cycle stand for all of it; what is needed to open it again.

    That is its nodes, their heads in it, where each head would enter it, and which node is the best head of
    each dependent.
    """
    own_heads = heads[inside]
    gain = scores[inside] - scores[inside, own_heads][:, None]
    gain[:, inside] = -np.inf
    out_of = scores[:, inside]
    node, rest = inside[0], inside[1:]
    scores[:, node] = out_of.max(axis=1)
    scores[:, rest] = -np.inf
    scores[rest] = -np.inf
    scores[node] = gain.max(axis=0)
    heads[np.isin(heads, rest)] = node
    heads[node] = scores[node].argmax()
    return inside, own_heads, inside[gain.argmax(axis=0)], inside[out_of.argmax(axis=1)]
