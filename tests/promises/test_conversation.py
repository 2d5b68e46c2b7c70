"""Whatever is said, tapped or due, in whatever order and however late, these lines hold.

Pain is final; stale never moves; one session alarm, and only while something is counted; the
snapshot survives JSON; no way leads to a hold but through consent, fresh checks and an advice that
allows it; what is shown can be read, and its buttons can be carried.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.render.message import TEXT_LIMIT, Voice
from content.catalogue import Catalogue
from content.load import load
from flows.base import DropAlarm, Effect, Erase, Record, Said, SetAlarm, Show
from flows.conversation import advance, view
from flows.heard import Blocked, Command, Failed, Heard, Odd, Rang, Tapped, Typed, Unblocked
from flows.resting import settled
from flows.session import Session
from flows.session.plan import Sequence
from flows.stop import Stop
from flows.talk import Talk
from flows.triage import Triage
from flows.upgrades import lifted
from tests.transcript import START, Chat, replay

TAP_LENGTH = 44
LABEL_LENGTH = 64
COUNTED = {"active_position", "active_hold", "active_between", "active_change", "active_rest"}
HURTS = "hurts"
FORWARD = {"ostart", "oresume", "hstart", "wyes", "qnone", "qgrid", "oanswer"}
STOP_WORDS = ("ow", "ouch", "stop", "it hurts", "STOP!!")
BEHIND_A_COMMAND = (
    Command(name="ouch"), Command(name="it_hurts"), Command(name="help", argument="it hurts"),
    Odd(kind="edited", text="it hurts"),
)  # fmt: skip
BEGINNINGS = {
    "a stranger": "",
    "an offer": "@ well_adult_to_the_offer",
    "a hold": "@ first_hold",
    "a pause": "@ first_hold\n> [Pause]",
    "a stop": "@ first_hold\n> ow",
    "an emergency": (
        "> /start\n> [I understand, go on]\n> [Germany]\n> 30\n> [Male]\n> [Chest]\n> [Done]"
    ),
    "a day after": "@ well_adult_first_session\n~ 1 day",
    "a hold, aloud": "@ first_hold\n> /settings\n> [Screen reader]\n> [Done]\n> [Resume]\n~ 10 s",
    "a pain after a check": "@ well_adult_to_the_offer\n> /pain",
    "a story": "@ well_adult_to_the_offer\n> I am 16",
    "a ladder": "@ weeks_worry_declined\n> /ladder\n> [Lift a bag]\n> [Done]\n> /stretch",
}
SESSIONS = ("a hold", "a hold", "a hold, aloud", "a pause")
COMMANDS = (
    "start", "stretch", "check", "reminders", "settings", "safety", "privacy", "delete", "help",
    "why", "routine", "activities", "ladder", "today", "progress", "report", "export", "nonsense",
)  # fmt: skip
TEXTS = (
    "yes", "no", "nope", "3", "11", "0", "300", "abc", "30", "about two weeks", "since Monday",
    "both", "not sure", "ok", "pause", "back", "skip", "done", "none of these", "germany", "berlin",
    "8:30", "is this right?", "my left leg is numb", "i can't pee", "what's the weather", "",
    " ", "x" * 4096, "\u202e\x00<b>{n}</b>", "1|talk|3|hurts", "i want to kill myself",
)  # fmt: skip


@cache
def catalogue() -> Catalogue:
    return load()


@cache
def beginning(name: str) -> tuple[Talk, datetime, tuple[tuple[str, datetime, str], ...]]:
    chat = Chat(catalogue(), START)
    replay(BEGINNINGS[name], chat)
    return chat.talk, chat.now, tuple((name, *alarm) for name, alarm in chat.alarms.items())


class Promises(RuleBasedStateMachine):
    @initialize(name=st.sampled_from(sorted(BEGINNINGS)))
    def begin(self, name: str) -> None:
        self.stand_at(name)

    @precondition(lambda self: not isinstance(self.talk.floor, Session))
    @rule(name=st.sampled_from(SESSIONS))
    def begin_again(self, name: str) -> None:
        """Put someone into a session: most of what is said ends one, and few ways lead there."""
        self.stand_at(name)

    def stand_at(self, name: str) -> None:
        self.talk, self.now, alarms = beginning(name)
        self.alarms = {name: (due_at, then) for name, due_at, then in alarms}
        self.taps: list[Tapped] = []
        self.standing: list[Tapped] = []  # on the newest message
        self.offer(view(self.talk, self.now, catalogue()))

    # ---- what can happen

    @rule(name=st.sampled_from(COMMANDS), argument=st.sampled_from(("", "x", "7F3A-21")))
    def command(self, name: str, argument: str) -> None:
        self.feed(Command(name=name, argument=argument))

    @rule(text=st.sampled_from(TEXTS))
    def type(self, text: str) -> None:
        self.feed(Typed(text=text))

    @precondition(lambda self: isinstance(self.talk.floor, Session) and self.talk.over is None)
    @rule(number=st.sampled_from((0, 1, 3, 8, 10, 10, 10)), mark=st.sampled_from(("", "!", ".")))
    def rate(self, number: int, mark: str) -> None:
        """Type how much it hurts: no clock of a session goes on over a bare number."""
        counted = self.talk.floor.phase in COUNTED
        self.feed(Typed(text=f"{number}{mark}"))
        assert not counted or "session" not in self.alarms

    @rule(said=st.one_of(
        st.sampled_from([Command(name="stop"), Command(name="pain")]),
        st.sampled_from(STOP_WORDS).map(lambda word: Typed(text=word)),
        st.sampled_from(BEHIND_A_COMMAND),
    ))  # fmt: skip
    def hurt(self, said: Command | Typed | Odd) -> None:
        live = isinstance(self.talk.floor, Session)
        effects = self.feed(said)
        if live:
            self.is_stopped(effects)

    @precondition(lambda self: any(tap.tap == HURTS for tap in self.taps))
    @rule(data=st.data())
    def tap_stop(self, data: st.DataObject) -> None:
        """Tap it on any card that ever stood anywhere."""
        tap = data.draw(st.sampled_from([tap for tap in self.taps if tap.tap == HURTS]))
        live = isinstance(self.talk.floor, Session) and tap.talk == self.talk.talk
        effects = self.feed(tap)
        if live:
            self.is_stopped(effects)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def tap(self, data: st.DataObject) -> None:
        self.feed(data.draw(st.sampled_from(self.standing)))

    @precondition(lambda self: self.forward)
    @rule(data=st.data(), times=st.integers(1, 4))
    def go_forward(self, data: st.DataObject, times: int) -> None:
        """Do what leads on to a session: agree, start, have none of these."""
        for _ in range(times):
            if self.forward:
                self.feed(data.draw(st.sampled_from(self.forward)))

    @property
    def forward(self) -> list[Tapped]:
        return [tap for tap in self.standing if tap.tap.split("|")[0] in FORWARD]

    @precondition(lambda self: self.taps)
    @rule(data=st.data(), strange=st.booleans())
    def tap_any(self, data: st.DataObject, *, strange: bool) -> None:
        """Tap a button of any time, of this talk or another; an earlier turn moves nothing."""
        tap = data.draw(st.sampled_from(self.taps))
        if strange:
            tap = tap.model_copy(update={"talk": "none"})
        before, ours = self.talk, tap.talk == self.talk.talk
        self.feed(tap)
        stale = not ours or (tap.tap != HURTS and tap.turn != before.turn)
        if stale and before.consent_version:  # whoever taps has come back, with whatever button
            here: dict[str, object] = {"blocked_at": None, "erase_at": None, "missed": {}}
            stays = before.model_copy(update=here)
            home = stays.model_copy(update={"floor": settled(before.floor, self.now)})
            assert self.talk in (stays, home)

    @rule(
        turn=st.sampled_from((-1, 0, 1)),
        tap=st.sampled_from(("", "|", "hurts|1", "srung|0", "sbegin", "sresume", "x|y|z", "oyes")),
    )
    def forge(self, turn: int, tap: str) -> None:
        self.feed(Tapped(talk=self.talk.talk, turn=max(0, self.talk.turn + turn), tap=tap))

    @precondition(lambda self: self.alarms)
    @rule(data=st.data(), late_s=st.sampled_from((0, 0, 1, 30, 200, 90_000)))
    def ring(self, data: st.DataObject, late_s: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.alarms)))
        due_at, then = self.alarms.pop(name)
        self.now = max(self.now, due_at) + timedelta(seconds=late_s)
        self.feed(Rang(alarm=name, then=then))

    @rule(heard=st.sampled_from((
        Odd(kind="sticker"), Odd(kind="voice"), Odd(kind="edited"), Odd(kind="button"),
        Blocked(), Unblocked(), Failed(),
    )))  # fmt: skip
    def odd(self, heard: Heard) -> None:
        self.feed(heard)

    @rule(span_s=st.sampled_from((1, 20, 600, 5000, 90_000, 3_000_000)))
    def wait(self, span_s: int) -> None:
        self.now += timedelta(seconds=span_s)

    # ---- what holds at each move

    def feed(self, heard: Heard) -> tuple[Effect, ...]:
        before = self.talk
        again = lifted(before.model_dump_json().encode())
        assert before == again
        after, effects = advance(again, heard, self.now, catalogue())
        self.talk = after
        if isinstance(after.floor, Session) and not _same_run(before, after):
            self.may_begin(before)
        if not isinstance(after.floor, Session) and not isinstance(before.floor, Session):
            assert [] == cards(effects)
        if isinstance(before.floor, Triage) and not isinstance(after.floor, Triage):
            assert is_judged(effects) or after.checked.short_at is None  # left: no way is open
        for effect in effects:
            self.carry_out(effect)
        return effects

    def carry_out(self, effect: Effect) -> None:
        match effect:
            case Show():
                self.offer(effect)
            case SetAlarm(name=name, due_at=due_at, then=then):
                self.alarms[name] = (due_at, then)
            case DropAlarm(name=name):
                self.alarms.pop(name, None)
            case Erase(farewell=farewell):
                if farewell is not None:  # nobody is left to read it
                    self.offer(farewell)
                self.talk, self.alarms, self.standing = Talk(talk="next"), {}, []
            case _:
                return

    def is_stopped(self, effects: tuple[Effect, ...]) -> None:
        assert not isinstance(self.talk.floor, Session)
        assert [] == cards(effects)
        assert "session" not in self.alarms

    def may_begin(self, before: Talk) -> None:
        fresh = catalogue().freshness
        assert before.consent_version is not None
        assert before.verdict is not None
        assert before.verdict.stretch != "blocked"
        if before.floor.flow == "stop":
            return  # on from a session that had begun; what may go on is the stop's to say
        checked = before.checked
        if isinstance(before.floor, Triage):  # the check before bending back, asked by the offer
            assert before.floor.args.get("then") in {"start", "listen", "own"}
        else:
            assert before.floor.flow == "offer"
        assert checked.full_at is not None
        assert self.now - checked.full_at < timedelta(days=fresh.full_days)
        assert checked.short_at is not None
        assert self.now - checked.short_at < timedelta(minutes=fresh.short_min)
        assert checked.locked_until is None or checked.locked_until <= self.now

    def offer(self, show: Show) -> None:
        """See that it can be read and carried, and keep its buttons."""
        for way in ("telegram", "plain"):
            voice = Voice(self.talk.language, catalogue().words, self.now, way, self.talk.zone)
            page = voice.page(show)
            assert page.text.strip()
            assert len(page.text) <= TEXT_LIMIT or way == "telegram"
            labels = [button.label for row in page.buttons for button in row]
            assert all(0 < len(label.strip()) <= LABEL_LENGTH for label in labels)
        words = catalogue().words["en"]
        assert [] == [piece.key for piece in pieces(show) if piece.key not in words]
        choices = [choice for row in show.rows for choice in row]
        assert all(len(choice.tap) <= TAP_LENGTH for choice in choices)
        self.standing = [
            Tapped(talk=self.talk.talk, turn=self.talk.turn, tap=choice.tap) for choice in choices
        ]
        self.taps += self.standing

    # ---- what holds between moves

    @invariant()
    def one_session_alarm_and_only_while_counting(self) -> None:
        floor = self.talk.floor
        if isinstance(floor, Session):
            assert (floor.phase in COUNTED) == ("session" in self.alarms)
        elif "session" in self.alarms:  # a stop counts minutes of rest, and nobody else counts
            assert isinstance(floor, Stop)
            assert floor.phase in {"settling", "resting"}

    @invariant()
    def the_place_can_be_shown(self) -> None:
        assert view(self.talk, self.now, catalogue()).text


def cards(effects: tuple[Effect, ...]) -> list[Show]:
    return [e for e in effects if isinstance(e, Show) and e.slot in {"card", "bell"}]


def is_judged(effects: tuple[Effect, ...]) -> bool:
    return any(isinstance(effect, Record) and effect.kind == "receipt" for effect in effects)


def pieces(show: Show) -> list[Said]:
    return [*show.text, *show.fold, *(choice.label for row in show.rows for choice in row)]


def _same_run(before: Talk, after: Talk) -> bool:
    def run(talk: Talk) -> tuple[Sequence, datetime] | None:
        floor = talk.floor
        return (floor.sequence, floor.started_at) if isinstance(floor, Session) else None

    return run(before) == run(after)


TestPromises = Promises.TestCase
TestPromises.settings = settings(
    max_examples=120, stateful_step_count=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
