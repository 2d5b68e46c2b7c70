"""The server as a process of its own, as kill tests and manual play use it."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from tests.botapi import TOKEN

HOUSE = Path(__file__).parents[2]


async def test_people_act_by_lines_on_standard_input(http: ClientSession) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.botapi", stdin=PIPE, stdout=PIPE, cwd=HOUSE
    )
    assert process.stdin
    assert process.stdout
    reader, writer = process.stdout, process.stdin

    async def act(**line: Any) -> Any:  # noqa: ANN401 - JSON
        writer.write(json.dumps(line).encode() + b"\n")
        return json.loads(await reader.readline())

    base_url = (await reader.readline()).decode().strip()
    assert (await act(who=7, do="says", **{"with": ["/start"]}))["ok"]
    params = {"chat_id": 7, "text": "Welcome"}
    async with http.post(f"{base_url}{TOKEN}/sendMessage", json=params) as answer:
        assert answer.ok
    assert (await act(who=7, do="sees", **{"with": ["Welcome", 0.1]}))["is"]["text"] == "Welcome"
    assert [m["from"] for m in (await act(who=7, do="chat"))["is"]] == ["me", "bot"]
    assert not (await act(who=7, do="taps", **{"with": ["Yes"], "and": {"within_s": 0}}))["ok"]
    assert (await act(do="calls"))["is"] == {"sendMessage": 1}
    writer.close()
    assert await process.wait() == 0
