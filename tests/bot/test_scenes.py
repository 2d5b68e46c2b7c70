"""Limber as a real process in Telegram's protocol, with a crowd of people at once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import pytest_asyncio

from content.catalogue import Catalogue
from tests.bot import scenes
from tests.bot.scenes.flooding import Flood
from tests.bot.scenes.giving import GivesBack
from tests.bot.scenes.holding import Blocks, HoldsEnd, Impatience, Stops
from tests.bot.scenes.talking import DoubledUpdates, ForgedButtons, OddThings, Walk

SCENES: Mapping[str, scenes.Scene] = {
    "a first walk reaches the first hold and a stop": Walk(),
    "whatever is no answer is answered, and the place is kept": OddThings(),
    "forged and foreign buttons change nothing": ForgedButtons(),
    "doubled and disordered updates are heard once": DoubledUpdates(),
    "hold ends are at most a second late": HoldsEnd(),
    "a stop is obeyed at any moment": Stops(),
    "a block ends the session": Blocks(),
    "a flood is told once, and harms nobody": Flood(),
    "what is held is given back, and then erased": GivesBack(),
    "impatience about an edit keeps no bell waiting": Impatience(),
}
Raised = Mapping[str, BaseException | None]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def raised(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Raised:
    return await scenes.played(SCENES, tmp_path_factory.mktemp("limber"), catalogue)


@pytest.mark.parametrize("scene", SCENES)
def test_in_a_crowd(raised: Raised, scene: str) -> None:
    if (fault := raised[scene]) is not None:
        raise fault
