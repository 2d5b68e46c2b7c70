"""An advice in words: the level's text, at most two reasons, what to tell staff, the safety net."""

from __future__ import annotations

from datetime import timedelta

from flows import barred
from flows.base import Said, Scene, Verdict, said
from flows.told import told

DEFAULT_NUMBER, DEFAULT_LINE, DEFAULT_CRISIS = (
    "phones.fallback", "phones.advice_line", "phones.crisis",
)  # fmt: skip


SINCE = "duration_days"
A_DAY = timedelta(days=1)


def paragraphs(verdict: Verdict, scene: Scene) -> tuple[Said, ...]:
    """Say the advice itself, and the code under which it is kept."""
    return (*body(verdict, scene), *code(verdict))


def body(verdict: Verdict, scene: Scene) -> tuple[Said, ...]:
    """Say what the advice is, why, and what is added for this person."""
    if verdict.crisis:
        crisis_text = said("level.CRISIS.text", num=number(scene), crisis=crisis(scene))
        return (crisis_text,)
    text = [said(f"level.{verdict.level}.text", **_gaps(verdict, scene))]
    if verdict.level == "EMERGENCY" and _says(verdict, "cauda_equina", scene):
        text.append(said("level.EMERGENCY.staff_line", staff=said("extra.cauda_equina")))
    return (*text, *_extras(verdict, scene), *_contact(verdict, scene))


def _contact(verdict: Verdict, scene: Scene) -> tuple[Said, ...]:
    """Name the clinic that handed Limber out; in an emergency one number alone is told."""
    clinic = scene.clinic
    if clinic is None or not clinic.contact or verdict.level not in {"URGENT", "SOON"}:
        return ()
    return (said("clinic.contact", contact=clinic.contact),)


def code(verdict: Verdict) -> tuple[Said, ...]:
    """Put the code by which /why finds this advice again; ones of old have none."""
    return (said("receipt.code", code=verdict.receipt),) if verdict.receipt else ()


def nudge(verdict: Verdict, scene: Scene) -> Said:
    """Ask whether they were seen, with the reason once more."""
    return said(f"level.{verdict.level}.nudge", **_gaps(verdict, scene))


def reasons(verdict: Verdict) -> tuple[Said, ...]:
    return tuple(said(f"rule.{rule}.why") for rule in verdict.reasons)


def net(scene: Scene) -> tuple[Said, ...]:
    """Give the safety net, which every advice carries folded away."""
    del scene
    return (said("extra.safety_net"),)


def summary(scene: Scene) -> tuple[Said, ...]:
    """Say to staff who it is, that it is the back and since when, and what else was told.

    Facts are counted on to now; a number of an earlier day that does not count on is left out.
    """
    content, now = scene.content, {n: scene.facts[n] for n in scene.known if n in scene.facts}
    person = {n: v for n, v in now.items() if content.facts[n].lasting}
    rest = {n: v for n, v in now.items() if n not in {*person, SINCE} and not _is_old(n, scene)}
    back = said(f"fact.{SINCE}.told", n=int(now[SINCE])) if SINCE in now else said("advice.sore")
    if not (person or rest):
        return ()
    return (*told(person, content), back, *told(rest, content))


def _is_old(name: str, scene: Scene) -> bool:
    fact, known = scene.content.facts[name], scene.known[name]
    return fact.type == "int" and not fact.ages and scene.at - known.at >= A_DAY


def _gaps(verdict: Verdict, scene: Scene) -> dict[str, Said | tuple[Said, ...]]:
    return {
        "why": _why(verdict, scene),
        "num": number(scene),
        "line": line(scene),
        "summary": summary(scene) or said("advice.back_pain"),
        **_level_gaps(verdict),
    }


def _level_gaps(verdict: Verdict) -> dict[str, Said]:
    match verdict.level:
        case "SOON":
            return {"stretch_line": said(f"level.SOON.stretch_{verdict.stretch}")}
        case "SELF_CARE" | "SELF_CARE_MODIFIED":
            return {"adapted": said(f"level.{verdict.level}.adapted")}
        case _:
            return {}


def _why(verdict: Verdict, scene: Scene) -> Said:
    """Say the reasons; where no rule gave one, that the last sessions ask for a proper look."""
    if not verdict.reasons and barred.waits_for_clinician(scene.left_out):
        return said("after.see_someone")
    return _joined(reasons(verdict))


def _joined(pieces: tuple[Said, ...]) -> Said:
    """Put sentences one after another."""
    if len(pieces) == 1:
        return pieces[0]
    if not pieces:
        return said("advice.nothing")
    return said("advice.two", first=pieces[0], second=pieces[1])


def _extras(verdict: Verdict, scene: Scene) -> tuple[Said, ...]:
    if "age" not in scene.known:  # told before anything was asked: nothing is known of the person
        return ()
    facts = {**scene.facts, **dict.fromkeys(verdict.fired, True)}
    full = scene.checked.full_at == verdict.at  # what is promised once was promised then
    return tuple(
        said(f"extra.{extra.id}", num=number(scene))
        for extra in scene.content.extras
        if verdict.level in extra.levels
        and (full or extra.repeats or extra.recheck_h is None)
        and scene.content.holds(extra.cond, facts)
    )


def extras_said(ids: tuple[str, ...], scene: Scene) -> tuple[Said, ...]:
    """Say sentences asked for from elsewhere; those for some levels only never beside another."""
    level = scene.verdict.level if scene.verdict else "SELF_CARE"
    extras = {extra.id: extra for extra in scene.content.extras}
    return tuple(
        said(f"extra.{name}", num=number(scene), crisis=crisis(scene))
        for name in ids
        if scene.content.holds(extras[name].cond, scene.facts)
        and (not extras[name].levels or level in extras[name].levels)
    )


def _says(verdict: Verdict, extra: str, scene: Scene) -> bool:
    return any(extra in scene.content.rule(rule).say for rule in verdict.fired)


def number(scene: Scene) -> Said:
    """Give the emergency number of the user's country, or what to do where none is known."""
    found = scene.content.phones.emergency.get(scene.country or "")
    if found is None:
        return said(DEFAULT_NUMBER)
    if found != "112" and scene.country in scene.content.phones.also_112:
        return said("phones.or_112", number=found)
    return said("phones.number", number=found)


def line(scene: Scene) -> Said:
    found = scene.content.phones.advice_line.get(scene.country or "")
    return said("phones.number", number=found) if found else said(DEFAULT_LINE)


def crisis(scene: Scene) -> Said:
    found = scene.content.phones.crisis.get(scene.country or "")
    return said("phones.number", number=found) if found else said(DEFAULT_CRISIS)
