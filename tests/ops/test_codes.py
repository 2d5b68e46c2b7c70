"""`limber code`: made, listed and revoked; and what a start with a code comes to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import service
from bot.invitations import CODE
from bot.ops import codes
from bot.ops.codes import Wanted
from bot.service import Chat
from bot.settings import SettingsFault
from bot.store.keys import keys_from_text
from bot.store.store import Store
from bot.store.unit import Unit
from content.catalogue import Catalogue
from flows.base import Clinic
from flows.heard import Command
from flows.upgrades import lifted

KEYS = keys_from_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WISH = Wanted(program="chair", language="en", contact="Physio Nord, 030 1234")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite:///{tmp_path / 'limber.db'}", KEYS)
    yield store
    await store.close()


async def made(store: Store, wanted: Wanted, ends_at: datetime | None = None) -> str:
    lines = await store.run(codes.made, wanted, ends_at, NOW)
    return lines[0].split()[-1]


async def begun(
    store: Store, catalogue: Catalogue, chat_id: int, code: str, at: datetime = NOW
) -> Clinic | None:
    """Let somebody start with a code, and say whose they are then."""

    def work(unit: Unit) -> Clinic | None:
        chat = Chat("telegram", chat_id)
        service.hear(unit, chat, Command(name="start", argument=code), at, catalogue)
        kept = unit.talk_of(unit.user_of("telegram", chat_id, day=at.date()))
        assert kept is not None
        return lifted(kept).clinic

    return await store.run(work)


async def test_a_code_fits_a_link_and_is_told_once(store: Store) -> None:
    lines = await store.run(codes.made, WISH, None, NOW)
    code = lines[0].split()[-1]
    assert CODE.fullmatch(code)
    assert f"https://t.me/NAME?start={code} " in lines[1]
    listed = await store.run(codes.listed, NOW)
    assert code not in "\n".join(listed)
    assert [
        f"1: {code[:4]}…, used 0, language en, program chair, contact Physio Nord, 030 1234"
    ] == listed


async def test_whoever_comes_with_a_code_counts_once(store: Store, catalogue: Catalogue) -> None:
    code = await made(store, Wanted(uses=2, program="chair"))
    clinic = Clinic(number=1, program="chair")
    assert clinic == await begun(store, catalogue, 1, code)
    assert clinic == await begun(store, catalogue, 1, code)
    assert clinic == await begun(store, catalogue, 2, code)
    assert await begun(store, catalogue, 3, code) is None, "used up: a start like any other"
    assert clinic == await begun(store, catalogue, 1, code), "who came with it stays"
    assert "used 2 of 2" in (await store.run(codes.listed, NOW))[0]


@pytest.mark.parametrize("code", ["nothing", "", "x" * 65, "../etc", "1", "a b", "ö"])
async def test_a_code_that_is_none_starts_as_usual(
    store: Store, catalogue: Catalogue, code: str
) -> None:
    await made(store, WISH)
    assert await begun(store, catalogue, 1, code) is None


async def test_a_revoked_code_and_one_that_is_over_start_as_usual(
    store: Store, catalogue: Catalogue
) -> None:
    revoked, over = await made(store, WISH), await made(store, WISH, NOW + timedelta(days=1))
    await store.run(codes.revoked, revoked, NOW)
    assert await begun(store, catalogue, 1, revoked) is None
    assert await begun(store, catalogue, 1, over, NOW + timedelta(days=2)) is None
    assert await begun(store, catalogue, 1, over) is not None
    with pytest.raises(SettingsFault, match="no such code in force"):
        await store.run(codes.revoked, revoked, NOW)


async def test_a_link_is_drawn_for_a_clinic_to_print(store: Store, tmp_path: Path) -> None:
    picture = tmp_path / "clinic.png"
    lines = await store.run(codes.made, Wanted(bot="@limber_bot", picture=picture), None, NOW)
    assert f"The link: https://t.me/limber_bot?start={lines[0].split()[-1]}" == lines[1]
    assert f"The QR code: {picture}" == lines[2]
    assert picture.read_bytes().startswith(b"\x89PNG")


async def test_a_link_that_cannot_be_drawn_makes_no_code(store: Store, tmp_path: Path) -> None:
    in_the_way = tmp_path / "clinic.png"
    in_the_way.mkdir()
    with pytest.raises(SettingsFault, match="no code was made"):
        await store.run(codes.made, Wanted(bot="@limber_bot", picture=in_the_way), None, NOW)
    assert ["There are no codes."] == await store.run(codes.listed, NOW)


def test_all_that_is_wrong_with_a_wish_is_told_at_once(catalogue: Catalogue) -> None:
    wrong = Wanted(
        uses=0, until="soon", language="xx", program="strength", contact="x" * 201, bot="no name",
        picture=Path("nowhere/code.doc"),
    )  # fmt: skip
    with pytest.raises(SettingsFault) as fault:
        codes.looked_at(wrong, catalogue, NOW.date())
    told = [sentence.split(":")[0] for sentence in fault.value.sentences]
    assert [
        "--uses", "--language", "--program", "--bot", "--qr", "--contact", "--until",
    ] == told  # fmt: skip


def test_a_code_is_good_until_its_last_day_is_over_everywhere(catalogue: Catalogue) -> None:
    ends_at = codes.looked_at(Wanted(until="2026-11-30"), catalogue, NOW.date())
    assert datetime(2026, 12, 1, 12, tzinfo=UTC) == ends_at
    with pytest.raises(SettingsFault, match="is over"):
        codes.looked_at(Wanted(until="2026-11-20"), catalogue, NOW.date())
