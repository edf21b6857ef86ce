"""The record store: ``open_store`` opens or makes one, ``Store`` writes to it and finds in it."""

from dragoman.store.count import Failure, Run, Status
from dragoman.store.find import CountryResolver, DocumentHit, Hit
from dragoman.store.show import StoredDocument, StoredRecord, Version
from dragoman.store.store import Store, open_store
from dragoman.store.write import Written

__all__ = [
    "CountryResolver",
    "DocumentHit",
    "Failure",
    "Hit",
    "Run",
    "Status",
    "Store",
    "StoredDocument",
    "StoredRecord",
    "Version",
    "Written",
    "open_store",
]
