"""Linking time against store size: ``python -m benchmarks.linking [SIZE …]``.

Each size is a number of generated records in a store of its own: reports of meetings, visits, accords and promises
between many pairs of people over many years, as dense as the real ones are (about four reports a pair and month at
the busiest). Printed are the seconds of processor time to link the store and to link a hundred documents more, and
by which power of the size each grew from one size to the next: 1.0 is linear, n log n is about 1.1.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from dragoman.link import link_store
from dragoman.records import Actor, Agreement, Commitment, Document, Meeting, Record, Visit
from dragoman.store import open_store

__all__ = ["Timing", "generate", "measure"]

_SIZES = (1_000, 2_000, 5_000)
_A_DOCUMENT = 4  # records
_MORE = 100  # documents that are added
_DOCUMENTS_A_YEAR = 5_000  # a store ten times as large covers more years, not ten times as many meetings a day
_STATES = (
    *("KAZ", "CHN", "RUS", "USA", "FRA", "DEU", "GBR", "IND", "JPN", "TUR", "BRA", "EGY", "ITA", "ESP", "POL"),
    *("UZB", "KOR", "IDN", "ZAF", "MEX"),
)
_SYLLABLES = (
    "ba",
    "den",
    "kor",
    "li",
    "mar",
    "no",
    "pel",
    "ru",
    "sa",
    "tan",
    "vi",
    "yor",
    "zha",
    "gul",
    "fer",
    "hek",
)
_SUBJECTS = ("grain", "rail tariffs", "water", "border trade", "pipelines", "air traffic", "visas", "fisheries")
_POSTS = ("President", "Prime Minister", "Foreign Minister", "Defense Minister")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Of one store. link: seconds to link it; more: seconds to link a hundred documents more; memory: MiB.

    Seconds are of the processor, so that a busy machine prints what an idle one does.
    """

    records: int
    documents: int
    stories: int
    link: float
    more: float
    memory: float


def generate(count: int, *, seed: int = 1, start: int = 0) -> Iterator[tuple[Document, list[Record]]]:
    """So many documents with four records each. start: the number of the first, for more of the same."""
    for number in range(start, start + count):
        yield _told(number, random.Random(f"{seed} {number}"))


def _told(number: int, luck: random.Random) -> tuple[Document, list[Record]]:
    year, of_year = divmod(number, _DOCUMENTS_A_YEAR)
    one, other = luck.sample(_STATES, 2)
    post = luck.choice(_POSTS)
    # the same people all year, and now and then another in a post
    first, second = (_person(state, post, year // 4) for state in (one, other))
    day = date(1900 + year % 150, 1, 1) + timedelta(days=of_year * 365 // _DOCUMENTS_A_YEAR)
    subject = luck.choice(_SUBJECTS)
    text = f"{first.name} met {second.name} on {day}; they signed a treaty on {subject}."
    text += f" Report {number}: " + " ".join(_name(luck).lower() for _ in range(24))
    told = day + timedelta(days=luck.choice((0, 0, 1)))
    document = Document(
        id=f"d{number}", text=text, title=f"Talks on {subject}", published=told.isoformat(), publisher="Gazette"
    )
    span, when = (document.span(0, len(first.name)),), day.isoformat()
    state_of = [Actor(name=iso3, kind="state", country=iso3) for iso3 in (one, other)]
    return document, [
        Meeting(
            **_common(document, when),
            evidence=span,
            participants=(first, second),
            format=luck.choice(("call", "in_person")),
        ),
        Visit(**_common(document, when), evidence=span, visitor=first, host=other, kind="official"),
        Agreement(
            **_common(document, when),
            evidence=span,
            title=f"Treaty on {subject}",
            kind="treaty",
            parties=tuple(state_of),
            step="signed",
        ),
        Commitment(
            **_common(document, None),
            evidence=span,
            actor=state_of[0],
            strength="promise",
            action=f"to trade more {subject}",
        ),
    ]


def _common(document: Document, when: str | None) -> dict[str, Any]:
    return {"doc_id": document.id, "rule": "generated", "date": when, "date_basis": "text" if when else None}


def _person(state: str, post: str, era: int) -> Actor:
    luck = random.Random(f"{state} {post} {era}")
    return Actor(name=f"{_name(luck)} {_name(luck)}", kind="person", country=state, office=post)


def _name(luck: random.Random) -> str:
    return "".join(luck.choices(_SYLLABLES, k=3)).title()


def measure(records: int, folder: Path) -> Timing:
    """Write a store of so many records, link it, and link a hundred documents more."""
    documents = max(1, records // _A_DOCUMENT)
    with open_store(folder / f"{records}.db") as store:
        batch: list[tuple[Document, list[Record]]] = []
        for pair in generate(documents):
            batch.append(pair)
            if len(batch) == 1000:
                store.write_batch(batch, reader_version="generated", extractor_version="generated")
                batch = []
        store.write_batch(batch, reader_version="generated", extractor_version="generated")
        started = time.process_time()
        done = link_store(store, today=date(2050, 1, 1))
        first = time.process_time() - started
        store.write_batch(
            list(generate(_MORE, start=documents)), reader_version="generated", extractor_version="generated"
        )
        started = time.process_time()
        link_store(store, today=date(2050, 1, 1))
        more = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Timing(
        records=documents * _A_DOCUMENT,
        documents=documents,
        stories=sum(done.stories.values()),
        link=first,
        more=more,
        memory=memory,
    )


def _growth(before: Timing, after: Timing, seconds_before: float, seconds_after: float) -> float:
    """The exponent of n by which the time grew."""
    return math.log(seconds_after / seconds_before) / math.log(after.records / before.records)


def _row(timing: Timing, before: Timing | None) -> list[str]:
    grown = growing = ""
    if before is not None and before.records != timing.records:
        grown = f"{_growth(before, timing, before.link, timing.link):.2f}"
        growing = f"{_growth(before, timing, before.more, timing.more):.2f}"
    return [
        f"{timing.records:,}",
        f"{timing.documents:,}",
        f"{timing.stories:,}",
        f"{timing.link:.1f}",
        grown,
        f"{timing.more:.2f}",
        growing,
        f"{timing.memory:,.0f}",
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.linking", description=(__doc__ or "").split("\n\n")[1]
    )
    parser.add_argument("sizes", nargs="*", type=int, metavar="SIZE", default=_SIZES, help="records a store")
    sizes = parser.parse_args().sizes
    table = Table(title="Linking", title_justify="left")
    for name in ("records", "documents", "stories", "link s", "growth", "+100 s", "growth", "peak MiB"):
        table.add_column(name, justify="right")
    before: Timing | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted(sizes):
            timing = measure(size, Path(folder))
            table.add_row(*_row(timing, before))
            before = timing
    Console().print(table)


if __name__ == "__main__":
    main()
