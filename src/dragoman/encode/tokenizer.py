"""How text is cut into words: spaCy's English rules, and what agencies write that they do not know."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex

# "U.S.-Russia" and "Biden‑Harris" (a hyphen that does not break) are two names and the mark between them.
_INFIXES = (r"(?<=[A-Z]\.)[-‑–](?=[A-Za-z])", r"(?<=[^\W\d_])[‑](?=[^\W\d_])")


def make_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer of our pipelines, for training and for use."""
    tokenizer = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *_INFIXES]).finditer
    return tokenizer
