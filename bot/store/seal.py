"""Sealing: AES-GCM with a random nonce, bound to the table, the user and the row.

Each user has a data key; the master keys wrap it.  The look-up key, which turns a chat id into
the hash it is found by, is random and wrapped as well, so a new master key re-wraps and no more.
A sealed row that is moved to another place does not open there.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.faults import BrokenSeal
from bot.store.keys import KEY_BYTES, MasterKeys

NONCE_BYTES = 12


class Seal:
    """One key at work.  It has no `repr` of its own, so it cannot show what it holds."""

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(data_key)

    def seal(self, plain: bytes, table: str, user: int, row: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, _place(table, user, row))

    def open(self, sealed: bytes, table: str, user: int, row: str) -> bytes:
        nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, text, _place(table, user, row))
        except (InvalidTag, ValueError):  # ValueError: too short to have been sealed
            raise BrokenSeal(f"A row of {table} does not open under its own key.") from None


def _place(table: str, user: int, row: str) -> bytes:
    return f"{table}\0{user}\0{row}".encode()


@dataclass(frozen=True)
class Wrapping:
    """The master keys at work: the newest wraps, any of them unwraps."""

    seals: tuple[Seal, ...] = field(repr=False)

    @classmethod
    def under(cls, masters: MasterKeys) -> Wrapping:
        return cls(tuple(Seal(key) for key in masters.keys))

    def wrap(self, key: bytes, table: str, user: int, row: str = "key") -> bytes:
        return self.seals[0].seal(key, table, user, row)

    def unwrap(self, wrapped: bytes, table: str, user: int, row: str = "key") -> bytes:
        return _first_that_opens(self.seals, wrapped, table, user, row)

    def anew(self, wrapped: bytes, table: str, user: int, row: str = "key") -> bytes | None:
        """Wrap it under the newest key; none when it is so already."""
        try:
            self.seals[0].open(wrapped, table, user, row)
        except BrokenSeal:
            return self.wrap(self.unwrap(wrapped, table, user, row), table, user, row)
        return None


def _first_that_opens(
    seals: Iterable[Seal], wrapped: bytes, table: str, user: int, row: str
) -> bytes:
    for seal in seals:
        try:
            return seal.open(wrapped, table, user, row)
        except BrokenSeal:
            continue
    raise BrokenSeal(f"A key kept in {table} opens under none of the master keys.")


@dataclass(frozen=True)
class Vault:
    """All that turns a person into ciphertext: the master keys and the look-up key."""

    wrapping: Wrapping = field(repr=False)
    look_up: bytes = field(repr=False)

    def hash_of(self, front_end: str, chat_id: int) -> bytes:
        return hmac.digest(self.look_up, f"{front_end}\0{chat_id}".encode(), "sha256")

    def new_key(self, table: str, user: int) -> tuple[Seal, bytes]:
        """Draw a data key; return it ready to seal, and wrapped to be kept."""
        key = os.urandom(KEY_BYTES)
        return Seal(key), self.wrapping.wrap(key, table, user)

    def seal_of(self, wrapped: bytes, table: str, user: int) -> Seal:
        return Seal(self.wrapping.unwrap(wrapped, table, user))
