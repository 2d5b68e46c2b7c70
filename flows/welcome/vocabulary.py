"""The first minute: who speaks, what it cannot do, what it stores, and the user's yes or no."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flows.base import Event, Frozen

Phase = Literal["greeting", "storage", "language", "declined", "consented"]


class Welcome(Frozen):
    flow: Literal["welcome"] = "welcome"
    phase: Phase = "greeting"
    helper: bool = False


class Agreed(Event):
    trigger: Literal["wyes"] = "wyes"


class Declined(Event):
    trigger: Literal["wno"] = "wno"


class AskedStorage(Event):
    trigger: Literal["wstore"] = "wstore"


class Returned(Event):
    trigger: Literal["wback"] = "wback"


class Helping(Event):
    """I am helping someone: the wish, not a toggle, so that doubled taps are right."""

    trigger: Literal["whelp"] = "whelp"
    mark: Literal["on", "off"]


class ReadAloud(Event):
    """A screen reader reads this: known from the first message on."""

    trigger: Literal["wread"] = "wread"
    mark: Literal["on", "off"]


class AskedLanguage(Event):
    trigger: Literal["wlangs"] = "wlangs"


class PickedLanguage(Event):
    trigger: Literal["wlang"] = "wlang"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


EVENTS: tuple[type[Event], ...] = (
    Agreed, Declined, AskedStorage, Returned, Helping, ReadAloud, AskedLanguage, PickedLanguage,
)  # fmt: skip
