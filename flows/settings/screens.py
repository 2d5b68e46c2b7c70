"""What the settings screen shows in each of its phases."""

from __future__ import annotations

from collections.abc import Sequence

from flows.base import Choice, Left, Row, Said, Scene, Show, choice, said
from flows.settings.vocabulary import (
    LEAD_IN_STEP_S,
    SPEED_STEP_PERCENT,
    CountryAsked,
    CountryPicked,
    Finished,
    LanguageAsked,
    LanguagePicked,
    LeadInSet,
    LeftOutAsked,
    OfferedAgain,
    RemindersAsked,
    Returned,
    SettingsScreen,
    SpeedSet,
    Switch,
    Switched,
)

MOST = 6  # buttons of a choice
IN_A_ROW = 3
SWITCHES: tuple[tuple[Switch, ...], ...] = (
    ("pictures", "motion"), ("quiet", "tips"), ("screen_reader", "helper"), ("protect",),
)  # fmt: skip
USUALLY_OFF: tuple[Switch, ...] = ("quiet", "screen_reader", "helper", "protect")

Screen = tuple[tuple[Said, ...], tuple[Row, ...]]


def shown(state: SettingsScreen, scene: Scene) -> Show:
    text, rows = _screen(state, scene)
    if state.line:
        text = (said(state.line), *text)
    return Show(slot="screen", how="change", text=text, rows=rows)


def may_return(left: Left, scene: Scene) -> bool:
    """Whether what was left out may be offered again: its time is over, and time lifts it."""
    return left.may_return(scene.at)


def _screen(state: SettingsScreen, scene: Scene) -> Screen:
    back = (choice("button.back", Returned()),)
    match state.phase:
        case "language":
            picks = [
                choice(f"language.{each}", LanguagePicked(language=each))
                for each in scene.content.words
            ]
            return (said("settings.which_language"),), (*_rows(picks), back)
        case "country":
            return (said("zone.country"),), (*_rows(_countries(state, scene)), back)
        case "barred":
            return _left_out(scene, back)
        case "closed":
            return (said("settings.closed"),), ()
        case "open":
            return _open(scene)


def _open(scene: Scene) -> Screen:
    settings = scene.settings
    text = [
        said("settings.title"),
        said("settings.lead_in", n=settings.lead_in_s),
        said("settings.speed", percent=settings.speed_percent),
        said("settings.country", country=_country_name(scene)),
    ]
    text += _in_force(scene)
    rows: list[Row] = [_lead_in(scene), _speed(scene), *_switches(scene)]
    places = [choice("button.country", CountryAsked())]
    if len(scene.content.words) > 1:
        places.insert(0, choice("button.language", LanguageAsked()))
    places.append(choice("button.reminders", RemindersAsked()))
    rows.append(tuple(places))
    if scene.left_out:
        text.append(said("settings.left_out", n=len(scene.left_out)))
        rows.append((choice("button.left_out", LeftOutAsked()),))
    rows.append((choice("button.done", Finished()),))
    return tuple(text), tuple(row for row in rows if row)


def _lead_in(scene: Scene) -> Row:
    low, high = scene.content.timing.lead_in_range_s
    now = scene.settings.lead_in_s
    less, more = max(now - LEAD_IN_STEP_S, low), min(now + LEAD_IN_STEP_S, high)
    return _either(
        choice("button.lead_in_less", LeadInSet(seconds=less)) if less < now else None,
        choice("button.lead_in_more", LeadInSet(seconds=more)) if more > now else None,
    )


def _speed(scene: Scene) -> Row:
    slow, fast = (round(factor * 100) for factor in scene.content.timing.speed)
    now = scene.settings.speed_percent
    less, more = max(now - SPEED_STEP_PERCENT, slow), min(now + SPEED_STEP_PERCENT, fast)
    return _either(
        choice("button.slower", SpeedSet(percent=less)) if less < now else None,
        choice("button.faster", SpeedSet(percent=more)) if more > now else None,
    )


def _either(less: Choice | None, more: Choice | None) -> Row:
    return tuple(each for each in (less, more) if each is not None)


def _in_force(scene: Scene) -> list[Said]:
    """Say what the switches that are not as usual come to."""
    settings = scene.settings
    told = [] if settings.pictures else [said("settings.text_only")]
    told += [
        said(f"settings.{name}") for name in USUALLY_OFF if getattr(settings, name)
    ]  # fmt: skip
    return told


def _switches(scene: Scene) -> tuple[Row, ...]:
    """Offer each the other way than it is: a button carries the value it wants."""
    return tuple(
        tuple(
            choice(
                f"button.{name}",
                Switched(what=name, mark="off" if getattr(scene.settings, name) else "on"),
                mark="on" if getattr(scene.settings, name) else "off",
            )
            for name in names
        )
        for names in SWITCHES
    )


def _countries(state: SettingsScreen, scene: Scene) -> list[Choice]:
    names = {place.country: place.names[0] for place in scene.content.places}
    tongue = scene.content.reading.languages.get(scene.language)
    offered = state.countries or (tongue.countries if tongue else ())
    return [
        choice(said("settings.name", name=names[each]), CountryPicked(country=each))
        for each in offered[:MOST]
        if each in names
    ]


def _country_name(scene: Scene) -> Said:
    for place in scene.content.places:
        if place.country == scene.country:
            return said("settings.name", name=place.names[0])
    return said("settings.no_country")


def _left_out(scene: Scene, back: Row) -> Screen:
    numbered = list(enumerate(scene.left_out, start=1))
    lines = [said("option.line", n=n, text=_line(left, scene)) for n, left in numbered]
    again = [
        (choice("button.offer_again", OfferedAgain(id=left.id), number=n),)
        for n, left in numbered
        if may_return(left, scene)
    ]
    intro = said("settings.left_out_title" if lines else "settings.nothing_left_out")
    return (intro, *lines), (*again, back)


def _line(left: Left, scene: Scene) -> Said:
    if may_return(left, scene):
        return said("settings.left_out_over", what=_what(left))
    if left.until is not None:
        return said("settings.left_out_until", what=_what(left), until=left.until)
    return said(f"settings.left_out_{left.lifted_by}", what=_what(left))


def _what(left: Left) -> Said:
    match left.what:
        case "exercise":
            return said(f"exercise.{left.id}.name")
        case "family":
            return said(f"settings.family_{left.id}")
        case _:
            return said(f"settings.what_{left.what}")


def _rows(picks: Sequence[Choice]) -> tuple[Row, ...]:
    return tuple(tuple(picks[start : start + IN_A_ROW]) for start in range(0, len(picks), IN_A_ROW))
