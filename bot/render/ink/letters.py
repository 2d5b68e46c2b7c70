"""The letters: one plain and one bold face, the same on pictures and on pages.

They come with the PDF library, so no system font is asked for, and are embedded in what is made.
They write the Latin languages of Western Europe; a test fails when a language asks for more.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

PLAIN, BOLD = "Vera", "VeraBd"
ELLIPSIS = "…"


@cache
def folder() -> Path:
    found = find_spec("reportlab")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("reportlab, which brings the letters, is not installed")
    return Path(found.submodule_search_locations[0]) / "fonts"


@cache
def font_files() -> tuple[str, ...]:
    return tuple(str(folder() / f"{name}.ttf") for name in (PLAIN, BOLD))


@cache
def registered() -> None:
    """Make both faces known to the PDF library, once."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - only when something is drawn
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - as above

    for name, file in zip((PLAIN, BOLD), font_files(), strict=True):
        pdfmetrics.registerFont(TTFont(name, file))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415 - as above

    registered()
    return float(stringWidth(text, BOLD if bold else PLAIN, size))


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Shorten a text to a room, with dots where it was longer."""
    if width_of(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width_of(kept.rstrip() + ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines no longer than a room; a word that is longer is cut."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and width_of(longer, size, bold=bold) > room:
                lines.append(line)
                longer = word
            line = cut(longer, size, room, bold=bold)
        if line:
            lines.append(line)
    return lines
