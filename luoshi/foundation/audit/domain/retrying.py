"""A whole verb again, when the database gave it up for another one (security.md 8)."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

Result = TypeVar("Result")
TRIES = 3
SERIALISATION, DEADLOCK = "40001", "40P01"
logger = logging.getLogger(__name__)


def given_up(error: OperationalError) -> bool:
    """Whether the database undid this transaction so that another one could go on."""
    return getattr(error.__cause__, "sqlstate", "") in {SERIALISATION, DEADLOCK}


def whole_verb(act: Callable[[], Result]) -> Result:
    """Run `act`, one whole transaction, at most three times. Inside a larger transaction it runs
    once: a part of a verb is never repeated."""
    for number in range(1, TRIES + 1):
        try:
            return act()
        except OperationalError as error:
            last = number == TRIES or connection.in_atomic_block
            if last or not given_up(error):
                raise
            logger.warning("verb tried again", extra={"try": number})
    raise AssertionError("unreachable")
