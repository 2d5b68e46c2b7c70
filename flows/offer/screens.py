"""The screens of the offer: an advice with its buttons, the plan, the reasons, the check-in."""

from __future__ import annotations

from datetime import timedelta

from flows import rechecks
from flows.base import Row, Said, Scene, Show, Verdict, choice, said
from flows.offer import advice, bending, easing, gate, mine, returning, today, weekly
from flows.offer.doubts import doubts
from flows.offer.listening import may_listen
from flows.offer.reasons import back_row
from flows.offer.vocabulary import (
    Answering,
    CannotGetHelp,
    Changed,
    ForStaff,
    GettingHelp,
    Listen,
    Mistake,
    NotToday,
    NotYet,
    Offer,
    Seen,
    Understood,
    WhyThis,
)
from flows.session import Session, can_go_on, plan


def advice_shown(state: Offer, scene: Scene) -> Show:
    """Show an advice that lets nobody stretch now, or tell what a plan waits for."""
    verdict = scene.verdict
    if verdict is None:
        return Show(slot="screen", how="change", text=(said("home.ready"),))
    if state.emergency:
        return Show(
            slot="emergency", how="fresh", rank="stop", silent=False, pin=True,
            text=advice.paragraphs(verdict, scene), rows=_emergency_rows(state, verdict, scene),
        )  # fmt: skip
    standing = _standing(scene)
    # Good news beside "please rest" would say both; what is more than self-care is always told.
    good_news = bool(standing) and verdict.level.startswith("SELF_CARE")
    text = standing if good_news else (*standing, *advice.paragraphs(verdict, scene))
    return Show(
        slot="screen", how="change", text=text, fold=advice.net(scene), rows=_blocked_rows(scene),
    )  # fmt: skip


def _standing(scene: Scene) -> tuple[Said, ...]:
    """Why there is no plan although the advice alone would allow one."""
    match gate.way(scene):
        case "locked":
            return (said("offer.locked", at=scene.checked.locked_until or scene.at),)
        case "resting":
            return (said("offer.not_before"),)
        case "blocked" if scene.verdict is not None and not scene.verdict.reasons:
            return ()  # then the advice itself tells what the sessions ask for
        case "blocked":  # by the sessions themselves, beside what the check has found
            pausing = {rule.id for rule in scene.content.stop.after if rule.pauses}
            whys = dict.fromkeys(left.why for left in scene.left_out if left.why in pausing)
            return tuple(said(f"after.{why}") for why in whys)
        case _:
            return ()


def _emergency_rows(state: Offer, verdict: Verdict, scene: Scene) -> tuple[Row, ...]:
    helped = (
        choice("level.EMERGENCY.getting", GettingHelp(), style="success"),
        choice("level.EMERGENCY.cannot", CannotGetHelp()),
    )
    if verdict.crisis:  # nothing is asked for a day; after it a way must lead on
        calm = scene.at - verdict.at >= timedelta(hours=scene.content.reminders.none_after_crisis_h)
        return (helped, (choice("button.been_seen", Seen()),)) if calm else (helped,)
    taken_back = "level.EMERGENCY.not_meant" if state.typed else "level.EMERGENCY.mistake"
    why = choice("button.why_short", WhyThis(), words=(said("button.why_this"),))
    return (
        helped,
        (*_for_staff(scene), why),
        (choice(taken_back, Mistake()),),
        (choice("button.been_seen", Seen()),),
    )


def _for_staff(scene: Scene) -> Row:
    return (choice("level.EMERGENCY.staff", ForStaff()),) if gate.is_for_staff(scene) else ()


def _blocked_rows(scene: Scene) -> tuple[Row, ...]:
    way = gate.way(scene)
    why = choice("button.why_this", WhyThis())
    if way == "resting":
        return ((choice("button.ok", NotToday()),), (why,))
    rows: list[Row] = [(choice("button.been_seen", Seen(), style="success"),)]
    if doubts(scene):
        rows.append((choice("button.has_changed", Changed()),))
    if scene.verdict is not None and scene.verdict.level == "URGENT":
        rows += [_for_staff(scene), (choice("level.EMERGENCY.mistake", Mistake()),)]
    return (*filter(None, rows), (why, choice("button.ok", NotToday())))


def offer_shown(state: Offer, scene: Scene) -> Show:
    """Show the advice, today's plan under it, and its start button first."""
    sequence = state.sequence
    told = _told(state, scene)
    if sequence is None:
        return Show(
            slot="screen", how="change",
            text=(*told, said("offer.no_plan"), *returning.lines(scene)),
            fold=_below(state, scene),
            rows=(*returning.rows(scene), (choice("button.ok", NotToday()),)),
        )  # fmt: skip
    return Show(
        slot="screen", how="change", text=(*told, *_plan(sequence, state, scene)),
        fold=_below(state, scene), rows=_offer_rows(sequence, state, scene),
    )  # fmt: skip


def _below(state: Offer, scene: Scene) -> tuple[Said, ...]:
    """Fold away the safety net, and the code of an advice that is told whole above a plan."""
    told = scene.verdict if _tells(state, scene) else None
    return (*advice.net(scene), *(advice.code(told) if told else ()))


def _tells(state: Offer, scene: Scene) -> bool:
    """Whether the advice is said: self-care is not told anew before each session."""
    verdict = scene.verdict
    return verdict is not None and not (state.brief and verdict.level.startswith("SELF_CARE"))


def _told(state: Offer, scene: Scene) -> tuple[Said, ...]:
    """Say the advice whole after a full check."""
    verdict = scene.verdict
    if verdict is None or not _tells(state, scene):
        return rechecks.remarks(scene)
    return (*advice.body(verdict, scene), *rechecks.remarks(scene))


def _plan(sequence: plan.Sequence, state: Offer, scene: Scene) -> tuple[Said, ...]:
    things = tuple(said(f"equipment.{thing}") for thing in plan.needs(sequence, scene.content))
    lines = [
        *today.headline(sequence, scene, brief=state.brief),
        said("offer.needs", things=things) if things else said("offer.needs_nothing"),
        *_often(sequence, scene),
        *weekly.lines(scene),
        *returning.lines(scene),
        *easing.lines(sequence, scene),
        *bending.lines(sequence, scene),
        *mine.lines(sequence, scene),
    ]
    match sequence.amount:
        case "first":
            lines.append(said("offer.half_first"))
        case "flare" if scene.facts["flare"] != "none":
            lines.append(said("offer.half_flare"))
        case "flare":
            lines.append(said("weeks.half_next_day"))
        case "whole":
            pass
    return tuple(lines)


def _often(sequence: plan.Sequence, scene: Scene) -> tuple[Said, ...]:
    """Say how often a day, where a plan is best done in short bouts (clinical 10.3)."""
    program = scene.content.programs.get(sequence.program)
    bouts = program.bouts_a_day if program else 1
    return (said("offer.bouts", n=bouts),) if bouts > 1 else ()


def _offer_rows(sequence: plan.Sequence, state: Offer, scene: Scene) -> tuple[Row, ...]:
    starts = today.starts(sequence, resumable(scene), state.prefer, scene)
    last = (choice("button.not_today", NotToday()), choice("button.why_this", WhyThis()))
    listen = (choice("button.listen", Listen()),) if may_listen(sequence, scene) else ()
    asked = (*returning.rows(scene), *bending.rows(sequence, scene))
    own = mine.rows(sequence, scene)
    return (*starts, *weekly.rows(scene), *asked, *own, (*last, *listen))


def resumable(scene: Scene) -> Session | None:
    """Give the session that a silence closed, where it still fits today."""
    before = scene.paused
    return before if isinstance(before, Session) and can_go_on(before, scene) else None


def getting_shown(state: Offer, scene: Scene) -> Show:
    del scene
    seen = (choice("button.been_seen", Seen()),)
    return Show(
        slot="screen", how="change",
        text=(said("level.EMERGENCY.getting_text"),), rows=(seen, *back_row(state)),
    )  # fmt: skip


def cannot_shown(state: Offer, scene: Scene) -> Show:
    """Give the number again, and the words to show to anyone near."""
    told = advice.summary(scene) or said("advice.back_pain")
    return Show(
        slot="screen", how="change",
        text=(said("level.EMERGENCY.cannot_text", num=advice.number(scene), summary=told),),
        rows=((choice("level.EMERGENCY.getting", GettingHelp(), style="success"),),
              *back_row(state)),
    )  # fmt: skip


def check_in_shown(state: Offer, scene: Scene) -> Show:
    """Ask whether they were seen, with the reason once more; or how it is now."""
    verdict = scene.verdict
    if verdict is not None and verdict.crisis:
        told = said("level.CRISIS.check_in", crisis=advice.crisis(scene))
        return Show(slot="screen", how="change", text=(told,))
    if state.after_stop:
        return _asked_how(said("advice.after_stop"))
    if verdict is not None and not verdict.level.startswith("SELF_CARE"):
        return Show(
            slot="screen", how="change", text=(advice.nudge(verdict, scene),),
            rows=((choice("button.been_seen", Seen(), style="success"),),
                  (choice("button.not_yet", NotYet()),)),
        )  # fmt: skip
    return _asked_how(said("advice.how_now"))


def _asked_how(text: Said) -> Show:
    return Show(
        slot="screen", how="change", text=(text,),
        rows=((choice("button.answer_questions", Answering(), style="success"),),
              (choice("button.not_today", NotToday()),)),
    )  # fmt: skip


def waiting_shown(state: Offer, scene: Scene) -> Show:
    """Answer "Not yet" where it is no emergency: the reason stands above, the way stays open."""
    del state, scene
    return Show(
        slot="screen", how="change", text=(said("weeks.waiting"),),
        rows=((choice("button.been_seen", Seen(), style="success"),),
              (choice("button.ok", Understood()),)),
    )  # fmt: skip


def reassured_shown(state: Offer, scene: Scene) -> Show:
    """Thank for what was told about worry and mood, and say what has evidence to help.

    Where it came to more than self-care, the advice itself is said, and nothing to reassure.
    """
    recheck = next(r for r in scene.content.freshness.rechecks if r.id == state.recheck)
    verdict = scene.verdict
    graver = verdict is not None and not verdict.level.startswith("SELF_CARE")
    told = advice.paragraphs(verdict, scene) if verdict is not None and graver else ()
    already = {each.key for each in told}
    extras = [e for e in advice.extras_said(recheck.say, scene) if e.key not in already]
    return Show(
        slot="screen", how="change", text=(said("weeks.yellow_thanks"), *told, *extras),
        rows=((choice("button.ok", Understood()),),),
    )  # fmt: skip
