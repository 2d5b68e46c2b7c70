"""What a soak must not show: judged by what the server was asked for, and by the database after it.

`call.at` is the moment a request came in, so what was begun before a stop and what after it can
be told apart.  `ended_at` are the moments after which nothing came from a killed process any more:
they tell whose request it was.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import NamedTuple

from tests.bot import walk
from tests.botapi.server import BotApi, Call
from tests.soak.kept import Kept
from tests.soak.players import Said
from tests.soak.population import STRETCHING, WAITING, Population

SAME_WITHIN_S = 9.0  # two bells are at least 10 s apart
LATE_S = 60.0  # of life: what waits for a lease is sent again, and meets the next kill
OF_A_SESSION = ("Get ready", "How was that", "Still there", "Go on")
UNKNOWN = "reply: nobody knows"
SENDS = ("sendMessage", "sendPhoto")
NEW = re.compile(r"^send")
MARK = re.compile(r"<[^>]+>")


class Missing(NamedTuple):
    """What nobody answered, and when the next one of its chat was."""

    settled_at: float
    asked_at: float
    sentence: str


@dataclass
class Verdict:
    """Counts for the table, and each breach as a sentence."""

    counts: dict[str, object] = field(default_factory=dict)
    breaches: list[str] = field(default_factory=list)

    def breach(self, *sentences: str) -> None:
        self.breaches += sentences


class Judge:
    def __init__(
        self, api: BotApi, met: Population, said: Said, ended_at: list[float], kept: Kept
    ) -> None:
        self.met, self.said, self.ended_at, self.kept = met, said, ended_at, kept
        self.verdict = Verdict()
        self.calls: dict[int, list[Call]] = {number: [] for number in met.chats}
        for call in api.calls:
            if (number := chat_of(call)) in self.calls:
                self.calls[number].append(call)
        self.given_up = Counter(row.why for row in kept.dropped)
        self.known = kept.noted | removed(api)
        self.lives = [*lives(api, ended_at)]

    def judged(self) -> Verdict:
        self.look_at_updates()
        self.look_at_doubles()
        self.look_at_holds()
        self.look_at_stops()
        self.look_at_reminders()
        return self.verdict

    def arrived(self, number: int) -> Iterator[Call]:
        """Give the new messages that came into a chat."""
        return (c for c in self.calls[number] if c.took_effect and c.method in SENDS)

    # ---- updates

    def look_at_updates(self) -> None:
        """Each was answered, unless its answer was given up as the design says."""
        spans: list[tuple[float, float]] = []
        missing: list[Missing] = []
        for number, sentences in self.said.words.items():
            answers = {words(call): call.at for call in reversed(list(self.arrived(number)))}
            settled_at = inf  # a chat is answered in order
            for sentence, at in reversed(sentences.items()):
                found = [t for told, t in answers.items() if f"{sentence}." in told]
                if found:
                    spans.append((at, found[0]))
                    settled_at = found[0]
                else:
                    missing.append(Missing(settled_at, at, sentence))
        self.verdict.counts |= {
            "updates answered": len(spans),
            "not answered, for it was given up": len(missing),
            "answers given up (nobody knows)": self.given_up[UNKNOWN],
            "answer after, p50/p99/max s": _percentiles([to - since for since, to in spans]),
        }
        if lost := self._lost(missing):
            self.verdict.breach(f"not answered: {', '.join(lost[:9])}")
        self._look_at_lateness("an answer", spans)

    def _lost(self, missing: list[Missing]) -> list[str]:
        """Name those for which none was given up between the question and the next answer."""
        given_up = sorted(row.at for row in self.kept.dropped if row.why == UNKNOWN)
        lost: list[str] = []
        for each in sorted(missing):
            fits = next((at for at in given_up if each.asked_at <= at <= each.settled_at), None)
            if fits is None:
                lost.append(each.sentence)
            else:
                given_up.remove(fits)
        return lost

    # ---- doubles

    def look_at_doubles(self) -> None:
        """At most one for each kill and chat, and none of what Limber knew to have arrived.

        A request that a fault of the server has met is sent again by design.
        """
        by_kill: Counter[tuple[int, int]] = Counter()
        faults = 0
        for number in self.calls:
            for first, again in self._doubles(number):
                told, kill = words(again)[:50], bisect_left(self.ended_at, first.at)
                if (number, message_of(first)) in self.known:
                    self.verdict.breach(f"{number} was told again what had arrived: {told!r}")
                elif first.spoilt:
                    faults += 1
                elif kill == bisect_left(self.ended_at, again.at):
                    self.verdict.breach(f"{number} was told twice without any reason: {told!r}")
                else:
                    by_kill[kill, number] += 1
        for (kill, number), times in by_kill.items():
            if times > 1:
                self.verdict.breach(f"kill {kill} doubled {times} messages to {number}")
        self.verdict.counts |= {
            "doubled by a kill": sum(by_kill.values()), "doubled by a fault": faults
        }  # fmt: skip

    def _doubles(self, number: int) -> Iterator[tuple[Call, Call]]:
        before: list[Call] = []
        for call in self.arrived(number):
            same = next((b for b in reversed(before[-5:]) if _is_same(call, b)), None)
            if same is not None:
                yield same, call
            before.append(call)

    # ---- holds and sides

    def look_at_holds(self) -> None:
        """Bells came in the order of the plan, none left out; nobody hangs in a hold."""
        rung = 0
        late: list[tuple[float, float]] = []  # when it was due, when it came
        bells = [bell.words for bell in self.met.bells]
        for number in self.met.numbers(STRETCHING):
            calls = self._rung(number, bells)
            told = [_bell(call, bells) for call in calls]
            rung += len(told)
            if told != bells[: len(told)]:
                self.verdict.breach(f"{number} heard {told}, and the plan is {bells}")
            gaps = zip(pairwise(calls), self.met.bells[1:], strict=False)
            late += [(a.at + bell.after_s, b.at) for (a, b), bell in gaps if bell.after_s]
            if any("I was away" in words(call) for call in self.calls[number]):
                self.verdict.breach(f"{number} was told that we were away")
        self.verdict.breach(*(f"{n} hangs in a hold without an alarm" for n in self.kept.hanging))
        self.verdict.breach(*(f"an alarm of {n} was left behind" for n in self.kept.overdue))
        self._look_at_lateness("the end of a hold", late)
        self.verdict.counts |= {
            "holds begun and ended": rung,
            "hold late, p50/p99/max s": _percentiles([to - since for since, to in late]),
        }

    def _look_at_lateness(self, what: str, spans: list[tuple[float, float]]) -> None:
        """Count only while there was a Limber to answer: how fast it starts is the machine's."""
        worst = max((self._lived_s(*span) for span in spans), default=0.0)
        name = f"longest wait for {what}, s of life"
        self.verdict.counts[name] = f"{worst:.2f}"
        if worst > LATE_S:
            self.verdict.breach(f"{what} came {worst:.0f} s late")

    def _lived_s(self, since: float, until: float) -> float:
        return sum(max(0.0, min(until, to) - max(since, at)) for at, to in self.lives)

    def _rung(self, number: int, bells: list[str]) -> list[Call]:
        """Give the bells without those that ring again: no two in a row say the same."""
        calls = [call for call in self.arrived(number) if _bell(call, bells)]
        again = [_bell(a, bells) == _bell(b, bells) for a, b in pairwise(calls)]
        return [call for call, doubled in zip(calls, [False, *again], strict=False) if not doubled]

    # ---- stops

    def look_at_stops(self) -> None:
        """Each stop was heard; nothing of the session was begun after its answer was."""
        session = (*(bell.words for bell in self.met.bells), *OF_A_SESSION)
        stopped = 0
        for number, how in self.said.stopped.items():
            told = [c for c in self.calls[number] if "Stopped" in words(c) and NEW.match(c.method)]
            if not told:
                if number in self.kept.in_session:
                    self.verdict.breach(f"the stop of {number} ({how}) was lost")
                continue
            stopped += 1
            late = [c for c in self.calls[number] if c.at > told[0].at]
            for call in late:
                if any(each in words(call) for each in session):
                    self.verdict.breach(f"{number} stopped ({how}) and was told {words(call)!r}")
            if number in self.kept.in_session:
                self.verdict.breach(f"the stop of {number} ({how}) was undone")
        self.verdict.counts["stops"] = stopped

    # ---- reminders

    def look_at_reminders(self) -> None:
        """None came twice; those that were due and did not come were given up by design."""
        came, missing = 0, []
        for number in self.met.numbers(WAITING):
            times = sum(
                "Not today" in str(c.params.get("reply_markup")) for c in self.arrived(number)
            )
            came += times
            if times > 1:
                self.verdict.breach(f"{number} was reminded {times} times")
            missing += [number] if not times and number not in self.kept.not_yet else []
        given_up = self.given_up["reminder: nobody knows"]
        self.verdict.counts |= {
            "reminders": came, "reminders given up (nobody knows)": given_up
        }  # fmt: skip
        if len(missing) > given_up:
            self.verdict.breach(f"not reminded: {missing}")


def words(call: Call) -> str:
    """Read what it says; a request that a fault has met may stand there as it came."""
    media = call.params.get("media")
    if isinstance(media, str):
        return MARK.sub("", str(json.loads(media).get("caption") or ""))
    return MARK.sub("", walk.words(call))


def _bell(call: Call, bells: list[str]) -> str:
    """Say which bell it is, with or without an apology before it."""
    told = words(call)
    return next((bell for bell in bells if told.endswith(bell)), "")


def chat_of(call: Call) -> int:
    return int(call.params.get("chat_id") or 0)


def message_of(call: Call) -> int:
    """Tell which message it became; 0: none, or no fault and no answer is known of it."""
    result = (call.answer or {}).get("result")
    return int(result.get("message_id", 0)) if isinstance(result, dict) else 0


def lives(api: BotApi, ended_at: list[float]) -> Iterator[tuple[float, float]]:
    """Tell from when until when each life has asked for updates."""
    polled = [call.at for call in api.calls if call.method == "getUpdates"]
    for before, ended in pairwise([-inf, *ended_at, inf]):
        first = bisect_left(polled, before)
        if first < len(polled) and polled[first] < ended:
            yield polled[first], ended


def removed(api: BotApi) -> set[tuple[int, int]]:
    """Tell which messages were asked to be removed, by chat: who asks knows of them."""
    asked = [call for call in api.calls if call.method == "deleteMessages" and call.took_effect]
    return {(chat_of(call), number) for call in asked for number in call.params["message_ids"]}


def _is_same(call: Call, before: Call) -> bool:
    """Tell whether it says the same again; a place may be shown again for an old tap."""
    told = words(call)
    if told != words(before):
        return False
    rings = not call.params.get("disable_notification") and call.at - before.at < SAME_WITHIN_S
    return "I don't know" in told or rings


def _percentiles(seconds: list[float]) -> str:
    if not seconds:
        return "none"
    ordered = sorted(seconds)
    shown = (ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100], ordered[-1])
    return " / ".join(f"{each:.2f}" for each in shown)
