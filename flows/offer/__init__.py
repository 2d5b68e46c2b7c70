"""The floor between a check and a session: advice, plan, gates."""

from flows.offer.machine import MACHINE, advance, odd, read, view
from flows.offer.opening import begin
from flows.offer.vocabulary import EVENTS, Offer

__all__ = ["EVENTS", "MACHINE", "Offer", "advance", "begin", "odd", "read", "view"]
