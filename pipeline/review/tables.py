"""The tables of a review.

What people did stands in `events`, which only grows; `texts` holds the texts that they saw. Everything else follows
from these two and from the current extraction, and `loading` can make it anew: `items` with the current state of each
record, `answers` with that of each reviewer, `undone` with the events that an undo has cancelled.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

#: SQLite counts rows only in a column that is declared INTEGER.
_Number = BigInteger().with_variant(Integer, "sqlite")

texts = Table(
    "texts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("doc_id", String, primary_key=True),
    Column("position", Integer, nullable=False),  # place in the run
    Column("present", Boolean, nullable=False),  # whether the run that was loaded last has it
    Column("sha256", String(64), ForeignKey("texts.sha256"), nullable=False),
    Column("extraction", String(64), nullable=False),  # hash of what was extracted; the same means nothing to load
    Column("extractor", String, nullable=False),  # which version extracted it
    Column("source", String, nullable=False),
    Column("title", String),
    Column("date", String),
    Column("issuer", String),
    Column("region", String),
    Column("genre", String),
    Column("sentences", JSON, nullable=False),  # [start, end, paragraph, heading] of each
)

events = Table(
    "events",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),  # UTC, ISO 8601
    Column("reviewer", String, nullable=False),
    Column("item_id", String, nullable=False),
    Column("doc_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("record_id", String),  # of the extracted record that was seen
    Column("action", String, nullable=False),
    Column("before", JSON),  # of a correction: the fields as they were
    Column("after", JSON),  # of a correction: the fields as they became; the text of a note, the span of a reattachment
    Column("record", JSON),  # of an answer: all fields as the reviewer left them
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("sha256", String(64), ForeignKey("texts.sha256"), nullable=False),
    Column("extractor", String, nullable=False),
    Column("undoes", _Number),  # of an undo: the event that it cancels
    Column("request", String, unique=True),  # named by the client, so that one sent twice counts once
    Index("events_of_item", "item_id", "id"),
    Index("events_of_reviewer", "reviewer", "id"),
    sqlite_autoincrement=True,
)

undone = Table(
    "undone",
    metadata,
    Column("event_id", _Number, primary_key=True),
)

items = Table(
    "items",
    metadata,
    Column("id", String, primary_key=True),
    Column("doc_id", String, ForeignKey("documents.doc_id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("record_id", String),  # of the extracted record; None where the extractor has none there
    Column("extracted", JSON),  # that record as the run wrote it
    Column("start", Integer),  # None for an orphan
    Column("end", Integer),
    Column("quote", Text, nullable=False),
    Column("placed", String, nullable=False),  # how it came to its place; see `anchoring`
    Column("state", String, nullable=False),  # see `events.STATES`
    Column("fields", JSON, nullable=False),  # as decided; as extracted where nothing is
    Column("differs", JSON, nullable=False),  # fields that the extraction has otherwise than the decision
    Column("flagged", Boolean, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("version", String, nullable=False),  # changes whenever what a reviewer sees does
    Column("confidence", Float, nullable=False),
    Column("doubt", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("todo", Boolean, nullable=False),  # whether it waits for a reviewer
    Column("touched", Boolean, nullable=False),  # whether it has events
    Column("opinions", Integer, nullable=False, server_default="0"),  # reviewers whose answers stand
    Column("rule", String),
    Column("status", String),
    Column("type", String),
    Column("words", Text, nullable=False),  # what a text search looks at
    Index("items_in_doubt", "todo", "doubt"),
    Index("items_of_document", "doc_id", "start"),
)

answers = Table(
    "answers",
    metadata,
    Column("item_id", String, primary_key=True),
    Column("reviewer", String, primary_key=True),
    Column("event_id", _Number),  # of the answer; None where the reviewer only skipped it
    Column("skipped", Boolean, nullable=False),
)

reviewers = Table(
    "reviewers",
    metadata,
    Column("name", String, primary_key=True),
    Column("password", String),  # argon2 hash
    Column("created", String, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256 of the cookie
    Column("reviewer", String, nullable=False),
    Column("csrf", String, nullable=False),
    Column("expires", String, nullable=False),
)
