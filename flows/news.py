"""What flows tell the talk, written into the snapshot; and what flows may see of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from content.catalogue import Catalogue
from flows import barred, lately, receipt, reminder, weeks
from flows.base import (
    Asked,
    Checked,
    DropAlarm,
    Effect,
    Ended,
    Judged,
    Known,
    Learned,
    LeftOut,
    Marked,
    Moved,
    News,
    Record,
    Scene,
    Set,
    SetAlarm,
    Settings,
    Value,
    Verdict,
)
from flows.offer import advice, gate
from flows.progress import Turn
from flows.talk import Talk

SETTINGS = frozenset(Settings.model_fields)
CHECKS = frozenset(Checked.model_fields)
CLINIC_PROGRAM = "clinic_program"  # the fact by which a plan is chosen


def noted(  # noqa: PLR0911 - one return for each kind of news
    talk: Talk, piece: News, at: datetime, content: Catalogue
) -> tuple[Talk, tuple[Effect, ...]]:
    """Fold one piece of news into the talk; some ask the shell for something as well."""
    match piece:
        case Learned(facts=facts):
            return weeks.learned(talk, facts, _learned(talk.facts, facts), content), ()
        case Judged():
            return _judged(talk, piece, at, content)
        case LeftOut(blocks=blocks):
            return _with(talk, left_out=barred.added(barred.still(talk.left_out, at), blocks)), ()
        case Ended(brief=brief):
            entry = Record(kind="session", entry=brief.model_dump(mode="json"))
            return weeks.ended(talk, brief, at, content), (entry,)
        case Moved(done=done):
            return weeks.borne(talk, done, content), ()
        case Marked(when=when, pain=pain):
            return _marked(talk, when, pain, at, content)
        case Set(fields=fields):
            return _set(talk, fields), _armed(fields)
        case _:
            return talk, ()  # a hand-over is the conversation's


def _learned(before: Mapping[str, Known], told: Mapping[str, Known]) -> dict[str, Known]:
    """Add what was told; a fall told anew opens the check before bending back again."""
    kept = {**before, **told}
    fall = told.get("trauma")
    if fall is not None and fall.value != "none" and "extension_check" not in told:
        kept.pop("extension_check", None)
    return kept


def session_begun(talk: Talk, at: datetime, content: Catalogue) -> Talk:
    """Use up the short check: each session wants its own.  The plan has grown with it."""
    checked = talk.checked.model_copy(update={"short_at": None})
    turn = _facts(talk, at, content)[1]
    return weeks.begun(_with(talk, checked=checked, paused_session=None), turn)


def scene_of(talk: Talk, at: datetime, content: Catalogue) -> Scene:
    """Tell what flows may see: facts counted on to now, and the fired rules as flags."""
    country = talk.facts.get("country")
    facts, turn = _facts(talk, at, content)
    return Scene(
        at=at,
        content=content,
        facts=facts,
        known=talk.facts,
        verdict=talk.verdict,
        left_out=barred.still(talk.left_out, at),
        sessions=talk.sessions,
        settings=talk.settings,
        checked=talk.checked,
        paused=talk.paused_session,
        sessions_done=talk.sessions_done,
        consented=talk.consent_version == content.consent_version,
        language=talk.language,
        country=str(country.value) if country else talk.assumed_country,
        zone=talk.zone,
        wish=talk.wish,
        reminders_asked=talk.reminders_asked,
        growth=talk.growth,
        turn=turn,
        check=talk.check,
        rechecked=talk.rechecked,
        days=talk.days,
        rests=talk.rests,
        first_at=talk.first_at,
        fading=reminder.offered(
            talk.wish, talk.days, talk.rests, talk.verdict, at, talk.first_at, content.reminders
        ),
        own=talk.own,
        aims=talk.aims,
        clinic=talk.clinic,
    )


def _facts(talk: Talk, at: datetime, content: Catalogue) -> tuple[dict[str, Value], Turn | None]:
    told = {name: aged(known, name, at, content) for name, known in talk.facts.items()}
    facts = content.complete({name: v for name, v in told.items() if name in content.facts})
    if talk.verdict is not None:
        facts |= dict.fromkeys(talk.verdict.fired, True)
        facts["stretch"] = talk.verdict.stretch
    if talk.clinic is not None and talk.clinic.program in content.facts[CLINIC_PROGRAM].values:
        facts[CLINIC_PROGRAM] = talk.clinic.program
    own, turn = weeks.own_facts(talk, facts, at, content)
    return {**facts, **own}, turn


def aged(known: Known, name: str, at: datetime, content: Catalogue) -> Value:
    """Count a fact on: "3 days ago", told a week ago, is 10 days ago now."""
    fact = content.facts.get(name)
    if fact is None or fact.ages is None or not isinstance(known.value, int):
        return known.value
    if known.value == fact.default:
        return known.value  # "not applicable" stays so
    passed = (at - known.at).days
    return known.value + (passed if fact.ages == "day" else passed // 7)


def _judged(
    talk: Talk, news: Judged, at: datetime, content: Catalogue
) -> tuple[Talk, tuple[Effect, ...]]:
    before = talk.verdict
    left_out = barred.judged(talk.left_out, news, talk.facts.get(weeks.CLEARED), content)
    found = barred.paused(news.verdict, left_out)
    flipped = found.by_mistake and gate.milder(before, found)
    judged = found.model_copy(update={"by_mistake": flipped})
    news = news.model_copy(update={"verdict": judged})
    verdict, checked = gate.locked(talk.verdict, news, talk.checked, at, content)
    verdict = verdict.model_copy(
        update={"receipt": receipt.code_of(verdict, talk.facts, news.path)}
    )
    talk = _with(talk, left_out=left_out)
    record = _receipt(_with(talk, checked=checked), verdict, news.path, at, content)
    asked: list[Effect] = [record]
    if flipped and before is not None:
        was = {"from": before.level, "to": verdict.level, "rules": before.reasons}
        asked.append(Record(kind="flip", entry=was))
    facts = _facts(talk, at, content)[0]
    promised = gate.promised_h(verdict, facts, content, full=news.full) is not None
    if (
        news.full
        or promised
        or before is None
        or (before.level, before.stretch) != (verdict.level, verdict.stretch)
    ):  # the same found again before each session asks nothing anew
        asked += _follow_up(verdict, facts, at, content, full=news.full)
    after = _with(
        talk, verdict=verdict, checked=checked,
        check=news.check if verdict.level in gate.GRAVE else None,
        rechecked=weeks.rechecked(talk, news, at, content),
    )  # fmt: skip
    return after, tuple(asked)


def _follow_up(
    verdict: Verdict, facts: Mapping[str, Value], at: datetime, content: Catalogue, *, full: bool
) -> tuple[Effect, ...]:
    """Ask again some time on; whoever thinks of ending it all is asked nothing else till then."""
    alarms: list[Effect] = []
    if verdict.crisis:
        alarms = [DropAlarm(name=name) for name in ("later", "check_in")]
    hours = gate.ask_again_after_h(verdict, facts, content, full=full)
    if hours is None:
        return (*alarms, DropAlarm(name="follow_up"))
    due_at = at + timedelta(hours=hours)
    return (*alarms, SetAlarm(name="follow_up", due_at=due_at, then=gate.CHECK_IN.code()))


def _receipt(
    talk: Talk, verdict: Verdict, path: tuple[Asked, ...], at: datetime, content: Catalogue
) -> Effect:
    """Draft the receipt that goes by the code of this advice."""
    scene = scene_of(_with(talk, verdict=verdict), at, content)
    told = (*advice.paragraphs(verdict, scene), *advice.net(scene))
    draft = receipt.drafted(verdict, path, told, scene, talk.consent_version)
    return Record(kind="receipt", entry=draft.model_dump(mode="json"))


def _marked(
    talk: Talk, when: str, pain: int, at: datetime, content: Catalogue
) -> tuple[Talk, tuple[Effect, ...]]:
    record = Record(kind="mark", entry={"when": when, "pain": pain})
    talk = weeks.marked(talk, pain, at)
    if when == "before":
        known = Known(value=pain, at=at)
        return _with(talk, facts={**talk.facts, "pain_before": known}), (record,)
    if not talk.sessions:
        return talk, (record,)
    last = lately.marked(talk.sessions[-1], pain, content)
    return _with(talk, sessions=(*talk.sessions[:-1], last)), (record,)


def _armed(fields: Mapping[str, Any]) -> tuple[Effect, ...]:
    """Set the alarm of a check-in after a stop."""
    due_at = fields.get("check_in_at")
    if due_at is None:
        return ()
    return (SetAlarm(name="check_in", due_at=due_at, then=gate.AFTER_STOP.code()),)


def _set(talk: Talk, fields: dict[str, Any]) -> Talk:
    """Replace settings, checks or fields of the talk, each where it lives."""
    settings = {name: value for name, value in fields.items() if name in SETTINGS}
    checks = {name: value for name, value in fields.items() if name in CHECKS}
    rest = {n: v for n, v in fields.items() if n not in SETTINGS and n not in CHECKS}
    lasting = {n: v for n, v in rest.items() if n in Talk.model_fields}
    unknown = set(rest) - set(lasting)
    if unknown:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    return Talk.model_validate(
        {
            **dict(talk),
            **lasting,
            "settings": {**dict(talk.settings), **settings},
            "checked": {**dict(talk.checked), **checks},
        }
    )


def _with(talk: Talk, **fields: object) -> Talk:
    return talk.model_copy(update=fields)
