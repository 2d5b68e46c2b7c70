"""The chart: what it shows is said in words too, and it is told without colour."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageStat

from bot.render.chart import Area, chart_png, chart_told, panels
from bot.render.ink.shapes import FAINT, Dot, Label, Path
from content.catalogue import Catalogue
from flows.diary import marks
from tests.bot.render.weeks import TYPED, held

AREA = Area(0, 0, 1080, 1000, 24)


def test_the_chart_is_a_light_picture_of_moderate_size(catalogue: Catalogue) -> None:
    drawn = chart_png(held(catalogue))
    with Image.open(BytesIO(drawn)) as picture:
        assert (1080, 1000) == picture.size
        (light,) = ImageStat.Stat(picture.convert("L")).mean
    assert light > 230
    assert len(drawn) < 200_000


def test_every_mark_of_pain_is_drawn_once_where_it_belongs(catalogue: Catalogue) -> None:
    told = held(catalogue)
    shapes = list(panels(told, AREA))
    before = [s for s in shapes if isinstance(s, Dot) and s.mark == "disc"]
    pains = [mark.pain for mark in marks(told.entries) if mark.when == "before"]
    assert len(pains) + 1 == len(before), "and one in the legend"
    lines = [s.points[0][1] for s in shapes if isinstance(s, Path) and s.colour == FAINT]
    bottom, two = lines[:2]
    drawn = sorted(round(2 * (bottom - dot.y) / (bottom - two)) for dot in before[1:])
    assert sorted(pains) == drawn


def test_what_is_apart_by_colour_is_apart_by_form(catalogue: Catalogue) -> None:
    forms: dict[str, set[str]] = {}
    for shape in panels(held(catalogue), AREA):
        if isinstance(shape, Dot):
            forms.setdefault(shape.colour, set()).add(shape.mark)
    used = [form for of_colour in forms.values() for form in of_colour]
    assert len(used) == len(set(used))


def test_lines_are_named_where_they_end(catalogue: Catalogue) -> None:
    written = [s.text for s in panels(held(catalogue), AREA) if isinstance(s, Label)]
    assert "Tie my shoes" in written
    assert TYPED in " ".join(written)


def test_nothing_told_yet_is_said_and_draws_no_line(catalogue: Catalogue) -> None:
    empty = held(catalogue, 0)
    nothing = type(empty)(empty.talk, (), empty.content, empty.at)
    shapes = list(panels(nothing, AREA))
    assert "No marks yet." in [s.text for s in shapes if isinstance(s, Label)]
    assert not [s for s in shapes if isinstance(s, Path) and len(s.points) > 2]


def test_the_words_say_what_the_picture_shows(catalogue: Catalogue) -> None:
    told = held(catalogue)
    lines = told.all_told(chart_told(told))
    assert "That is a change most people notice." in lines
    assert "Tie my shoes: first 2, now 7 of 10. A large change." in lines
    few = held(catalogue, 3)
    assert "It is too early to tell how the pain changes." == few.all_told(chart_told(few))[0]
