"""The clock as the edge reads it: real, except in a demo database that was moved to a day."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from luoshi.foundation.accounts.models import DatabaseNature
from luoshi.foundation.core.time import office_date

OFFICE: list[str] = []  # the database known to be an office's: it never becomes a demo


def now() -> tuple[datetime, bool]:
    """(instant, whether this is a demo database)."""
    real = timezone.now()
    if OFFICE and OFFICE[0] == connection.settings_dict["NAME"]:
        return real, False
    nature = DatabaseNature.objects.first()
    if nature is None or not nature.demo:
        if nature is not None and not connection.in_atomic_block:
            OFFICE[:] = [connection.settings_dict["NAME"]]
        return real, False
    if nature.demo_day is None:
        return real, True
    return real + timedelta(days=(nature.demo_day - office_date(real)).days), True
