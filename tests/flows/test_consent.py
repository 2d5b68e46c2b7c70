"""The consent is to a text: when the text changes it is asked for again, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content_tools.chat import Chat
from content.catalogue import Catalogue
from tests.flows.progress.weeks import content
from tests.transcript import replay


def changed(catalogue: Catalogue) -> Catalogue:
    text = catalogue.consent.model_copy(update={"version": catalogue.consent.version + 1})
    return replace(catalogue, consent=text)


@pytest.fixture
def chat() -> Chat:
    """Give someone with a plan, before whom the text has changed."""
    chat = Chat(content())
    replay("@ well_adult_to_the_offer", chat)
    chat.content = changed(chat.content)
    return chat


@pytest.mark.parametrize("line", ["/start", "/stretch", "/check", "[Start 8 min]"])
def test_nothing_begins_before_the_new_text_is_agreed_to(chat: Chat, line: str) -> None:
    told = replay(f"> {line}", chat)

    assert "The text below has changed" in told
    assert "welcome" == chat.talk.floor.flow


def test_whoever_agrees_goes_on_with_what_they_have(chat: Chat) -> None:
    before = chat.talk.facts
    replay("> /stretch\n> [I understand, go on]", chat)

    assert content().consent_version + 1 == chat.talk.consent_version
    assert before == chat.talk.facts
    assert "offer" == chat.talk.floor.flow


def test_whoever_declines_keeps_their_data_and_gets_no_session(chat: Chat) -> None:
    replay("> /stretch\n> [No thanks]", chat)
    told = replay("> /stretch", chat)

    assert chat.talk.facts
    assert "The text below has changed" in told


def test_danger_is_heard_all_the_same(chat: Chat) -> None:
    replay("> /stretch", chat)

    assert "emergency help now" in replay("> i cannot pee at all", chat)
