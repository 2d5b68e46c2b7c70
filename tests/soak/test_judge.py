"""The judge of the soak finds what it is there to find."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.content_tools.chat import Chat
from content.catalogue import Catalogue
from tests.botapi.server import BotApi, Call
from tests.soak.judge import UNKNOWN, Judge, Verdict, message_of
from tests.soak.kept import Dropped, Kept
from tests.soak.players import Said
from tests.soak.population import STRETCHING, WAITING, WRITING, Bell, Population

ADA, BO, CY = STRETCHING, WRITING, WAITING
BELLS = [Bell("Done.", None), Bell("LEFT", None), Bell("Switch: RIGHT", 20.0)]
REMINDER = {"inline_keyboard": [[{"text": "Not today", "callback_data": "x"}]]}


class Scene:
    def __init__(self, catalogue: Catalogue) -> None:
        people = {number: Chat(catalogue) for number in (ADA, BO, CY)}
        self.api, self.met = BotApi(), Population(people, BELLS)
        self.said, self.kept, self.ended_at = Said(), Kept(), [10.0, 20.0]
        self.came(CY, 1, "Time for it", reply_markup=REMINDER)

    def came(self, chat: int, at: float, text: str, **more: object) -> Call:
        params = {"chat_id": chat, "text": text, **more}
        call = Call("sendMessage", params, at, status=200, took_effect=True)
        call.answer = {"ok": True, "result": {"message_id": len(self.api.calls) + 1}}
        self.api.calls.append(call)
        return call

    def judged(self) -> Verdict:
        return Judge(self.api, self.met, self.said, self.ended_at, self.kept).judged()


@pytest.fixture
def scene(catalogue: Catalogue) -> Scene:
    return Scene(catalogue)


def test_a_soak_without_a_fault_has_no_breach(scene: Scene) -> None:
    for at, text in ((1, "Done."), (30, "<b>LEFT</b>"), (51, "Slow. Switch: RIGHT")):
        scene.came(ADA, at, text)
    verdict = scene.judged()
    assert [] == verdict.breaches
    assert "1.00 / 1.00 / 1.00" == verdict.counts["hold late, p50/p99/max s"]


def test_an_update_that_was_never_answered_is_found(scene: Scene) -> None:
    scene.said.words = {BO: {"/one": 1.0, "/two": 2.0, "/three": 9.0}}
    scene.came(BO, 2, "I don't know /one.")
    scene.came(BO, 12, "I don't know /three.")
    assert ["not answered: /two"] == scene.judged().breaches
    for at, why in ((1.5, UNKNOWN), (12.5, UNKNOWN), (3.0, "bell: nobody knows")):
        scene.kept.dropped.append(Dropped(at, why))
        assert ["not answered: /two"] == scene.judged().breaches, "it was another that was given up"
    scene.kept.dropped.append(Dropped(11.0, UNKNOWN))
    assert [] == scene.judged().breaches, "given up, as the design says"
    scene.said.words[CY] = {"/four": 10.0, "/five": 11.0}
    assert ["not answered: /five"] == scene.judged().breaches, "one for each"


@pytest.mark.parametrize(
    ("again_at", "found"), [((12,), 0), ((12, 13), 1), ((12, 22), 0), ((6,), 1)]
)
def test_more_than_one_double_for_a_kill_is_found(
    scene: Scene, again_at: tuple[float, ...], found: int
) -> None:
    for at in (5, *again_at):
        scene.came(BO, at, "I don't know /one.")
    assert found == len(scene.judged().breaches)


def test_a_double_after_a_fault_is_asked_for_by_the_design(scene: Scene) -> None:
    scene.came(BO, 5, "I don't know /one.").spoilt = True
    scene.came(BO, 6, "I don't know /one.")
    assert [] == scene.judged().breaches


def test_a_double_of_what_had_been_noted_is_found_whatever_went_wrong(scene: Scene) -> None:
    first = scene.came(BO, 5, "I don't know /one.")
    scene.came(BO, 12, "I don't know /one.")
    assert [] == scene.judged().breaches, "killed before it was noted"
    scene.kept.noted = {(BO, message_of(first))}
    for first.spoilt in (False, True):
        assert ["told again what had arrived"] == [b[9:36] for b in scene.judged().breaches]


def test_a_double_of_what_was_removed_is_found(scene: Scene) -> None:
    first = scene.came(ADA, 5, "Done.")
    scene.came(ADA, 12, "Done.")
    assert [] == scene.judged().breaches
    taken = {"chat_id": ADA, "message_ids": [message_of(first)]}
    scene.api.calls.append(Call("deleteMessages", taken, 30, status=200, took_effect=True))
    assert ["1000 was told again what had arrived: 'Done.'"] == scene.judged().breaches


def test_what_comes_late_is_found_while_limber_lives(scene: Scene) -> None:
    scene.said.words = {BO: {"/one": 15.0}}
    answer = scene.came(BO, 80, "I don't know /one.")  # it was dead from 20 to 25
    for at, text in ((1, "Done."), (30, "LEFT"), (110, "Switch: RIGHT")):
        scene.came(ADA, at, text)
    bell = scene.api.calls[-1]
    polls = [Call("getUpdates", {}, at) for at in (0.0, 1.0, 12.0, 25.0, 26.0)]
    scene.api.calls[:] = sorted([*scene.api.calls, *polls], key=lambda call: call.at)
    assert [] == scene.judged().breaches
    answer.at, bell.at = 81, 111
    assert ["an answer came 61 s late", "the end of a hold came 61 s late"] == (
        scene.judged().breaches
    )


@pytest.mark.parametrize("told", [["Done.", "Switch: RIGHT"], ["LEFT"], ["Done.", "LEFT", "Done."]])
def test_a_hold_left_out_or_a_wrong_side_is_found(scene: Scene, told: list[str]) -> None:
    for at, text in enumerate(told):
        scene.came(ADA, 30.0 * at, text)
    assert 1 == len(scene.judged().breaches)


def test_a_session_that_hangs_is_found(scene: Scene) -> None:
    scene.kept.hanging, scene.kept.overdue = [ADA], [ADA]
    assert 2 == len(scene.judged().breaches)


def test_a_stop_undone_or_lost_is_found(scene: Scene) -> None:
    scene.said.stopped = {ADA: "/stop"}
    scene.kept.in_session = {ADA}
    assert ["the stop of 1000 (/stop) was lost"] == scene.judged().breaches
    scene.came(ADA, 1, "Done.")
    scene.came(ADA, 3, "Stopped. Ease out")
    assert ["the stop of 1000 (/stop) was undone"] == scene.judged().breaches
    scene.kept.in_session = set()
    assert [] == scene.judged().breaches
    scene.came(ADA, 3.1, "LEFT")
    assert ["1000 stopped (/stop) and was told 'LEFT'"] == scene.judged().breaches


def test_a_reminder_lost_or_doubled_is_found(scene: Scene) -> None:
    scene.came(CY, 30, "Time for it", reply_markup=REMINDER)
    assert 1 == Counter("twice" in b or "2 times" in b for b in scene.judged().breaches)[True]
    scene.api.calls.clear()
    assert [f"not reminded: [{CY}]"] == scene.judged().breaches
    scene.kept.not_yet = {CY}
    assert [] == scene.judged().breaches, "it is due later"
