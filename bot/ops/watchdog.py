"""Tells systemd that we are up, alive and stopping: a line to a socket, and no library.

It says "alive" only while the loops turn, so a house that hangs is started anew.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress

MICROS = 1_000_000
IDLE_S = 3600.0


class Watchdog:
    def __init__(self, is_alive: Callable[[], bool], env: Mapping[str, str] = os.environ) -> None:
        self.is_alive = is_alive
        self.address = env.get("NOTIFY_SOCKET", "")
        every_us = env.get("WATCHDOG_USEC", "")
        self.every_s = int(every_us) / MICROS / 2 if every_us.isdigit() else 0.0

    async def run(self) -> None:
        """Say that we are up, and then again and again that we live; ends when cancelled."""
        self.tell("READY=1")
        try:
            while True:
                if self.every_s and self.is_alive():
                    self.tell("WATCHDOG=1")
                await asyncio.sleep(self.every_s or IDLE_S)
        finally:
            self.tell("STOPPING=1")

    def tell(self, what: str) -> None:
        if not self.address or not hasattr(socket, "AF_UNIX"):
            return
        address = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)  # noqa: FBT003 - a listener that hangs must not hang us
            line.connect(address)
            line.send(what.encode())
