"""Jobs of the desk: long documents are read, doubtful drafts put to the local model. The work
stands as rows; a job only wakes it, and the schedule finds what a lost job left."""

import time

from procrastinate.contrib.django import app

from luoshi.desks.meetings.domain.advising import go_on
from luoshi.desks.meetings.domain.reading import read_document, waiting
from luoshi.foundation.accounts.domain.clock import now

SLICE = 45.0


@app.task(pass_context=False)
def wake() -> None:
    """Long documents, at once after an upload."""
    read_waiting()


def read_waiting() -> None:
    """Every waiting document, the oldest first."""
    for document in waiting():
        read_document(document, at=now()[0])


@app.task(lock="advice", pass_context=False)
def advise() -> None:
    """Doubtful drafts, at once after an upload; what waited while the model rested comes later."""
    carry_on()


def carry_on() -> None:
    """For so long; other jobs shall have their turn."""
    end = time.monotonic() + SLICE
    go_on(lambda: now()[0], lambda: time.monotonic() < end)
