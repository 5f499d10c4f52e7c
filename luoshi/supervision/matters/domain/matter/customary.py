"""The office's customary limit for a document or minutes that name none (R-SUP-3): never by itself,
only where an officer asks for it, and the basis says that the source names no limit."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.recording import kept
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.supervision.matters.domain.matter.drafting import Plan
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import Regime

ANCHORS = {Regime.DOCUMENT: "issue", Regime.MEETING: "meeting"}


def with_customary_limit(
    plan: Plan, *, office_id: UUID | None, today: date, calendar: Calendar
) -> Plan:
    """The plan with its end date so many calendar days after the issue or the meeting (today where
    neither is given), rolled forward, and the basis that says so. Refused: another source, whose
    own rules date it, and a plan that has an end date already."""
    if plan.end_on is not None:
        raise Invalid(
            _("Not saved."),
            {"end_on": [_("An end date is given: the customary limit is for plans without one.")]},
        )
    if plan.regime not in ANCHORS:
        raise Invalid(
            _("Not saved."),
            {"regime": [_("A customary limit exists for documents and minutes only.")]},
        )
    settings = settings_of(office_id)  # type: ignore[arg-type]
    document = plan.regime == Regime.DOCUMENT
    days = settings.document_days if document else settings.minutes_days
    anchor = plan.anchors.get(ANCHORS[Regime(plan.regime)])
    start = date.fromisoformat(anchor) if anchor else today
    custom = _("no limit in the source; the office's custom of %(n)d days")
    said = kept(lambda: custom % {"n": days})
    basis = f"{plan.basis.strip()}；{said}" if plan.basis.strip() else said
    end_on = calendar.roll_forward(start + timedelta(days=days))
    return replace(plan, end_on=end_on, basis=basis)
