"""Master keys: what is read, what is made, and what is told when neither goes."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path

import pytest

from bot.store.faults import KeyFault
from bot.store.keys import (
    MasterKeys,
    keys_from_file,
    keys_from_text,
    new_key_file,
    text_of,
    warning_of,
)

OLD, NEW = os.urandom(32), os.urandom(32)


def test_several_keys_are_read_newest_first_and_remarks_left_out() -> None:
    text = f"# made in spring\n{text_of([NEW])}\n{text_of([OLD])}"
    assert (NEW, OLD) == keys_from_text(text).keys


def test_a_new_key_file_is_private_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "config" / "limber" / "master.key"
    made = new_key_file(path)
    assert made.keys == keys_from_file(path).keys
    assert 0o600 == path.stat().st_mode & 0o777
    assert 0o700 == path.parent.stat().st_mode & 0o777
    assert warning_of(path) is None


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    made = new_key_file(path)
    with pytest.raises(KeyFault, match="is there already"):
        new_key_file(path)
    assert made.keys == keys_from_file(path).keys


def test_a_key_file_others_can_open_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    new_key_file(path)
    path.chmod(0o644)
    assert f"chmod 600 {path}" in (warning_of(path) or "")


def test_a_place_that_cannot_hold_a_key_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeyFault, match="cannot be made"):
        new_key_file(tmp_path / "file" / "master.key")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no key"),
        ("# nothing\n", "holds no key"),
        ("not base64!", "key 1 is not base64"),
        (b64encode(OLD).decode() + "\n" + b64encode(b"short").decode(), "key 2 has 5 bytes"),
    ],
    ids=["nothing", "a comment", "no base64", "short"],
)
def test_a_malformed_key_names_the_setting_and_a_remedy(text: str, told: str) -> None:
    with pytest.raises(KeyFault) as fault:
        keys_from_text(text)
    assert told in str(fault.value)
    assert "LIMBER_MASTER_KEY" in str(fault.value)
    assert "Remedy: " in str(fault.value)


def test_a_malformed_key_is_not_repeated_in_the_fault() -> None:
    with pytest.raises(KeyFault) as fault:
        keys_from_text("c2VjcmV0LXNlY3JldA==")
    assert "c2Vjcm" not in str(fault.value)


def test_a_missing_key_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match=r"does not exist.*limber key new"):
        keys_from_file(tmp_path / "master.key")


def test_a_key_file_that_is_no_text_or_no_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KeyFault, match="is not text"):
        keys_from_file(tmp_path / "binary")
    with pytest.raises(KeyFault, match="cannot be read"):
        keys_from_file(tmp_path)


def test_a_master_key_does_not_show_in_its_repr() -> None:
    assert "MasterKeys(source='here')" == repr(MasterKeys((OLD,), "here"))
