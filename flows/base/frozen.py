"""What every word of the flows is made of: it never changes once it is said."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

Value = bool | int | str


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
