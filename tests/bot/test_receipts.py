"""Receipts from the advice to /why, and long after the rules have changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import receipts
from bot.content_tools.chat import Chat, Entry
from bot.service import Chat as Someone
from bot.service import hear
from bot.store.keys import MasterKeys
from bot.store.store import Store
from bot.store.unit import Unit
from content.catalogue import Catalogue
from flows.base import Recall, Record
from flows.heard import Command
from flows.receipt import Receipt, told_whole
from tests.transcript import replay

URGENT = "@ urgent"
OTHER_RULES = "This is said quite differently by now."


def played(catalogue: Catalogue, lines: str = URGENT) -> Chat:
    chat = Chat(catalogue)
    replay(lines, chat)
    return chat


def last_receipt(chat: Chat) -> Receipt:
    kept = [entry for entry in chat.diary if entry.kind == receipts.KIND]
    found = receipts.found(kept, Recall()).receipt
    assert found is not None
    return found


def said_by(chat: Chat, line: str) -> str:
    return "\n".join(chat.hear(line))


def changed(catalogue: Catalogue) -> Catalogue:
    """Another release: no rule is left, and every sentence but the receipts' frame is another."""
    kept = ("receipt.", "advice.", "button.", "screen.", "level.", "offer.", "phones.", "extra.")
    words: dict[str, Any] = {
        key: value if key.startswith(kept) else OTHER_RULES
        for key, value in catalogue.words["en"].items()
    }
    screens = {key: OTHER_RULES for key in words if key.startswith(("screen.", "level."))}
    return replace(catalogue, rules=(), words={"en": {**words, **screens}}, version="another")


def test_an_advice_shows_the_code_of_its_receipt(catalogue: Catalogue) -> None:
    chat = played(catalogue)
    retold = replay(URGENT + "\n> /safety\n", Chat(catalogue))
    code = last_receipt(chat).code
    assert chat.talk.verdict is not None
    assert code == chat.talk.verdict.receipt
    assert f"Receipt {code}" in retold


def test_a_receipt_is_kept_in_words_and_not_in_keys(catalogue: Catalogue) -> None:
    receipt = last_receipt(played(catalogue))
    texts = [receipt.path[0].ask, *receipt.path[3].offered, *receipt.told, receipt.fired[0].why]
    assert all(isinstance(text, str) and text for text in texts)
    assert not any("{" in str(text) or "<b>" in str(text) for text in texts)


def test_a_receipt_holds_the_advice_as_the_message_told_it(catalogue: Catalogue) -> None:
    receipt = last_receipt(played(catalogue))
    assert str(receipt.told[0]).startswith("Please be seen today. Fever with back pain needs")
    assert f"Receipt {receipt.code}" in receipt.told


def test_a_receipt_holds_the_plan_that_was_offered_with_the_advice(catalogue: Catalogue) -> None:
    receipt = last_receipt(played(catalogue, "@ well_adult_to_the_offer"))
    assert any("fits today: 6 moves" in str(text) for text in receipt.told)


def test_a_receipt_names_the_versions_it_was_made_by(catalogue: Catalogue) -> None:
    receipt = last_receipt(played(catalogue))
    assert (catalogue.version, catalogue.consent_version) == (receipt.content, receipt.consent)
    assert receipt.program


def test_why_tells_the_last_advice(catalogue: Catalogue) -> None:
    told = said_by(played(catalogue), "/why")
    assert "I said: be seen the same day." in told
    assert "You told me: fever" in told
    assert "spine infection" not in told


def test_why_with_a_code_tells_all_that_was_asked(catalogue: Catalogue) -> None:
    chat = played(catalogue)
    receipt = last_receipt(chat)
    told = said_by(chat, f"/why {receipt.code.lower()}")
    assert all(str(question.ask) in told for question in receipt.path)
    assert "Rule U01" in told


def test_why_takes_nobody_from_their_place(catalogue: Catalogue) -> None:
    chat = played(catalogue)
    before = chat.status(), chat.talk.turn
    list(chat.hear("/why"))
    assert before == (chat.status(), chat.talk.turn)


def test_why_before_any_advice_says_so(catalogue: Catalogue) -> None:
    chat = Chat(catalogue)
    list(chat.hear("/start"))
    list(chat.hear("[I understand, go on]"))
    assert "I have not told you anything yet." in said_by(chat, "/why")


def test_why_with_a_strangers_code_says_that_there_is_none(catalogue: Catalogue) -> None:
    assert "I find no receipt AAAA-AA." in said_by(played(catalogue), "/why aaaaaa")


def test_a_receipt_says_the_same_after_the_rules_and_words_have_changed(
    catalogue: Catalogue,
) -> None:
    chat = played(catalogue)
    code = last_receipt(chat).code
    before = said_by(chat, f"/why {code}").partition("\n<. Please be seen")[0]

    chat.content = changed(catalogue)
    after = said_by(chat, f"/why {code}").partition("\n<. " + OTHER_RULES)[0]

    assert before == after
    assert OTHER_RULES not in after


def test_each_advice_has_a_receipt_of_its_own_and_the_last_is_meant_by_why(
    catalogue: Catalogue,
) -> None:
    chat = played(catalogue)
    first = last_receipt(chat)
    newer = first.model_copy(update={"code": "AAAA-01"})
    record = Record(kind="receipt", entry=newer.model_dump(mode="json"))
    chat.diary.append(Entry("receipt", record.model_dump_json().encode()))
    assert "AAAA-01" in said_by(chat, "/why")
    assert first.code in said_by(chat, f"/why {first.code}")


def test_a_receipt_fits_into_messages(catalogue: Catalogue) -> None:
    chat = played(catalogue)
    for show in told_whole(last_receipt(chat)):
        assert len(chat.voice().page(show).text) < 4096


async def test_a_receipt_comes_back_out_of_the_store(catalogue: Catalogue, tmp_path: Path) -> None:
    chat, at = played(catalogue), datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    code = last_receipt(chat).code
    store = await Store.open(f"sqlite:///{tmp_path / 'limber.db'}", MasterKeys((bytes(32),)))

    def told(unit: Unit) -> list[str]:
        user = unit.user_of("terminal", 1, day=at.date())
        unit.keep_talk(user, chat.talk.model_dump_json().encode())
        for entry in chat.diary:
            unit.add_diary(user, entry.kind, at, entry.entry)
        hear(unit, Someone("terminal", 1), Command(name="why", argument=code), at, catalogue)
        rows = unit.leased("terminal", at, timedelta(seconds=9), 9)
        return [row.payload.decode() for row in rows]

    try:
        assert any(code in payload for payload in await store.run(told))
    finally:
        await store.close()
