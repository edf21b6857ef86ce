"""The figures: precision, recall and F1 a type and over all, fields, and what the confidence is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from dragoman.evaluate.annotations import Annotations, Raw
from dragoman.evaluate.match import FIELDS, field_right, pair
from dragoman.records import RECORD_TYPES

__all__ = ["CUTS", "Bin", "Cut", "Evaluation", "FieldScore", "Mistake", "TypeScore", "evaluate"]

CUTS = (0.5, 0.7, 0.9)
_BINS = 10


@dataclass(frozen=True, slots=True)
class FieldScore:
    """Of ``total`` matched pairs whose gold has the field, ``right`` have its value."""

    right: int
    total: int


@dataclass(frozen=True, slots=True)
class _Ratios:
    """Gold, predicted and matched records; the ratios are 0 where nothing can be divided."""

    gold: int
    predicted: int
    matched: int

    @property
    def precision(self) -> float:
        """Share of the predicted records that match."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold records that are matched."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.matched / (self.gold + self.predicted) if self.matched else 0.0


@dataclass(frozen=True, slots=True)
class TypeScore(_Ratios):
    """One record type."""

    fields: dict[str, FieldScore] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cut(_Ratios):
    """Only the predicted records of at least this confidence."""

    least: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Predicted records whose confidence lies in [low, high), the last bin including 1."""

    low: float
    high: float
    count: int
    confidence: float  # mean
    right: float  # share that match: equal to the mean confidence where that is calibrated


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold record that nothing matched, or a predicted one that matches nothing."""

    kind: Literal["missed", "invented"]
    type: str
    doc_id: str
    record: Raw


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one comparison. Types without gold records count in none of the totals."""

    documents: int
    types: dict[str, TypeScore]
    overall: TypeScore
    cuts: tuple[Cut, ...]
    bins: tuple[Bin, ...]
    mistakes: tuple[Mistake, ...]
    without_evidence: int

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the types that the gold has."""
        scored = [score.f1 for score in self.types.values() if score.gold]
        return sum(scored) / len(scored) if scored else 0.0

    @property
    def calibration_error(self) -> float:
        """Expected calibration error: mean distance of confidence and share right, weighted by the bins' counts.

        Naeini, Cooper and Hauskrecht 2015, 'Obtaining well calibrated probabilities using Bayesian binning'.
        """
        total = sum(each.count for each in self.bins)
        return sum(each.count * abs(each.confidence - each.right) for each in self.bins) / total if total else 0.0

    def to_dict(self) -> dict[str, Any]:
        """As JSON, ratios rounded to three digits; the mistakes are not in it."""
        return {
            "documents": self.documents,
            "types": {name: _figures(score) for name, score in self.types.items()},
            "all": {
                **_figures(self.overall),
                "macro_f1": round(self.macro_f1, 3),
                "without_evidence": self.without_evidence,
            },
            "cuts": [{"confidence": cut.least, **_figures(cut)} for cut in self.cuts],
            "reliability": [
                {
                    "low": each.low,
                    "high": each.high,
                    "count": each.count,
                    "confidence": round(each.confidence, 3),
                    "right": round(each.right, 3),
                }
                for each in self.bins
            ],
            "calibration_error": round(self.calibration_error, 3),
        }


def _figures(score: _Ratios) -> dict[str, Any]:
    out: dict[str, Any] = {"gold": score.gold, "predicted": score.predicted, "matched": score.matched}
    out |= {name: round(getattr(score, name), 3) for name in ("precision", "recall", "f1")}
    if isinstance(score, TypeScore) and score.fields:
        out["fields"] = {name: [value.right, value.total] for name, value in score.fields.items()}
    return out


@dataclass(slots=True)
class _Tally:
    """Counts of one type while the documents go by."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    judged: list[tuple[float, bool]] = field(
        default_factory=list
    )  # confidence of a predicted record, does it match

    def score(self, kind: str) -> TypeScore:
        fields = {
            name: FieldScore(self.right[name], self.total[name]) for name in FIELDS[kind] if self.total[name]
        }
        return TypeScore(self.gold, self.predicted, self.matched, fields)


def evaluate(gold: Annotations, found: Annotations) -> Evaluation:
    """Compare what was found with the gold. Only documents that the gold lists count."""
    types: dict[str, TypeScore] = {}
    judged: list[tuple[float, bool]] = []
    mistakes: list[Mistake] = []
    for kind in RECORD_TYPES:
        tally = _Tally()
        for doc_id in gold.by_document:
            if gold.counts(doc_id, kind):
                mistakes.extend(_compare(tally, kind, doc_id, gold.of(doc_id, kind), found.of(doc_id, kind)))
        types[kind] = tally.score(kind)
        judged += tally.judged if tally.gold else []
    scored = [score for score in types.values() if score.gold]
    overall = TypeScore(*(sum(getattr(s, name) for s in scored) for name in ("gold", "predicted", "matched")))
    return Evaluation(
        documents=len(gold.by_document),
        types=types,
        overall=overall,
        cuts=tuple(_cut(judged, least, overall.gold) for least in CUTS),
        bins=tuple(_bins(judged)),
        mistakes=tuple(mistakes),
        without_evidence=sum(
            not record.get("evidence")
            for doc_id in gold.by_document
            for records in found.by_document.get(doc_id, {}).values()
            for record in records
        ),
    )


def _compare(tally: _Tally, kind: str, doc_id: str, gold: Any, found: Any) -> Iterator[Mistake]:
    """Count one document's records of one type, and give what does not match."""
    pairs = pair(kind, gold, found)
    tally.gold += len(gold)
    tally.predicted += len(found)
    tally.matched += len(pairs)
    for i, j in pairs:
        for name in FIELDS[kind]:
            right = field_right(name, gold[i], found[j])
            if right is not None:
                tally.total[name] += 1
                tally.right[name] += right
    met, hit = {i for i, _ in pairs}, {j for _, j in pairs}
    tally.judged += [(_confidence(record), j in hit) for j, record in enumerate(found)]
    yield from (Mistake("missed", kind, doc_id, record) for i, record in enumerate(gold) if i not in met)
    yield from (Mistake("invented", kind, doc_id, record) for j, record in enumerate(found) if j not in hit)


def _confidence(record: Raw) -> float:
    value = record.get("confidence")
    return float(value) if isinstance(value, int | float) else 1.0


def _cut(judged: list[tuple[float, bool]], least: float, gold: int) -> Cut:
    kept = [right for confidence, right in judged if confidence >= least]
    return Cut(gold, len(kept), sum(kept), least)


def _bins(judged: list[tuple[float, bool]]) -> Iterator[Bin]:
    """Ten bins of equal width, empty ones left out."""
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        inside = [(c, right) for c, right in judged if min(int(c * _BINS), _BINS - 1) == number]
        if inside:
            count = len(inside)
            yield Bin(low, high, count, sum(c for c, _ in inside) / count, sum(r for _, r in inside) / count)
