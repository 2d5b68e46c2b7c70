"""Talks checks through, as a person of whom certain facts are true would answer them."""

from __future__ import annotations

from bot.content_tools.person import Person
from tests.flows.triage.chat import Chat, content, knowing

STEPS_AT_MOST = 200


def drive(chat: Chat, person: Person) -> Chat:
    """Talk a check through to its end."""
    for _ in range(STEPS_AT_MOST):
        if chat.is_over:
            return chat
        event = person.answer(chat)
        move = chat.give(event)
        assert move.moved, f"{event} does not fit {chat.move.state}"
    raise AssertionError("this check does not end")


def at(screen: str, chat: Chat | None = None, **facts: bool | int | str) -> Chat:
    """Talk a check to a screen, answering as one of whom these facts are true."""
    person = Person({"age": 30, "sex": "male", "pain_now": 4, **facts}, content())
    lasting = {name: person.truth[name] for name in ("age", "sex")}
    chat = chat or Chat(known=knowing(country="GB", **lasting))
    while chat.state.screen != screen:
        chat.give(person.answer(chat))
    return chat


def asked_of(facts: dict[str, bool | int | str]) -> list[str]:
    """Name the screens that one of whom these facts are true is asked, in order."""
    chat, asked = Chat(), []
    person = Person({"age": 30, "sex": "male", **facts}, content())
    while not chat.is_over:
        asked.append(chat.state.screen)
        chat.give(person.answer(chat))
    return asked


__all__ = ["Person", "asked_of", "at", "drive"]
