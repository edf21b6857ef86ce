"""Documents and the eight record types: the contract between extractor, store, exports and scorer.

Dates are EDTF strings (ISO 8601-2), countries ISO 3166-1 alpha-3, offsets Unicode code points from the start
of the document's text, end exclusive. What the text does not give is ``None``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from html import escape
from typing import Any, ClassVar, Literal, Self

__all__ = [
    "AHEAD",
    "HAPPENED",
    "OFF",
    "RECORD_TYPES",
    "REMOTE",
    "Actor",
    "Agreement",
    "Commitment",
    "Dateline",
    "Document",
    "Event",
    "Meeting",
    "Place",
    "Plover",
    "Record",
    "Records",
    "Relation",
    "Span",
    "Statement",
    "Tenure",
    "Visit",
    "record_from_dict",
]

Status = Literal["done", "ongoing", "planned", "proposed", "cancelled", "postponed", "denied"]
ActorKind = Literal["person", "state", "organization", "group"]
DateBasis = Literal["text", "relative", "published"]
PlaceBasis = Literal["text", "dateline"]

# what a status says of the act: it took place, is still to come, or will not
HAPPENED: frozenset[str] = frozenset({"done", "ongoing"})
AHEAD: frozenset[str] = frozenset({"planned", "proposed", "postponed"})
OFF: frozenset[str] = frozenset({"cancelled", "denied"})
# formats of a meeting at which nobody travels
REMOTE: frozenset[str] = frozenset({"call", "video", "letter"})


def content_hash(value: Any) -> str:
    """Sixteen hexadecimal digits that depend on nothing but the value (SHA-256 of its canonical JSON)."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a document: ``text`` is exactly the document's text from ``start`` to ``end``."""

    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        """From JSON."""
        return cls(value["start"], value["end"], value["text"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened. ``country`` is the ISO3 code; coordinates are degrees, WGS 84."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        """From JSON."""
        return cls(**{f.name: value.get(f.name) for f in fields(cls)})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: the fullest name in the document, the state acted for, the post held, the words used here."""

    name: str
    kind: ActorKind
    country: str | None = None
    office: str | None = None
    sector: str | None = None
    mention: Span | None = None

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What makes two actors of one document the same, whatever words name them here."""
        return (self.kind, self.name, self.country)

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "office": self.office,
            "sector": self.sector,
            "mention": self.mention.to_dict() if self.mention else None,
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        """From JSON; office, sector and mention may be missing."""
        mention = value.get("mention")
        return cls(
            name=value["name"],
            kind=value["kind"],
            country=value.get("country"),
            office=value.get("office"),
            sector=value.get("sector"),
            mention=Span.from_dict(mention) if mention else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The line that opens a report: where and when it was filed. ``agency`` as written, if it is there."""

    place: str | None = None
    country: str | None = None
    date: str | None = None
    agency: str | None = None
    span: Span | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "place": self.place,
            "country": self.country,
            "date": self.date,
            "agency": self.agency,
            "span": self.span.to_dict() if self.span else None,
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        """From JSON."""
        span = value.get("span")
        return cls(
            place=value.get("place"),
            country=value.get("country"),
            date=value.get("date"),
            agency=value.get("agency"),
            span=Span.from_dict(span) if span else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as it was read. All offsets of its records point into ``text``.

    published: EDTF date of publication; retrieved: ISO 8601 time at which the bytes were fetched, if known.
    raw_sha256: hash of the bytes read; source: file (and line) they came from; mended: what was repaired in the
    text on the way in, in words.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    publisher: str | None = None
    cited_source: str | None = None
    dateline: Dateline | None = None
    retrieved: str | None = None
    source: str | None = None
    raw_sha256: str | None = None
    mended: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Hash of what is read from: text, title and date of publication. A change makes a new version."""
        return content_hash([self.text, self.title, self.published])

    def span(self, start: int, end: int) -> Span:
        """The words from start to end."""
        return Span(start, end, self.text[start:end])

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        out: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        out["dateline"] = self.dateline.to_dict() if self.dateline else None
        out["mended"] = list(self.mended)
        return out

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        """From JSON; everything but id and text may be missing, unknown keys are ignored."""
        known = {f.name for f in fields(cls)}
        given = {key: val for key, val in value.items() if key in known and val is not None}
        if "dateline" in given:
            given["dateline"] = Dateline.from_dict(given["dateline"])
        given["mended"] = tuple(given.get("mended", ()))
        return cls(**given)

    def _repr_html_(self) -> str:
        head = " · ".join(escape(x) for x in (self.publisher, self.published, self.url) if x)
        return f"<b>{escape(self.title or self.id)}</b><br><small>{head}</small><pre>{escape(self.text)}</pre>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plover:
    """PLOVER event type and, for some types, its mode."""

    type: str
    mode: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"type": self.type, "mode": self.mode}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has. ``evidence`` is never empty; ``rule`` names the rule or model that produced it."""

    record: ClassVar[str]
    core: ClassVar[tuple[str, ...]]  # the fields of the type, in the order in which people read them

    doc_id: str
    evidence: tuple[Span, ...]
    rule: str
    confidence: float = 0.5
    date: str | None = None
    date_text: str | None = None
    date_basis: DateBasis | None = None
    place: Place | None = None
    place_basis: PlaceBasis | None = None
    topics: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a {self.record} without evidence in document {self.doc_id}")

    @property
    def id(self) -> str:
        """Hash of document, type, core fields and evidence: the same run gives the same ids."""
        core = {name: _jsonable(getattr(self, name)) for name in self.core}
        spans = [[span.start, span.end] for span in self.evidence]
        return content_hash([self.doc_id, self.record, core, self.date, spans])

    def to_dict(self) -> dict[str, Any]:
        """As JSON, in reading order."""
        out: dict[str, Any] = {"record": self.record, "id": self.id, "doc_id": self.doc_id}
        for name in self.core:
            out[name] = _jsonable(getattr(self, name))
        for name in ("date", "date_text", "date_basis", "place", "place_basis", "topics", "evidence"):
            out[name] = _jsonable(getattr(self, name))
        out["confidence"] = round(self.confidence, 3)
        out["rule"] = self.rule
        return out

    def actors(self) -> Iterator[tuple[str, Actor]]:
        """Every actor with the role (field) in which the record names it."""
        for name in self.core:
            value = getattr(self, name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, Actor):
                    yield name, item

    def countries(self) -> tuple[str, ...]:
        """The states concerned, sorted ISO3 codes."""
        found = {actor.country for _, actor in self.actors() if actor.country}
        return tuple(sorted(found))

    def summary(self) -> str:
        """One line for people: who, what, whom."""
        return f"{self.record}: {self.evidence[0].text}"

    def _repr_html_(self) -> str:
        return Records([self])._repr_html_()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Record):
    """One contact between representatives of two or more sides."""

    record: ClassVar[str] = "meeting"
    core: ClassVar[tuple[str, ...]] = ("participants", "format", "status")

    participants: tuple[Actor, ...]
    format: str | None = None
    status: Status = "done"

    def summary(self) -> str:
        """One line for people: the participants and the form."""
        return f"{_names(self.participants)} ({(self.format or 'meeting').replace('_', ' ')})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """One person or delegation going to another country. ``host`` is its ISO3 code."""

    record: ClassVar[str] = "visit"
    core: ClassVar[tuple[str, ...]] = ("visitor", "host", "kind", "status")

    visitor: Actor
    host: str
    kind: str = "unspecified"
    status: Status = "done"

    def countries(self) -> tuple[str, ...]:
        """The visitor's state and the host."""
        return tuple(sorted({self.host} | ({self.visitor.country} if self.visitor.country else set())))

    def summary(self) -> str:
        """One line for people: who goes where."""
        return f"{self.visitor.name} → {self.host} ({self.kind})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """A document or accord between sides, named or described."""

    record: ClassVar[str] = "agreement"
    core: ClassVar[tuple[str, ...]] = ("title", "kind", "parties", "status", "step")

    title: str
    kind: str
    parties: tuple[Actor, ...] = ()
    status: Status = "done"
    step: str = "mentioned"

    def summary(self) -> str:
        """One line for people: the title, the parties, how far it has come."""
        parties = f", {_names(self.parties)}" if self.parties else ""
        return f"{self.title}{parties} ({self.step.replace('_', ' ')})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """What somebody said. ``text`` is the content, inside quotation marks where there are any."""

    record: ClassVar[str] = "statement"
    core: ClassVar[tuple[str, ...]] = ("speaker", "mode", "text", "stance", "addressee", "target")

    speaker: Actor
    mode: Literal["quoted", "reported"]
    text: str
    stance: str = "neutral"
    addressee: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()

    def summary(self) -> str:
        """One line for people: who, with which stance, said what."""
        return f"{self.speaker.name} ({self.stance}): {_shorten(self.text)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Record):
    """What somebody undertakes, plans or is expected to do; ``date`` is when it is due."""

    record: ClassVar[str] = "commitment"
    core: ClassVar[tuple[str, ...]] = ("actor", "strength", "action", "counterpart", "status")

    actor: Actor
    strength: str
    action: str
    counterpart: tuple[Actor, ...] = ()
    status: Status = "planned"

    def summary(self) -> str:
        """One line for people: who undertakes what, how firmly."""
        return f"{self.actor.name} ({self.strength}): {_shorten(self.action)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Record):
    """A standing tie between two states, their ISO3 codes sorted; ``since`` is EDTF."""

    record: ClassVar[str] = "relation"
    core: ClassVar[tuple[str, ...]] = ("parties", "kind", "label", "since")

    parties: tuple[str, str]
    kind: str
    label: str
    since: str | None = None

    def countries(self) -> tuple[str, ...]:
        """The two states."""
        return tuple(sorted(self.parties))

    def summary(self) -> str:
        """One line for people: the two states and what ties them."""
        since = f" since {self.since}" if self.since else ""
        return f"{' – '.join(self.parties)}: {self.label}{since}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure(Record):
    """A person named with a post; ``date`` is the day of which the post is asserted."""

    record: ClassVar[str] = "tenure"
    core: ClassVar[tuple[str, ...]] = ("person", "office", "country")

    person: str
    office: str
    country: str | None = None

    def countries(self) -> tuple[str, ...]:
        """The state in which the post is held."""
        return (self.country,) if self.country else ()

    def summary(self) -> str:
        """One line for people: the person and the post."""
        return f"{self.person}, {self.office}" + (f" ({self.country})" if self.country else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One coded political event. ``quad`` is the PLOVER quad class, ``goldstein`` runs from -10 to 10."""

    record: ClassVar[str] = "event"
    core: ClassVar[tuple[str, ...]] = ("source", "target", "plover", "cameo", "quad", "goldstein", "status")

    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    plover: Plover
    cameo: str | None = None
    quad: str | None = None
    goldstein: float | None = None
    status: Status = "done"

    def summary(self) -> str:
        """One line for people: source, type, target."""
        mode = f"/{self.plover.mode}" if self.plover.mode else ""
        return f"{_names(self.source)} {self.plover.type}{mode} {_names(self.target)}".rstrip()


RECORD_TYPES: dict[str, type[Record]] = {
    kind.record: kind for kind in (Meeting, Visit, Agreement, Statement, Commitment, Relation, Tenure, Event)
}

_ACTOR_FIELDS = {"visitor", "speaker", "actor"}
_ACTOR_LISTS = {"participants", "addressee", "target", "counterpart", "source"}


def record_from_dict(value: Mapping[str, Any]) -> Record:
    """The record that ``to_dict`` wrote. Raises KeyError or ValueError where a needed field is missing."""
    kind = RECORD_TYPES[value["record"]]
    given: dict[str, Any] = {}
    for item in fields(kind):
        if item.name not in value:
            continue
        raw = value[item.name]
        given[item.name] = _from_json(item.name, raw, kind)
    return kind(**given)


def _from_json(name: str, raw: Any, kind: type[Record]) -> Any:
    if raw is None and name in _ACTOR_LISTS:
        return ()
    if raw is None:
        return None
    if name in _ACTOR_FIELDS and isinstance(raw, Mapping):
        return Actor.from_dict(raw)
    if name in _ACTOR_LISTS or (name == "parties" and kind is Agreement):
        return tuple(Actor.from_dict(item) for item in raw)
    if name == "evidence":
        return tuple(Span.from_dict(item) for item in raw)
    if name == "place":
        return Place.from_dict(raw)
    if name == "plover":
        return Plover(type=raw["type"], mode=raw.get("mode"))
    return tuple(raw) if isinstance(raw, list) else raw


def _jsonable(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_jsonable(item) for item in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


def _names(actors: Iterable[Actor]) -> str:
    names = [actor.name for actor in actors]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _shorten(text: str, *, limit: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + "…"


@dataclass(slots=True)
class Records:
    """A list of records that shows as a table in a notebook, together with the documents they came from."""

    items: list[Record] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Record:
        return self.items[index]

    def of(self, *types: str) -> Records:
        """Only the records of these types."""
        return Records([item for item in self.items if item.record in types], self.documents)

    def to_jsonl(self) -> str:
        """One JSON object a line."""
        return "".join(json.dumps(item.to_dict(), ensure_ascii=False) + "\n" for item in self.items)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Plain dictionaries, ready for ``pandas.DataFrame``."""
        return [item.to_dict() for item in self.items]

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in ("type", "record", "date", "status", "words"))
        rows = "".join(
            f"<tr><td>{item.record}</td><td>{escape(item.summary())}</td><td>{escape(item.date or '')}</td>"
            f"<td>{escape(getattr(item, 'status', ''))}</td>"
            f"<td><i>{escape(_shorten(item.evidence[0].text))}</i></td></tr>"
            for item in self.items
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
