"""Nothing runs: the user is between sessions."""

from __future__ import annotations

from typing import Literal

from flows.base import Event, Frozen

Phase = Literal["resting", "helping"]


class Home(Frozen):
    """`line` is what was said on the way here, kept so that the screen can be shown again."""

    flow: Literal["idle"] = "idle"
    phase: Phase = "resting"
    line: str = "home.ready"


class StartAsked(Event):
    trigger: Literal["hstart"] = "hstart"


class CheckAsked(Event):
    trigger: Literal["hcheck"] = "hcheck"


class HelpAsked(Event):
    trigger: Literal["hhelp"] = "hhelp"


class HomeAgain(Event):
    trigger: Literal["hback"] = "hback"


class RemindersOff(Event):
    """After /stop with nothing running: stop the reminders too."""

    trigger: Literal["hquiet"] = "hquiet"


class CameBack(Event):
    """I'm back: after going on alone for a while."""

    trigger: Literal["hhere"] = "hhere"


class Greeted(Event):
    """A word that asks for nothing: answered in kind."""

    trigger: Literal["hgreet"] = "hgreet"
    how: Literal["hello", "thanks"]


EVENTS: tuple[type[Event], ...] = (
    StartAsked, CheckAsked, HelpAsked, HomeAgain, RemindersOff, CameBack, Greeted,
)  # fmt: skip
