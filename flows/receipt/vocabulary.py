"""What a receipt holds.

While the core drafts one, its texts are keys of words; the shell writes them out before they are
kept, so that neither a change of rules nor one of words can change what a receipt says.  One that
is kept is read for years: fields are added with a default, and never change their meaning.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from content.schema import Stretch
from flows.base import Known, Said

Text = Said | str  # drafted, or written out


class Kept(BaseModel):
    """Read by an older Limber as well, after a step back: what that does not know it leaves."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Question(Kept):
    """A screen as it was asked: what was on offer, and what was answered."""

    screen: str
    ask: Text
    offered: tuple[Text, ...] = ()
    answers: tuple[Text, ...] = ()


class Reason(Kept):
    """A rule that fired, as it read then, with the answers that it was judged by."""

    rule: str
    level: str
    stretch: Stretch
    cond: str
    why: Text
    answers: tuple[Text, ...] = ()
    sources: tuple[str, ...] = ()


class Receipt(Kept):
    """One advice: the facts with their sources, the way to them, the rules, the text as told."""

    version: int = 1
    code: str
    at: datetime
    language: str = "en"
    level: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]
    stretch: Stretch
    crisis: bool = False
    by_mistake: bool = False
    facts: dict[str, Known] = {}
    path: tuple[Question, ...] = ()  # none: judged by what happened in a session
    fired: tuple[Reason, ...] = ()
    reasons: tuple[str, ...] = ()  # those of the rules that were told
    told: tuple[Text, ...] = ()
    content: str = ""  # the versions of content, program and consent
    program: str = ""
    consent: int | None = None
