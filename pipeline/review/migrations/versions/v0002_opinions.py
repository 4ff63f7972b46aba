"""How many reviewers have answered a record, so that several can be asked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count the answers that there are."""
    op.add_column("items", sa.Column("opinions", sa.Integer, nullable=False, server_default="0"))
    op.execute(
        "UPDATE items SET opinions = (SELECT count(*) FROM answers "
        "WHERE answers.item_id = items.id AND answers.event_id IS NOT NULL)"
    )
