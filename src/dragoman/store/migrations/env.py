"""Alembic's entry: runs the revisions on the connection that ``dragoman.store`` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from dragoman.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can; a store is upgraded wholly or not at all
)
context.run_migrations()
