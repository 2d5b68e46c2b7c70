"""Typed text, read: pure functions of a text and the scene, words from content/reading.yaml."""

from flows.text.answers import OutOfRange, is_none, numbers_list, whole_number, yes_no
from flows.text.clock import time_of_day
from flows.text.danger import heard, is_stop_word
from flows.text.matching import matches
from flows.text.normal import normalise
from flows.text.reading import Reading
from flows.text.spans import days

__all__ = [
    "OutOfRange", "Reading", "days", "heard", "is_none", "is_stop_word", "matches", "normalise",
    "numbers_list", "time_of_day", "whole_number", "yes_no",
]  # fmt: skip
