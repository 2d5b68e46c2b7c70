"""What content may say: the shape of every file under `content/`, and nothing about how it is used.

Each class is one kind of entry.  Conditions stand here as the text their author wrote; `load`
parses each text once into a tree of `conditions`, which a `Catalogue` looks up by the text.
Sentences are not here: an entry's words stand in `words/<language>.yaml` under a key made from
its kind and id (`rule.E12.why`, `screen.Q1.ask`, `option.Q1.chest`, `exercise.cat_cow.cue`).
"""

from content.schema.asking import Derived, Fact, Option, Part, Route, Screen
from content.schema.cases import Case, CaseLevel
from content.schema.coaching import (
    AfterRule,
    Block,
    Cap,
    Directions,
    Outcome,
    Progress,
    ProgressRule,
    SessionEvent,
    StopRules,
    Timing,
    Told,
)
from content.schema.danger import Concept, DangerAction, DangerWords, Phrases, Reach, Slot
from content.schema.days import (
    CheckIn,
    Fading,
    Freshness,
    LocalTime,
    Recheck,
    Remark,
    ReminderRules,
)
from content.schema.entry import (
    STRETCHES,
    Cond,
    Entry,
    Id,
    Level,
    LevelName,
    Reviewed,
    Stretch,
    Value,
)
from content.schema.judging import Consent, Exempt, Extra, LevelText, Promise, Rule
from content.schema.measuring import ActivityScale, Measures, PainScale
from content.schema.moving import (
    Choice,
    Condition,
    Dose,
    Exercise,
    Family,
    Joint,
    Limit,
    Pose,
    Position,
    Program,
    Region,
    Resolution,
    Sides,
)
from content.schema.own import (
    Activity,
    AimRules,
    Apart,
    Climbing,
    Ladder,
    LadderStep,
    OwnRules,
    Stride,
    Tip,
)
from content.schema.reading import Tongue, Typed, TypedWords
from content.schema.wording import Plural, Words
from content.schema.world import Country, Phones, Place, Source

__all__ = [
    "STRETCHES", "Activity", "ActivityScale", "AfterRule", "AimRules", "Apart", "Block", "Cap",
    "Case", "CaseLevel", "CheckIn", "Choice", "Climbing", "Concept", "Cond", "Condition", "Consent",
    "Country", "DangerAction", "DangerWords", "Derived", "Directions", "Dose", "Entry",
    "Exempt", "Exercise", "Extra", "Fact", "Fading", "Family", "Freshness", "Id", "Joint",
    "Ladder", "LadderStep", "Level", "LevelName", "LevelText", "Limit", "LocalTime", "Measures",
    "Option", "Outcome", "OwnRules", "PainScale", "Part", "Phones", "Phrases", "Place",
    "Plural", "Pose", "Position", "Program", "Progress", "ProgressRule", "Promise", "Reach",
    "Recheck", "Region", "Remark", "ReminderRules", "Resolution", "Reviewed", "Route", "Rule",
    "Screen", "SessionEvent", "Sides", "Slot", "Source", "StopRules", "Stretch", "Stride",
    "Timing", "Tip", "Told", "Tongue", "Typed", "TypedWords", "Value", "Words",
]  # fmt: skip
