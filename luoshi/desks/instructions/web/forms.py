"""Parse what the pages of the instructions send; every refusal names the field."""

from datetime import datetime, time
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.desks.instructions.domain.noting import Words
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.core.web.typed import a_date, text, whole
from luoshi.foundation.organizations.domain.queries.names import listed
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.matter.drafting import Plan
from luoshi.supervision.matters.domain.share.assigning import Share
from luoshi.supervision.matters.enums import Part

URGENT = ("urgent_amount", "urgent_unit", "urgent_basis")
NOTED = (
    "text",
    "leader",
    "instructed_on",
    "received_on",
    "file_number",
    "paper_title",
    "paper_reference",
    *URGENT,
)
PLANNED = ("title", "content", "method", "purpose", "end_on", "lead", "joint", "despite", *URGENT)
OPENING = time(9)


def words_of(post: QueryDict, at: datetime) -> Words:
    """The form of a new instruction; a day of receipt before today counts from its morning."""
    amount = text(post, "urgent_amount").strip()
    received = a_date(text(post, "received_on"), "received_on")
    earlier = received is not None and received != office_date(at)
    return Words(
        text=text(post, "text"),
        instructed_on=a_date(text(post, "instructed_on"), "instructed_on"),
        received_at=at_clock(received, OPENING) if received and earlier else None,
        file_number=text(post, "file_number"),
        paper_title=text(post, "paper_title"),
        paper_reference=text(post, "paper_reference"),
        urgent_amount=whole(amount, "urgent_amount") if amount else None,
        urgent_unit=text(post, "urgent_unit") if amount else "",
        urgent_basis=text(post, "urgent_basis"),
    )


def leader_of(post: QueryDict) -> UUID | None:
    """The named leader; anything that is no id names nobody."""
    try:
        return UUID(post.get("leader", ""))
    except ValueError:
        return None


def plan_of(post: QueryDict) -> Plan:
    """The plan part of the registration form; without an amount no urgent limit is meant."""
    amount = text(post, "urgent_amount").strip()
    return Plan(
        urgent_amount=whole(amount, "urgent_amount") if amount else None,
        urgent_unit=text(post, "urgent_unit") if amount else "",
        urgent_basis=text(post, "urgent_basis") if amount else "",
        title=text(post, "title"),
        content=text(post, "content"),
        method=text(post, "method"),
        purpose=text(post, "purpose"),
        end_on=a_date(text(post, "end_on"), "end_on"),
    )


def shares_of(post: QueryDict) -> list[Share]:
    """Lead and joint units by name; several leads handle separately, one alone solely."""
    leads, joint = units(post, "lead"), units(post, "joint")
    if len(leads) > 1:
        return [Share(unit, Part.SEPARATE) for unit in [*leads, *joint]]
    if leads and not joint:
        return [Share(leads[0], Part.SOLE)]
    return [Share(unit, Part.LEAD) for unit in leads] + [Share(unit, Part.JOINT) for unit in joint]


def units(post: QueryDict, name: str) -> list[Unit]:
    """The units a field names."""
    return listed(text(post, name), field=name, what=_("Not registered."))
