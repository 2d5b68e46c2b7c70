"""What the first minute shows: the greeting with the consent, what is stored, the languages."""

from __future__ import annotations

from flows.base import Choice, Event, Row, Said, Scene, Show, choice, said
from flows.welcome.vocabulary import (
    Agreed,
    AskedLanguage,
    AskedStorage,
    Declined,
    Helping,
    PickedLanguage,
    ReadAloud,
    Returned,
    Welcome,
)

IN_A_ROW = 3
AGREE = choice("button.agree", Agreed(), style="success")

Screen = tuple[tuple[Said, ...], tuple[Row, ...]]


def shown(state: Welcome, scene: Scene) -> Show:
    text, rows = _screen(state, scene)
    return Show(slot="screen", how="change", text=text, rows=rows)


def _screen(state: Welcome, scene: Scene) -> Screen:
    back = choice("button.back", Returned())
    match state.phase:
        case "greeting" | "consented":
            agrees = (said("manners.helper"),) if state.helper else ()
            hello = said("welcome.anew" if _has_data(scene) else "welcome.hello")
            return (hello, *agrees, said("consent.text")), _greeting(state, scene)
        case "storage":
            return (said("privacy.text"),), ((AGREE,), (back,))
        case "language":
            return (said("settings.which_language"),), (*_languages(scene), (back,))
        case "declined":
            kept = said("welcome.kept" if _has_data(scene) else "welcome.declined")
            return (kept,), ((choice("button.read_again", Returned()),),)


def _has_data(scene: Scene) -> bool:
    """Whether they agreed to an earlier text, and something is held of them."""
    return scene.checked.full_at is not None


def _greeting(state: Welcome, scene: Scene) -> tuple[Row, ...]:
    helping = Helping(mark="off" if state.helper else "on")
    reads = scene.settings.screen_reader
    aloud = _wish("button.screen_reader", ReadAloud(mark="off" if reads else "on"), on=reads)
    name = said(f"language.{scene.language}")
    spoken = choice(said("button.language_now", name=name), AskedLanguage())
    return (
        (AGREE,),
        (choice("button.no_thanks", Declined()), choice("button.storage", AskedStorage())),
        (_wish("button.helping", helping, on=state.helper),),
        (aloud, spoken) if len(scene.content.words) > 1 else (aloud,),
    )


def _wish(label: str, event: Event, *, on: bool) -> Choice:
    """Offer what most do not want: only whoever has it sees a box."""
    return choice(label, event, mark="on" if on else None)


def _languages(scene: Scene) -> tuple[Row, ...]:
    picks = [
        choice(f"language.{each}", PickedLanguage(language=each)) for each in scene.content.words
    ]
    return tuple(tuple(picks[start : start + IN_A_ROW]) for start in range(0, len(picks), IN_A_ROW))
