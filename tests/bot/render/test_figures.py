"""Pictures and loops as files: sizes, sameness, and what they show."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import av
import pytest
from PIL import Image

from bot.render.figure import figure_png, loop
from bot.render.figure.picture import Scene, still
from bot.render.figure.props import PAINTERS
from bot.render.figures import sheet
from content.load import load

CATALOGUE = load()


def test_every_exercise_has_a_picture_of_its_own() -> None:
    pictures = [figure_png(exercise, CATALOGUE) for exercise in CATALOGUE.exercises]
    assert len(CATALOGUE.exercises) == len(set(pictures))
    assert 100_000 > max(map(len, pictures))
    for data in pictures:
        with Image.open(BytesIO(data)) as picture:
            assert (800, 500) == picture.size


def test_the_same_content_gives_the_same_picture() -> None:
    assert figure_png("bridge", CATALOGUE) == figure_png("bridge", CATALOGUE)


def test_pictures_read_on_light_and_on_dark_chats() -> None:
    """They bring their own light card to the very corners."""
    with Image.open(BytesIO(figure_png("cat_cow", CATALOGUE))) as picture:
        colours = picture.convert("RGBA")
        for corner in ((0, 0), (799, 0), (0, 499), (799, 499)):
            assert (0xF3, 0xEE, 0xE4, 0xFF) == colours.getpixel(corner)


@pytest.mark.parametrize("exercise", ["bridge", "walk", "prone_lying"])
def test_a_loop_is_three_seconds_of_h264_under_300_kb(exercise: str) -> None:
    data, mime = loop(exercise, CATALOGUE)
    assert "video/mp4" == mime
    assert 300_000 > len(data)
    with av.open(BytesIO(data), mode="r") as film:
        stream = film.streams.video[0]
        shown = [frame.to_ndarray(format="gray") for frame in film.decode(video=0)]
        assert "h264" == stream.codec_context.name
        assert [] == list(film.streams.audio)
    assert 60 == len(shown)
    assert abs(shown[0].astype(int) - shown[30]).max() > 20  # something moves
    steps = [abs(b.astype(int) - a).mean() for a, b in pairwise([*shown, shown[0]])]
    assert max(0.1, 1.5 * max(steps[:-1])) >= steps[-1]  # and begins again where it ended


def test_a_loop_is_the_same_each_time() -> None:
    assert loop("pelvic_tilt", CATALOGUE) == loop("pelvic_tilt", CATALOGUE)


def test_everything_the_library_asks_for_can_be_drawn() -> None:
    asked = {thing for each in CATALOGUE.exercises.values() for thing in each.equipment}
    assert set() == asked - PAINTERS.keys() - {"strap"}


@pytest.mark.parametrize("exercise", CATALOGUE.exercises)
def test_every_picture_is_also_told_in_words(exercise: str) -> None:
    assert CATALOGUE.words["en"][f"exercise.{exercise}.picture"]


@pytest.mark.parametrize("exercise", CATALOGUE.exercises)
def test_every_movement_has_its_arrow(exercise: str) -> None:
    scene = Scene(CATALOGUE.exercises[exercise])
    has_icon = CATALOGUE.exercises[exercise].view in ("top", "foot_end")
    assert scene.is_rest or has_icon or scene.arrows
    drawing = still(scene)
    assert scene.is_rest == ("#d9822b" not in drawing)


def test_the_contact_sheet_holds_all_and_stays_small() -> None:
    data = sheet(CATALOGUE)
    assert 600_000 > len(data)
    with Image.open(BytesIO(data)) as page:
        assert (1600, 1704) == page.size
