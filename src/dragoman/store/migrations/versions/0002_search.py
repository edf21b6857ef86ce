"""Search by words: trigram indexes over documents and records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dragoman.store.fold import fold

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# no text and no positions in the index: it narrows a search, store/sqlite.py compares
INDEX = "CREATE VIRTUAL TABLE {name} USING fts5(words, content = '', tokenize = 'trigram', detail = none)"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        raise NotImplementedError("search by words is written for SQLite only, so far")
    for name in ("record_words", "document_words"):
        op.execute(INDEX.format(name=name))
    op.execute("INSERT INTO record_words (rowid, words) SELECT key, words FROM record")
    rows = connection.execute(sa.text("SELECT key, coalesce(title, '') || ' ' || text AS words FROM version"))
    for part in rows.partitions(500):
        connection.execute(
            sa.text("INSERT INTO document_words (rowid, words) VALUES (:key, :words)"),
            [{"key": row.key, "words": fold(row.words)} for row in part],
        )
