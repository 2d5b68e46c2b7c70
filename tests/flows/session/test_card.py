"""The card and the bells as they would be read: every line has its words, and few of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from flows.base import Event, Said, Show, said
from flows.session import odd, read
from flows.session.vocabulary import (
    Back,
    Fine,
    Finish,
    Pause,
    Plus,
    Rated,
    Redo,
    Resume,
    Skip,
)
from tests.flows.session.player import NINE, Player, content, step

WORDS = content().words["en"]


def told(sentence: Said) -> str:
    """Fill the gaps of a sentence: a gap without a filling is a fault."""
    words = WORDS[sentence.key]
    if isinstance(words, tuple):
        return "; ".join(words)
    if isinstance(words, dict):
        words = words["one" if sentence.args["n"] == 1 and "one" in words else "other"]
    filled = {k: told(v) if isinstance(v, Said) else v for k, v in sentence.args.items()}
    return words.format(**filled)


def plain(show: Show) -> list[str]:
    return [re.sub("</?[bi]>", "", told(line)) for line in show.text]


def knee() -> Player:
    return Player(step("single_knee_to_chest", hold_s=20, reps=1, rest_s=10), step("pelvic_tilt"))


def every_card() -> Iterator[Player]:
    for exercise in content().exercises:
        player = Player(step(exercise), step(exercise), zone="Europe/Berlin")
        player.tap(Pause())
        player.tap(Resume())
        player.to("active_hold")
        player.take(odd(player.session, player.scene()))
        player.tap(Resume())
        player.tap(Skip())
        player.tap(Resume())
        player.to("active_hold")
        alarm = player.alarms["session"]
        player.now = alarm.due_at + timedelta(minutes=5)
        player.ring(alarm)
        player.tap(Resume())
        player.to("rating")
        player.wait(125)
        player.tap(Resume())
        player.tap(Rated(effort="right"))
        player.tap(Pause())
        player.tap(Finish())
        yield player


def test_every_line_button_and_bell_of_every_exercise_has_its_words() -> None:
    for player in every_card():
        for show in [*player.cards, *(bell for _, bell in player.bells)]:
            for line in [*show.text, *show.fold]:
                assert told(line)
            for choice in (choice for row in show.rows for choice in row):
                assert told(choice.label)
                assert all(told(words) for words in choice.words)


def test_labels_are_short_and_longer_only_alone_in_their_row() -> None:
    for player in every_card():
        for row in (row for show in player.cards for row in show.rows):
            most = 30 if len(row) == 1 else 18
            assert all(len(told(choice.label)) <= most for choice in row)


def test_a_card_has_at_most_five_lines_and_twenty_five_words() -> None:
    for player in every_card():
        for show in player.cards:
            lines = plain(show)
            assert len(lines) <= 5
            assert len(re.findall(r"[^\W\d_]\S*", " ".join(lines))) <= 25, lines


def test_the_first_forty_characters_of_a_bell_hold_the_whole_instruction() -> None:
    for player in every_card():
        for _, bell in player.bells:
            assert len(plain(bell)[0]) <= 40


def test_a_card_in_words() -> None:
    player = knee()

    assert [
        "1 of 2 · One knee to chest, LEFT",
        "Lie on your back. Pull one knee in gently.",
        "Get ready: 10 s, then 20 s.",
    ] == plain(player.card)
    rows = [[told(choice.label) for choice in row] for row in player.card.rows]
    assert [[told(said("button.hurts"))], ["Back", "Pause", "Skip"], ["+10 s"]] == rows
    assert "danger" == player.card.rows[0][0].style
    counts = player.card.countdown
    assert counts is not None
    assert (NINE, NINE + timedelta(seconds=10)) == (counts.begins_at, counts.ends_at)
    assert "single_knee_to_chest" == player.card.figure


def test_bells_in_words() -> None:
    player = knee()
    player.to("rating")

    # None at the start of the right side: that would be 8 s after the last one.
    assert [
        "LEFT knee in. Hold 20 s.", "Switch: RIGHT knee. 8 s.", "Done. Lie still a moment.",
    ] == [plain(bell)[0] for _, bell in player.bells]  # fmt: skip


def test_cautions_stand_only_before_the_first_timer_of_their_exercise() -> None:
    note = "condition.hip_replacement.note"
    player = Player(step("single_knee_to_chest", cautions=(note,)))

    assert note in [line.key for line in player.card.text]
    player.to("active_hold")
    assert note not in [line.key for line in player.card.text]
    player.tap(Back())
    assert note not in [line.key for line in player.card.text]


def test_without_pictures_the_card_has_none() -> None:
    player = Player(step("single_knee_to_chest"), pictures=False)

    assert player.card.figure is None


def test_bells_sound_and_cards_do_not() -> None:
    player = knee()
    player.to("rating")

    assert all(card.silent for card in player.cards)
    assert not any(bell.silent for _, bell in player.bells)
    assert {("fresh", "bell")} == {(bell.how, bell.rank) for _, bell in player.bells}


def test_the_finished_card_is_one_line_without_buttons() -> None:
    player = knee()
    player.tap(Finish())

    assert (["One knee to chest: left out."], ()) == (plain(player.card), player.card.rows)


@pytest.mark.parametrize(
    ("seconds", "text", "event"),
    [
        (5, "Pause!", Pause()), (15, "one moment", Pause()), (15, "next", Skip()),
        (15, "ok", Fine()), (15, "READY", Fine()), (15, "go back", Back()),
        (15, "+10", Plus()), (15, "longer", Plus()), (15, "finish", Finish()),
        (15, "is this right?", None), (15, "what's the weather", None),
        (58, "ok", Rated(effort="right")), (58, "next", Rated(effort="right")),
    ],
)  # fmt: skip
def test_a_word_typed_in_a_hold_is_understood(seconds: int, text: str, event: Event | None) -> None:
    player = knee()
    player.wait(seconds)

    assert event == read(player.session, text, player.scene())


@pytest.mark.parametrize(
    ("text", "event"),
    [("go on", Resume()), ("Ready.", Resume()), ("ok", Resume()), ("again", Redo()),
     ("end", Finish()), ("hmm", None)],
)  # fmt: skip
def test_a_word_typed_in_a_pause_is_understood(text: str, event: Event | None) -> None:
    player = knee()
    player.tap(Pause())

    assert event == read(player.session, text, player.scene())


def test_ok_is_no_answer_to_whether_something_hurt() -> None:
    player = knee()
    player.take(odd(player.session, player.scene()))

    assert read(player.session, "ok", player.scene()) is None


def test_ok_is_no_answer_to_how_the_leg_is() -> None:
    player = Player(step("pelvic_tilt"), leg_question=True)
    player.to("rating")

    assert read(player.session, "ok", player.scene()) is None
