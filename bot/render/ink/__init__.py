"""Drawings made once, and put down by two pens: as a picture (PNG) and on a page (PDF).

Units are those of whoever draws; y grows downward.  Nothing is told by colour alone: what is drawn
here is printed in grey as well.
"""

from bot.render.ink.letters import BOLD, PLAIN, cut, font_files, width_of, wrapped
from bot.render.ink.picture import png
from bot.render.ink.shapes import Box, Dot, Grid, Label, Path, Shape

__all__ = [
    "BOLD", "PLAIN", "Box", "Dot", "Grid", "Label", "Path", "Shape", "cut", "font_files", "png",
    "width_of", "wrapped",
]  # fmt: skip
