"""The server as a process of its own.  First line: its base URL.

Then people act by JSON lines on standard input, one answer a line; it ends when the input does.

{"who": 7, "do": "says", "with": ["/start"]}      {"who": 7, "do": "taps", "with": ["Yes"]}
{"who": 7, "do": "sees", "with": ["Hold"]}         {"who": 7, "do": "chat"}
{"do": "fail_next", "with": ["sendMessage"], "and": {"status": 500}}   {"do": "calls"}
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter
from typing import Any

from tests.botapi import TOKEN, BotApi, Flood, Message

Json = dict[str, Any]


def told(message: Message) -> Json:
    return {
        "id": message.message_id,
        "from": "bot" if message.from_bot else "me",
        "text": message.words,
        "buttons": message.rows,
        "media": message.media.kind if message.media else None,
        "edits": message.edits,
        "silent": message.silent,
    }


async def act(server: BotApi, line: Json) -> Any:  # noqa: ANN401 - JSON
    """Carry out one line."""
    do, given, named = line["do"], line.get("with", []), line.get("and", {})
    if do == "calls":
        return Counter(call.method for call in server.calls)
    if "who" not in line:
        result = getattr(server, do)(*given, **named)
    elif do == "chat":
        return [told(message) for message in server.person(line["who"]).chat]
    else:
        result = getattr(server.person(line["who"]), do)(*given, **named)
    if asyncio.iscoroutine(result):
        result = await result
    return told(result) if isinstance(result, Message) else None


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--flood", action="store_true", help="30 sends a second, 1 a chat")
    args = parser.parse_args()
    server = BotApi(token=args.token, flood=Flood() if args.flood else None)
    await server.start(args.port)
    try:
        say(server.base_url)
        while line := await asyncio.to_thread(sys.stdin.readline):
            try:
                say(json.dumps({"ok": True, "is": await act(server, json.loads(line))}))
            except (AssertionError, AttributeError, KeyError, TypeError, ValueError) as fault:
                say(json.dumps({"ok": False, "why": f"{type(fault).__name__}: {fault}"}))
    finally:
        await server.stop()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


asyncio.run(main())
