"""Faults, as whoever runs Limber sees them: each sentence once, and a code that says what to do."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.command_line.telling import Fault, refuse_for
from bot.settings import SettingsFault
from bot.store.faults import KeyFault, Unreached

AWAY = Unreached("The server is away.")
WRONG = SettingsFault(["A is wrong.", "B is wrong."])


@pytest.mark.parametrize(
    ("faults", "code", "told"),
    [
        ([AWAY, AWAY], 75, ["The server is away."]),
        ([AWAY, WRONG], 2, ["The server is away.", "A is wrong.", "B is wrong."]),
        ([WRONG, WRONG, KeyFault("No key.")], 2, ["A is wrong.", "B is wrong.", "No key."]),
    ],
)
def test_what_has_to_be_mended_outweighs_what_may_pass(
    faults: Sequence[Fault], code: int, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        refuse_for(faults)
    assert (code, told) == (ended.value.code, capsys.readouterr().err.splitlines())
