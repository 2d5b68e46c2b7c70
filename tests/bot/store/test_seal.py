"""Sealing: what was sealed opens in its place, under its keys, and nowhere else."""

from __future__ import annotations

import os

import pytest

from bot.store.faults import BrokenSeal
from bot.store.keys import MasterKeys
from bot.store.seal import Seal, Vault, Wrapping

OLD, NEW = os.urandom(32), os.urandom(32)
SEAL = Seal(os.urandom(32))


def test_what_was_sealed_opens() -> None:
    assert b"knee" == SEAL.open(SEAL.seal(b"knee", "talks", 1, "a"), "talks", 1, "a")


def test_the_same_words_never_look_the_same() -> None:
    assert SEAL.seal(b"knee", "talks", 1, "a") != SEAL.seal(b"knee", "talks", 1, "a")


@pytest.mark.parametrize("place", [("diary", 1, "a"), ("talks", 2, "a"), ("talks", 1, "b")])
def test_in_another_place_it_does_not_open(place: tuple[str, int, str]) -> None:
    with pytest.raises(BrokenSeal):
        SEAL.open(SEAL.seal(b"knee", "talks", 1, "a"), *place)


def test_a_flipped_bit_or_a_stump_does_not_open() -> None:
    sealed = SEAL.seal(b"knee", "talks", 1, "a")
    for broken in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:5], b""):
        with pytest.raises(BrokenSeal):
            SEAL.open(broken, "talks", 1, "a")


def test_a_key_wrapped_under_the_old_master_opens_beside_the_new_one() -> None:
    wrapped = Wrapping.under(MasterKeys((OLD,))).wrap(b"k" * 32, "keys", 1)
    both = Wrapping.under(MasterKeys((NEW, OLD)))
    assert b"k" * 32 == both.unwrap(wrapped, "keys", 1)
    with pytest.raises(BrokenSeal):
        Wrapping.under(MasterKeys((NEW,))).unwrap(wrapped, "keys", 1)


def test_the_newest_master_wraps() -> None:
    wrapped = Wrapping.under(MasterKeys((NEW, OLD))).wrap(b"k" * 32, "keys", 1)
    assert b"k" * 32 == Wrapping.under(MasterKeys((NEW,))).unwrap(wrapped, "keys", 1)


def test_a_chat_is_found_by_front_end_and_id_under_one_look_up_key() -> None:
    wrapping = Wrapping.under(MasterKeys((OLD,)))
    one, other = Vault(wrapping, os.urandom(32)), Vault(wrapping, os.urandom(32))
    assert one.hash_of("telegram", 1) == one.hash_of("telegram", 1)
    assert one.hash_of("telegram", 1) != one.hash_of("terminal", 1)
    assert one.hash_of("telegram", 1) != one.hash_of("telegram", 11)
    assert one.hash_of("telegram", 1) != other.hash_of("telegram", 1)
