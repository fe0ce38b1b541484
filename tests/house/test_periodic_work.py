"""There is one list of periodic work: the beat schedule in the settings."""

import re
from datetime import timedelta

from django.conf import settings

from portal.celery import app
from tests.house import tree

ELSEWHERE = r"add_periodic_task|beat_schedule\b|crontab\(|\b(?:countdown|eta)="


LIST = "portal/settings.py"


def scheduled():
    """Names of the tasks in the list: the entry's own, or the one that it queues for each tenant."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        yield entry["task"]
        yield from entry.get("args", [])


def our_tasks():
    app.loader.import_default_modules()
    return {name for name in app.tasks if name.split(".")[0] in tree.CODE}


def test_every_entry_names_a_task_that_exists():
    assert set(scheduled()) - our_tasks() == set()


def test_nothing_is_scheduled_elsewhere():
    found = [name for name in tree.own(".py", *tree.CODE) if re.search(ELSEWHERE, tree.text(name))]

    assert set(found) <= {LIST}


def test_what_comes_once_a_day_has_a_time_of_day():
    """A beat without its schedule file counts an interval from its start: restarts would put it off for ever."""
    schedules = {name: entry["schedule"] for name, entry in settings.CELERY_BEAT_SCHEDULE.items()}
    too_long = {name for name, each in schedules.items() if isinstance(each, timedelta) and each > timedelta(hours=1)}

    assert too_long == set()
    due = schedules["count stored figures a second time"]
    assert (due.hour, due.minute, due.day_of_week) == ({3}, {10}, set(range(7)))


def test_every_task_is_in_the_list_or_queued_by_somebody():
    """A task that nobody queues and that is in no list would never run."""
    listed = set(scheduled())
    sources = "\n".join(tree.text(name) for name in tree.own(".py", *tree.CODE))
    forgotten = [
        name
        for name in sorted(our_tasks() - listed)
        if not re.search(rf"(?<!def )\b{name.rpartition('.')[2]}\b", sources)
    ]

    assert forgotten == []
