"""Which value is best: the rules of policy.yaml, read once and applied to the values of a story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dragoman.errors import VocabularyError
from dragoman.link import dates
from dragoman.link.claims import Claim, Source, order
from dragoman.link.stories import Value
from dragoman.read.home import home_country
from dragoman.vocabulary import organizations, states
from dragoman.vocabulary.load import Entry, load_yaml

__all__ = ["Given", "Policy", "home_of", "load_policy", "settle", "told"]

RULES = (
    "dated",
    "host_primary",
    "official",
    "contemporaneous",
    "host_voice",
    "firm",
    "later",
    "majority",
    "furthest",
    "finer",
)
_SPANS = (
    *("same_visit", "longest_visit", "readout", "recall", "slip", "redate", "undated_plan", "postponed"),
    *("still_open", "grace", "bare_accord", "renewal", "promise"),
)
_WORDS = ("invited", "postponed", "cancelled", "done", "not_done", "in_force", "extended", "one_house", "whole")


_TURNS = {"postponed": 1, "cancelled": 2, "denied": 2, "ongoing": 3, "done": 4}


@dataclass(frozen=True, slots=True)
class Given:
    """One value as one claim gives it. firm: false where it was only taken from the day of publication."""

    value: Any
    claim: Claim
    firm: bool = True


def told(source: Source) -> date | None:
    """The day of publication, the first of those that an imprecise date allows; None where the source has none."""
    return dates.first_day(source.published)


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy. fields: name → rules in order; spans: days; words: stems; official: words of official bodies;
    routine: kinds of accord made often;
    whole: fields of days of which a report may name one."""

    fields: Mapping[str, tuple[str, ...]]
    means: Mapping[str, str]
    spans: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]
    official: tuple[str, ...]
    routine: tuple[str, ...]
    whole: tuple[str, ...]

    def says(self, what: str, text: str) -> bool:
        """Whether the text shows one of the words of this turn."""
        return _stems(self.words[what]).search(text) is not None

    def is_official(self, name: str | None) -> bool:
        """Whether a publisher or source of this name is an official body."""
        return bool(name) and _stems(self.official).search(name or "") is not None

    def choose(self, field: str, given: Iterable[Given], *, hosts: Iterable[str] = ()) -> tuple[Value, ...]:
        """Every value of a field, the best first, each with the rule that chose it or passed it over.

        hosts: the states whose own sources know best (of a visit the host, of an accord the parties), ISO3.
        """
        grouped = _by_value(given)
        if not grouped:
            return ()
        names = self.fields.get(field, self.fields["default"])
        home = frozenset(hosts)
        judge = {name: self._rule(name, home) for name in names}
        coarse = {key for key in grouped if _is_coarse(key, grouped, whole=field in self.whole)}
        ranks = {key: tuple(judge[name](_support(key, grouped)) for name in names) for key in grouped}
        ranked = sorted(
            grouped, key=lambda key: (key not in coarse, ranks[key], _first_told(grouped[key])), reverse=True
        )
        best = ranked[0]
        return tuple(
            Value(
                value=grouped[key][0].value,
                claims=tuple(item.claim.id for item in grouped[key]),
                best=key == best,
                why=self._why(names, ranks, key, ranked, coarse),
            )
            for key in ranked
        )

    def _why(
        self,
        names: Sequence[str],
        ranks: Mapping[str, tuple[Any, ...]],
        key: str,
        ranked: Sequence[str],
        coarse: set[str],
    ) -> str:
        if len(ranked) == 1:
            return "the only value"
        best = ranked[0]
        rival = ranked[1] if key == best else key
        if rival in coarse:
            return "says more exactly what others say" if key == best else "less exact than another that agrees"
        rule = next((name for at, name in enumerate(names) if ranks[best][at] != ranks[rival][at]), None)
        if rule is None:
            return "no rule tells it from the others; told first" if key == best else "no rule prefers it"
        return f"{rule}: {self.means[rule]}" if key == best else f"passed over by {rule}: {self.means[rule]}"

    def _rule(self, name: str, hosts: frozenset[str]) -> Callable[[Sequence[Given]], Any]:
        return {
            "dated": lambda items: any(told(item.claim.source) for item in items),
            "host_primary": lambda items: any(self._primary(item.claim.source, hosts) for item in items),
            "official": lambda items: any(self.is_official(item.claim.source.publisher) for item in items),
            "contemporaneous": lambda items: any(self._contemporaneous(item) for item in items),
            "host_voice": lambda items: any(home_of(item.claim.source) in hosts for item in items),
            "firm": lambda items: any(item.firm for item in items),
            "later": lambda items: max((told(item.claim.source) or date.min for item in items), default=date.min),
            "majority": lambda items: len({item.claim.source.origin for item in items}),
            "furthest": lambda items: _TURNS.get(str(items[0].value), 0),
            "finer": lambda items: -dates.length(items[0].value),
        }[name]

    def _primary(self, source: Source, hosts: frozenset[str]) -> bool:
        return self.is_official(source.publisher) and home_of(source) in hosts

    def _contemporaneous(self, item: Given) -> bool:
        day, last = told(item.claim.source), dates.last_day(item.value)
        return day is not None and last is not None and abs((day - last).days) <= self.spans["recall"]


def settle(fields: Mapping[str, tuple[Value, ...]], fact: str, plan: str) -> tuple[Value, ...]:
    """When something took place or is to: the day of the fact, by the day of the plan where that says it finer."""
    done = next((value for value in fields.get(fact, ()) if value.best), None)
    due = next((value for value in fields.get(plan, ()) if value.best), None)
    if done is None or due is None:
        only = done or due
        return (replace(only, why=f"from {fact if done else plan!r}"),) if only else ()
    if dates.finer(due.value, done.value) and not dates.is_stay(done.value):
        why = f"{fact} in {done.value}, which agrees with the day for which it was planned"
        return (Value(value=due.value, claims=(*done.claims, *due.claims), best=True, why=why),)
    return (replace(done, why=f"from {fact!r}"),)


def _by_value(given: Iterable[Given]) -> dict[str, list[Given]]:
    grouped: dict[str, list[Given]] = {}
    for item in sorted(given, key=lambda item: order(item.claim)):
        same = grouped.setdefault(repr(item.value), [])
        if all(item.claim.id != known.claim.id for known in same):
            same.append(item)
    return grouped


def _is_coarse(key: str, grouped: Mapping[str, list[Given]], *, whole: bool) -> bool:
    """Whether a date that says the same more exactly is there, from a source with a date or as poor a one as this.

    whole: a single day is less than the days of the whole stay, where another value gives these to the day.
    """
    value = grouped[key][0].value
    if not isinstance(value, str):
        return False
    own = any(told(item.claim.source) for item in grouped[key])
    return any(
        _says_more(items[0].value, value, whole=whole)
        and (not own or any(told(item.claim.source) for item in items))
        for items in grouped.values()
        if isinstance(items[0].value, str)
    )


def _says_more(one: str, other: str, *, whole: bool) -> bool:
    if whole and dates.is_stay(one):
        return dates.finer(one, other) or (len(other) == 10 and dates.contains(one, other))
    return dates.finer(one, other) and not (whole and len(one) == 10 and dates.is_stay(other))


def _support(key: str, grouped: Mapping[str, list[Given]]) -> list[Given]:
    """The claims that give the value and those that give a less exact one which agrees; its own come first."""
    value = grouped[key][0].value
    if not isinstance(value, str):
        return grouped[key]
    wider = (items for other, items in grouped.items() if other != key and isinstance(items[0].value, str))
    return [*grouped[key], *(item for items in wider if dates.finer(value, items[0].value) for item in items)]


def _first_told(items: Sequence[Given]) -> tuple[int, ...]:
    """For the last tie: the value told first, and then the smaller, ranks higher."""
    day = min((told(item.claim.source) or date.max for item in items), default=date.max)
    return (-day.toordinal(), *(-ord(char) for char in repr(items[0].value)))


@lru_cache(maxsize=4096)
def _home_of(name: str | None, url: str | None) -> str | None:
    body = organizations().lookup(name) if name else None
    if body is not None and body.country:
        return body.country
    state = states().lookup(name) if name else None
    return state.iso3 if state is not None else home_country(name, url)


def home_of(source: Source) -> str | None:
    """The state from which a source writes, ISO3; None for one that writes for the world or is unknown."""
    return _home_of(source.publisher, source.url)


@cache
def _stems(words: tuple[str, ...]) -> re.Pattern[str]:
    patterns = (re.escape(word).replace(r"\ …\ ", r"(?:\s\S+){0,4}?\s") for word in words)
    return re.compile(r"\b(?:" + "|".join(patterns) + ")", re.IGNORECASE)


@cache
def load_policy(folder: Path | None = None, *, name: str = "policy") -> Policy:
    """The policy of a file ``name``.yaml, of the shipped one by default. Raises VocabularyError."""
    raw = load_yaml(name, folder=folder or Path(__file__).parent)
    where = f"{name}.yaml"
    for part in ("rules", "fields", "spans", "words", "whole", "routine", "official"):
        if part not in raw:
            raise VocabularyError(f"no part {part!r}", where=where, hint="start from the shipped policy.yaml")
    means = {key: str(entry["means"]) for key, entry in raw["rules"].items()}
    fields = {key: Entry(name, key, raw["fields"]).texts(key) for key in raw["fields"]}
    for field, rules in fields.items():
        unknown = [rule for rule in rules if rule not in RULES or rule not in means]
        if unknown:
            raise VocabularyError(
                f"unknown rule {unknown[0]!r} for {field!r}", where=where, hint="use one of " + ", ".join(RULES)
            )
    if "default" not in fields:
        raise VocabularyError("no rules for 'default'", where=where, hint="name the rules of fields not listed")
    spans = _whole(raw["spans"], _SPANS, where)
    words = {key: Entry(name, key, raw["words"]).texts(key) for key in _WORDS}
    empty = [key for key in _WORDS if not words[key]]
    if empty:
        raise VocabularyError(f"no words for {empty[0]!r}", where=where, hint="list at least one stem")
    official, routine, whole = (Entry(name, key, raw).texts(key) for key in ("official", "routine", "whole"))
    return Policy(fields, means, spans, words, official, routine, whole)


def _whole(raw: Any, names: Sequence[str], where: str) -> dict[str, int]:
    for key in names:
        value = raw.get(key) if isinstance(raw, Mapping) else None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise VocabularyError(f"span {key!r} is {value!r}", where=where, hint="write a whole number of days")
    return {key: raw[key] for key in names}
