"""Listen mode: to whom it is offered, what its message says, and how a stop speaks of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.content_tools.chat import Chat
from flows.base import Brief, Scene, Settings, Show
from flows.offer.listening import SESSIONS_KEPT, may_listen, track
from flows.offer.vocabulary import Listen
from flows.session import Session
from flows.session.plan import sequence_for
from flows.talk import SESSIONS_KEPT as KEPT_BY_TALK
from tests.flows.session.player import FINE, NINE, content, knee, sequence
from tests.transcript import replay

PLANNED = sequence(knee()).model_copy(update={"hands_free": True})
LISTEN = Listen().code()


def scene(**fields: Any) -> Scene:  # noqa: ANN401 - fields of a scene, each of its type
    facts = content().complete({"extension_check": "passed", "sessions_done": 5})
    usual = Scene(at=NINE, content=content(), facts=facts, verdict=FINE, sessions_done=2)
    return replace(usual, **fields)


def brief(ended: str, days_ago: float) -> Brief:
    return Brief.model_validate({
        "at": NINE - timedelta(days=days_ago), "program": "mixed", "minutes": 5, "moves_done": 5,
        "moves": 6, "ended": ended,
    })  # fmt: skip


class TestOffered:
    def test_from_the_third_session_on(self) -> None:
        assert [False, False, True, True] == [
            may_listen(PLANNED, scene(sessions_done=done)) for done in (0, 1, 2, 9)
        ]

    def test_not_in_the_days_after_a_stop(self) -> None:
        assert [False, False, True] == [
            may_listen(PLANNED, scene(sessions=(brief("stopped", days), brief("done", 0.5))))
            for days in (1, 6.9, 7)
        ]

    def test_not_while_a_stop_may_have_fallen_out_of_the_list(self) -> None:
        often = tuple(brief("done", 0.3 * n) for n in range(SESSIONS_KEPT))

        assert KEPT_BY_TALK == SESSIONS_KEPT
        assert not may_listen(PLANNED, scene(sessions=often))
        assert may_listen(PLANNED, scene(sessions=often[1:]))

    @pytest.mark.parametrize("changed", [{"hands_free": False}, {"leg_question": True}])
    def test_not_where_the_plan_wants_eyes_or_answers(self, changed: dict[str, bool]) -> None:
        assert not may_listen(PLANNED.model_copy(update=changed), scene())

    @pytest.mark.parametrize(
        ("program", "facts"),
        [
            ("acute_ease", {"pain_now": 8}),
            ("leg_calm", {"radiation": "below_knee"}),
            ("pregnancy", {"pregnant": "yes", "pregnancy_week": 20}),
            ("bone_safe", {"osteoporosis_known": True}),
        ],
    )
    def test_not_in_the_plans_that_clinicians_except(
        self, program: str, facts: dict[str, Any]
    ) -> None:
        known = content().complete({"extension_check": "passed", "sessions_done": 5, **facts})
        planned = sequence_for(known, "allowed", (), Settings(), content())

        assert planned is not None
        assert program == planned.program
        assert not may_listen(planned, scene())


class TestTrack:
    def test_its_message_says_what_to_do_when_something_hurts(self) -> None:
        shown = track(PLANNED, scene())

        assert "listen.sharp" in [line.key for line in shown.text]
        assert ("sound", "fresh", True) == (shown.slot, shown.how, shown.silent)
        assert shown.sound is not None
        assert "finish" == shown.sound.cues[-1].tone


class TestInTheChat:
    """A well adult who has come twice already."""

    @pytest.fixture
    def chat(self) -> Chat:
        chat = Chat(content())
        replay("@ well_adult_to_the_offer", chat)
        chat.talk = chat.talk.model_copy(update={"sessions_done": 2})
        replay("> /stretch", chat)
        return chat

    def shows(self, chat: Chat) -> list[Show]:
        return [effect for effect in chat.effects if isinstance(effect, Show)]

    def test_listening_begins_a_session_with_its_track_ahead(self, chat: Chat) -> None:
        replay("> [Listen]", chat)
        if chat.talk.floor.flow == "triage":
            replay("> [None of those]", chat)
        sound, card = self.shows(chat)

        assert ("sound", "card") == (sound.slot, card.slot)
        assert isinstance(chat.talk.floor, Session)
        assert chat.talk.floor.listening

    def test_a_stop_says_to_pause_the_sound_too(self, chat: Chat) -> None:
        replay("> [Listen]", chat)
        if chat.talk.floor.flow == "triage":
            replay("> [None of those]", chat)
        replay("~ 30 s\n> ow", chat)

        told = next(show for show in self.shows(chat) if show.slot == "screen")
        assert ["stop.stopped", "session.pause_sound"] == [line.key for line in told.text[:2]]

    def test_it_is_not_offered_on_the_first_day(self) -> None:
        chat = Chat(content())
        told = replay("@ well_adult_to_the_offer\n> /stretch", chat)

        assert "[Listen]" not in told

    def test_a_forged_tap_opens_nothing(self) -> None:
        chat = Chat(content())
        replay("@ well_adult_to_the_offer\n> /stretch", chat)
        tap = chat.taps["Not today"][-1].model_copy(update={"tap": LISTEN})
        list(chat.feed(tap))

        assert "offer" == chat.talk.floor.flow
        assert not any(show.sound for show in self.shows(chat))
