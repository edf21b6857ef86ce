"""The register of office-holders: who held which post when, as documents say and as imported lists say."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import BadLine, NotText, UnreadableFile
from dragoman.link.posts import PostClass, post_class
from dragoman.store.days import EARLIEST, LATEST, bounds

__all__ = ["ROLES", "Asserted", "Holder", "Register", "Spell", "read_spells"]

ROLES = ("head_of_state", "head_of_government")
_COLUMNS = ("iso3", "role", "person", "person_qid", "start", "end")
_QID = re.compile(r"Q[1-9][0-9]*")
_NEAR = 180  # days: how far from a day documents may stand that tell who held a post on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A line of an imported list. start, end: EDTF or None where the list does not know; source: list and line."""

    country: str
    role: str
    person: str
    qid: str | None
    start: str | None
    end: str | None
    source: str

    def days(self) -> tuple[str, str]:
        """The first and the last day of it, as far as the list knows."""
        first, last = bounds(self.start), bounds(self.end)
        return (first[0] if first else EARLIEST), (last[1] if last else LATEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """That a document calls a person the holder of a post on a day. person: id of an identity."""

    person: str
    office: str
    country: str
    day: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who held a post on a day. person: name on the list, or id of an identity; by: what says so, for people."""

    person: str
    qid: str | None
    listed: bool
    by: str
    score: float


def read_spells(path: Path) -> tuple[list[Spell], list[BadLine]]:
    """The lines of a CSV file with the columns iso3, role, person, person_qid, start, end, in any order.

    Further columns are passed over. Lines that make no sense come back as errors; the others are good.
    Raises UnreadableFile, NotText, BadLine where the whole file is no such list.
    """
    spells: list[Spell] = []
    faults: list[BadLine] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise BadLine(
                    f"the list lacks {', '.join(missing)}",
                    where=f"{path}:1",
                    hint=f"its first line must name the columns {', '.join(_COLUMNS)}",
                )
            for row in reader:
                try:
                    spells.append(_spell(row, f"{path.name}:{reader.line_num}", f"{path}:{reader.line_num}"))
                except BadLine as error:
                    faults.append(error)
    except OSError as error:
        raise UnreadableFile(
            f"cannot be read: {error.strerror}", where=str(path), hint="check its name"
        ) from error
    except UnicodeDecodeError as error:
        raise NotText("this is no UTF-8 text", where=str(path), hint="save the list as CSV in UTF-8") from error
    except csv.Error as error:
        raise BadLine(f"this is no CSV: {error}", where=str(path), hint="save the list as CSV") from error
    return spells, faults


def _spell(row: Mapping[str | None, str | None], source: str, where: str) -> Spell:
    given = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    if given["role"] not in ROLES:
        raise BadLine(f"there is no role {given['role']!r}", where=where, hint=f"use {' or '.join(ROLES)}")
    if not re.fullmatch("[A-Z]{3}", given["iso3"]) or not given["person"]:
        raise BadLine(
            "a line needs a country (ISO3) and a person", where=where, hint="fill both, or drop the line"
        )
    for name in ("start", "end"):
        if given[name] and bounds(given[name]) is None:
            raise BadLine(f"{name} {given[name]!r} is no date", where=where, hint="write it as 2013-03-01 or 2013")
    qid = given["person_qid"] if _QID.fullmatch(given["person_qid"]) else None
    return Spell(
        country=given["iso3"],
        role=given["role"],
        person=given["person"],
        qid=qid,
        start=given["start"] or None,
        end=given["end"] or None,
        source=source,
    )


class Register:
    """Who held which post when. Imported lists go before what documents assert."""

    def __init__(self, spells: Iterable[Spell] = (), asserted: Iterable[Asserted] = ()) -> None:
        self._spells: dict[tuple[str, str], list[Spell]] = defaultdict(list)
        for spell in spells:
            self._spells[spell.country, spell.role].append(spell)
        self._asserted: dict[tuple[str, PostClass], list[tuple[str, str, str, str]]] = defaultdict(list)
        for item in asserted:
            kind = post_class(item.office)
            if kind is not None:
                self._asserted[item.country, kind].append((item.day, item.person, item.document, item.office))
        for items in self._asserted.values():
            items.sort()

    def spells(self) -> Iterator[Spell]:
        """All lines of imported lists."""
        for spells in self._spells.values():
            yield from spells

    def holder(self, office: str, country: str, day: str) -> Holder | None:
        """Who held the post in that country on that day (``YYYY-MM-DD``); None where nothing says so clearly."""
        kind = post_class(office)
        if kind is None:
            return None
        return self._listed(kind[0], country, day) or self._told(kind, country, day)

    def _listed(self, role: str, country: str, day: str) -> Holder | None:
        covering = [
            spell for spell in self._spells.get((country, role), ()) if spell.days()[0] <= day <= spell.days()[1]
        ]
        # an office changes hands during a day, and lists hold spells without dates: the latest to begin holds it
        covering.sort(key=lambda spell: (spell.days()[0], spell.person))
        if not covering:
            return None
        last = covering[-1]
        if last.start is None and len({spell.qid or spell.person for spell in covering}) > 1:
            return None
        span = f"{last.start or '?'} to {last.end or 'now'}"
        role_name = role.replace("_", " ")
        by = f"{last.source} has {last.person} as {role_name} of {country}, {span}"
        return Holder(person=last.person, qid=last.qid, listed=True, by=by, score=0.95)

    def _told(self, kind: PostClass, country: str, day: str) -> Holder | None:
        told = self._asserted.get((country, kind), [])
        at = bisect_left(told, (day,))
        near = [item for item in told[max(0, at - 25) : at + 25] if abs(_apart(item[0], day)) <= _NEAR]
        if not near:
            return None
        documents: dict[str, set[str]] = defaultdict(set)
        for _, person, document, _ in near:
            documents[person].add(document)
        person = max(sorted(documents), key=lambda name: len(documents[name]))
        share = len(documents[person]) / len({item[2] for item in near})
        if share < 0.7:
            return None
        own = [item for item in near if item[1] == person]
        by = (
            f"{len(documents[person])} documents from {own[0][0]} to {own[-1][0]} call this person {own[0][3]}"
            f" of {country}, such as {own[0][2]}"
        )
        return Holder(person=person, qid=None, listed=False, by=by, score=min(share, 0.9))


def _apart(a: str, b: str) -> int:
    from datetime import date

    try:
        return (date.fromisoformat(a) - date.fromisoformat(b)).days
    except ValueError:  # the end of time, or year 0
        return 1_000_000
