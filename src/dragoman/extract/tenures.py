"""Tenures: a person named with a post."""

from __future__ import annotations

from dragoman.annotate import Entity, Mention, Reading
from dragoman.records import Tenure

# a post that nobody holds by it: who was or may become something is no office-holder now
_NO_LONGER = ("former ", "ex-", "late ")


def tenures(reading: Reading) -> list[Tenure]:
    """One tenure a person and document, of the fullest form of the post that the text gives."""
    found = []
    for entity in reading.entities:
        if entity.kind != "person" or not entity.office:
            continue
        evidence = _evidence(reading, entity)
        if not evidence:
            continue
        found.append(
            Tenure(
                doc_id=reading.document.id,
                evidence=tuple(reading.span(reading.doc[m.start : m.end]) for m in evidence),
                rule="tenure.post_beside_name" if evidence[0].office else "tenure.coreference",
                confidence=0.85 if evidence[0].office else 0.6,
                person=entity.name,
                office=entity.office,
                country=entity.country,
                date=reading.document.published,
                date_basis="published" if reading.document.published else None,
            )
        )
    return found


def _evidence(reading: Reading, entity: Entity) -> list[Mention]:
    """The mention that holds name and post; else the name and a post that stands for it."""
    named = [mention for mention in entity.mentions if mention.form == "name"]
    beside = next((mention for mention in named if mention.office and _is_held(mention.office)), None)
    if beside is not None:
        return [beside]
    post = next(
        (m for m in entity.mentions if m.form in {"post", "plural"} and m.office and _is_held(m.office)), None
    )
    if named and post is not None and (post.form == "plural" or reading.doc[post.root].text[:1].isupper()):
        return [named[0], post]
    return []


def _is_held(office: str) -> bool:
    return not office.lower().startswith(_NO_LONGER)
