"""Tenures: a person named with a post."""

from __future__ import annotations

from dragoman.annotate import Entity, Mention, Reading
from dragoman.extract.contact_words import rule_confidence
from dragoman.records import Tenure

# a post that nobody holds by it: who was or may become something is no office-holder now
_NO_LONGER = ("former ", "ex-", "late ")


def tenures(reading: Reading) -> list[Tenure]:
    """One tenure a person and document, of the fullest form of the post that the text gives."""
    found = []
    for entity in reading.entities:
        if entity.kind != "person" or not entity.office:
            continue
        rule, evidence = _evidence(reading, entity)
        if not evidence:
            continue
        found.append(
            Tenure(
                doc_id=reading.document.id,
                evidence=tuple(reading.span(reading.doc[m.start : m.end]) for m in evidence),
                rule=rule,
                confidence=rule_confidence(rule),
                person=entity.name,
                office=entity.office,
                country=entity.country,
                date=reading.document.published,
                date_basis="published" if reading.document.published else None,
            )
        )
    return found


def _evidence(reading: Reading, entity: Entity) -> tuple[str, list[Mention]]:
    """The mention that holds name and post; else the name, with a post that stands for it in the text or title."""
    named = [mention for mention in entity.mentions if mention.form == "name"]
    beside = next((mention for mention in named if mention.office and _is_held(mention.office)), None)
    if beside is not None:
        return "tenure.post_beside_name", [beside]
    if not named:
        return "", []
    posts = [mention for mention in entity.mentions if mention.form == "post" and mention.office]
    if not posts and not any(mention.office for mention in named):
        return "tenure.title", [named[0]]  # the title names the post, the text the person
    post = next((post for post in posts if post.office and _is_held(post.office)), None)
    if post is not None and reading.doc[post.root].text[:1].isupper():
        return "tenure.coreference", [named[0], post]
    return "", []


def _is_held(office: str) -> bool:
    return not office.lower().startswith(_NO_LONGER)
