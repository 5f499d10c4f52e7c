"""The left bar's entry of the points lists, the kinds of payload that travel, the follower."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.following import register as register_follower
from luoshi.foundation.core.navigation import Entry, Reader, register
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.lists.domain.mirroring.registering import register_kinds
from luoshi.supervision.lists.domain.mirroring.telling import follow
from luoshi.supervision.lists.domain.queries.exporting import COLUMNS, rows_of
from luoshi.supervision.lists.domain.queries.indexing import COLUMNS as LISTS
from luoshi.supervision.lists.domain.queries.indexing import lists_of
from luoshi.supervision.lists.enums import ListState
from luoshi.supervision.lists.models import SupervisionPointsList


def to_agree(reader: Reader) -> "QuerySet[Any]":
    """Drafted lists whose present text the reader's office has still to agree to (S3-55)."""
    rows = SupervisionPointsList.objects.filter(
        state=ListState.DRAFTED, joint_office_id=reader.unit_id
    )
    return rows.exclude(agreement__revision=F("revision"))


register_kinds()
register_follower(follow)
SUPERVISING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)
label = _("Points lists")
register(Entry(label, "lists:lists", "calendar-days", 42, SUPERVISING, _("Supervision"), to_agree))
register(Entry(label, "lists:lists", "calendar-days", 42, (*HANDLING_ROLES, Role.LEADER)))
register_listing(Listing("points", _("Points of a list"), "lists:lists", COLUMNS, rows_of))
register_listing(Listing("points-lists", label, "lists:lists", LISTS, lists_of))
