"""Claims that hang together by what they share: what linking tells anew together, and never less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from dragoman.link.claims import Claim


def components(claims: Iterable[Claim], shared: Callable[[Claim], set[str] | None]) -> list[list[Claim]]:
    given = list(claims)
    by_key: dict[str, list[int]] = defaultdict(list)
    keys = [shared(claim) or set() for claim in given]
    for at, own in enumerate(keys):
        for key in own:
            by_key[key].append(at)
    left, found = set(range(len(given))), []
    while left:
        edge = {min(left)}
        together: set[int] = set()
        while edge:
            together |= edge
            edge = {other for at in edge for key in keys[at] for other in by_key[key]} - together
        left -= together
        found.append([given[at] for at in sorted(together)])
    return found
