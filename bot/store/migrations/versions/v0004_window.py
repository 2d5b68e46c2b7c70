"""Replicas know of each other when the last messages have left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("bucket", sa.Column("moments", sa.LargeBinary(), nullable=True))
