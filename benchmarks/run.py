"""Print what Dragoman costs: ``python -m benchmarks.run [--data FILE] [--documents N] [--rounds N] [--model M]``.

Speed of ``process`` against the bare spaCy pipeline on the same texts in the same run, peak memory a phase, and
start-up times. Without ``--data`` the texts are the samples, repeated.
"""

from __future__ import annotations

import argparse
import json
import platform
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.fresh import peak_memory, start_up

if TYPE_CHECKING:
    from benchmarks.speed import Speed

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def main() -> None:
    """Measure and print."""
    options = _options()
    # Fresh processes first: Linux counts what this one already holds into the peak of those that it starts.
    memory = peak_memory(options.data, count=options.documents, model=options.model)
    times = start_up(rounds=options.rounds, model=options.model)
    speed = _speed(options)
    if options.json:
        print(json.dumps({"speed": asdict(speed), "start_up_seconds": times, "peak_memory_mib": memory}, indent=2))
        return
    console = Console()
    console.print(_speed_table(speed))
    console.print(_plain_table("Start-up (fresh process, median)", times, "{:.2f} s"))
    console.print(_plain_table("Peak memory (fresh process)", memory, "{:,.0f} MiB"))
    console.print(
        f"Python {platform.python_version()}, {platform.machine()}, {options.rounds} rounds", style="dim"
    )


def _speed(options: argparse.Namespace) -> Speed:
    from benchmarks.speed import documents_from, measure
    from dragoman.annotate import load_pipeline

    documents = documents_from(options.data, count=options.documents)
    return measure(documents, load_pipeline(options.model), rounds=options.rounds, batch_size=options.batch_size)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("--data", type=Path, default=SAMPLES, help="file or folder to read (default: the samples)")
    parser.add_argument("--documents", type=int, default=200, help="documents a round (default: 200)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the median counts (default: 5)")
    parser.add_argument("--batch-size", type=int, default=64, help="documents a batch (default: 64)")
    parser.add_argument("--model", help="name or folder of another spaCy pipeline")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    return parser.parse_args()


def _speed_table(speed: Speed) -> Table:
    table = Table(
        title=f"Speed ({speed.documents} documents, {speed.tokens:,} tokens, median)", title_justify="left"
    )
    for name in ("", "documents/s", "tokens/s", "times the bare pipeline"):
        table.add_column(name, justify="right" if name else "left")
    for name, seconds, ratio in (
        ("bare spaCy pipeline", speed.bare_seconds, 1.0),
        ("process()", speed.process_seconds, speed.ratio),
    ):
        table.add_row(name, f"{speed.documents / seconds:,.1f}", f"{speed.tokens / seconds:,.0f}", f"{ratio:.2f}")
    return table


def _plain_table(title: str, values: dict[str, float], form: str) -> Table:
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in values.items():
        table.add_row(name, form.format(value))
    return table


if __name__ == "__main__":
    main()
