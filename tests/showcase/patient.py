"""Made-up patients: one lives through six weeks in the core, one is sent to a doctor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.content_tools.walk import Walker
from bot.render.held import Held
from content.catalogue import Catalogue
from content.schema import Case, Value
from flows.after import After
from flows.after.vocabulary import Enough
from flows.aims import AimsScreen
from flows.aims.vocabulary import Finished, Named, Scored
from flows.base import Event
from flows.conversation import view
from flows.session import Session

WEEKS = 6
WAVE = (0, 1, 0, -1, 1, 0, -1)  # better is no straight line
A_DAY = timedelta(days=1)
WELL: Mapping[str, Value] = {"pain_now": 6, "duration_days": 20}
FEVER: Mapping[str, Value] = {"fever": True, "pain_now": 6, "duration_days": 9}
AIMS = ("shoes", "garden")
HURTS_ON = 17  # the day of a stop
RESTS = frozenset({4, 6})  # weekdays
STEPS_A_DAY = 400


class Patient(Walker):
    """Someone who comes back, day after day, and gets better."""

    def __init__(self, content: Catalogue, facts: Mapping[str, Value]) -> None:
        super().__init__(Case(id="Ada", age=44, sex="female", facts=dict(facts)), content)
        self.day = 0

    @property
    def pain_today(self) -> int:
        return max(1, round(6 - 4 * self.day / (7 * WEEKS)) + WAVE[self.day % 7])

    def live(self, days: int) -> None:
        for self.day in range(days):
            if self.day and self.day % 7 in RESTS:
                list(self.chat.wait(A_DAY))
                continue
            at = self.chat.now
            self.spend()
            list(self.chat.wait(A_DAY - (self.chat.now - at)))

    def spend(self) -> None:
        """Have one session, as far as Limber leads there."""
        self.has_started = False
        pain = {"pain_now": self.pain_today, "pain_before": self.pain_today}
        self.person.truth.update(pain)
        list(self.chat.hear("/stretch" if self.day else "/start"))
        for _ in range(STEPS_A_DAY):
            event = self.answer()
            if event is not None:
                list(self.give(event))
            elif (span := self.to_wait()) is not None:
                list(self.chat.wait(span))
                if self.day == HURTS_ON and isinstance(self.chat.talk.floor, Session):
                    list(self.chat.hear("ow"))
            elif not self.pass_by():
                return

    def answer(self) -> Event | None:
        """Answer as anybody would, and of what one would like to do again as Ada would."""
        over = self.chat.talk.over
        floor = self.chat.talk.floor
        if isinstance(floor, After) and floor.phase == "worrying":
            return Enough()
        if not isinstance(over, AimsScreen):
            return super().answer()
        if over.phase == "scoring":
            return Scored(n=min(10, 3 + over.at + self.day // 9))
        mine = [each.id for each in self.chat.talk.aims.activities]
        missing = next((name for name in AIMS if name not in mine), None)
        return Named(activity=missing, mark="on") if missing else Finished()

    def pass_by(self) -> bool:
        """Tap the last button of what nothing more is known of; False: there is none."""
        rows = view(self.chat.talk, self.chat.now, self.chat.content).rows
        if self.has_started or not rows:
            return False
        label = self.chat.voice().label(rows[-1][-1])
        list(self.chat.hear(f"[{label}]"))
        return True

    def pain(self) -> int:
        return max(0, self.pain_today - 1)

    def held(self) -> Held:
        return self.chat.held()
