"""What flows tell the talk, written into the snapshot; and what flows may see of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from content.catalogue import Catalogue
from flows import lately
from flows.base import (
    Checked,
    DropAlarm,
    Effect,
    Ended,
    Judged,
    Known,
    Learned,
    Left,
    LeftOut,
    Marked,
    News,
    Record,
    Scene,
    Set,
    SetAlarm,
    Value,
)
from flows.offer import gate
from flows.talk import SESSIONS_KEPT, Talk

SETTINGS = frozenset({"lead_in_s", "speed_percent", "pictures", "helper", "screen_reader"})
CHECKS = frozenset(Checked.model_fields)


def noted(  # noqa: PLR0911 - one return for each kind of news
    talk: Talk, piece: News, at: datetime, content: Catalogue
) -> tuple[Talk, tuple[Effect, ...]]:
    """Fold one piece of news into the talk; some ask the shell for something as well."""
    match piece:
        case Learned(facts=facts):
            return _with(talk, facts=_learned(talk.facts, facts)), ()
        case Judged():
            return _judged(talk, piece, at, content)
        case LeftOut(blocks=blocks):
            return _with(talk, left_out=(*_still(talk.left_out, at), *blocks)), ()
        case Ended(brief=brief):
            kept = (*talk.sessions, brief)[-SESSIONS_KEPT:]
            done = talk.sessions_done + (brief.ended in {"done", "finished_early"})
            entry = Record(kind="session", entry=brief.model_dump(mode="json"))
            return _with(talk, sessions=kept, sessions_done=done), (entry,)
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


def session_begun(talk: Talk) -> Talk:
    """Use up the short check: each session wants its own."""
    checked = talk.checked.model_copy(update={"short_at": None})
    return _with(talk, checked=checked, paused_session=None)


def scene_of(talk: Talk, at: datetime, content: Catalogue) -> Scene:
    """Tell what flows may see: facts counted on to now, and the fired rules as flags."""
    country = talk.facts.get("country")
    return Scene(
        at=at,
        content=content,
        facts=_facts(talk, at, content),
        known=talk.facts,
        verdict=talk.verdict,
        left_out=_still(talk.left_out, at),
        sessions=talk.sessions,
        settings=talk.settings,
        checked=talk.checked,
        paused=talk.paused_session,
        sessions_done=talk.sessions_done,
        consented=talk.consent_version is not None,
        language=talk.language,
        country=str(country.value) if country else None,
        zone=talk.zone,
        wish=talk.wish,
        reminders_asked=talk.reminders_asked,
    )


def _facts(talk: Talk, at: datetime, content: Catalogue) -> dict[str, Value]:
    told = {name: aged(known, name, at, content) for name, known in talk.facts.items()}
    facts = content.complete({name: v for name, v in told.items() if name in content.facts})
    facts |= _own(talk, at, content)
    if talk.verdict is not None:
        facts |= dict.fromkeys(talk.verdict.fired, True)
        facts["stretch"] = talk.verdict.stretch
    return facts


def aged(known: Known, name: str, at: datetime, content: Catalogue) -> Value:
    """Count a fact on: "3 days ago", told a week ago, is 10 days ago now."""
    fact = content.facts.get(name)
    if fact is None or fact.ages is None or not isinstance(known.value, int):
        return known.value
    if known.value == fact.default:
        return known.value  # "not applicable" stays so
    passed = (at - known.at).days
    return known.value + (passed if fact.ages == "day" else passed // 7)


def _own(talk: Talk, at: datetime, content: Catalogue) -> dict[str, Value]:
    """Count what the program itself keeps of the last sessions."""
    own: dict[str, Value] = {
        "sessions_done": talk.sessions_done, **lately.counts(talk.sessions, content, at),
    }  # fmt: skip
    if talk.sessions:
        last = talk.sessions[-1]
        own |= {
            "days_since_session": (at - last.at).days,
            "days_since_first": (at - talk.sessions[0].at).days,
            "last_program": last.program,
            "flare": lately.flare(last),
        }
    if (cleared := talk.facts.get("cleared_by_clinician")) and cleared.value:
        own["cleared_days"] = (at - cleared.at).days
    return own


def _still(left_out: tuple[Left, ...], at: datetime) -> tuple[Left, ...]:
    return tuple(left for left in left_out if left.until is None or left.until > at)


def _judged(
    talk: Talk, news: Judged, at: datetime, content: Catalogue
) -> tuple[Talk, tuple[Effect, ...]]:
    before = talk.verdict
    flipped = talk.mistake and gate.milder(before, news.verdict)
    if flipped:
        verdict = news.verdict.model_copy(update={"by_mistake": True})
        news = news.model_copy(update={"verdict": verdict})
    verdict, checked = gate.locked(talk.verdict, news, talk.checked, at, content)
    receipt = Record(
        kind="receipt",
        entry={
            "verdict": verdict.model_dump(mode="json"),
            "facts": {name: known.value for name, known in talk.facts.items()},
            "content": content.version,
        },
    )
    asked: list[Effect] = [receipt]
    if flipped and before is not None:
        was = {"from": before.level, "to": verdict.level, "rules": before.reasons}
        asked.append(Record(kind="flip", entry=was))
    hours = gate.ask_again_after_h(verdict, _facts(talk, at, content), content)
    if hours is None:
        asked.append(DropAlarm(name="follow_up"))
    else:
        asked.append(
            SetAlarm(
                name="follow_up", due_at=at + timedelta(hours=hours), then=gate.CHECK_IN.code()
            )
        )
    left_out = talk.left_out
    if news.full:
        left_out = tuple(left for left in left_out if left.lifted_by != "triage")
    return _with(talk, verdict=verdict, checked=checked, left_out=left_out, mistake=False), tuple(
        asked
    )


def _marked(
    talk: Talk, when: str, pain: int, at: datetime, content: Catalogue
) -> tuple[Talk, tuple[Effect, ...]]:
    record = Record(kind="mark", entry={"when": when, "pain": pain})
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
