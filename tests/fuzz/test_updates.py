"""A taste of the fuzzing that `make fuzz` does at length."""

from __future__ import annotations

from hypothesis import settings

from tests.fuzz import properties


def test_no_update_however_spoilt_is_an_exception() -> None:
    settings(max_examples=150, deadline=None)(properties.any_update_is_read_and_answered)()


def test_no_button_however_forged_is_an_exception() -> None:
    settings(max_examples=150, deadline=None)(properties.any_button_is_answered)()
