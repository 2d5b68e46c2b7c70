"""The card for the person at the desk: large print, two languages, and a code that holds it all."""

from bot.render.doorway.card import card_png
from bot.render.doorway.telling import Told, card_told, found

__all__ = ["Told", "card_png", "card_told", "found"]
