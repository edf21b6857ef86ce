"""A process that writes batches of five documents: ``python -m tests.store.writer STORE BATCHES``."""

from __future__ import annotations

import sys

from tests.store.conftest import claims, sample

from dragoman.store import open_store

if __name__ == "__main__":
    with open_store(sys.argv[1]) as store:
        for number in range(int(sys.argv[2])):
            documents = [sample(id=f"{number}/{n}") for n in range(5)]
            batch = [(document, claims(document)) for document in documents]
            store.write_batch(batch, reader_version="r1", extractor_version="x1")
