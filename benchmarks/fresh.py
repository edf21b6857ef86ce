"""Start-up times and peak memory, each in a fresh Python of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

__all__ = ["peak_memory", "start_up"]

SAMPLE = "Kassym-Jomart Tokayev received Foreign Minister of China Wang Yi in Nur-Sultan on 7 June 2022."

_STEPS = f"""
import json, sys, time
start = time.perf_counter()
from dragoman.annotate import load_pipeline
nlp = load_pipeline(sys.argv[1] or None)
loaded = time.perf_counter()
from dragoman.process import process
from dragoman.read import parse_text
list(process([parse_text({SAMPLE!r})], nlp=nlp))
print(json.dumps([loaded - start, time.perf_counter() - loaded]))
"""

_PEAK = """
import json, resource, sys
from pathlib import Path
phase, source, count, model = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4] or None
import dragoman
if phase != "import":
    from dragoman.annotate import load_pipeline
    nlp = load_pipeline(model)
if phase in ("bare", "process"):
    from benchmarks.speed import documents_from
    documents = documents_from(source, count=count)
if phase == "bare":
    for doc in nlp.pipe((document.text for document in documents), batch_size=64):
        pass
if phase == "process":
    from dragoman.process import process
    for pair in process(documents, nlp=nlp, batch_size=64):
        pass
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform != "darwin" else 1024)))
"""


def start_up(*, rounds: int, model: str | None) -> dict[str, float]:
    """Median seconds to import, to answer ``--help``, to load the pipeline and to read a first document."""
    steps = [_run("-c", _STEPS, model or "") for _ in range(rounds)]
    return {
        "import dragoman": _median_wall(rounds, "-c", "import dragoman"),
        "dragoman --help": _median_wall(rounds, "-m", "dragoman", "--help"),
        "load the pipeline": statistics.median(loading for loading, _ in steps),
        "first document after that": statistics.median(first for _, first in steps),
    }


def peak_memory(source: Path, *, count: int, model: str | None) -> dict[str, float]:
    """Peak resident memory in MiB after each phase."""
    phases = {
        "import dragoman": "import",
        "pipeline loaded": "load",
        f"{count} documents read, bare pipeline": "bare",
        f"{count} documents read, process()": "process",
    }
    rest = (str(source), str(count), model or "")
    return {name: _run("-c", _PEAK, phase, *rest) / 1024 for name, phase in phases.items()}


def _median_wall(rounds: int, *arguments: str) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _run(*arguments: str) -> Any:  # the JSON that the program prints last
    done = subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])
