"""The job that takes over and assigns large ledgers: the work stands as a row, the job wakes it."""

import time
from collections.abc import Callable

from procrastinate.contrib.django import app

from luoshi.desks.ledgers.domain.assigning import assign_rows
from luoshi.desks.ledgers.domain.writing import write
from luoshi.desks.ledgers.enums import RUNNING, LedgerState
from luoshi.desks.ledgers.models import Ledger
from luoshi.foundation.accounts.domain.clock import now

SLICE = 45.0


@app.task(lock="ledgers", pass_context=False)
def wake() -> None:
    """At once after somebody confirmed; the schedule finds what a lost job left."""
    go_on(until(SLICE))


def until(seconds: float) -> Callable[[], bool]:
    """True for so long, then false: other jobs shall have their turn."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end


def go_on(going_on: Callable[[], bool]) -> None:
    """Every running import, the oldest first."""
    for ledger in Ledger.objects.filter(state__in=RUNNING).order_by("started_at", "pk"):
        at, _demo = now()
        if ledger.state == LedgerState.WRITING:
            write(ledger=ledger, at=at)
        else:
            assign_rows(ledger=ledger, at=at, going_on=going_on)
