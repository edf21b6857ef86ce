"""Who is who: one identity for all spellings and posts of a person, two for two people of one name.

A full name is compared with the other full names of the store (names.py). What is short of that, a family name or
an initial, stands for whoever of that name the documents of that time write about. A post without a name ("the
Kazakh President") stands for its holder of that day (register.py). All of it depends on the mentions that there
are and not on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from dragoman.link.mentions import Form, Mention, forms_of
from dragoman.link.names import agree, block_keys, middles_differ, parts, sound
from dragoman.link.persons import (
    Identified,
    Identity,
    Person,
    PersonDecision,
    identity_of,
    likelihood,
    named_after_the_father,
    one_country,
    shown,
)
from dragoman.link.posts import post_class
from dragoman.link.register import Asserted, Register, Spell
from dragoman.records import Actor, content_hash
from dragoman.store.days import bounds
from dragoman.store.fold import fold

__all__ = ["Identified", "Identity", "People", "PersonDecision"]

_CLEAR = 0.75  # the share of its bearers that a family name must stand for
_FAMILY_FIRST = frozenset("CHN HKG HUN JPN KHM KOR MAC PRK SGP TWN VNM".split())


class People:
    """Everybody whom the mentions name."""

    def __init__(
        self,
        mentions: Iterable[Mention] = (),
        *,
        spells: Sequence[Spell] = (),
        decisions: Iterable[PersonDecision] = (),
    ) -> None:
        mentioned = list(mentions)
        self._forms = forms_of(mentioned)
        self._decided = _decided(decisions)
        self._persons: list[Person] = []
        self._blocks: dict[str, list[int]] = defaultdict(list)
        self._of_form: dict[tuple[str, ...], Person] = {}
        self._cluster()
        self._join_by_hand()
        self._families = self._family_names()
        self._rivals = self._shared_spellings()
        self._finish(spells)
        self._by_id = {person.id: person for person in self._persons}
        self._by_qid = {spell.qid: person for person in self._persons for spell in person.spells if spell.qid}
        self._memo: dict[tuple[str, str | None, str | None, str], Identified] = {}
        self.register = Register(spells, self._asserted(mentioned))

    # --- full names -----------------------------------------------------------------------------------------

    def _cluster(self) -> None:
        full = [form for form in self._forms.values() if form.full]
        for form in sorted(full, key=lambda form: (-form.weight, form.words)):
            keys = block_keys(form.words)
            found = self._closest(form, keys)
            if found is None:
                found = Person(leader=form, country=form.country)
                for key in keys:
                    self._blocks[key].append(len(self._persons))
                self._persons.append(found)
            found.forms.append(form)
            self._of_form[form.words] = found

    def _closest(self, form: Form, keys: set[str]) -> Person | None:
        best: tuple[float, int, int] | None = None
        for index in {index for key in keys for index in self._blocks.get(key, ())}:
            score = self._compare(form, self._persons[index])
            rank = (score, self._persons[index].leader.weight, -index)
            if score and (best is None or rank > best):
                best = rank
        return self._persons[-best[2]] if best else None

    def _join_by_hand(self) -> None:
        """Put together whom a reviewer calls one person, under the spelling that most documents use."""
        for one, said in sorted(self._decided.items()):
            for other, same in sorted(said.items()):
                first, second = self._of_form.get(one), self._of_form.get(other)
                if not same or first is None or second is None or first is second:
                    continue
                kept, gone = sorted(
                    (first, second), key=lambda person: (-person.leader.weight, person.leader.words)
                )
                kept.forms += gone.forms
                kept.by_hand = True
                self._of_form.update(dict.fromkeys((form.words for form in gone.forms), kept))
        persons = {id(person): person for person in self._of_form.values()}
        if len(persons) < len(self._persons):
            self._persons = [person for person in self._persons if id(person) in persons]
            self._blocks.clear()
            for index, person in enumerate(self._persons):
                for key in block_keys(person.leader.words):
                    self._blocks[key].append(index)

    def _compare(self, form: Form, person: Person) -> float:
        said = self._decided.get(form.words, {})
        if any(said.get(member.words) is False for member in person.forms):
            return 0.0
        score = agree(form.words, person.leader.words)
        if not score or not one_country(form, person, exact=score == 1.0):
            return 0.0
        if len(form.words) > 2 and any(
            len(member.words) > 2 and middles_differ(*sorted((form.words, member.words), key=len))
            for member in person.forms
        ):
            return 0.0
        return score

    def _shared_spellings(self) -> dict[tuple[str, ...], list[Person]]:
        """The spellings that may shorten the names of several people: "George Bush"."""
        shared: dict[tuple[str, ...], list[Person]] = {}
        for words, person in self._of_form.items():
            near = {index for key in block_keys(words) for index in self._blocks.get(key, ())}
            rivals = [
                other
                for index in sorted(near)
                if (other := self._persons[index]) is not person
                and len(other.leader.words) > len(words)
                and self._compare(self._forms[words], other)
            ]
            if rivals:
                shared[words] = [person, *rivals]
        return shared

    # --- family names ---------------------------------------------------------------------------------------

    def _family_names(self) -> dict[str, list[Person]]:
        """Who may be meant by a single word."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self._persons:
            total = person.weight
            if named_after_the_father(person):
                continue
            words = {form.words[-1] for form in person.forms if form.weight * 10 >= total}
            words.add(person.leader.words[-1])
            if person.country in _FAMILY_FIRST:
                words.add(person.leader.words[0])
            for word in sorted({sound(word) for word in words}):
                found[word].append(person)
        return found

    def _bearers(self, words: tuple[str, ...]) -> list[Person]:
        """The people whom a short form may name: "Tokayev", "K. Tokayev"."""
        bearers = {
            person.id: person
            for word in dict.fromkeys((words[-1], words[0]))
            for person in self._families.get(sound(word), ())
            if len(words) == 1 or agree(words, person.leader.words)
        }
        return list(bearers.values())

    # --- what can be said of each person --------------------------------------------------------------------

    def _finish(self, spells: Sequence[Spell]) -> None:
        for person in self._persons:
            first = min(form.first for form in person.forms)
            person.id = content_hash(["person", *first])
            own = [form for form in person.forms if form.words not in self._rivals] or [person.leader]
            person.days = sorted(day for form in own for day in form.days)
            for form in person.forms:
                person.posts.update(form.posts)
        for spell in spells:
            words = parts(spell.person)
            listed = Form(words, countries=Counter({spell.country: 1}))
            near = {index for key in block_keys(words) for index in self._blocks.get(key, ())}
            scored = [(self._compare(listed, self._persons[index]), -index) for index in near]
            fitting = [item for item in scored if item[0] and self._persons[-item[1]].country == spell.country]
            exact = self._of_form.get(words)
            if exact is not None and exact.country == spell.country:
                exact.spells.append(spell)
            elif fitting:
                self._persons[-max(fitting)[1]].spells.append(spell)

    def _asserted(self, mentions: Iterable[Mention]) -> Iterator[Asserted]:
        for mention in mentions:
            person = self._of_form.get(parts(mention.name))
            if person is None or mention.office is None or not mention.day:
                continue
            # what stands in one document only as the post of a person of another country is a slip of reading
            if mention.country and mention.country == person.country:
                yield Asserted(
                    person=person.id,
                    office=mention.office,
                    country=mention.country,
                    day=mention.day,
                    document=mention.document,
                )

    # --- asking ---------------------------------------------------------------------------------------------

    def identify(self, actor: Actor, when: str | None) -> str:
        """The key of whom an actor is. when: EDTF, the date of the act or else of publication."""
        return self.identified(actor, when).key

    def identified(self, actor: Actor, when: str | None) -> Identified:
        """Who an actor is, and why."""
        span = bounds(when)
        day = span[1] if span else ""
        key = (f"{actor.kind}:{actor.name}", actor.country, actor.office, day)
        if key not in self._memo:
            self._memo[key] = self._identified(actor, day)
        return self._memo[key]

    def _identified(self, actor: Actor, day: str) -> Identified:
        if actor.kind == "person":
            return self._person(actor.name, actor.country, actor.office, day)
        if actor.kind == "state" and actor.office and actor.country and day:
            held = self._holder(actor.office, actor.country, day)
            if held is not None:
                return held
        name = actor.country if actor.kind == "state" and actor.country else fold(actor.name)
        country = f":{actor.country}" if actor.kind == "group" and actor.country else ""
        return Identified(key=f"{actor.kind}{country}:{name}", score=1.0, why="by its name")

    def _holder(self, office: str, country: str, day: str) -> Identified | None:
        holder = self.register.holder(office, country, day)
        if holder is None:
            return None
        if not holder.listed:
            return Identified(key=holder.person, score=holder.score, why=holder.by)
        person = self._by_qid.get(holder.qid) if holder.qid else None
        return Identified(key=person.id if person else f"person:{holder.qid}", score=holder.score, why=holder.by)

    def _person(self, name: str, country: str | None, office: str | None, day: str) -> Identified:
        words = parts(name)
        if not words:
            return Identified(key=f"person:{country or ''}:{fold(name)}", score=0.3, why="the name has no words")
        person = self._of_form.get(words)
        if person is not None and words not in self._rivals:
            return self._sure(words, person)
        candidates = self._rivals[words] if person is not None else self._bearers(words)
        chosen = self._likeliest(candidates, country, office, day)
        if chosen is not None:
            return chosen
        if person is not None:
            return Identified(key=person.id, score=0.6, why=f"most often {shown(person)} is meant")
        unknown = content_hash(["name", [sound(word) for word in words], country])
        return Identified(key=unknown, score=0.4, why=f"nobody else is called {name} and nothing else is known")

    def _sure(self, words: tuple[str, ...], person: Person) -> Identified:
        if words == person.leader.words:
            return Identified(key=person.id, score=1.0, why="by the full name")
        score = agree(words, person.leader.words)
        by: Literal["program", "hand"] = "hand" if person.by_hand and not score else "program"
        return Identified(key=person.id, score=score or 1.0, why=f"written for {shown(person)}", by=by)

    def _likeliest(
        self, candidates: Sequence[Person], country: str | None, office: str | None, day: str
    ) -> Identified | None:
        """Whom a short or shared name stands for: of those that bear it the one that is written about then."""
        kind = post_class(office)
        weights = [
            (likelihood(person, country, kind, day), person.weight, person.id, person) for person in candidates
        ]
        total = sum(item[0] for item in weights)
        if not total:
            return None
        best = max(weights, key=lambda item: item[:3])
        share = best[0] / total
        if share < _CLEAR:
            return None
        why = f"{share:.0%} of what bears this name at that time is {shown(best[3])}"
        return Identified(key=best[3].id, score=0.95 * share, why=why)

    def identity(self, key: str) -> Identity | None:
        """The person of that id; None for a state, a body, a group and a name that stands for nobody known."""
        person = self._by_id.get(key)
        return None if person is None else identity_of(person)

    def of_qid(self, qid: str) -> Identity | None:
        """The person whom a list knows by that id of Wikidata; None where no document mentions one."""
        person = self._by_qid.get(qid)
        return None if person is None else identity_of(person)

    def identities(self) -> Iterator[Identity]:
        """Everybody with a full name."""
        return map(identity_of, self._persons)

    def country_of(self, key: str) -> str | None:
        """The state for which a person acts as a rule."""
        person = self._by_id.get(key)
        return person.country if person else None

    def name_of(self, key: str) -> str | None:
        """The name of a person as most documents write it."""
        person = self._by_id.get(key)
        return shown(person) if person else None

    def called(self, name: str) -> list[Identity]:
        """Those whom a name may mean, the most written about first."""
        words = parts(name)
        near = {index for key in block_keys(words) for index in self._blocks.get(key, ())}
        full = [self._persons[index] for index in near if agree(words, self._persons[index].leader.words)]
        found = {person.id: person for person in (*full, *(self._bearers(words) if words else ()))}
        if words in self._of_form:
            found.setdefault(self._of_form[words].id, self._of_form[words])
        return sorted(map(identity_of, found.values()), key=lambda item: (-item.documents, item.id))

    def spells_of(self, key: str) -> list[Spell]:
        """The lines of imported lists about a person."""
        person = self._by_id.get(key)
        return sorted(person.spells, key=lambda spell: (spell.start or "", spell.role)) if person else []


def _decided(decisions: Iterable[PersonDecision]) -> Mapping[tuple[str, ...], dict[tuple[str, ...], bool]]:
    found: dict[tuple[str, ...], dict[tuple[str, ...], bool]] = defaultdict(dict)
    for decision in decisions:  # in the order in which they were made: the last word on a pair counts
        one, other = parts(decision.one), parts(decision.other)
        found[one][other] = found[other][one] = decision.same
    return found
