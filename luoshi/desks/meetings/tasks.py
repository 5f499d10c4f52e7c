"""The job that reads long documents: the work stands as a row, the job wakes it."""

from procrastinate.contrib.django import app

from luoshi.desks.meetings.domain.reading import read_document, waiting
from luoshi.foundation.accounts.domain.clock import now


@app.task(pass_context=False)
def wake() -> None:
    """At once after an upload; the schedule finds what a lost job left."""
    read_waiting()


def read_waiting() -> None:
    """Every waiting document, the oldest first."""
    for document in waiting():
        read_document(document, at=now()[0])
