"""Which version of which rule governs a regime on a date."""

from datetime import date
from uuid import UUID

from django.db.models import F, Q

from luoshi.supervision.rulebook.models import ReportingRuleVersion, RuleBinding


def versions_for(
    *, regime: str, urgent: bool, office_id: UUID, on: date
) -> list[ReportingRuleVersion]:
    """The versions in force on `on`, one per bound rule, in order of code; an office's own version
    goes before the shipped one (features row 14)."""
    bound = RuleBinding.objects.filter(regime=regime)
    bound = bound.filter(unless_urgent=False) if urgent else bound.filter(urgent_only=False)
    rows = (
        ReportingRuleVersion.objects.filter(
            Q(office=None) | Q(office_id=office_id),
            Q(valid_to=None) | Q(valid_to__gte=on),
            valid_from__lte=on,
            rule__in=bound.values("rule"),
        )
        .select_related("rule")
        .order_by("rule__code", F("office_id").asc(nulls_first=True), "version")
    )
    return list({row.rule.code: row for row in rows}.values())
