"""What is believed: identities, stories, the register of office-holders, and the decisions of reviewers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _bookkeeping()
    _people()
    _stories()
    _decisions()


def _bookkeeping() -> None:
    op.create_table("linked", sa.Column("reading_key", sa.Integer, sa.ForeignKey("reading.key"), primary_key=True))
    op.create_table(
        "link_state",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("rules", sa.String(64), nullable=False),
        sa.Column("decision", sa.Integer, nullable=False),
        sa.Column("linked", sa.String(32), nullable=False),
    )
    op.create_table(
        "sketch",
        sa.Column("reading_key", sa.Integer, sa.ForeignKey("reading.key"), primary_key=True),
        sa.Column("day", sa.String(10)),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sa.Column("copy_of", sa.Text),
    )
    op.create_index("sketch_day", "sketch", ["day"])
    op.create_index("sketch_copy", "sketch", ["copy_of"])


def _people() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("country", sa.String(3)),
        sa.Column("qid", sa.String(16)),
        sa.Column("first_seen", sa.String(10)),
        sa.Column("last_seen", sa.String(10)),
        sa.Column("documents", sa.Integer, nullable=False),
    )
    op.create_table(
        "mention",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("reading_key", sa.Integer, sa.ForeignKey("reading.key"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("country", sa.String(3)),
        sa.Column("office", sa.Text),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("identity", sa.String(64)),
        sa.Column("reason", sa.Text),
        sa.Column("score", sa.Float),
        sa.Column("by", sa.String(16)),
    )
    op.create_index("mention_reading", "mention", ["reading_key"])
    op.create_index("mention_identity", "mention", ["identity"])
    op.create_table(
        "spell",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("country", sa.String(3), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("qid", sa.String(16)),
        sa.Column("start", sa.Text),
        sa.Column("end", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("imported", sa.String(32), nullable=False),
    )


def _stories() -> None:
    op.create_table(
        "neighbour",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("shared", sa.Text, primary_key=True),
        sa.Column("claim", sa.String(16), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("neighbour_claim", "neighbour", ["claim", "kind"])
    op.create_table(
        "story",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("first_day", sa.String(10)),
        sa.Column("last_day", sa.String(10)),
        sa.Column("countries", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("sources", sa.Integer, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("history", sa.JSON, nullable=False),
    )
    op.create_index("story_kind", "story", ["kind", "first_day"])
    op.create_table(
        "story_link",
        sa.Column("claim", sa.String(16), primary_key=True),
        sa.Column("story", sa.String(16), sa.ForeignKey("story.id"), primary_key=True),
        sa.Column("alias", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
    )
    op.create_index("story_link_story", "story_link", ["story"])
    op.create_index("story_link_alias", "story_link", ["alias"])


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("made", sa.String(32), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("subject", sa.JSON, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("decision.key")),
    )
