"""Document → Reading: parse, names, posts, coreference, quotations, time expressions."""

from dragoman.annotate.mentions import Entity, Mention
from dragoman.annotate.pipeline import load_pipeline
from dragoman.annotate.reading import Reading, annotate

__all__ = ["Entity", "Mention", "Reading", "annotate", "load_pipeline"]
