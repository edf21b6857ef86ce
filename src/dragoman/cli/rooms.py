"""What the commands call: the rooms of the house, each imported when it is first needed and not before.

A test hands the commands another object of this class (as ``obj`` of the context) whose methods are fakes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from dragoman.errors import ReadError
    from dragoman.extract.explain import Explanation
    from dragoman.records import Document, Record
    from dragoman.settings import Settings
    from dragoman.store import Store

__all__ = ["Rooms", "rooms"]


class Rooms:
    """The real ones. What an option leaves open, the settings decide."""

    @cached_property
    def settings(self) -> Settings:
        """The environment, a dragoman.toml, the defaults."""
        from dragoman.settings import load_settings

        return load_settings()

    def scan(self, sources: Sequence[str], *, on_error: Callable[[ReadError], None]) -> Iterator[Document]:
        """The documents of files, folders, globs and "-"; what cannot be read goes to ``on_error``."""
        from dragoman.read import scan

        return scan(sources, on_error=on_error)

    def process(
        self, documents: Iterable[Document], *, model: str | None = None
    ) -> Iterator[tuple[Document, list[Record]]]:
        """Each document with its records."""
        from dragoman.process import process

        return process(documents, model=model or self.settings.model)

    def explain(self, document: Document, record: Record, *, model: str | None = None) -> Explanation:
        """What led to a record; the document is annotated again."""
        from dragoman.annotate import annotate, load_pipeline
        from dragoman.extract.explain import explain

        [reading] = annotate([document], load_pipeline(model or self.settings.model))
        return explain(reading, record)

    def find_pipeline(self, model: str | None = None) -> Path:
        """The folder of the pipeline that reads here."""
        from dragoman.evaluate.model_card import find_folder

        return find_folder(model or self.settings.model)

    def open_store(self, url: str | None, *, create: bool = False) -> Store:
        """The record store at that path or URL."""
        from dragoman.store import open_store

        return open_store(url or self.settings.store, create=create, timeout=self.settings.busy_timeout)

    def ingest(self, sources: Sequence[str], store: Store | None, **options: Any) -> Any:
        """Read documents into the store; see ``dragoman.bulk.ingest``."""
        from dragoman.bulk import ingest

        return ingest(sources, store, **options)

    def country(self, text: str) -> str | None:
        """The ISO3 code of a state given as code, name or demonym; None where no state is called that."""
        from dragoman.vocabulary import states

        index = states()
        if text.upper() in index:
            return text.upper()
        for form in (text, text.title(), text.capitalize(), text.upper()):
            name = index.lookup(form)
            if name is not None:
                return str(name.iso3)
        return None

    def country_names(self) -> Iterable[str]:
        """Every name of a state, to suggest near ones."""
        from dragoman.vocabulary import states

        return states().surfaces()


def rooms(context: typer.Context) -> Rooms:
    """The rooms that this run uses."""
    found = context.find_object(Rooms)
    if found is None:
        found = context.obj = Rooms()
    return found
