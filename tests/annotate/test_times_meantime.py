"""Time expressions against the MEANTIME corpus: what the grammar is worth on text it was not written for."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.annotate.times import TimeExpression, find_times


def _same_value(time: TimeExpression, value: str) -> bool:
    if "-Q" in value:
        year, quarter = value.split("-Q")
        value = f"{year}-{int(quarter) * 3 - 2:02d}/{year}-{int(quarter) * 3:02d}"
    if "-W" in value and time.edtf and "/" in time.edtf:
        year, week = value.split("-W")
        return time.edtf.startswith(date.fromisocalendar(int(year), int(week[:2]), 1).isoformat())
    return value in ((time.edtf or "").rstrip("~"), time.point)


def _read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows[1::2] if row["timex"]]  # the other half was looked at while the rules were written


@pytest.mark.shared
def test_meantime(shared: Path) -> None:
    gold_count = found_count = strict = relaxed = dates = right = 0
    for row in _read(shared / "data/time/meantime.jsonl.gz"):
        annotated = row["text"].find("\n", max(time["end"] for time in row["timex"]))  # the first sentences only
        found = [time for time in find_times(row["text"], published=row["published"]) if time.end <= annotated]
        gold_count, found_count = gold_count + len(row["timex"]), found_count + len(found)
        for gold in row["timex"]:
            hit = next((time for time in found if time.start < gold["end"] and gold["start"] < time.end), None)
            if hit is None:
                continue
            found.remove(hit)
            relaxed += 1
            strict += (hit.start, hit.end) == (gold["start"], gold["end"])
            if gold["type"] == "DATE" and "XXXX" not in gold["value"] and not gold["value"].endswith("_REF"):
                dates, right = dates + 1, right + _same_value(hit, gold["value"])
    assert 2 * strict / (gold_count + found_count) > 0.72
    assert 2 * relaxed / (gold_count + found_count) > 0.85
    assert right / dates > 0.85
