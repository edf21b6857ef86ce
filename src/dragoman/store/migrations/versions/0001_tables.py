"""Documents, versions, readings and records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {0x44524147}")
    _documents()
    _records()
    _bookkeeping()


def _bookkeeping() -> None:
    op.create_table(
        "failure",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("hint", sa.Text),
        sa.Column("first_seen", sa.String(32), nullable=False),
        sa.Column("last_seen", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
    )
    op.create_table(
        "store",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("made", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
    )


def _documents() -> None:
    op.create_table(
        "run",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("ended", sa.String(32)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reader_version", sa.String(128), nullable=False),
        sa.Column("extractor_version", sa.String(128), nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("stored", sa.String(32), nullable=False),
    )
    op.create_table(
        "version",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("document_id", sa.Text, sa.ForeignKey("document.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("cited_source", sa.Text),
        sa.Column("language", sa.String(16)),
        sa.Column("dateline", sa.JSON),
        sa.Column("retrieved", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("raw_sha256", sa.String(64)),
        sa.Column("mended", sa.JSON, nullable=False),
        sa.Column("reader_version", sa.String(128), nullable=False),
        sa.Column("stored", sa.String(32), nullable=False),
        sa.UniqueConstraint("document_id", "number"),
    )
    op.create_index("version_hash", "version", ["document_id", "hash"])
    op.create_index("version_publisher", "version", ["publisher"])
    op.create_table(
        "reading",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("document_id", sa.Text, sa.ForeignKey("document.id"), nullable=False),
        sa.Column("version_key", sa.Integer, sa.ForeignKey("version.key"), nullable=False),
        sa.Column("reader_version", sa.String(128), nullable=False),
        sa.Column("extractor_version", sa.String(128), nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("records", sa.Integer, nullable=False),
        sa.Column("run_key", sa.Integer, sa.ForeignKey("run.key")),
        sa.Column("read", sa.String(32), nullable=False),
        sa.UniqueConstraint("version_key", "reader_version", "extractor_version"),
    )
    op.create_index("reading_document", "reading", ["document_id"])
    current = sa.text("current")
    op.create_index(
        "reading_current", "reading", ["document_id"], unique=True, sqlite_where=current, postgresql_where=current
    )


def _records() -> None:
    op.create_table(
        "record",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("reading_key", sa.Integer, sa.ForeignKey("reading.key"), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16)),
        sa.Column("date", sa.Text),
        sa.Column("first_day", sa.String(10)),
        sa.Column("last_day", sa.String(10)),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.UniqueConstraint("reading_key", "id"),
    )
    op.create_index("record_id", "record", ["id"])
    op.create_index("record_days", "record", ["first_day", "last_day"])
    op.create_index("record_type", "record", ["type", "first_day"])
    op.create_table(
        "record_actor",
        sa.Column("record_key", sa.Integer, sa.ForeignKey("record.key"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("country", sa.String(3)),
        sa.Column("office", sa.Text),
        sa.Column("sector", sa.String(16)),
    )
    op.create_index("record_actor_country", "record_actor", ["country", "record_key"])
    op.create_table(
        "record_country",
        sa.Column("record_key", sa.Integer, sa.ForeignKey("record.key"), primary_key=True),
        sa.Column("iso3", sa.String(3), primary_key=True),
    )
    op.create_index("record_country_iso3", "record_country", ["iso3", "record_key"])
    op.create_table(
        "evidence",
        sa.Column("record_key", sa.Integer, sa.ForeignKey("record.key"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
