"""The stories of tests/link/stories: documents in our own words, read once, as claims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.link import accords, dates, promises, visits
from dragoman.link.claims import Claim, Source
from dragoman.link.policy import load_policy
from dragoman.link.stories import Story
from dragoman.read import parse_text
from dragoman.records import Document
from dragoman.vocabulary.load import load_yaml

FOLDER = Path(__file__).parent / "stories"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@dataclass(frozen=True)
class Step:
    """One document of a story with what the stories are to be once it is known."""

    document: Document
    expect: tuple[dict[str, Any], ...]


@cache
def steps(name: str) -> tuple[Step, ...]:
    told = load_yaml(name, folder=FOLDER)["steps"]
    return tuple(Step(_document(raw), tuple(raw.get("expect", ()))) for raw in told)


@cache
def background(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(load_yaml(name, folder=FOLDER).get("apart", ()))


def today(name: str) -> date:
    return date.fromisoformat(str(load_yaml(name, folder=FOLDER)["today"]))


def _document(raw: dict[str, Any]) -> Document:
    known = {key: raw.get(key) for key in ("id", "published", "publisher", "url", "title")}
    document = parse_text(raw["text"], **{key: value for key, value in known.items() if value is not None})
    return replace(document, cited_source=raw["cited_source"]) if raw.get("cited_source") else document


def claims_of(document: Document, records: list[Any]) -> list[Claim]:
    source = Source(
        document=document.id,
        published=document.published,
        publisher=document.publisher,
        url=document.url,
        cited_source=document.cited_source,
        language=document.language,
        title=document.title,
    )
    return [Claim(id=record.id, record=record, source=source) for record in records]


def tell_all(claims: list[Claim], on: date) -> list[Story]:
    """The stories of every kind, as of a day."""
    policy = load_policy()
    found: list[Story] = []
    for kind in (visits, accords, promises):
        found += kind.group_and_judge(claims, today=on, policy=policy)
    return found


def find(stories: list[Story], expected: dict[str, Any]) -> Story:
    """The one story that an expectation is about."""
    if expected["kind"] == "visit":
        fits = [
            story
            for story in stories
            if story.kind == "visit"
            and story.best("visitor") == expected["who"]
            and story.best("host") == expected["host"]
        ]
        if "near" in expected:
            fits = [
                story for story in fits if any(dates.gap(day, expected["near"]) == 0 for day in days_of(story))
            ]
    else:
        fits = [
            story
            for story in stories
            if story.kind == expected["kind"]
            and any(
                expected[field].lower() in value.value.lower()
                for field in ("title", "action")
                if field in expected
                for value in story.fields[field]
            )
        ]
    assert len(fits) == 1, f"{len(fits)} stories for {expected}: {[story.fields for story in fits]}"
    return fits[0]


def days_of(story: Story) -> list[str]:
    fields = ("made", "planned", "proposed", "called_off_for")
    return [value.value for field in fields for value in story.fields.get(field, ())]
