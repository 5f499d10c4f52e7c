"""The job that retrains: a training stands as a row, the job wakes it."""

from procrastinate.contrib.django import app

from luoshi.desks.lessons.domain.retraining import run
from luoshi.desks.lessons.enums import UNFINISHED
from luoshi.desks.lessons.models import GateVersion
from luoshi.foundation.accounts.domain.clock import now


@app.task(lock="lessons", pass_context=False)
def retrain() -> None:
    """At once after somebody asked; the schedule finds what a lost job left."""
    go_on()


def go_on() -> None:
    """Every training under way, the oldest first."""
    for version in GateVersion.objects.filter(state__in=UNFINISHED).order_by("asked_at", "pk"):
        run(version=version, at=now()[0])
