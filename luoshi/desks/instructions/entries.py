"""The left bar's entries, the tab of a matter, and who may open an instruction's files."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.desks.instructions.domain.noting import OWNER
from luoshi.desks.instructions.domain.queries.listing import COLUMNS, LEADERS, leader_rows, rows_of
from luoshi.desks.instructions.enums import InstructionState
from luoshi.desks.instructions.models import Instruction
from luoshi.foundation.attachments.owners import register as register_owner
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Entry, Reader, register, sections
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing


def to_register(reader: Reader) -> "QuerySet[Any]":
    """Instructions of which the office has not said yet what becomes of them."""
    rows = Instruction.objects.filter(office_id=reader.unit_id)
    return rows.filter(state=InstructionState.NOTED)


def files_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the same scope as the instruction's page."""
    return Instruction.objects.visible_to(actor).filter(pk=owner_id).exists()


SUPERVISING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)
label, url = _("Instructions"), "instructions:instructions"
register(Entry(label, url, "file-text", 25, SUPERVISING, _("Supervision"), to_register))
register(Entry(label, url, "file-text", 25, (Role.DOCUMENT_CLERK,), "", to_register))
register(Entry(_("My instructions"), url, "list-checks", 15, (Role.LEADER,)))
register_owner(OWNER, files_visible)
sections.register(sections.Section("matter", label, "instructions:matter", 25))
register_listing(Listing("instructions", label, url, COLUMNS, rows_of))
label, url = _("All leaders' instructions"), "instructions:leaders"
register_listing(Listing("instructions-leaders", label, url, LEADERS, leader_rows))
