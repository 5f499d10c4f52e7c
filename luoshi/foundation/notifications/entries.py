"""What stands behind the bell."""

from typing import Any

from django.db.models import QuerySet

from luoshi.foundation.core.navigation import register_bell
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.notifications.domain.marking import unread_rows


def behind_the_bell(request: OfficeRequest) -> "QuerySet[Any]":
    """The reader's delivered, unread notices."""
    return unread_rows(request.user.pk, request.now)


register_bell(behind_the_bell)
