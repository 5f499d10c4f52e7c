"""The left bar's entry, the lists that are written out, who may open files, the process map."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.desks.publications.domain.issue.producing import OWNER as ISSUE
from luoshi.desks.publications.domain.item.collecting import OWNER as ITEM
from luoshi.desks.publications.domain.noting import OWNER as PRESS
from luoshi.desks.publications.domain.queries import figures, listing
from luoshi.desks.publications.enums import STEPS, Production
from luoshi.desks.publications.models import WRITING_ROLES, Issue, Item, PressItem
from luoshi.foundation.attachments.owners import register as register_owner
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Entry, Reader, register
from luoshi.foundation.core.navigation.processes import Process
from luoshi.foundation.core.navigation.processes import register as register_process
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing


def near(reader: Reader) -> "QuerySet[Any]":
    """Issues of the office whose planned day is near or past."""
    rows = Issue.objects.filter(office_id=reader.unit_id, on_clock=True)
    return rows.filter(attention_at__lte=reader.now)


def through(model: Any) -> Any:
    """A file is seen through the same scope as what it hangs on."""

    def visible(actor: Actor, owner_id: UUID) -> bool:
        return bool(model.objects.visible_to(actor).filter(pk=owner_id).exists())

    return visible


label, url = _("Publications"), "publications:publications"
READING = (Role.SUPERVISION_OFFICER, Role.LEADER, Role.CPPCC_MEMBER)
register(Entry(label, url, "file-text", 62, WRITING_ROLES, "", near))
register(Entry(label, url, "file-text", 62, READING))
for kind, model in ((ISSUE, Issue), (ITEM, Item), (PRESS, PressItem)):
    register_owner(kind, through(model))
issues, items, press = _("Issues"), _("Items and materials"), _("Press items")
register_listing(
    Listing(
        "publication-issues",
        issues,
        "publications:issues",
        listing.ISSUE_COLUMNS,
        listing.issue_rows,
    )
)
register_listing(
    Listing(
        "publication-items", items, "publications:items", listing.ITEM_COLUMNS, listing.item_rows
    )
)
register_listing(
    Listing("press", press, "publications:press", listing.PRESS_COLUMNS, listing.press_rows)
)
register_listing(
    Listing(
        "publication-figures",
        _("Figures of publications"),
        "publications:figures",
        figures.COLUMNS,
        figures.written_out,
    )
)
register_process(Process("issue", _("Issue of a publication"), Production.choices, STEPS, "S2-28"))
