"""The labels of names and the tags that spell them out over words."""

from __future__ import annotations

NAME_LABELS = ("PERSON", "POST", "ORG", "GPE", "LOC", "NORP", "DATE", "EVENT", "ACCORD")
# O, then begin, inside, last and alone of each label: BILUO (Ratinov and Roth 2009).
NAME_TAGS = ("O", *(f"{place}-{label}" for label in NAME_LABELS for place in "BILU"))


def name_tags(label: str) -> dict[str, int]:
    """The numbers of a label's four tags."""
    first = 1 + 4 * NAME_LABELS.index(label)
    return {place: first + number for number, place in enumerate("BILU")}
