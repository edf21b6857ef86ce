"""What a reviewer put together or holds apart, however well or badly the program thinks that it fits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dragoman.link.claims import Claim, order

__all__ = ["Pairs", "as_decided", "keep_apart"]

Pairs = Collection[tuple[str, str]]
"""Pairs of ids of claims, in either order."""


def as_decided(groups: Iterable[Sequence[Claim]], *, together: Pairs, apart: Pairs) -> list[list[Claim]]:
    """The groups after the reviewer's decisions; where these contradict each other, apart goes before together."""
    merged = [sorted(group, key=order) for group in groups]
    if together:
        merged = _joined(merged, together)
    return [part for group in merged for part in keep_apart(group, apart)]


def _joined(groups: Sequence[list[Claim]], together: Pairs) -> list[list[Claim]]:
    at = {claim.id: number for number, group in enumerate(groups) for claim in group}
    home = list(range(len(groups)))

    def find(number: int) -> int:
        while home[number] != number:
            number = home[number]
        return number

    for one, other in sorted(together):
        if one in at and other in at:
            first, second = sorted((find(at[one]), find(at[other])))
            home[second] = first
    joined: dict[int, list[Claim]] = {}
    for number, group in enumerate(groups):
        joined.setdefault(find(number), []).extend(group)
    return [sorted(group, key=order) for group in joined.values()]


def keep_apart(claims: Iterable[Claim], apart: Pairs) -> list[list[Claim]]:
    """The claims of one story, divided so that no part holds a pair that was split.

    The first claims keep together; each later one joins the first part that it was not split from.
    """
    ordered = sorted(claims, key=order)
    held = {frozenset(pair) for pair in apart}
    if not held:
        return [ordered]
    parts: list[list[Claim]] = []
    for claim in ordered:
        free = (part for part in parts if not any(frozenset((claim.id, kin.id)) in held for kin in part))
        home = next(free, None)
        if home is None:
            parts.append([claim])
        else:
            home.append(claim)
    return parts
