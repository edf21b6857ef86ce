"""Trees whose arcs do not cross: what nearly every English sentence has, and scores of single arcs do not ask for.

Where a sentence names two persons, each with a title, the scores tell a title's head from its like by little; of
the trees without crossings the best one gives each name its own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


def is_projective(heads: Ints) -> bool:
    """Whether no arc crosses another. heads: 0 for the root, else the head's place plus one."""
    for place in np.flatnonzero(heads):
        first, last = sorted((int(place), int(heads[place]) - 1))
        above = heads[first + 1 : last] - 1
        if ((above < first) | (above > last)).any():
            return False
    return True


def best_projective(scores: Floats) -> Ints:
    """The heads of the best tree without crossings and with one root (Eisner 1996, first order).

    scores: (words, words + 1), the first column for the root; the result is as `decode.best_heads` gives it.
    """
    size = len(scores)
    arcs = scores[:, 1:].astype(np.float64)  # [dependent, head]
    # the best part from place i to place j whose head stands left (or right), complete or with its last arc open
    left, right, open_left, open_right = (np.full((size, size), -np.inf) for _ in range(4))
    splits = np.zeros((3, size, size), np.intp)  # where open, left and right parts are cut
    np.fill_diagonal(left, 0)
    np.fill_diagonal(right, 0)
    for width in range(1, size):
        first = np.arange(size - width)
        last, rows = first + width, np.arange(size - width)
        i, j = first[:, None], last[:, None]
        k = i + np.arange(width)
        both = left[i, k] + right[k + 1, j]
        cut = both.argmax(axis=1)
        splits[0, first, last] = first + cut
        open_left[first, last] = both[rows, cut] + arcs[last, first]
        open_right[first, last] = both[rows, cut] + arcs[first, last]
        whole = open_left[i, k + 1] + left[k + 1, j]
        cut = whole.argmax(axis=1)
        left[first, last], splits[1, first, last] = whole[rows, cut], first + cut + 1
        whole = right[i, k] + open_right[k, j]
        cut = whole.argmax(axis=1)
        right[first, last], splits[2, first, last] = whole[rows, cut], first + cut
    root = int((scores[:, 0] + right[0] + left[:, -1]).argmax())
    return _read_off(splits, root)


def _read_off(splits: Ints, root: int) -> Ints:
    """The heads of the tree that the cuts make."""
    size = splits.shape[1]
    heads = np.zeros(size, np.intp)
    waiting = [("right", 0, root), ("left", root, size - 1)]
    while waiting:
        kind, first, last = waiting.pop()
        if first == last:
            continue
        if kind == "left":
            cut = int(splits[1, first, last])
            waiting += [("open left", first, cut), ("left", cut, last)]
        elif kind == "right":
            cut = int(splits[2, first, last])
            waiting += [("right", first, cut), ("open right", cut, last)]
        else:
            if kind == "open left":
                heads[last] = first + 1
            else:
                heads[first] = last + 1
            cut = int(splits[0, first, last])
            waiting += [("left", first, cut), ("right", cut + 1, last)]
    return heads
