"""An ingest to be killed: ``python -m tests.bulk_child STORE WORKERS PROCESS SOURCE…``. Tells its progress."""

from __future__ import annotations

import os
import sys

from dragoman.bulk import Summary, ingest
from dragoman.store import open_store


def say(summary: Summary) -> None:
    print(summary.read, summary.stored, flush=True)


if __name__ == "__main__":
    path, workers, process, *sources = sys.argv[1:]
    print("started", flush=True)
    with open_store(path) as store:
        summary = ingest(
            sources,
            store,
            workers=int(workers),
            process=process,
            batch=8,
            progress=say,
            model=os.environ.get("DRAGOMAN_MODEL"),
            extractor_version="x",
        )
    print("interrupted" if summary.interrupted else "done", summary.stored, flush=True)
