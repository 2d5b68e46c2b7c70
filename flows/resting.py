"""When the floor waits for nothing: what was said last has been said, and only home is left."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.after import After
from flows.base import Frozen
from flows.home import ASKING, Home
from flows.talk import Floor

ASKED_AFTER = timedelta(hours=12)  # so long a session's questions wait for their answers


def is_at_rest(floor: Frozen, at: datetime) -> bool:
    """Tell whether the floor waits for no answer, or for none that is wanted any more."""
    if isinstance(floor, After):
        return floor.phase == "resting" or at - floor.brief.at > ASKED_AFTER
    return isinstance(floor, Home)


def settled(floor: Floor, at: datetime) -> Floor:
    """Give home for a floor at rest; what home itself shows or asks stays."""
    stays = isinstance(floor, Home) and (floor.phase == "helping" or floor.line in ASKING)
    return floor if stays or not is_at_rest(floor, at) else Home()
