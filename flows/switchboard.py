"""All flows by name, and whose each event is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows import (
    after,
    aims,
    back,
    delete,
    home,
    ladder,
    offer,
    reminder,
    report,
    routine,
    session,
    settings,
    stop,
    story,
    triage,
    welcome,
)
from flows.base import Event

Flow = Any  # a flow's package: begin, advance, view, read, odd (see README.md)

FLOWS: Mapping[str, Flow] = {
    "welcome": welcome,
    "triage": triage,
    "offer": offer,
    "session": session,
    "stop": stop,
    "after": after,
    "idle": home,
    "settings": settings,
    "delete": delete,
    "reminders": reminder,
    "story": story,
    "report": report,
    "ladder": ladder,
    "routine": routine,
    "aims": aims,
    "back": back,
}
OWNER: Mapping[type[Event], str] = {
    kind: name for name, flow in FLOWS.items() for kind in flow.EVENTS
}
