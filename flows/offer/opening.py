"""How the floor is taken: after a check, for a wished-for session, for a question some days on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from content.schema import Level
from flows.after.ruling import paused_by
from flows.base import Event, HandOver, Move, News, Scene, Set, SetAlarm, Strip
from flows.offer import bending, gate, mine
from flows.offer.machine import advance, view
from flows.offer.run import Run, sequence_of
from flows.offer.screens import check_in_shown
from flows.offer.vocabulary import Listen, Offer, Prefer, Start

NEXT_DAY = "next_day"


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Show an advice and its plan, or ask what a wished-for session still wants."""
    match why:
        case "check_in":
            return _checked_in(scene, after_stop=args.get("about") == "stop")
        case "advised":
            return _advised(args, scene)
        case "told":
            return _shown(scene, brief=False)
        case _:
            return _asked(scene, _prefer(args))


def _advised(args: Mapping[str, Any], scene: Scene) -> Move:
    """Take over from a check."""
    if _may_go_back(args, scene):
        return _handed(HandOver(to="stop", why="back", args=dict(args)))
    if wish := _then(args, scene):
        return advance(_stand(scene), wish, scene)
    if pauses := _next_day(scene):
        again = HandOver(to="offer", why="start", args={"prefer": _prefer(args)})
        return _handed(*pauses, again)
    if args.get("confirmed") and not _is_blocked(scene):
        return _confirmed(args, scene)
    if args.get("recheck") and not _is_blocked(scene):
        return _reassured(str(args["recheck"]), scene)
    short = args.get("kind") == "short"
    wants_full = short and gate.way(scene) == "full"  # for what was told just now
    prefer, typed = _prefer(args), bool(args.get("typed"))
    unsure = bool(args.get("then")) and scene.facts["extension_check"] == bending.UNSURE
    return (
        _asked(scene, prefer) if wants_full or unsure
        else _shown(scene, brief=short, typed=typed, prefer=prefer)
    )  # fmt: skip


def _confirmed(args: Mapping[str, Any], scene: Scene) -> Move:
    """Let the way be open again; a check that ended blocked has not asked what the body can do."""
    if not args.get("fitness"):
        screens = list(scene.content.routes["fitness"].screens)
        told = {"screens": screens, "args": {"confirmed": True, "fitness": True}}
        return _handed(HandOver(to="triage", why="part", args=told))
    return _handed(Set(fields={"wants_full": False}), HandOver(to="offer", why="told"))


def _reassured(recheck: str, scene: Scene) -> Move:
    state = _stand(scene).model_copy(update={"phase": "reassured", "recheck": recheck})
    return Move(state, (view(state, scene),))


def _handed(*news: News) -> Move:
    return Move(Offer(phase="routed"), (), news)


def _is_blocked(scene: Scene) -> bool:
    return scene.verdict is None or scene.verdict.stretch == "blocked"


def _next_day(scene: Scene) -> tuple[News, ...]:
    """Say what follows from the word on the day after, when it was given just now."""
    told = scene.known.get(NEXT_DAY)
    if told is None or told.at != scene.at or _is_blocked(scene):
        return ()
    return paused_by(scene)


def _prefer(args: Mapping[str, Any]) -> Prefer:
    """Read how a reminder was answered, carried through the checks on the way here."""
    told = args.get("prefer")
    return told if told in {"short", "go_on"} else ""


def _asked(scene: Scene, prefer: Prefer = "") -> Move:
    """Lead a wish for a session on: straight to the plan where the way is open."""
    way = gate.way(scene)
    if way in {"open", "blocked", "locked", "resting"}:
        return _shown(scene, brief=True, prefer=prefer)
    run = Run("offered", Offer(phase="offered", prefer=prefer), scene)
    run.route(way)
    return Move(Offer(phase="routed"), (), tuple(run.news))


def _may_go_back(args: Mapping[str, Any], scene: Scene) -> bool:
    """Tell whether a stopped session may go on, now that the danger questions are answered."""
    verdict = scene.verdict
    return bool(args.get("back")) and verdict is not None and (
        verdict.stretch != "blocked" and Level[verdict.level] < Level.SOON
    )  # fmt: skip


def _then(args: Mapping[str, Any], scene: Scene) -> Event | None:
    """After the check before bending back, the session begins without another tap."""
    if scene.facts["extension_check"] != "passed" or gate.way(scene) != "open":
        return None
    wishes = {"start": Start(minutes=int(args.get("minutes") or 0)), "listen": Listen()}
    return wishes.get(str(args.get("then"))) or mine.wished(args)


def _checked_in(scene: Scene, *, after_stop: bool) -> Move:
    """Ask how it went, in a new message; a question about being seen comes twice at most."""
    crisis = scene.verdict is not None and scene.verdict.crisis
    after_stop = after_stop and not crisis  # nothing else is asked then
    state = _stand(scene).model_copy(update={"phase": "seen_asked", "after_stop": after_stop})
    shown = check_in_shown(state, scene).model_copy(update={"how": "fresh", "silent": False})
    if after_stop:
        first = Set(fields={"open_with": scene.content.stop.check_in})
        return Move(state, (shown,), (first,))
    asked = scene.checked.nudged + 1
    again = gate.nudge_after_h(scene) if asked < scene.content.freshness.nudges else None
    if again is None:
        return Move(state, (shown,), (Set(fields={"nudged": asked}),))
    due_at = scene.at + timedelta(hours=again)
    alarm = SetAlarm(name="follow_up", due_at=due_at, then=gate.CHECK_IN.code())
    return Move(state, (shown, alarm), (Set(fields={"nudged": asked}),))


def _shown(scene: Scene, *, brief: bool, typed: bool = False, prefer: Prefer = "") -> Move:
    told = {"brief": brief, "typed": typed, "prefer": prefer}
    state = _stand(scene).model_copy(update=told)
    shown = view(state, scene)
    if state.emergency:  # the question that showed it stands above, with buttons of no use now
        return Move(state, (Strip(slots=("screen",)), shown))
    if not brief and _is_news(scene):
        shown = shown.model_copy(update={"how": "fresh"})  # an outcome stays to be found again
    return Move(state, (shown,))


def _is_news(scene: Scene) -> bool:
    """Whether somebody is to be seen, as was found just now."""
    verdict = scene.verdict
    return verdict is not None and verdict.at == scene.at and Level[verdict.level] >= Level.SOON


def _stand(scene: Scene) -> Offer:
    """Tell what stands now: the advice alone, or the plan under it."""
    verdict = scene.verdict
    way = gate.way(scene)
    if way in {"blocked", "locked", "resting"} or verdict is None:
        grave = verdict is not None and verdict.level == "EMERGENCY" and way == "blocked"
        return Offer(phase="advised", emergency=grave)
    sequence = sequence_of(scene, None)
    return Offer(phase="offered", sequence=sequence)
