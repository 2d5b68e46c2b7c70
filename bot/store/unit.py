"""A unit: one open transaction, with everything that may be asked of the store inside it.

Nothing here begins, commits or waits; payloads are bytes that nobody here reads.
"""

from __future__ import annotations

from bot.store.alarms import Alarms
from bot.store.codes import Codes
from bot.store.counts import Counts
from bot.store.erase import Erasure
from bot.store.notes import Notes
from bot.store.outbox import Outbox
from bot.store.paces import Paces
from bot.store.people import People
from bot.store.rewrap import Rewrapping
from bot.store.silence import Silence


class Unit(People, Alarms, Outbox, Paces, Silence, Erasure, Counts, Notes, Codes, Rewrapping):
    """Snapshot, alarms, outbox, diary and updates seen: kept together or not at all."""
