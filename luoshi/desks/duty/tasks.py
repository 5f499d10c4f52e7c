"""The job that lets rosters be worked out: the work stands as rows, a job only wakes it."""

from procrastinate.contrib.django import app

from luoshi.desks.duty.domain.roster.working_out import go_on
from luoshi.foundation.accounts.domain.clock import now


@app.task(lock="rosters", pass_context=False)
def wake() -> None:
    """At once after somebody asked."""
    carry_on()


def carry_on() -> None:
    """Every roster that waits, the oldest first; the schedule finds what a killed job left."""
    go_on(lambda: now()[0])
