"""All figures at once, for people who look them over: `python -m bot.render.figures OUT`.

Writes every still picture and loop, and a contact sheet of the stills with their names.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.render.figure import figure_png, loop
from content.catalogue import Catalogue
from content.load import load

COLUMNS = 4
CELL = (400, 250)
LABEL = 34
CARD, INK = "#f3eee4", "#4a4238"
COLOURS = 256  # of a palette: the sheet stays small enough to keep beside the text
SHEET = "figures.png"
LANGUAGE = "en"
LAST = 19  # of all processes


def sheet(catalogue: Catalogue) -> bytes:
    """All stills on one page, in the library's order."""
    rows = -(-len(catalogue.exercises) // COLUMNS)
    page = Image.new("RGB", (COLUMNS * CELL[0], rows * (CELL[1] + LABEL)), CARD)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=17)
    words = catalogue.words[LANGUAGE]
    for number, exercise in enumerate(catalogue.exercises):
        x, y = number % COLUMNS * CELL[0], number // COLUMNS * (CELL[1] + LABEL)
        with Image.open(BytesIO(figure_png(exercise, catalogue))) as still:
            small = still.convert("RGB").resize(CELL, Image.Resampling.LANCZOS)
        page.paste(small, (x, y + LABEL))
        pen.text((x + 10, y + 10), str(words[f"exercise.{exercise}.name"]), INK, font)
    target = BytesIO()
    page.quantize(COLOURS, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()


def write_all(folder: Path, catalogue: Catalogue) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for exercise in catalogue.exercises:
        (folder / f"{exercise}.png").write_bytes(figure_png(exercise, catalogue))
        (folder / f"{exercise}.mp4").write_bytes(loop(exercise, catalogue)[0])
    (folder / SHEET).write_bytes(sheet(catalogue))


def write_films(wanted: list[str], catalogue: Catalogue) -> None:
    """Write films, each whole or not at all; `wanted` are exercises, each before its file."""
    for exercise, file in zip(wanted[::2], map(Path, wanted[1::2]), strict=True):
        begun = file.with_suffix(".part")
        begun.write_bytes(loop(exercise, catalogue)[0])
        begun.replace(file)


def main() -> None:
    match sys.argv[1:]:
        case ["--films", *wanted]:
            os.nice(LAST)
            write_films(wanted, load())
        case [folder]:
            write_all(Path(folder), load())
        case ["--sheet", file]:
            Path(file).write_bytes(sheet(load()))
        case _:
            sys.exit("Say where to: python -m bot.render.figures FOLDER, or --sheet FILE")


if __name__ == "__main__":
    main()
