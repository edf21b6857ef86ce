"""Since when a tie stands: from an anniversary, a count of years, or a year that the text names."""

from __future__ import annotations

import re

from spacy.tokens import Token

from dragoman.annotate import Reading

_TENS = {"ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_ORDINALS = {
    "fifth": 5, "tenth": 10, "fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "hundredth": 100,
}  # fmt: skip
_NUMBER = r"(\d{1,3}(?:st|nd|rd|th)?|" + "|".join((*_TENS, *_ORDINALS)) + r")"
_ROUGH = re.compile(r"\b(?:almost|nearly|about|over|more than|some|approximately|around)\s+$", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b{_NUMBER}(?:[- ]year)?[- ](?:anniversary|jubilee|years of|years since)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)\b")
_NEAR = 45
_FAR = 90  # characters between the label and what dates it


def since(reading: Reading, token: Token) -> str | None:
    """The EDTF date of a tie's beginning, null where the text names none; a rough count dates nothing."""
    text, published = reading.document.text, reading.document.published
    sentence = token.sent
    before = text[max(sentence.start_char, token.idx - 2 * _FAR) : token.idx + len(token)]
    counted = list(_COUNTED.finditer(before))
    if counted and published:
        if _ROUGH.search(before[: counted[-1].start()]):
            return None
        year = int(published[:4]) + ("next year" in sentence.text.lower())
        return str(year - _value(counted[-1][1]))
    end = token.right_edge.idx + len(token.right_edge)
    year_in_phrase = _YEAR.search(text, token.left_edge.idx, end)
    if year_in_phrase and "until" not in token.doc[token.left_edge.i : token.right_edge.i + 1].text:
        before_year = text[max(0, year_in_phrase.start() - 7) : year_in_phrase.start()].lower()
        if year_in_phrase.start() < token.idx or before_year.strip().endswith(("since", "in", "of", ",")):
            return _dated(reading, year_in_phrase.start())
    year_before = _YEAR.search(text, max(sentence.start_char, token.idx - _NEAR), token.idx)
    if year_before and token.lower_ == "treaty":  # "the 1951 U.S.-Philippines Mutual Defense Treaty"
        return year_before[1]
    after = re.compile(r"\s*(?:,? (?:which )?(?:was |were )?(?:established|since|signed|dating back to|in|on)\b)")
    if after.match(text, token.idx + len(token)):
        year_after = _YEAR.search(text, end, min(sentence.end_char, token.idx + _FAR))
        if year_after:
            return _dated(reading, year_after.start())
    return None


def _dated(reading: Reading, at: int) -> str | None:
    """The time expression that covers a year, else the year."""
    for time in reading.times:
        value = time.point or time.edtf
        if time.start <= at < time.end and value and "/" not in value:
            return value
    return reading.document.text[at : at + 4]


def _value(number: str) -> int:
    word = number.lower()
    known = _TENS.get(word) or _ORDINALS.get(word)
    return known if known is not None else int(re.sub(r"\D", "", word))
