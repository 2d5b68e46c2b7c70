"""Which way an answer leans: nearer danger, or away from it.

What leans away is taken only when it is said plainly: "yes, but not for this" is no yes to having
been examined.  What leans toward danger may be hedged and explained.
"""

from __future__ import annotations

from typing import Literal

from content.catalogue import Catalogue
from content.schema import Fact, Part, Value
from flows.base import Scene
from flows.text import yes_no
from flows.text.answers import YesNo


def answered(part: Part, text: str, scene: Scene) -> YesNo | None:
    """Read a yes or no where these are the options, whatever they are called on the buttons."""
    options = {option.id for option in part.options}
    if not {"yes", "no"} <= options:
        return "unsure" if yes_no(text, scene) == "unsure" else None
    return yes_no(text, scene, harmless=harmless(part, scene.content))


def harmless(part: Part, content: Catalogue) -> Literal["yes", "no"]:
    """Say which of yes and no is farther from danger."""
    weight = {
        option.id: sum(gravity(content.facts[name], v) for name, v in option.set.items())
        for option in part.options
    }
    return "yes" if weight["yes"] < weight["no"] else "no"


def leans(fact: Fact) -> bool:
    """Tell whether one value of a fact is nearer danger than another."""
    return fact.type == "bool" or fact.toward_danger is not None


def gravity(fact: Fact, value: Value) -> int:
    """Weigh a value: the more the nearer to danger; all the same where there is no direction."""
    match fact.toward_danger:
        case "up" | None if fact.type == "bool":
            return int(value)
        case "up":
            return int(value)
        case "down":
            return -int(value)
        case None:
            return 0
        case order:
            return order.index(str(value)) if value in order else -1
