"""Who is meant: names, posts, demonyms, metonyms and pronouns of one document led to their actors.

Names come first, over the whole document, so that every actor has its fullest form; then posts and pronouns are
read in order and go to the most salient actor that fits (after Lappin and Leass 1994, much simplified: subjects
count more than objects, and what was said long ago fades).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Doc

from dragoman.annotate.countries import only_state
from dragoman.annotate.grammar import SUBJECTS
from dragoman.annotate.mentions import Entity, Mention, fold, name_words, root_of, same_person
from dragoman.annotate.persons import Person
from dragoman.annotate.plural_posts import singular
from dragoman.annotate.posts import Post

_FEMALE = frozenset({"she", "her", "hers", "herself"})
_MALE = frozenset({"he", "him", "his", "himself"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "both"})
_PRONOUNS = _FEMALE | _MALE | PLURAL_PRONOUNS
_HEADS_OF_STATE = frozenset(
    {"president", "king", "queen", "emperor", "emir", "sultan", "head of state", "leader", "chairman", "monarch"}
)
_GENERAL = frozenset({"leader", "head of state", "head of government", "counterpart", "guest", "colleague"})
_FADING = 0.4  # what salience keeps from one sentence to the next


class Chains:
    """The actors of a document as they are found."""

    def __init__(self, doc: Doc, *, home: str | None) -> None:
        self.doc = doc
        self.home = home
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self._persons: list[tuple[list[str], Entity]] = []
        self._states: dict[str, Entity] = {}
        self._bodies: dict[str, Entity] = {}

    # --- named actors -----------------------------------------------------------------------------------------

    def add_persons(self, persons: Iterable[Person]) -> None:
        """Enter every personal name; the longest names first, so that a family name finds its full form."""
        ordered = sorted(persons, key=lambda person: person.start - person.end)
        for person in ordered:
            words = name_words(person.name)
            entity = self._same(words, person) or self._new_person(person.name, words)
            self._learn(entity, person)
            mention = Mention(
                person.left,
                person.right,
                root_of(self.doc, person.left, person.right, name=person.start),
                "name",
                country=person.country or next((post.country for post in person.posts if post.country), None),
                office=", ".join(post.office for post in person.posts) or None,
                name_start=person.start,
                name_end=person.end,
            )
            entity.add(mention)
            self.mentions.append(mention)

    def _same(self, words: list[str], person: Person) -> Entity | None:
        country = person.country or next((post.country for post in person.posts if post.country), None)
        for known, entity in self._persons:
            if not same_person(known, words):
                continue
            if country and entity.country and country != entity.country:
                continue
            if person.gender and entity.gender and person.gender != entity.gender:
                continue
            return entity
        return None

    def _new_person(self, name: str, words: list[str]) -> Entity:
        entity = Entity("person", name)
        self.entities.append(entity)
        self._persons.append((words, entity))
        return entity

    def _learn(self, entity: Entity, person: Person) -> None:
        joined = ", ".join(post.office for post in person.posts)
        if joined:
            entity.office = _fuller(entity.office, joined)
        for post in person.posts:
            entity.country = entity.country or post.country
            entity.sector = entity.sector or post.sector
        entity.country = entity.country or person.country
        entity.gender = entity.gender or person.gender

    def learn_title(self, title: Iterable[Person]) -> None:
        """What the title says of a person whom the text names more briefly: full name, post, state."""
        for person in title:
            words = name_words(person.name)
            for number, (known, entity) in enumerate(self._persons):
                if not same_person(known, words):
                    continue
                self._learn(entity, person)
                if len(words) > len(known):
                    entity.name = person.name
                    self._persons[number] = (words, entity)

    def state(self, code: str, name: str) -> Entity:
        """The state of this code."""
        if code not in self._states:
            self._states[code] = Entity("state", name, country=code, sector="GOV")
            self.entities.append(self._states[code])
        return self._states[code]

    def person_named(self, family_name: str) -> Entity | None:
        """The one person of this family name who is named in full elsewhere."""
        words = name_words(family_name)
        found = [entity for known, entity in self._persons if len(known) > 1 and known[-1:] == words]
        return found[0] if len(found) == 1 else None

    def body(self, name: str, *, kind: str, country: str | None, sector: str | None) -> Entity:
        """The organization or group of this name."""
        key = f"{fold(name)} {country or ''}"
        if key not in self._bodies:
            entity = Entity("group" if kind == "group" else "organization", name, country=country, sector=sector)
            self._bodies[key] = entity
            self.entities.append(entity)
        return self._bodies[key]

    def add(self, mention: Mention, entity: Entity) -> None:
        """Enter a mention of an actor that is known."""
        entity.add(mention)
        self.mentions.append(mention)

    # --- posts and pronouns, in the order of the text ---------------------------------------------------------

    def resolve(self, posts: list[Post], state_name: Callable[[str], str]) -> None:
        """Lead posts without a name, pronouns and plurals to actors already met."""
        waiting = sorted(self.mentions, key=lambda mention: mention.start)
        pending: list[Post | Mention] = sorted([*posts, *self._pronouns()], key=lambda item: item.start)
        salience: dict[int, tuple[Entity, float]] = {}
        at, sentence = 0, -1
        sentence_of = _sentence_index(self.doc)
        for item in pending:
            while at < len(waiting) and waiting[at].start < item.start:
                sentence = _note(self.doc, waiting[at], salience, sentence, sentence_of)
                at += 1
            sentence = _fade(salience, sentence, sentence_of[item.start])
            if isinstance(item, Post):
                mention = self._resolve_post(item, salience, state_name)
            else:
                mention = self._resolve_pronoun(item, salience)
            if mention is not None:
                self.mentions.append(mention)
                _note(self.doc, mention, salience, sentence, sentence_of)
        self.mentions.sort(key=lambda mention: (mention.start, -mention.end))

    def _resolve_post(
        self, post: Post, salience: dict[int, tuple[Entity, float]], state_name: Callable[[str], str]
    ) -> Mention | None:
        start = post.start
        if start and self.doc[start - 1].lower_ in {"the", "his", "her", "its", "their", "my", "our"}:
            start -= 1
        mention = Mention(
            start,
            post.end,
            root_of(self.doc, start, post.end),
            "plural" if post.plural else "post",
            country=post.country,
            office=post.office,
            sector=post.sector,
        )
        if post.plural:
            self._share_post(mention, post, salience)
            return mention
        head = self.doc[post.head].lower_
        entity = self._best(salience, lambda e: self._holds(e, post, head)) or self._anyone(post, head)
        if entity is not None:
            if not _is_general(post.office) or entity.office is None:
                entity.office = _fuller(entity.office, _titled(post.office))
            entity.country = entity.country or post.country
            entity.sector = entity.sector or post.sector
            entity.add(mention)
            return mention
        country = post.country or only_state(post.office) or (self.home if _definite(self.doc, start) else None)
        if country:
            stand_in = Entity(
                "state",
                state_name(country),
                country=country,
                office=_titled(post.office),
                sector=post.sector,
            )
            stand_in.add(mention)
        return mention

    def _share_post(self, mention: Mention, post: Post, salience: dict[int, tuple[Entity, float]]) -> None:
        """ "The two presidents" are the two persons just named; who of them had no post yet is a president."""
        ranked = sorted(salience.values(), key=lambda pair: -pair[1])
        persons = [entity for entity, _ in ranked if entity.kind == "person"][:2]
        if len(persons) < 2 or persons[0].country == persons[1].country:
            return
        office = singular(post.office)
        if any(entity.office and office.lower() not in entity.office.lower() for entity in persons):
            return
        for entity in persons:
            entity.office = entity.office or _titled(office)
            entity.mentions.append(mention)
        mention.entities = tuple(persons)

    def _holds(self, entity: Entity, post: Post, head: str) -> float:
        """How well an actor fits a post: 0 not at all."""
        if entity.kind != "person":
            return 0.0
        if post.country and entity.country and post.country != entity.country:
            return 0.0
        office = (entity.office or "").lower()
        wanted = post.office.lower()
        if office and (wanted in office or (head in office.split() and _compatible(wanted, office))):
            return 3.0 if post.country and entity.country else 2.0
        if _is_head_of_state(wanted) and (_may_be_one(wanted, office) or (not office and post.country)):
            return 1.5 if office else 0.8
        if _is_general(wanted) and (post.country or office):
            return 1.0
        if not office and post.country and entity.country == post.country:
            return 0.4
        return 0.0

    def _anyone(self, post: Post, head: str) -> Entity | None:
        """Somebody named later on: the readout's opening words may give the post before the name."""
        fitting = [entity for _, entity in self._persons if self._holds(entity, post, head) >= 2.0]
        return fitting[0] if len(fitting) == 1 else None

    def _resolve_pronoun(self, mention: Mention, salience: dict[int, tuple[Entity, float]]) -> Mention | None:
        word = self.doc[mention.start].lower_
        if word in PLURAL_PRONOUNS:
            mention.entities = self._last_pair(salience)
            return mention
        wanted = "f" if word in _FEMALE else "m"
        beside = self._coordinated(mention.start)
        if beside is not None and beside.gender in {None, wanted}:
            beside.add(mention)
            return mention
        entity = self._best(salience, lambda e: 1.0 if e.kind == "person" and e.gender in {None, wanted} else 0.0)
        if entity is None:
            return None
        entity.gender = entity.gender or wanted
        entity.add(mention)
        return mention

    def _coordinated(self, at: int) -> Entity | None:
        """The person with whom the owned thing is coordinated: "Mr Smith and his government"."""
        owned = self.doc[at].head
        if self.doc[at].dep_ not in {"nmod:poss", "poss"} or owned.dep_ != "conj":
            return None
        for mention in self.mentions:
            if mention.form == "name" and mention.start <= owned.head.i < mention.end:
                return mention.entity
        return None

    @staticmethod
    def _last_pair(salience: dict[int, tuple[Entity, float]]) -> tuple[Entity, ...]:
        """The two persons of different sides that were named last; () where they are not clear."""
        persons = [pair for pair in salience.values() if pair[0].kind == "person" and pair[1] >= 0.4]
        ranked = [entity for entity, _ in sorted(persons, key=lambda pair: -pair[1])]
        if len(ranked) < 2 or len(ranked) > 3 or ranked[0].country == ranked[1].country:
            return ()
        first, second = sorted(ranked[:2], key=lambda entity: entity.mentions[0].start)  # as they come in the text
        return (first, second)

    def _pronouns(self) -> list[Mention]:
        return [
            Mention(token.i, token.i + 1, token.i, "plural" if token.lower_ in PLURAL_PRONOUNS else "pronoun")
            for token in self.doc
            if token.lower_ in _PRONOUNS
            if token.text not in {"HE", "HER"} or token.dep_ in SUBJECTS  # "HE Sheikh Nasser"
        ]

    @staticmethod
    def _best(salience: dict[int, tuple[Entity, float]], fit: Callable[[Entity], float]) -> Entity | None:
        best, best_score = None, 0.0
        for entity, weight in salience.values():
            score = fit(entity) * weight
            if score > best_score:
                best, best_score = entity, score
        return best


def _sentence_index(doc: Doc) -> list[int]:
    index, current = [], -1
    for token in doc:
        if token.is_sent_start or current < 0:
            current += 1
        index.append(current)
    return index


def _note(
    doc: Doc, mention: Mention, salience: dict[int, tuple[Entity, float]], sentence: int, sentence_of: list[int]
) -> int:
    sentence = _fade(salience, sentence, sentence_of[mention.start])
    gain = 3.0 if doc[mention.root].dep_ in SUBJECTS else 1.0
    for entity in mention.entities:
        before = salience.get(id(entity), (entity, 0.0))[1]
        salience[id(entity)] = (entity, min(before + gain, 4.0))
    return sentence


def _fade(salience: dict[int, tuple[Entity, float]], before: int, now: int) -> int:
    if now > before >= 0:
        factor = _FADING ** min(now - before, 10)
        for key, (entity, weight) in salience.items():
            salience[key] = (entity, weight * factor)
    return max(now, before)


def _fuller(known: str | None, new: str) -> str:
    """The office that says more: the longer of two that agree, a title before "head of state" or "leader"."""
    if not known or _is_general(known) or (known.lower() in new.lower() and len(new) > len(known)):
        return new
    return known


def _titled(office: str) -> str:
    return office[:1].upper() + office[1:] if office.islower() else office


def _compatible(wanted: str, office: str) -> bool:
    """Whether "the minister" may be the "minister of defence": no modifier contradicts."""
    words = set(wanted.split()) - {"the", "of"}
    return words <= set(office.split()) or not (
        {"foreign", "prime", "deputy", "vice"} & (words ^ set(office.split()))
    )


def _is_general(office: str) -> bool:
    return office.lower() in _GENERAL


_THRONES = frozenset({"king", "queen", "emperor", "emir", "sultan", "monarch"})


def _may_be_one(one: str, other: str) -> bool:
    """Whether two heads of state may be the same: a monarch is no president, either is a leader."""
    if not _is_head_of_state(other):
        return False
    first, second = one.split()[0], other.split()[0]
    return (
        first in _GENERAL or second in _GENERAL or one in _GENERAL or (first in _THRONES) == (second in _THRONES)
    )


def _is_head_of_state(office: str) -> bool:
    lower = office.lower()
    return any(lower == word or lower.startswith(word + " ") for word in _HEADS_OF_STATE)


def _definite(doc: Doc, start: int) -> bool:
    return bool(doc[start].lower_ == "the" or doc[start].text[:1].isupper())
