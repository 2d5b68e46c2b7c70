"""What a soak must not show: judged by what the server was asked for, and by the database after it.

`call.at` is the moment a request came in, so what was begun before a stop and what after it can
be told apart.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.bot import walk
from tests.botapi.server import BotApi, Call
from tests.soak.kept import Kept
from tests.soak.players import Said
from tests.soak.population import STRETCHING, WAITING, Population

SAME_WITHIN_S = 9.0  # two bells are at least 10 s apart
KILL_TAKES_S = 0.3  # to be noticed by the server
ANSWERED_LATE_S = 60.0
OF_A_SESSION = ("Get ready", "How was that", "Still there", "Go on")
SENDS = ("sendMessage", "sendPhoto")
NEW = re.compile(r"^send")
MARK = re.compile(r"<[^>]+>")


@dataclass
class Verdict:
    """Counts for the table, and each breach as a sentence."""

    counts: dict[str, object] = field(default_factory=dict)
    breaches: list[str] = field(default_factory=list)

    def breach(self, *sentences: str) -> None:
        self.breaches += sentences


class Judge:
    def __init__(
        self, api: BotApi, met: Population, said: Said, killed_at: list[float], kept: Kept
    ) -> None:
        self.met, self.said, self.killed_at, self.kept = met, said, killed_at, kept
        self.verdict = Verdict()
        self.calls: dict[int, list[Call]] = {number: [] for number in met.chats}
        for call in api.calls:
            if (number := chat_of(call)) in self.calls:
                self.calls[number].append(call)
        self.given_up = Counter(kept.dropped)

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
        asked, missing, waits_s = 0, [], []
        for number, sentences in self.said.words.items():
            answers = {words(call): call.at for call in reversed(list(self.arrived(number)))}
            for sentence, at in sentences.items():
                asked += 1
                found = [t for told, t in answers.items() if f"{sentence}." in told]
                waits_s += [found[0] - at] if found else []
                missing += [] if found else [sentence]
        given_up = self.given_up["reply: nobody knows"]
        self.verdict.counts |= {
            "updates answered": asked - len(missing),
            "answers given up (nobody knows)": given_up,
            "answer after, p50/p99 s": _percentiles(waits_s),
        }
        if len(missing) > given_up:
            self.verdict.breach(f"not answered: {', '.join(missing[:9])}")

    # ---- doubles

    def look_at_doubles(self) -> None:
        """At most one for each kill and chat, where no fault of the server has asked for it."""
        by_kill: Counter[tuple[int, int]] = Counter()
        faults = 0
        for number in self.calls:
            for first, again in self._doubles(number):
                if first.spoilt:
                    faults += 1
                    continue
                kill = self._kill_between(first.at, again.at)
                if kill is None:
                    told = words(again)[:50]
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

    def _kill_between(self, first: float, again: float) -> int | None:
        kills = [k for k, at in enumerate(self.killed_at) if first - KILL_TAKES_S <= at <= again]
        return kills[-1] if kills else None

    # ---- holds and sides

    def look_at_holds(self) -> None:
        """Bells came in the order of the plan, none left out; nobody hangs in a hold."""
        rung, late_s = 0, []
        bells = [bell.words for bell in self.met.bells]
        for number in self.met.numbers(STRETCHING):
            calls = self._rung(number, bells)
            told = [_bell(call, bells) for call in calls]
            rung += len(told)
            if told != bells[: len(told)]:
                self.verdict.breach(f"{number} heard {told}, and the plan is {bells}")
            gaps = zip(pairwise(calls), self.met.bells[1:], strict=False)
            late_s += [b.at - a.at - bell.after_s for (a, b), bell in gaps if bell.after_s]
            if any("I was away" in words(call) for call in self.calls[number]):
                self.verdict.breach(f"{number} was told that we were away")
        self.verdict.breach(*(f"{n} hangs in a hold without an alarm" for n in self.kept.hanging))
        self.verdict.breach(*(f"an alarm of {n} was left behind" for n in self.kept.overdue))
        self.verdict.counts |= {
            "holds begun and ended": rung, "hold late, p50/p99 s": _percentiles(late_s)
        }  # fmt: skip

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
        """None came twice; those that did not come were given up as the design says."""
        came, missing = 0, []
        for number in self.met.numbers(WAITING):
            times = sum(
                "Not today" in str(c.params.get("reply_markup")) for c in self.arrived(number)
            )
            came += times
            if times > 1:
                self.verdict.breach(f"{number} was reminded {times} times")
            missing += [number] if not times else []
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
    return f"{ordered[len(ordered) // 2]:.2f} / {ordered[len(ordered) * 99 // 100]:.2f}"
