"""How danger is meant: denied, past, another's, asked; and what it says then."""

from __future__ import annotations

import pytest

from content.schema import Value
from flows.text.danger import heard, meant
from flows.text.phrases import groups_of
from flows.text.story import facts_told
from tests.flows.text.scenes import story_scene


def action(text: str, *, live: bool = False) -> str:
    return heard(text, story_scene(), live=live).action


@pytest.mark.parametrize(("text", "expected"), [
    ("numb between my legs", "EMERGENCY_INTERRUPT"),
    ("no numbness between my legs", "NONE"),
    ("no fever, numbness or weakness", "NONE"),
    ("No numbness but I can't pee", "EMERGENCY_INTERRUPT"),
    ("No, I can't feel my bottom", "EMERGENCY_INTERRUPT"),
    ("i do not feel any numbness down there", "NONE"),
    ("I am not without numbness in my groin", "URGENT_CHECK"),
    ("years ago my groin was numb", "NONE"),
    ("years ago my groin was numb and now it is numb again", "EMERGENCY_INTERRUPT"),
    ("my mother cannot pee", "URGENT_CHECK"),
    ("my wife says I am numb between my legs", "EMERGENCY_INTERRUPT"),
    ("my mother had cancer", "NONE"),
    ("what if I cannot pee", "URGENT_CHECK"),
    ("what if I kill myself", "CRISIS"),
    ("I am not suicidal", "NONE"),
    ("I am dying to start", "NONE"),
    ("taubheit zwischen den beinen habe ich nicht", "NONE"),
    ("any numbness in your groin? no", "NONE"),
])  # fmt: skip
def test_what_is_meant_decides(text: str, expected: str) -> None:
    assert expected == action(text)


@pytest.mark.parametrize("text", [
    "numbnes between my legs", "nubmness between my legs", "tinglign in my groin",
    "taubheitsgefuehl im schritt", "entumecido entre las pirnas",
])  # fmt: skip
def test_slips_of_the_keys_are_forgiven(text: str) -> None:
    assert "EMERGENCY_INTERRUPT" == action(text)


def test_crisis_comes_before_emergency() -> None:
    assert "CRISIS" == action("I cannot pee and I want to die")


def test_in_a_session_a_stop_comes_before_what_is_only_to_be_asked() -> None:
    assert "STOP_EXERCISE" == action("ow, my left leg is numb", live=True)
    assert "EMERGENCY_INTERRUPT" == action("stop, I cannot breathe", live=True)


@pytest.mark.parametrize("text", ["38", "39", "40", "39.5"])
def test_a_number_that_answers_a_question_is_no_temperature(text: str) -> None:
    scene = story_scene()
    assert "URGENT_CHECK" == heard(text, scene, live=False).action
    assert "NONE" == heard(text, scene, live=False, answering_number=True).action


@pytest.mark.parametrize("text", ["I am 39 years old", "38 weeks", "40 reps", "1 2 38,40/39"])
def test_other_numbers_are_no_temperature(text: str) -> None:
    assert "NONE" == action(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("fell off a ladder yesterday", "EMERGENCY_INTERRUPT"),
    ("fell off a ladder", "EMERGENCY_INTERRUPT"),
    ("fell off a ladder three weeks ago", "URGENT_CHECK"),
])  # fmt: skip
def test_an_injury_is_an_emergency_while_it_is_fresh(text: str, expected: str) -> None:
    assert expected == action(text)


def test_a_story_fills_facts_and_assumes_none() -> None:
    told = facts_told(
        "I fell down the stairs last Tuesday, I'm 71 and take prednisolone. No fever.",
        story_scene(),
    )
    expected: dict[str, Value] = {
        "age": 71, "trauma": "major", "trauma_days": 5, "steroid_use": "long_term",
    }  # fmt: skip
    assert expected == {name: told.facts[name] for name in expected}
    assert "fever" not in told.facts
    assert "fever" in told.denied


def test_a_doubtful_mention_tells_no_fact() -> None:
    assert {} == heard("what if I cannot pee", story_scene(), live=False).facts


def test_groups_may_stand_in_groups() -> None:
    assert (("a", "b c", "b d"),) == groups_of("(a|b (c|d))")


def test_a_second_no_strengthens_what_is_not_felt() -> None:
    assert "EMERGENCY_INTERRUPT" == action("no siento mis genitales nunca")


def test_another_person_inside_the_complaint_itself_is_nobody() -> None:
    assert "EMERGENCY_INTERRUPT" == action("my groin feels like someone elses")


def test_words_that_take_a_danger_back_do_not_use_up_the_no_before_it() -> None:
    assert "NONE" == action("sem febre e sem dor no peito")


def test_a_cancer_that_is_over_is_still_asked_about() -> None:
    reading = heard("had breast cancer four years ago", story_scene(), live=False)
    assert ("URGENT_CHECK", "past") == (reading.action, reading.facts["cancer_history"])


def test_a_long_silence_of_the_bladder_is_danger_and_a_calm_one_is_not() -> None:
    assert "EMERGENCY_INTERRUPT" == action("not had a wee since last night")
    assert "NONE" == action("no trouble weeing since last night")


def test_what_a_doubtful_reading_would_mean_is_found_by_its_concept() -> None:
    here = story_scene()
    reading = heard("could this make me lose control of my bladder?", here, live=False)
    assert ("URGENT_CHECK", {}) == (reading.action, reading.facts)
    assert meant(reading, here.content)


@pytest.mark.parametrize(("text", "expected"), [
    # no gap in a phrase passes over a word that denies
    ("ich will nicht sterben, ich will nur weniger schmerzen", "NONE"),
    ("I don't want to die, I just want less pain", "NONE"),
    # a clause with a denial of its own is not denied by the one before
    ("no fever, cannot pee", "EMERGENCY_INTERRUPT"),
    ("Ich nicht kann stehen, zwei Beine keine Kraft", "EMERGENCY_INTERRUPT"),
    # what denies is never guessed from a slip: "Nocht" may be "Nacht"
    ("hob mi heit Nocht vollbrunzt und gspürt hab i nix", "EMERGENCY_INTERRUPT"),
    # another clause stands between the danger and the denial
    ("no me siento el culo, lo pellizco y nada", "EMERGENCY_INTERRUPT"),
    ("ich will meinem leben ein ende setzen und weiß nicht, mit wem ich reden soll", "CRISIS"),
    # a time is that of its own clause
    ("I had shingles 5 years ago, sore back, can't pee", "EMERGENCY_INTERRUPT"),
    # what is over for good is not made new by a word for now
    ("2015 hatte ich eine Fußheberschwäche, ist komplett weg seitdem", "NONE"),
    # "31." begins no sentence
    ("bin in der 31. Woche und blute", "EMERGENCY_INTERRUPT"),
    # "no" is "in" elsewhere
    ("I broke my leg ten years ago. dor súbita no testículo", "EMERGENCY_INTERRUPT"),
    # a number tells no temperature when words beside it say what it is
    ("38 years old", "NONE"),
    ("je suis étudiante, 20 ans, et là 39.8, je claque des dents", "URGENT_CHECK"),
])  # fmt: skip
def test_how_far_words_reach(text: str, expected: str) -> None:
    assert expected == action(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("the letters are written, they are in the bureau", "NONE"),
    ("goodbye, see you tomorrow", "NONE"),
    ("the letters are written. thanks for everything, it won't matter soon", "CRISIS"),
    ("das Testament liegt beim Notar", "NONE"),
    ("das Testament liegt beim Notar. Übungen brauche ich keine mehr, danke für alles", "CRISIS"),
])  # fmt: skip
def test_signs_that_say_little_alone_are_heard_together(text: str, expected: str) -> None:
    assert expected == action(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("bin 71, Osteoporose, nehme Prednisolon", {"osteoporosis_known": True, "age": 71}),
    ("tengo 45 años, soy diabético, ciática hasta el pie", {"diabetes": True, "age": 45}),
    ("j'ai eu un cancer du sein il y a 5 ans, j'ai 62 ans", {"cancer_history": "past", "age": 62}),
    ("grávida de 30 semanas, 33 anos", {"pregnant": "yes", "pregnancy_weeks": 30}),
])  # fmt: skip
def test_stories_tell_facts_in_every_language(text: str, expected: dict[str, Value]) -> None:
    told = facts_told(text, story_scene()).facts
    assert expected == {name: told.get(name) for name in expected}


@pytest.mark.parametrize(("text", "expected"), [
    # not to feel is what is told, unless a complaint is what is not felt
    ("je ne sens pas la douleur entre les jambes, c'est engourdi", "EMERGENCY_INTERRUPT"),
    ("je ne sens pas de douleur entre les jambes", "NONE"),
    ("no siento adormecimiento entre las piernas", "NONE"),
    # a denial ends where another clause begins
    ("los estiramientos no sirven y no puedo seguir viviendo", "CRISIS"),
    ("a life like this isn't a life, I'd rather be dead", "CRISIS"),
    ("si esto no mejora voy a acabar con todo", "CRISIS"),
    ("no thoughts of suicide, no self harm", "NONE"),
    # what is over with another concerns nobody here
    ("my brother in law had a stroke last year", "NONE"),
    ("my brother in law had a stroke this morning", "URGENT_CHECK"),
    ("they took out my breast cancer two years ago", "URGENT_CHECK"),
    # dangers that only two things together tell
    ("burning my arms with a lighter on purpose", "CRISIS"),
    ("burnt my arm on the oven", "NONE"),
    ("my husband died and I want to be with him", "CRISIS"),
    ("my husband died and I want to walk more", "NONE"),
    ("I have given my dog away and I am ready to go", "CRISIS"),
    ("the flat is cleaned and I am ready for the stretches", "NONE"),
])  # fmt: skip
def test_what_one_clause_denies_another_may_tell(text: str, expected: str) -> None:
    assert expected == action(text)


def test_the_end_of_a_line_is_that_of_a_question() -> None:
    told = "ich brech ab\nwird das mit der Zeit besser?"
    assert "STOP_EXERCISE" == action(told, live=True)


@pytest.mark.parametrize(("text", "expected"), [
    # not to feel it come is no denial of a leak
    ("I can pee but I do not feel it coming out any more", "EMERGENCY_INTERRUPT"),
    ("I feel it when I pee, all normal", "NONE"),
    # "none since" says that it is over, and not that it is anew; when it was must be told
    ("chest pain two years ago, checked, none since", "NONE"),
    ("chest pain this morning, none since", "EMERGENCY_INTERRUPT"),
    ("dolor en el pecho hace dos años, desde entonces nada", "NONE"),
    # words of time that are none
    ("quand je m'essuie d'avant en arrière je ne sens rien", "EMERGENCY_INTERRUPT"),
    ("avant je courais, maintenant je marche", "NONE"),
    # what has been so for years is asked about
    ("slow pee for ten years, unchanged", "URGENT_CHECK"),
    ("slow pee since yesterday", "EMERGENCY_INTERRUPT"),
    # two things that say little alone
    ("had a baby ten days ago and I am passing clots the size of a plum", "EMERGENCY_INTERRUPT"),
    ("had a baby ten days ago and my back is stiff", "NONE"),
    ("my period is late and my belly hurts on one side", "URGENT_CHECK"),
    ("my period is late", "NONE"),
])  # fmt: skip
def test_near_words_are_told_apart(text: str, expected: str) -> None:
    assert expected == action(text)


@pytest.mark.parametrize(("text", "age"), [
    ("I am 20 weeks pregnant", None), ("I am 32 and 20 weeks pregnant", 32), ("I am 20", 20),
])  # fmt: skip
def test_weeks_are_no_age(text: str, age: int | None) -> None:
    assert age == facts_told(text, story_scene()).facts.get("age")
