"""The office's list of nudges as it is written out: the list that `show` names, one row a nudge,
notice, exception or slip."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets.registry import Column
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.queries.charges import said, standing
from luoshi.supervision.chasing.domain.queries.nudges import LISTINGS
from luoshi.supervision.chasing.models import NudgeException, Reminder, Urge


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The rows of the list that is shown."""
    ensure(rules.may_see_nudges(request.actor))
    listing = LISTINGS.get(request.GET.get("show", "held"), LISTINGS["held"])
    return listing.rows(request.actor.unit_id or UUID(int=0)).order_by(*listing.order)


def leaders_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The leaders in charge as the page shows them."""
    ensure(rules.may_see_nudges(request.actor))
    office = request.actor.unit_id or UUID(int=0)
    rows = said(office) if request.GET.get("show") == "all" else standing(office, request.now)
    return rows.order_by("-named_at", "id")


def share_of(row: Any) -> Any:
    """The share a row is about."""
    if isinstance(row, Urge):
        return row.assignment
    return row.duty.assignment if isinstance(row, Reminder) else row.urge.assignment


def what_of(row: Any) -> str:
    """Tone, level or colour."""
    if isinstance(row, Urge):
        return str(row.get_tone_display())
    if isinstance(row, Reminder):
        return f"{row.level} {row.get_level_display()}"
    if isinstance(row, NudgeException):
        return str(row.urge.get_tone_display())
    return f"{row.get_colour_display()} {row.number}"


def words_of(row: Any) -> str:
    """What was said, or what is asked for."""
    if isinstance(row, Urge):
        return row.text
    if isinstance(row, Reminder):
        return row.duty.title_zh
    return row.reason if isinstance(row, NudgeException) else row.urge.text


def by_of(row: Any) -> str:
    """Who did it; automatic notices come from nobody."""
    names = ("made_by_name", "asked_by_name", "issued_by_name")
    return next((getattr(row, name) for name in names if hasattr(row, name)), "")


def on_of(row: Any) -> str:
    """The day."""
    names = ("made_at", "asked_at", "issued_at")
    found: datetime = next(getattr(row, name) for name in names if hasattr(row, name))
    return office_date(found).isoformat()


def state_of(row: Any) -> str:
    """Sent, held and why, granted or refused."""
    if isinstance(row, Urge | NudgeException):
        held = str(row.get_held_reason_display()) if isinstance(row, Urge) else row.remark
        return " ".join(filter(None, (str(row.get_state_display()), held)))
    if isinstance(row, Reminder):
        return str(_("Sent")) if row.sent_at else str(row.get_held_reason_display())
    return f"{_('Due')} {last_day(row.limit_at).isoformat()}"


COLUMNS = (
    Column("number", _("Number"), lambda row, at: share_of(row).matter.number),
    Column("matter", _("Matter"), lambda row, at: share_of(row).matter.title),
    Column("unit", _("Unit"), lambda row, at: str(share_of(row).unit)),
    Column("what", _("Kind"), lambda row, at: what_of(row)),
    Column("words", _("Words"), lambda row, at: words_of(row)),
    Column("by", _("By"), lambda row, at: by_of(row)),
    Column("on", _("Date"), lambda row, at: on_of(row)),
    Column("state", _("State"), lambda row, at: state_of(row)),
)

LEADERS = (
    Column("unit", _("Unit"), lambda row, at: str(row.unit or "")),
    Column("number", _("Number"), lambda row, at: row.matter.number if row.matter else ""),
    Column("matter", _("Matter"), lambda row, at: row.matter.title if row.matter else ""),
    Column("leader", _("Leader"), lambda row, at: row.leader_name or str(_("Nobody"))),
    Column("title", _("Post"), lambda row, at: row.leader_title),
    Column("from", _("From"), lambda row, at: row.from_on.isoformat()),
    Column("basis", _("Basis"), lambda row, at: row.basis),
    Column("by", _("Named by"), lambda row, at: row.named_by_name),
    Column("on", _("Date"), lambda row, at: office_date(row.named_at).isoformat()),
)
