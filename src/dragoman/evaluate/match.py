"""When two records of one type match, and how well: the table of RECORDS.md as a function a type."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.evaluate.agree import (
    actors_agree,
    actors_in_common,
    dates_compatible,
    jaccard,
    overlap,
    shared_words,
    sides,
    words,
)
from dragoman.evaluate.annotations import Raw

__all__ = ["FIELDS", "field_right", "match", "pair"]

_HAPPENED, _AHEAD, _OFF = "happened", "ahead", "off"
_OUTCOME = {"planned": _AHEAD, "proposed": _AHEAD, "postponed": _AHEAD, "cancelled": _OFF, "denied": _OFF}
_EITHER_WAY = frozenset({"AGREE", "CONSULT", "COOPERATE"})  # events whose sides may be swapped
_HALF = 0.5

# the fields whose accuracy is measured over matched pairs
FIELDS: dict[str, tuple[str, ...]] = {
    "meeting": ("format", "date", "place", "status"),
    "visit": ("kind", "date", "status"),
    "agreement": ("kind", "step", "date"),
    "statement": ("mode", "stance"),
    "commitment": ("strength", "date"),
    "relation": ("since",),
    "tenure": (),
    "event": ("mode", "cameo", "status"),
}


def match(kind: str, gold: Raw, found: Raw) -> float:
    """How well the two match, up to 1; 0 where they do not."""
    return _MATCHERS[kind](gold, found)


def pair(kind: str, gold: Sequence[Raw], found: Sequence[Raw]) -> list[tuple[int, int]]:
    """One-to-one pairs (position in gold, position in found), the best match first, of equals the earlier."""
    scored = [(match(kind, g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    pairs: list[tuple[int, int]] = []
    free_gold, free_found = set(range(len(gold))), set(range(len(found)))
    for score, i, j in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if score > 0 and i in free_gold and j in free_found:
            free_gold.remove(i)
            free_found.remove(j)
            pairs.append((i, j))
    return pairs


def _same_outcome(gold: Raw, found: Raw) -> bool:
    return _OUTCOME.get(gold.get("status") or "", _HAPPENED) == _OUTCOME.get(found.get("status") or "", _HAPPENED)


def _meeting(gold: Raw, found: Raw) -> float:
    present, claimed = gold["participants"], found.get("participants") or ()
    common = actors_in_common(present, claimed)
    one_sided = len(sides(present)) > 1 and len(sides(claimed)) < 2
    if not _same_outcome(gold, found) or common < min(2, len(present)) or one_sided:
        return 0.0
    same_time = dates_compatible(gold.get("date"), found.get("date"))
    return 0.9 * common / max(len(present), len(claimed)) + (0.1 if same_time else 0.0)


def _visit(gold: Raw, found: Raw) -> float:
    if not (
        gold.get("host") == found.get("host")
        and _same_outcome(gold, found)
        and actors_agree(gold.get("visitor"), found.get("visitor"))
        and dates_compatible(gold.get("date"), found.get("date"))
    ):
        return 0.0
    return 0.5 + sum(0.25 for name in ("kind", "date") if gold.get(name) == found.get(name))


def _agreement(gold: Raw, found: Raw) -> float:
    if not _same_outcome(gold, found):
        return 0.0
    by_title = shared_words(gold.get("title"), found.get("title"))
    parties = gold.get("parties") or ()
    common = actors_in_common(parties, found.get("parties"))
    by_kind = gold.get("kind") == found.get("kind") and common > 0 and common >= min(2, len(parties))
    return max(by_title if by_title >= _HALF else 0.0, _HALF if by_kind else 0.0)


def _said_by(role: str) -> Callable[[Raw, Raw], float]:
    def matcher(gold: Raw, found: Raw) -> float:
        share = overlap(gold, found)
        return share if share >= _HALF and actors_agree(gold.get(role), found.get(role)) else 0.0

    return matcher


def _relation(gold: Raw, found: Raw) -> float:
    same_pair = _states(gold) == _states(found)
    return 1.0 if same_pair and gold["kind"] == found.get("kind") else 0.0


def _states(relation: Raw) -> set[str]:
    parties = relation.get("parties") or ()
    return sides([party if isinstance(party, dict) else {"country": party} for party in parties])


def _tenure(gold: Raw, found: Raw) -> float:
    same = (
        actors_agree(_person(gold), _person(found))
        and gold.get("country") == found.get("country")
        and shared_words(gold.get("office"), found.get("office")) >= _HALF
    )
    return 1.0 if same else 0.0


def _person(tenure: Raw) -> Raw:
    person = tenure["person"]
    return {**(person if isinstance(person, dict) else {"name": person}), "kind": "person"}


def _event(gold: Raw, found: Raw) -> float:
    kind = gold["plover"]["type"]
    if kind != (found.get("plover") or {}).get("type"):
        return 0.0
    gold_source, gold_target = sides(gold.get("source")), sides(gold.get("target"))
    source, target = sides(found.get("source")), sides(found.get("target"))
    straight = 0.0
    if gold_source & source and (gold_target & target or not gold_target):
        at_target = jaccard(gold_target, target) if gold_target or target else 1.0
        straight = (jaccard(gold_source, source) + at_target) / 2
    if kind not in _EITHER_WAY:
        return straight
    either_way = jaccard(gold_source | gold_target, source | target)
    return max(straight, either_way if either_way >= _HALF else 0.0)


_MATCHERS: dict[str, Callable[[Raw, Raw], float]] = {
    "meeting": _meeting,
    "visit": _visit,
    "agreement": _agreement,
    "statement": _said_by("speaker"),
    "commitment": _said_by("actor"),
    "relation": _relation,
    "tenure": _tenure,
    "event": _event,
}


def field_right(name: str, gold: Raw, found: Raw) -> bool | None:
    """Whether the field of a matched pair has the gold's value; None where the gold has none."""
    if name == "place":
        return _place_right(gold.get("place"), found.get("place"))
    if name == "mode" and gold["record"] == "event":
        gold, found = gold["plover"], found.get("plover") or {}
    wanted = gold.get(name)
    return None if wanted is None else wanted == found.get(name)


def _place_right(gold: Raw | None, found: Raw | None) -> bool | None:
    if not gold:
        return None
    if not found:
        return False
    if words(gold.get("name")) == words(found.get("name")):
        return True
    return not gold.get("name") and gold.get("country") == found.get("country")
