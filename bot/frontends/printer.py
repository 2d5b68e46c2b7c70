"""Messages as lines of a transcript: what the terminal prints, and what the tests replay.

`<` is a new message with sound, `<.` a silent one, `<*` a changed one, `<x` one that was removed;
buttons stand in brackets on indented lines below.
"""

from __future__ import annotations

from typing import Literal

from bot.render.message import Page, without_marks

Sign = Literal["<", "<.", "<*", "<x"]


def lines_of(
    page: Page, sign: Sign, figure: str | None = None, sound: str | None = None,
    *, file: str | None = None,
) -> list[str]:  # fmt: skip
    """Write one message down."""
    text = without_marks(page.text).splitlines() or [""]
    first = f"{sign} {text[0]}"
    rest = [f"  {line}" for line in text[1:]]
    drawn = [f"  (picture: {figure})"] if figure else []
    drawn += [f"  (sound: {sound})"] if sound else []
    drawn += [f"  (file: {file})"] if file else []
    rows = ["  " + "  ".join(f"[{b.label}]" for b in row) for row in page.buttons]
    return [first.rstrip(), *rest, *drawn, *rows]
