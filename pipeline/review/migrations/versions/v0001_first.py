"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, and have the database itself refuse to change or delete an event."""
    op.create_table(
        "texts",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("doc_id", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("present", sa.Boolean, nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("texts.sha256"), nullable=False),
        sa.Column("extraction", sa.String(64), nullable=False),
        sa.Column("extractor", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("title", sa.String),
        sa.Column("date", sa.String),
        sa.Column("issuer", sa.String),
        sa.Column("region", sa.String),
        sa.Column("genre", sa.String),
        sa.Column("sentences", sa.JSON, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("reviewer", sa.String, nullable=False),
        sa.Column("item_id", sa.String, nullable=False),
        sa.Column("doc_id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("record_id", sa.String),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
        sa.Column("record", sa.JSON),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("texts.sha256"), nullable=False),
        sa.Column("extractor", sa.String, nullable=False),
        sa.Column("undoes", _NUMBER),
        sa.Column("request", sa.String, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("events_of_item", "events", ["item_id", "id"])
    op.create_index("events_of_reviewer", "events", ["reviewer", "id"])
    op.create_table("undone", sa.Column("event_id", _NUMBER, primary_key=True))
    op.create_table(
        "items",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("doc_id", sa.String, sa.ForeignKey("documents.doc_id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("record_id", sa.String),
        sa.Column("extracted", sa.JSON),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("placed", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("differs", sa.JSON, nullable=False),
        sa.Column("flagged", sa.Boolean, nullable=False),
        sa.Column("notes", sa.Integer, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("doubt", sa.Float, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("todo", sa.Boolean, nullable=False),
        sa.Column("touched", sa.Boolean, nullable=False),
        sa.Column("rule", sa.String),
        sa.Column("status", sa.String),
        sa.Column("type", sa.String),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("items_in_doubt", "items", ["todo", "doubt"])
    op.create_index("items_of_document", "items", ["doc_id", "start"])
    op.create_table(
        "answers",
        sa.Column("item_id", sa.String, primary_key=True),
        sa.Column("reviewer", sa.String, primary_key=True),
        sa.Column("event_id", _NUMBER),
        sa.Column("skipped", sa.Boolean, nullable=False),
    )
    op.create_table(
        "reviewers",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("password", sa.String),
        sa.Column("created", sa.String, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("reviewer", sa.String, nullable=False),
        sa.Column("csrf", sa.String, nullable=False),
        sa.Column("expires", sa.String, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER events_no_{change.lower()} BEFORE {change} ON events "
                "BEGIN SELECT RAISE(ABORT, 'events are never changed'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION events_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'events are never changed'; END $$"
        )
        op.execute(
            "CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
            "FOR EACH STATEMENT EXECUTE FUNCTION events_are_kept()"
        )
