"""What a chart shows, in words: nobody has to see it to know."""

from __future__ import annotations

from bot.render.held import Held
from flows import diary
from flows.base import Said


def chart_told(held: Held) -> tuple[Said, ...]:
    measures = held.content.measures
    days = diary.by_day(diary.marks(held.entries), held.talk.zone)
    lines = diary.activities(diary.scores(held.entries), measures)
    pain = diary.pain_told(diary.pain_change(days, held.today, measures))
    return (*pain, *(diary.activity_told(line, held.content) for line in lines))
