"""Whether a person confirmed what a document is, and how she said that the columns of a layout are read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Two columns of ``documents``, and ``layout_corrections``."""
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("confirmed_at", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("confirmed_by", sa.Text(), nullable=True))
    op.create_table(
        "layout_corrections",
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_layout_corrections")),
    )
