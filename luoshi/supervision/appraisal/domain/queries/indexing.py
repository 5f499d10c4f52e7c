"""The indexes of the appraisal as they are written out: published rankings, scoring versions."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import instant_text, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets.registry import Column
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.domain.periods import period_of
from luoshi.supervision.appraisal.domain.queries.showing import publications_for
from luoshi.supervision.appraisal.models import ScoringVersion


def rankings(request: OfficeRequest) -> "QuerySet[Any]":
    """The published rankings the reader may open, the latest first."""
    ensure(rules.may_read(request.actor))
    return publications_for(request.actor).order_by("-published_at", "id")


def versions(request: OfficeRequest) -> "QuerySet[Any]":
    """The office's scoring rules, the latest version first."""
    ensure(rules.may_prepare(request.actor))
    rows = ScoringVersion.objects.filter(office_id=request.actor.unit_id)
    return rows.prefetch_related("items").order_by("-number", "id")


def weights(row: ScoringVersion) -> str:
    """Points and caps in one cell."""
    return "；".join(
        f"{item.get_kind_display()} {item.points.normalize():+f}"
        + (f" ≤{item.cap.normalize():f}" if item.cap is not None else "")
        for item in sorted(row.items.all(), key=lambda one: one.kind)
    )


def words(row: Any) -> str:
    """The period in the reader's language."""
    return period_of(row.period).label(get_language() or "zh-hans")


def standing(row: Any) -> str:
    """Whether the ranking is the one in force."""
    return str(_("Corrected") if hasattr(row, "corrected_by") else _("In force"))


RANKINGS = (
    Column("period", _("Period"), lambda row, at: words(row)),
    Column("edition", _("Edition"), lambda row, at: row.edition),
    Column("office", _("Office"), lambda row, at: str(row.office)),
    Column("rules", _("Rules"), lambda row, at: f"{row.version} {row.version.title}"),
    Column(
        "as_of",
        _("As of"),
        lambda row, at: instant_text(row.as_of, get_language() or "zh-hans"),
    ),
    Column("published", _("Published"), lambda row, at: office_date(row.published_at).isoformat()),
    Column("by", _("Published by"), lambda row, at: row.published_by_name),
    Column("status", _("Status"), lambda row, at: standing(row)),
    Column("reason", _("Reason"), lambda row, at: row.reason),
    Column("fingerprint", _("Fingerprint"), lambda row, at: row.fingerprint, usual=False),
)
VERSIONS = (
    Column("version", _("Version"), lambda row, at: str(row)),
    Column("title", _("Title"), lambda row, at: row.title),
    Column("basis", _("Basis"), lambda row, at: row.basis),
    Column("base", _("Base"), lambda row, at: float(row.base)),
    Column("floor", _("Floor"), lambda row, at: float(row.floor)),
    Column("weights", _("Weights"), lambda row, at: weights(row)),
    Column("workdays", _("Working days to object"), lambda row, at: row.objection_workdays),
    Column("by", _("Drafted by"), lambda row, at: row.drafted_by_name),
    Column("drafted", _("Date"), lambda row, at: office_date(row.drafted_at).isoformat()),
    Column(
        "status",
        _("Status"),
        lambda row, at: str(_("Frozen") if row.used_at else _("Not used yet")),
    ),
)
