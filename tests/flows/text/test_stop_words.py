"""Words that stop a session, in five languages; and words that only look like it."""

# ruff: noqa: RUF001 - as people type

from __future__ import annotations

import pytest

from flows.text.danger import heard, is_stop_word
from tests.flows.text.scenes import scene
from tests.growth import growth

STOPS = [
    "stop", "STOP!!!", "Stop.", "stooop", "stpo", "please stop it hurts", "ouch", "OUCH", "ouchhh",
    "ow", "owwww", "oww", "aaah", "it hurts", "It hurts!", "it hruts", "stpo", "this hurts a lot",
    "hurts",
    "my knee hurts", "ow ow ow", "pain", "sharp pain", "i have a sharp pain in my back", "cramp",
    "i feel dizzy", "too much", "i cant do this", "I can't do this", "something popped", "help",
    "no it hurts", "no, it hurts", "not good, ow", "no stop", "can we stop?",
    "could you stop please",
    "it doesn't stop hurting", "this pain doesnt stop", "no pain before but now it hurts",
    "my back is killing me", "x", "s", "no", "🛑", "😭", "ow 😣", "it hurts, what now?", "stop?",
    "burning", "worse", "feels good but ouch", "it doesn't hurt there but my neck hurts",
    "aua", "Auaaa", "stopp", "Stopp!", "au", "das tut weh", "es tut weh", "hör auf",
    "ich kann nicht mehr", "mir ist schwindlig", "stechender Schmerz", "aufhoeren", "Krampf",
    "ay", "ayyy", "me duele", "me duele mucho", "duele", "para", "para ya", "basta", "no puedo más",
    "calambre", "estoy mareado", "me duele la espalda",
    "aïe", "aie aie", "ça fait mal", "ca fait mal", "arrête", "arretez", "j'ai mal",
    "j’ai mal au dos",
    "une crampe", "la tête qui tourne", "ça fait très mal, arrête",
    "ai", "dói", "doi muito", "pare", "está doendo", "chega", "uma pontada", "não aguento mais",
    "tontura", "me dói",
    "something pulled in my back", "i'm stuck", "can't straighten up", "the room's spinning",
    "coming out of it", "bad twinge", "i need a break", "zap down my leg",
    "das zieht bis in den zeh", "ich brech ab", "mir wird schlecht", "es hat sich verklemmt",
    "me dio un tirón en la espalda", "me tronó la espalda", "se me acalambró", "me quedé trabado",
    "párale", "tengo náuseas", "ça pince", "je suis coincé", "un élancement", "envie de vomir",
    "fisgou feio aqui", "ai ai parou", "travei", "estou zonzo", "deu um estalo",
]  # fmt: skip

NO_STOPS = [
    "it doesn't hurt", "it doesnt hurt", "it does not hurt", "does not really hurt",
    "nothing hurts",
    "does it hurt?", "will it hurt?", "does this hurt the back", "stop worrying me? no",
    "stop worrying", "don't stop", "do not stop", "no pain", "no more pain", "less pain",
    "pain is gone",
    "painless", "feels good", "nice stretch", "a bit tight", "never hurts", "without pain",
    "no pain or cramps", "i don't feel any pain", "it is not painful", "is this right?", "ok",
    "yes",
    "next", "ready", "what's the weather", "how long is the bus stop", "nonstop", "should i stop?",
    "i am done", "three", "5", "when do i stop?", "spot", "post", "hi", "half way there", "",
    "tut nicht weh", "es tut nicht mehr weh", "keine Schmerzen", "tut gut", "tut es weh?",
    "weniger Schmerzen", "das ist halt so bei mir", "zieht ein bisschen",
    "no me duele", "no duele", "sin dolor", "gracias para todo", "menos dolor", "es para mañana?",
    "pas mal", "pas de douleur", "ça fait du bien", "ça ne fait pas mal", "j'ai fini la série",
    "nice pull there", "my hamstrings are tight", "i can feel the stretch", "zieht angenehm",
    "dehnt schön", "se siente bien", "estira rico", "ça étire bien", "alonga bem",
    "sem dor", "não dói", "isto é para mim", "não me dói nada", "menos dor",
]  # fmt: skip


@pytest.mark.parametrize("text", STOPS)
def test_a_stop_word_stops_in_every_language_of_the_chat(text: str) -> None:
    assert ["STOP_EXERCISE"] * 2 == [
        heard(text, scene(language), live=True).action for language in ("en", "pt")
    ]


@pytest.mark.parametrize("text", NO_STOPS)
def test_what_is_denied_asked_or_harmless_stops_nothing(text: str) -> None:
    assert not is_stop_word(text, scene())


@pytest.mark.parametrize("text", ["it hurts", "stop", "ouch!", "please stop", "pain", "aua"])
def test_outside_a_session_a_message_of_stop_words_alone_is_heard(text: str) -> None:
    assert heard(text, scene(), live=False).action == "STOP_EXERCISE"


@pytest.mark.parametrize(
    "text", ["x", "no", "the pain began on monday", "it hurts when i sit", "worse than last week"]
)
def test_outside_a_session_a_story_or_an_answer_is_no_stop(text: str) -> None:
    assert heard(text, scene(), live=False).action == "NONE"


def test_a_denied_pain_is_told_as_denied() -> None:
    assert heard("it doesn't hurt", scene(), live=True).negated


@pytest.mark.parametrize(("text", "concept"), [
    ("stop", "halt"), ("ouch", "cry"), ("dizzy", "symptom"), ("no", "single"), ("🛑", "sign"),
])  # fmt: skip
def test_a_stop_tells_by_what_it_was_known(text: str, concept: str) -> None:
    assert concept == heard(text, scene(), live=True).concept


@pytest.mark.parametrize(
    "part", ["a b no not ", "stop it ", "hurts not ", "aufhören nicht ", "🛑 "]
)
def test_a_long_text_costs_as_much_more_as_it_is_longer(part: str) -> None:
    """Telegram lets 4,096 characters through, and a stop must be found in them at once."""
    here = scene()

    def read(times: int) -> None:
        heard(part * times, here, live=True)

    read(1)
    assert growth(read, 512 // len(part), 8) < 12
