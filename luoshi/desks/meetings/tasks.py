"""The job that puts doubtful drafts to the local model: the work stands as a row."""

import time

from procrastinate.contrib.django import app

from luoshi.desks.meetings.domain.advising import go_on
from luoshi.foundation.accounts.domain.clock import now

SLICE = 45.0


@app.task(lock="advice", pass_context=False)
def advise() -> None:
    """At once after an upload; the schedule finds what a lost job left, or what waited while the
    model rested."""
    carry_on()


def carry_on() -> None:
    """For so long; other jobs shall have their turn."""
    end = time.monotonic() + SLICE
    go_on(lambda: now()[0], lambda: time.monotonic() < end)
