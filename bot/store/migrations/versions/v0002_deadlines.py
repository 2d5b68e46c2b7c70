"""Messages go by deadline, and replicas share the pace of each chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SPOKEN_FROM_LANE_0 = sa.text("UPDATE outbox SET lane = lane - 1 WHERE lane > 0")
DEADLINES = sa.text(
    "UPDATE outbox SET deadline = CASE rank "
    "WHEN 0 THEN made_at + 200000 WHEN 1 THEN made_at + 500000 WHEN 2 THEN made_at + 1000000 "
    "WHEN 3 THEN CASE WHEN not_before > made_at THEN not_before ELSE made_at END "
    "ELSE made_at END"
)


def upgrade() -> None:
    op.add_column(
        "outbox", sa.Column("deadline", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.execute(SPOKEN_FROM_LANE_0)
    op.execute(DEADLINES)
    op.drop_index("ix_outbox_front_end_rank_id", "outbox")
    for columns in (["lane", "deadline"], ["not_before"], ["lease_until"]):
        name = "_".join(["ix_outbox_front_end", *columns])
        op.create_index(name, "outbox", ["front_end", *columns], unique=False)
    op.add_column(
        "bucket", sa.Column("spoken", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.create_table(
        "paces",
        sa.Column("user_id", ROW_ID, nullable=False),
        sa.Column("full_until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_paces_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_paces"),
    )
