"""What each side says of a visit that was put off or called off: who asked for it, and in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.link.claims import Claim, order
from dragoman.link.policy import Policy
from dragoman.link.tellings import Telling
from dragoman.records import Statement

__all__ = ["Account", "accounts_by_document", "accounts_of"]

_CALLED_OFF = frozenset({"postponed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Account:
    """A statement about a change of plan. says: what the speaker calls it."""

    claim: Claim
    statement: Statement
    says: Literal["postponed", "cancelled"]

    @property
    def words(self) -> str:
        """Who says what, for people."""
        return f"{self.statement.speaker.name}: {self.statement.text}"


def accounts_by_document(claims: Iterable[Claim], policy: Policy) -> Mapping[str, Sequence[Account]]:
    """The statements that speak of putting something off or calling it off, by document."""
    found: dict[str, list[Account]] = defaultdict(list)
    for claim in sorted(claims, key=order):
        statement = claim.record
        if not isinstance(statement, Statement):
            continue
        if policy.says("cancelled", statement.text):
            found[claim.source.document].append(Account(claim, statement, "cancelled"))
        elif policy.says("postponed", statement.text):
            found[claim.source.document].append(Account(claim, statement, "postponed"))
    return found


def accounts_of(tellings: Sequence[Telling], said: Mapping[str, Sequence[Account]]) -> list[Account]:
    """Those of the documents that tell the visit as put off or called off."""
    documents = {t.claim.source.document for t in tellings if t.visit.status in _CALLED_OFF}
    return [account for document in sorted(documents) for account in said.get(document, ())]
