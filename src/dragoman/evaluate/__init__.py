"""How good is it? Records against a gold standard: precision, recall, F1, fields, confidence, floors.

RECORDS.md states when two records match; this package is our own reading of that page, and a test holds its
figures against the scorer that stands beside the gold.
"""

from dragoman.evaluate.annotations import Annotations, documents_beside, load_annotations
from dragoman.evaluate.floors import Floors, load_floors
from dragoman.evaluate.measure import Bin, Cut, Evaluation, FieldScore, Mistake, TypeScore, evaluate

__all__ = [
    "Annotations",
    "Bin",
    "Cut",
    "Evaluation",
    "FieldScore",
    "Floors",
    "Mistake",
    "TypeScore",
    "documents_beside",
    "evaluate",
    "load_annotations",
    "load_floors",
]
