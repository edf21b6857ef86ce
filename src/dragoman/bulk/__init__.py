"""Many documents into a store: streamed, on several processes, and resumable."""

from dragoman.bulk.run import Summary, ingest
from dragoman.bulk.versions import extractor_version, reader_version
from dragoman.bulk.workers import Process

__all__ = ["Process", "Summary", "extractor_version", "ingest", "reader_version"]
