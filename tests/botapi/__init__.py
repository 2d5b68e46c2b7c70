"""A Bot API 10.0 server of our own, as strict as Telegram: see `BotApi` and `Person`."""

from tests.botapi.chats import Message
from tests.botapi.flood import Flood
from tests.botapi.people import Group, Person
from tests.botapi.server import TOKEN, BotApi, Call
from tests.botapi.world import Tap

__all__ = ["TOKEN", "BotApi", "Call", "Flood", "Group", "Message", "Person", "Tap"]
