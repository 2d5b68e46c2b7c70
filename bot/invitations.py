"""Invitations: the code behind /start, turned into what its clinic asks for.

A code that is unknown, over, revoked or used up says nothing: whoever brings it starts as usual.
"""

from __future__ import annotations

import re
from datetime import datetime

from pydantic import BaseModel, ValidationError

from bot.store.codes import Invitation
from bot.store.unit import Unit
from flows.base import Clinic
from flows.heard import Command, Heard
from flows.talk import Talk

CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")  # what a deep link can carry


class Wish(BaseModel):
    """What a clinic asks for, as it is kept with its code."""

    language: str | None = None
    program: str | None = None
    contact: str = ""


def resolved(unit: Unit, heard: Heard, talk: Talk, at: datetime) -> Heard:
    """Put into a start what its code asks for; each user counts once."""
    if not isinstance(heard, Command) or heard.name != "start":
        return heard
    if not CODE.fullmatch(heard.argument):
        return heard
    found = unit.invitation(heard.argument, at)
    if found is None or not (is_of(talk, found) or unit.use_code(found.number)):
        return heard
    return heard.model_copy(update={"clinic": clinic_of(found)})


def is_of(talk: Talk, found: Invitation) -> bool:
    return talk.clinic is not None and talk.clinic.number == found.number


def clinic_of(found: Invitation) -> Clinic | None:
    """Read what a code asks for; a wish of an older or newer version is no reason to fail."""
    try:
        wish = Wish.model_validate_json(found.wish)
    except ValidationError:
        return None
    return Clinic(number=found.number, **wish.model_dump())
