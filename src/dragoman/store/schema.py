"""The tables of a record store. ``migrations/`` makes them; this module describes them to queries.

A *document* has *versions* (its text changed, or a newer reader understood its head differently). A *reading* is
what one version of the extractor found in one version of a document: its *records* are claims and never change.
Exactly one reading of a document is current, the newest; the others stay as they were.

Below the records stands what ``link/`` believes: *identities* and *stories* can be made anew at any time from the
records, the imported *spells* and the *decisions*, which are never changed or taken away.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

__all__ = ["APPLICATION_ID", "REVISIONS", "metadata"]

APPLICATION_ID = 0x44524147  # "DRAG" in the SQLite header tells our file from any other database
REVISIONS = (
    "0001",
    "0002",
    "0003",
)  # every revision of the tables, oldest first; the last is what this Dragoman writes

metadata = MetaData()

store = Table(
    "store",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("made", String(32), nullable=False),
    Column("made_by", String(64), nullable=False),  # the Dragoman that made or last upgraded the store
)

run = Table(
    "run",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("started", String(32), nullable=False),
    Column("ended", String(32)),  # null while it runs and after it was killed
    Column("state", String(16), nullable=False),  # running, done, interrupted, failed
    Column("reader_version", String(128), nullable=False),
    Column("extractor_version", String(128), nullable=False),
    Column("counts", JSON, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),
    Column("stored", String(32), nullable=False),
)

version = Table(
    "version",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("document_id", Text, ForeignKey("document.id"), nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2, … within the document
    Column("hash", String(16), nullable=False),  # Document.version: text, title and date of publication
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("published", Text),  # EDTF, as the document gives it
    Column("url", Text),
    Column("publisher", Text),
    Column("cited_source", Text),
    Column("language", String(16)),
    Column("dateline", JSON(none_as_null=True)),
    Column("retrieved", Text),
    Column("source", Text),
    Column("raw_sha256", String(64)),
    Column("mended", JSON, nullable=False),
    Column("reader_version", String(128), nullable=False),  # the reader that first read it so
    Column("stored", String(32), nullable=False),
    UniqueConstraint("document_id", "number"),
    Index("version_hash", "document_id", "hash"),
    Index("version_publisher", "publisher"),
)

reading = Table(
    "reading",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("document_id", Text, ForeignKey("document.id"), nullable=False),
    Column("version_key", Integer, ForeignKey("version.key"), nullable=False),
    Column("reader_version", String(128), nullable=False),
    Column("extractor_version", String(128), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("records", Integer, nullable=False),  # 0 says that the document was read and holds nothing of interest
    Column("run_key", Integer, ForeignKey("run.key")),
    Column("read", String(32), nullable=False),
    UniqueConstraint("version_key", "reader_version", "extractor_version"),
    Index("reading_document", "document_id"),
    Index(
        "reading_current",
        "document_id",
        unique=True,  # two current readings of one document cannot be written
        sqlite_where=text("current"),
    ),
)

record = Table(
    "record",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String(16), nullable=False),  # Record.id; other versions and extractors may claim the same again
    Column("reading_key", Integer, ForeignKey("reading.key"), nullable=False),
    Column("type", String(16), nullable=False),
    Column("status", String(16)),
    Column("date", Text),  # EDTF, null where the text gives none
    Column("first_day", String(10)),  # earliest and latest day that the date allows; where there is no date, those
    Column("last_day", String(10)),  # of the day of publication, so that a search by time still finds the record
    Column("confidence", Float, nullable=False),
    Column("rule", Text, nullable=False),
    Column("position", Integer, nullable=False),  # rank within the reading
    Column("fields", JSON, nullable=False),  # Record.to_dict() without nulls, evidence, id and confidence
    Column("words", Text, nullable=False),  # what a search by words looks at, folded (fold.py)
    UniqueConstraint("reading_key", "id"),
    Index("record_id", "id"),
    Index("record_days", "first_day", "last_day"),
    Index("record_type", "type", "first_day"),
)

actor = Table(
    "record_actor",
    metadata,
    Column("record_key", Integer, ForeignKey("record.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String(16), nullable=False),  # the field that names the actor
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("country", String(3)),
    Column("office", Text),
    Column("sector", String(16)),
    Index("record_actor_country", "country", "record_key"),
)

country = Table(
    "record_country",
    metadata,
    Column("record_key", Integer, ForeignKey("record.key"), primary_key=True),
    Column("iso3", String(3), primary_key=True),
    Index("record_country_iso3", "iso3", "record_key"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("record_key", Integer, ForeignKey("record.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),  # code points from the start of version.text
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
)

failure = Table(
    "failure",
    metadata,
    Column("source", Text, primary_key=True),  # file (and line), or document id
    Column("kind", String(64), nullable=False),  # name of the error's class
    Column("message", Text, nullable=False),
    Column("hint", Text),
    Column("first_seen", String(32), nullable=False),
    Column("last_seen", String(32), nullable=False),
    Column("attempts", Integer, nullable=False),
)

# what is believed: written by link/ alone

linked = Table(
    "linked",
    metadata,
    Column("reading_key", Integer, ForeignKey("reading.key"), primary_key=True),  # the readings that are linked
)

link_state = Table(
    "link_state",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("rules", String(64), nullable=False),  # of the linking that made the rest; another makes all of it anew
    Column("decision", Integer, nullable=False),  # the last decision that it knew
    Column("linked", String(32), nullable=False),
)

sketch = Table(
    "sketch",
    metadata,
    Column("reading_key", Integer, ForeignKey("reading.key"), primary_key=True),
    Column("day", String(10)),  # of publication
    Column("hashes", LargeBinary, nullable=False),  # link/copies.py
    Column(
        "copy_of", Text
    ),  # the first document of a group of copies; null for the first and for a text of its own
    Index("sketch_day", "day"),
    Index("sketch_copy", "copy_of"),
)

identity = Table(
    "identity",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("country", String(3)),
    Column("qid", String(16)),  # of Wikidata
    Column("first_seen", String(10)),
    Column("last_seen", String(10)),
    Column("documents", Integer, nullable=False),
)

mention = Table(
    "mention",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("reading_key", Integer, ForeignKey("reading.key"), nullable=False),
    Column("kind", String(16), nullable=False),  # person, or state: named by a post alone
    Column("name", Text, nullable=False),
    Column("country", String(3)),
    Column("office", Text),
    Column("times", Integer, nullable=False),
    Column("identity", String(64)),
    Column("reason", Text),
    Column("score", Float),
    Column("by", String(16)),  # program, hand
    Index("mention_reading", "reading_key"),
    Index("mention_identity", "identity"),
)

spell = Table(
    "spell",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("country", String(3), nullable=False),
    Column("role", String(32), nullable=False),
    Column("person", Text, nullable=False),
    Column("qid", String(16)),
    Column("start", Text),  # EDTF
    Column("end", Text),
    Column("source", Text, nullable=False),  # list and line
    Column("imported", String(32), nullable=False),
)

neighbour = Table(
    "neighbour",
    metadata,
    Column("kind", String(16), primary_key=True),  # of story
    Column("shared", Text, primary_key=True),  # what claims share that may belong to one story
    Column("claim", String(16), primary_key=True),
    Index("neighbour_claim", "claim", "kind"),
    sqlite_with_rowid=False,
)

story = Table(
    "story",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(32), nullable=False),
    Column("first_day", String(10)),
    Column("last_day", String(10)),
    Column("countries", Text, nullable=False),  # ISO3 codes between spaces, sorted
    Column("summary", Text, nullable=False),
    Column("sources", Integer, nullable=False),  # copies count once
    Column("fields", JSON, nullable=False),
    Column("history", JSON, nullable=False),
    Index("story_kind", "kind", "first_day"),
)

story_link = Table(
    "story_link",
    metadata,
    Column("claim", String(16), primary_key=True),
    Column("story", String(16), ForeignKey("story.id"), primary_key=True),
    Column("alias", String(16), nullable=False),  # the id that the story has if this is its first claim
    Column("reason", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("by", String(16), nullable=False),
    Index("story_link_story", "story"),
    Index("story_link_alias", "alias"),
)

decision = Table(
    "decision",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("made", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(16), nullable=False),  # split, join, same, different, undo
    Column("subject", JSON, nullable=False),
    Column("note", Text),
    Column("undoes", Integer, ForeignKey("decision.key")),
)
