"""Codes of clinics end and are used up, and say what they ask for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("codes", sa.Column("wish", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("codes", sa.Column("uses", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("codes", sa.Column("most_uses", sa.Integer(), nullable=True))
    op.add_column("codes", sa.Column("ends_at", sa.BigInteger(), nullable=True))
