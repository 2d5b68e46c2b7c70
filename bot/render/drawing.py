"""A wish for a drawing carried out: the file, and what is said with it.

Values in, bytes and keys of words out.  What a file holds is told in words as well, so that whoever
sees no picture, or gets none, knows the same.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import uuid4

from bot.render.chart import chart_told
from bot.render.held import File, Held
from bot.render.page import Covered, page_told
from flows.base import Draw, Drawing, Said

# Which entries of the diary are read; none named: all.
READ: dict[Drawing, Collection[str]] = {"chart": {"mark", "rating"}, "doorway": {"receipt"}}


def words_of(draw: Draw, held: Held) -> tuple[Said, ...]:
    match draw.what:
        case "chart":
            return chart_told(held)
        case "text":
            return page_told(Covered.of(held, draw.args))
        case "doorway":
            from bot.render.doorway import card_told, found  # noqa: PLC0415 - rarely wanted

            return card_told(found(held, str(draw.args["code"])))
        case "page" | "export":
            return ()


def file_of(draw: Draw, held: Held) -> File | None:
    """Make the file; the libraries for it are heavy, and imported when first wanted."""
    day = held.today.isoformat()
    match draw.what:
        case "chart":
            from bot.render.chart import chart_png  # noqa: PLC0415 - as said above

            return File("photo", f"limber-{day}.png", chart_png(held))
        case "page":
            from bot.render.page.pdf import page_pdf  # noqa: PLC0415 - as said above

            return File("document", f"limber-{day}.pdf", page_pdf(Covered.of(held, draw.args)))
        case "export":
            from bot.render.export import zipped  # noqa: PLC0415 - as said above

            return File("document", f"limber-{day}.zip", zipped(held, uuid4()))
        case "doorway":
            from bot.render.doorway import card_png, found  # noqa: PLC0415 - as said above

            card = card_png(found(held, str(draw.args["code"])), held)
            return File("photo", f"limber-{day}-card.png", card)
        case "text":
            return None
