"""What can be heard from a button or an alarm, and how a button looks."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field

from flows.base.frozen import Frozen
from flows.base.said import Said, said


class Event(Frozen):
    """A fact from a button or an alarm.  `trigger` names it in its machine's table.

    Its code, `trigger|arg|arg`, is what a button carries: arguments are content ids and small
    numbers in the order of the fields, never positions in a list.
    """

    trigger: str

    def code(self) -> str:
        args = (getattr(self, name) for name in type(self).model_fields if name != "trigger")
        return "|".join([self.trigger, *(str(arg) for arg in args)])

    @classmethod
    def of(cls, args: list[str]) -> Self:
        """Build from the arguments of a code; raises ValueError when they do not fit."""
        names = [name for name in cls.model_fields if name != "trigger"]
        if len(names) != len(args):
            raise ValueError(f"{len(args)} arguments for {len(names)}")
        return cls.model_validate(dict(zip(names, args, strict=True)))


class Hurts(Event):
    """It hurts, stop: never stale, whatever button of this talk it stood on."""

    trigger: Literal["hurts"] = "hurts"


Style = Literal["plain", "danger", "success"]


class Choice(Frozen):
    """A button: what it says, what it means (an event's code), and how it looks.

    `number` is the number under which the option stands in the text; `mark` shows a tick box.
    `words` are further sentences that, typed, mean the same.
    """

    label: Said
    tap: Annotated[str, Field(max_length=44)]  # 64 bytes, less version, talk and turn
    style: Style = "plain"
    number: int | None = None
    mark: Literal["on", "off"] | None = None
    words: tuple[Said, ...] = ()


def choice(
    label: str | Said,
    event: Event,
    *,
    style: Style = "plain",
    number: int | None = None,
    mark: Literal["on", "off"] | None = None,
    words: tuple[Said, ...] = (),
) -> Choice:
    label = label if isinstance(label, Said) else said(label)
    return Choice(label=label, tap=event.code(), style=style, number=number, mark=mark, words=words)


Row = tuple[Choice, ...]
