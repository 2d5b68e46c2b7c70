"""What all entries share: ids, levels of urgency, stretch permissions, and who has signed."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
Cond = Annotated[str, Field(min_length=1)]
Value = bool | int | str
Stretch = Literal["allowed", "gentle", "blocked"]
STRETCHES: tuple[Stretch, ...] = ("allowed", "gentle", "blocked")  # from loose to strict


class Level(IntEnum):
    """Urgency, in order; the names are those of the clinical specification, section 3."""

    SELF_CARE = 0
    SELF_CARE_MODIFIED = 1
    SOON = 2
    URGENT = 3
    EMERGENCY = 4


LevelName = Literal[
    "EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE", "CRISIS"
]  # CRISIS is what EMERGENCY says when the danger is to oneself


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reviewed(Entry):
    """Content that stands for a clinical claim: where it comes from, and whether it is signed."""

    src: tuple[str, ...] = Field(min_length=1)
    review: Literal["specified", "awaiting"] = "specified"  # awaiting: written here, not signed off
