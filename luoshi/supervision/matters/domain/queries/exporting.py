"""Lists of this room as they are written out: reports that wait for review and reports sent,
requests for a later limit, proposals for registration, the archive and what waits for it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import instant_text, last_day, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.sheets.registry import Column
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.enums import (
    REPORT_UNSENT,
    Answer,
    ExtensionState,
    ReportState,
    Retention,
)
from luoshi.supervision.matters.models import (
    Archiving,
    Extension,
    Matter,
    OutdatedRow,
    Proposal,
    Redating,
    Report,
)
from luoshi.supervision.matters.models.scopes import owned_by
from luoshi.supervision.rulebook.rules import may_read_rules


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """Reports that wait for review in one's own office, the longest first."""
    ensure(may_see_business(request.actor))
    own = owned_by(request.actor.unit_id, "assignment__matter__")
    rows = Report.objects.visible_to(request.actor).filter(own, state=ReportState.SUBMITTED)
    rows = rows.select_related("assignment__matter", "assignment__unit").prefetch_related("duties")
    return rows.defer("search", "assignment__matter__search").order_by("submitted_at", "pk")


def redatings(request: OfficeRequest) -> "QuerySet[Any]":
    """The acts that moved limits of the reader's office, newest first."""
    ensure(may_read_rules(request.actor))
    rows = Redating.objects.filter(Q(office=None) | Q(office_id=request.actor.unit_id))
    return rows.order_by("-decided_at", "id")


def total(key: str, label: Any) -> Column:
    """A number of the act."""
    return Column(key, label, lambda row, at: row.totals.get(key, 0))


REDATINGS = (
    Column("act", _("Act"), lambda row, at: row.title),
    Column("cause", _("Cause"), lambda row, at: str(row.get_cause_display())),
    total("moved", _("Moved")),
    total("earlier", _("Earlier")),
    total("later", _("Later")),
    total("overdue", _("Becomes overdue")),
    Column("by", _("Decided by"), lambda row, at: row.decided_by_name),
    Column("on", _("Date"), lambda row, at: office_date(row.decided_at).isoformat()),
)


def sent(row: Any) -> str:
    """When it was sent."""
    return instant_text(row.submitted_at, get_language() or "zh-hans")


COLUMNS = (
    Column("unit", _("Unit"), lambda row, at: str(row.assignment.unit)),
    Column("number", _("Number"), lambda row, at: row.assignment.matter.number),
    Column("matter", _("Matter"), lambda row, at: row.assignment.matter.title),
    Column(
        "duties", _("Report"), lambda row, at: "、".join(one.title_zh for one in row.duties.all())
    ),
    Column("sent", _("Sent"), lambda row, at: sent(row)),
    Column("late", _("Late"), lambda row, at: str(_("yes")) if row.late else ""),
    Column("progress", _("Progress"), lambda row, at: row.progress, usual=False),
)


def sent_reports(request: OfficeRequest) -> "QuerySet[Any]":
    """Sent reports in sight with what a list shows."""
    changed = OutdatedRow.objects.filter(row__report=OuterRef("pk"))
    rows = Report.objects.visible_to(request.actor).exclude(state__in=REPORT_UNSENT)
    rows = rows.annotate(has_changes=Exists(changed))
    rows = rows.select_related("assignment__matter", "assignment__unit", "review")
    return rows.prefetch_related("duties")


def sent_in_sight(request: OfficeRequest) -> "QuerySet[Any]":
    """The reports of the page of all of them; of a handling post those of its own unit."""
    ensure(may_see_business(request.actor))
    rows = sent_reports(request)
    if request.actor.role in HANDLING_ROLES:
        rows = rows.filter(assignment__unit_id=request.actor.unit_id)
    return rows.order_by("-submitted_at", "id")


def extensions_asked(request: OfficeRequest) -> "QuerySet[Any]":
    """Requests that wait for the reader's office, the longest first."""
    ensure(may_see_business(request.actor))
    rows = Extension.objects.visible_to(request.actor).filter(
        state=ExtensionState.ASKED, duty__assignment__matter__office_id=request.actor.unit_id
    )
    rows = rows.select_related("duty__assignment__matter", "duty__assignment__unit")
    return rows.order_by("asked_at", "id")


def proposals(request: OfficeRequest) -> "QuerySet[Any]":
    """Proposals for registration that wait in the reader's office, the longest first."""
    ensure(rules.may_draft(request.actor))
    rows = Proposal.objects.filter(matter__office_id=request.actor.unit_id, state=Answer.PENDING)
    return rows.select_related("matter").order_by("proposed_at", "id")


def archived(request: OfficeRequest) -> "QuerySet[Any]":
    """The archive in sight, narrowed to a retention, the latest first."""
    ensure(may_see_business(request.actor))
    kept = request.GET.get("retention", "")
    rows = Archiving.objects.in_force().visible_to(request.actor)
    if kept in Retention.values:
        rows = rows.filter(retention=kept)
    return rows.select_related("matter__office", "matter__lead_unit").order_by("-archived_at", "id")


def to_archive(request: OfficeRequest) -> "QuerySet[Any]":
    """Ended matters of the reader's own office that nobody has archived yet, the longest first;
    none for whoever does not archive."""
    ensure(may_see_business(request.actor))
    rows = Matter.objects.filter(office_id=request.actor.unit_id, ended_at__isnull=False)
    if request.actor.role not in rules.REGISTERING_ROLES:
        return rows.none()
    rows = rows.exclude(archivings__in=Archiving.objects.in_force())
    rows = rows.select_related("lead_unit").defer("search")
    return rows.order_by("ended_at", "id")


SENT = (
    *COLUMNS[:5],
    Column("receipt", _("Receipt"), lambda row, at: row.receipt_number),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    *COLUMNS[5:],
)
EXTENSIONS = (
    Column("number", _("Number"), lambda row, at: row.duty.assignment.matter.number),
    Column("matter", _("Matter"), lambda row, at: row.duty.assignment.matter.title),
    Column("report", _("Report"), lambda row, at: row.duty.title_zh),
    Column("unit", _("Unit"), lambda row, at: str(row.duty.assignment.unit)),
    Column("limit", _("Present limit"), lambda row, at: last_day(row.limit_at).isoformat()),
    Column("wanted", _("Asked for"), lambda row, at: last_day(row.wanted_at).isoformat()),
    Column("reason", _("Reason"), lambda row, at: row.reason),
    Column("asked", _("Asked"), lambda row, at: office_date(row.asked_at).isoformat()),
)
PROPOSALS = (
    Column("matter", _("Matter"), lambda row, at: row.matter.title),
    Column("source", _("Source"), lambda row, at: str(row.matter.get_regime_display())),
    Column("purpose", _("Purpose"), lambda row, at: row.matter.purpose),
    Column("by", _("Proposed by"), lambda row, at: row.proposed_by_name),
    Column("on", _("Proposed"), lambda row, at: office_date(row.proposed_at).isoformat()),
)
ARCHIVE = (
    Column("number", _("Number"), lambda row, at: row.matter.number),
    Column("matter", _("Matter"), lambda row, at: row.matter.title),
    Column("office", _("Assigning office"), lambda row, at: str(row.matter.office)),
    Column("lead", _("Lead unit"), lambda row, at: str(row.matter.lead_unit or "")),
    Column("retention", _("Retention"), lambda row, at: str(row.get_retention_display())),
    Column("by", _("Archived by"), lambda row, at: row.archived_by_name),
    Column("on", _("Archived"), lambda row, at: office_date(row.archived_at).isoformat()),
)
TO_ARCHIVE = (
    Column("number", _("Number"), lambda row, at: row.number),
    Column("matter", _("Matter"), lambda row, at: row.title),
    Column("lead", _("Lead unit"), lambda row, at: str(row.lead_unit or "")),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("ended", _("Ended"), lambda row, at: office_date(row.ended_at).isoformat()),
)
