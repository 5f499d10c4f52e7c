"""What stands behind the bell."""

from typing import Any

from django.db.models import QuerySet

from luoshi.foundation.core.navigation import Reader, register_bell
from luoshi.foundation.notifications.domain.marking import unread_rows


def behind_the_bell(reader: Reader) -> "QuerySet[Any]":
    """The reader's delivered, unread notices."""
    return unread_rows(reader.person_id, reader.now)


register_bell(behind_the_bell)
