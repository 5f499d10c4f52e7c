"""The clock as the edge reads it: real, except in a demo database that was moved to a day."""

from datetime import datetime, timedelta

from django.utils import timezone

from luoshi.foundation.accounts.models import DatabaseNature
from luoshi.foundation.core.time import office_date


def now() -> tuple[datetime, bool]:
    """(instant, whether this is a demo database)."""
    real = timezone.now()
    nature = DatabaseNature.objects.first()
    if nature is None or not nature.demo:
        return real, False
    if nature.demo_day is None:
        return real, True
    return real + timedelta(days=(nature.demo_day - office_date(real)).days), True
