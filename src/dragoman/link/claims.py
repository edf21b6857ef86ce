"""A claim: one record with the document that makes it. What documents say, before anything is believed."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Record

__all__ = ["Claim", "Source", "order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a claim stands.

    document: its id; published: EDTF; copy_of: for wire copy the id of the first document of the group of copies,
    which counts as one source; None for a text of its own and for the first of its group.
    """

    document: str
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    cited_source: str | None = None
    language: str | None = None
    title: str | None = None
    copy_of: str | None = None

    @property
    def origin(self) -> str:
        """The document that counts as the source: itself, or the one that it copies."""
        return self.copy_of or self.document


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A record of one document. id: the record's, which holds the document in its hash."""

    id: str
    record: Record
    source: Source


def order(claim: Claim) -> tuple[str, str, str]:
    """By what claims are sorted, so that their order of arrival leaves no trace: publication, document, id.

    Claims of documents without a date come last.
    """
    return (claim.source.published or "~", claim.source.document, claim.id)
