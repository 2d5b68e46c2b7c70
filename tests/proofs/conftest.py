"""What the proofs of the shipped content share, made once."""

from __future__ import annotations

import pytest

from bot.proofs.case import Asker
from bot.proofs.certificate import Certificate
from bot.proofs.world import world_of
from bot.prove import prove
from content.catalogue import Catalogue


@pytest.fixture(scope="session")
def asker(catalogue: Catalogue) -> Asker:
    return Asker(world_of(catalogue))


@pytest.fixture(scope="session")
def certificate(catalogue: Catalogue) -> Certificate:
    return prove(catalogue)
