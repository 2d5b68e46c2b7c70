"""What it costs to get to a hold, in taps, and what a session leaves behind in the chat."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.content_tools.replay import span_of
from content.catalogue import Catalogue
from flows.base import Effect, Show
from flows.session import Session
from tests.transcript import FOLDER, Chat, replay


class Watched(Chat):
    """A conversation whose acts and messages are counted from a moment on."""

    acts = 0
    left = 0  # messages that stand in the chat
    bells = 0

    def carry_out(self, effect: Effect) -> Iterator[str]:
        if isinstance(effect, Show) and (effect.how == "fresh" or effect.slot not in self.slots):
            gone = effect.slot == "bell" and self.bells > 0  # the bell before it
            self.left += 0 if gone else 1
            self.bells += effect.slot == "bell"
        yield from super().carry_out(effect)

    def hear(self, line: str) -> Iterator[str]:
        self.acts += 1
        yield from super().hear(line)

    @property
    def hold(self) -> int | None:
        """The move that is held now, counted from 1."""
        floor = self.talk.floor
        held = isinstance(floor, Session) and floor.phase == "active_hold"
        return floor.place.move + 1 if held and isinstance(floor, Session) else None


def watched(catalogue: Catalogue, before: str) -> Watched:
    chat = Watched(catalogue)
    replay(before, chat)
    chat.acts = chat.left = chat.bells = 0
    return chat


def until_hold(chat: Watched, number: int, *, rating: str = "[Right]") -> int:
    """Let time pass, and rate what was held, up to the hold of a move; tell the acts so far."""
    for _ in range(60):
        if chat.hold == number:
            return chat.acts
        due = chat.alarms.get("session")
        if due is None:
            list(chat.hear(rating))
        else:
            list(chat.wait(max(due[0] - chat.now, span_of("0 s"))))
    raise AssertionError(number)


def played(chat: Watched, lines: str) -> Watched:
    replay(lines, chat)
    return chat


WISH = "> /reminders\n> 7:45\n> [10:00]\n~ 1 day\n"
REMINDED = f"@ well_adult_first_session\n{WISH}"


def test_from_the_reminder_four_taps_lead_to_the_first_hold(catalogue: Catalogue) -> None:
    chat = watched(catalogue, REMINDED)
    played(chat, "> [Start 8 min]\n> [2]\n> [None of these]\n> [Start 8 min]\n")
    assert until_hold(chat, 1) <= 4


def test_eight_lead_to_the_first_hold_of_the_third_move(catalogue: Catalogue) -> None:
    chat = watched(catalogue, REMINDED)
    played(chat, "> [Start 8 min]\n> [2]\n> [None of these]\n> [Start 8 min]\n")
    assert until_hold(chat, 3) <= 8


def test_one_more_where_yesterday_is_asked_about(catalogue: Catalogue) -> None:
    sorer = (FOLDER / "well_adult_first_session.chat").read_text("utf-8").replace("[2]", "[4]")
    chat = watched(catalogue, f"{sorer}\n{WISH}")
    played(chat, "> [Start 8 min]\n> [3]\n> [None of these]\n> [Same]\n> [Start 8 min]\n")
    assert until_hold(chat, 1) <= 5


@pytest.mark.parametrize(("sex", "most"), [("[Male]", 24), ("[Female]", 25)])
def test_a_well_person_of_30_gives_few_answers_up_to_the_first_hold(
    sex: str, most: int, catalogue: Catalogue
) -> None:
    told = (FOLDER / "well_adult_to_the_offer.chat").read_text("utf-8")
    asked_first = f"{sex}\n> [None of these]" if sex == "[Female]" else sex
    lines = [line for line in told.splitlines() if line.startswith("> ")][1:]
    chat = watched(catalogue, "> /start\n")
    played(chat, "\n".join(lines).replace("[Male]", asked_first) + "\n> [Start 8 min]\n")
    assert until_hold(chat, 1) <= most


def test_a_session_of_six_moves_leaves_four_messages_at_most(catalogue: Catalogue) -> None:
    chat = watched(catalogue, "@ well_adult_to_the_offer\n")
    played(chat, "> [Start 8 min]\n")
    until_hold(chat, 6)
    while chat.talk.floor.flow == "session":
        due = chat.alarms.get("session")
        if due is None:
            list(chat.hear("[Right]"))
        else:
            list(chat.wait(due[0] - chat.now))
    played(chat, "> [2]\n> [No reminders]\n")
    assert chat.left + 1 <= 4, "the offer above it stays as well"
    assert chat.bells > 6
