"""What the user wants to do again stands in a reminder, where it may be read by others."""

from __future__ import annotations

from flows.base import Activity, Aims
from flows.reminder import due
from tests.flows.reminder.scenes import NOW, WISH, keys, scene, shown


def told(*activities: Activity) -> list[str]:
    aims = Aims(activities=activities)
    (show,) = shown(due(WISH, scene(NOW, aims=aims), busy=False, turn=None))
    return keys(show)


def test_the_first_activity_is_the_goal_that_a_reminder_names() -> None:
    assert "reminder.goal" in told(Activity(id="walking"), Activity(id="shoes"))
    assert "reminder.goal" not in told()


def test_the_users_own_words_are_never_in_a_reminder() -> None:
    assert "reminder.goal" not in told(Activity(id="own1", text="sit without back pain"))
