"""Pictures for people who have not met Limber: `python -m tests.showcase FOLDER`.

Nothing is drawn by hand: what patients got who were played through the core, and what the real
program has printed into a terminal.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pypdfium2

from bot.render.chart import chart_png
from bot.render.doorway import card_png, found
from bot.render.page import Covered
from bot.render.page.pdf import page_pdf
from content.load import load
from flows.report.vocabulary import PARTS
from tests.showcase.patient import FEVER, WEEKS, WELL, Patient
from tests.showcase.terminal import terminal_svg

SCALE = 1.6  # of a page on a screen


def write_all(folder: Path) -> None:
    content = load()
    folder.mkdir(parents=True, exist_ok=True)
    ada = Patient(content, WELL)
    ada.live(7 * WEEKS)
    (folder / "chart.png").write_bytes(chart_png(ada.held()))
    covered = Covered.of(ada.held(), {"weeks": WEEKS, "parts": PARTS})
    (folder / "page.png").write_bytes(as_png(page_pdf(covered)))
    ill = Patient(content, FEVER)
    ill.live(1)
    verdict = ill.chat.talk.verdict
    assert verdict is not None
    (folder / "card.png").write_bytes(card_png(found(ill.held(), verdict.receipt), ill.held()))
    (folder / "terminal.svg").write_text(terminal_svg(), encoding="utf-8")


def as_png(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    target = BytesIO()
    document[0].render(scale=SCALE).to_pil().save(target, "PNG", optimize=True)
    document.close()
    return target.getvalue()


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
