"""Fixtures for all rooms."""

from __future__ import annotations

from pathlib import Path

import pytest

import content as content_room
from content.catalogue import Catalogue
from content.load import load


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-transcripts", action="store_true", help="rewrite the .chat files")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Give the content as shipped."""
    return load(Path(content_room.__file__).parent)
