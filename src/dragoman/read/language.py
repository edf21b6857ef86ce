"""Which language a text is in, or None where the text is too short to say."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

__all__ = ["detect"]

# The languages of the agencies that write about diplomacy. With all 140 of the model's labels, English is now
# and then taken for Nigerian Pidgin and a list of Kazakh names for Estonian.
_LANGUAGES = [
    *("en", "ru", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "sk", "uk", "be", "bg", "sr", "hr", "sl", "ro"),
    *("hu", "el", "sq", "tr", "az", "kk", "ky", "uz", "tk", "tg", "fa", "ar", "he", "hi", "ur", "bn", "id", "ms"),
    *("vi", "th", "zh", "ja", "ko", "hy", "ka", "mn", "sv", "no", "da", "fi", "et", "lv", "lt"),
]

_SAMPLE = 600  # characters: more of the text does not change the answer, only the time
_FEWEST_LETTERS = 24
_LEAST_MARGIN = 4.0  # natural logarithms between the best language and the next


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; None when too little text or too close a call.

    Uses py3langid (Lui and Baldwin 2012, langid.py) over a fixed set of languages.
    """
    sample = _without_names(text[:_SAMPLE])
    letters = sum(map(str.isalpha, sample))
    # Chinese, Japanese and Korean say in one sign what takes an alphabet three
    dense = sum(1 for char in sample if char >= "⺀" and char.isalpha())
    if letters + 2 * dense < _FEWEST_LETTERS:
        return None
    ranked = _identifier().rank(sample)
    (best, score), (_, second) = ranked[0], ranked[1]
    return str(best) if score - second >= _LEAST_MARGIN else None


def _without_names(sample: str) -> str:
    """The words without a capital: "Trần Văn Minh" makes no text Vietnamese. Capitals throughout stay."""
    if sample.isupper():
        return sample
    return " ".join(word for word in sample.split() if not word[:1].isupper())


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_LANGUAGES)
    return identifier
