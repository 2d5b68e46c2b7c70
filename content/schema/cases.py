"""cases/*.yaml: made-up people, and what they should be told."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from content.schema.entry import Entry, Stretch, Value

CaseLevel = Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]


class Case(Entry):
    """A vignette, or the minimal case of a rule (`rule`), in the form of `cases/*.yaml`."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # sets from elsewhere may say more

    id: str = ""
    lang: str = "en"
    age: int | None = None
    sex: str | None = None
    facts: dict[str, Value] | None = None
    narrative: str = ""
    expected: CaseLevel | None = None
    acceptable: tuple[CaseLevel, ...] = ()
    stretching: Stretch | None = None
    key_rules: tuple[str, ...] = ()
    rule: str | None = None
    reason: str = ""
    source: str = ""
