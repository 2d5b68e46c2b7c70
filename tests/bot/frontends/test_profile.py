"""What strangers see of the bot: set where it differs, looked at first, one request each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.frontends.profile import COMMANDS, introduce
from content.catalogue import Catalogue
from tests.bot.played.stage import Stage, stage

MOST = {"profile.description": 512, "profile.short": 120}
LOOKS = {"getChatMenuButton": 1, "getMyCommands": 1, "getMyDescription": 1}
LOOKS |= {"getMyShortDescription": 1}


async def introduced(house: Stage) -> Counter[str]:
    house.api.calls.clear()
    await introduce(house.hearing.bot, house.hearing.house)
    assert all(call.status == 200 for call in house.api.calls)
    return Counter(call.method for call in house.api.calls)


async def test_everything_is_set_once_and_then_only_looked_at(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    async with stage(tmp_path, catalogue) as house:
        first, second = await introduced(house), await introduced(house)
        world = house.api.world
        texts = {what: text for (what, language), text in world.texts.items() if not language}
        told = {scope: commands for (scope, language), commands in world.commands.items()}
        menu = world.menu
    languages = len(catalogue.words)
    each = {name: languages for name in LOOKS if name != "getChatMenuButton"}
    looks = {**each, "getChatMenuButton": 1}
    assert {**looks, **{name.replace("get", "set", 1): n for name, n in looks.items()}} == first
    assert looks == second
    assert {"Description", "ShortDescription"} == set(texts)
    assert ['{"type": "all_private_chats"}'] == list(told)
    assert list(COMMANDS) == [each["command"] for each in next(iter(told.values()))]
    assert {"type": "commands"} == menu


async def test_only_what_differs_is_set_again(tmp_path: Path, catalogue: Catalogue) -> None:
    async with stage(tmp_path, catalogue) as house:
        await introduced(house)
        house.api.world.texts["ShortDescription", ""] = "something else"
        again = await introduced(house)
    assert {"setMyShortDescription"} == {name for name in again if name.startswith("set")}


async def test_a_refusal_stops_nothing(tmp_path: Path, catalogue: Catalogue) -> None:
    async with stage(tmp_path, catalogue) as house:
        no = {"ok": False, "error_code": 400, "description": "Bad Request: no"}
        house.api.fail_next("getMyCommands", status=400, body=no)
        await introduce(house.hearing.bot, house.hearing.house)
        assert 400 in [call.status for call in house.api.calls]
        assert house.api.world.texts


@pytest.mark.parametrize("key", MOST)
def test_the_texts_fit_and_name_no_part_of_a_body(catalogue: Catalogue, key: str) -> None:
    for words in catalogue.words.values():
        text = words.get(key, "")
        assert isinstance(text, str)
        assert len(text) <= MOST[key]
        assert not {"back", "spine", "pain"} & set(text.lower().split())
