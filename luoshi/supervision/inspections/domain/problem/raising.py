"""List a problem: what is wrong, whose it is, by when it is rectified.

Changes: one numbered `Problem` and a notice to the unit. Refused: a unit outside the office's
sight, a matter the unit takes no part in, no description, a limit that has passed.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message
from luoshi.foundation.organizations.domain.queries.sight import units_in_sight
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.limits import due_of, warning_of
from luoshi.supervision.inspections.domain.telling import tell_unit
from luoshi.supervision.inspections.enums import Category
from luoshi.supervision.inspections.models import Finding, Problem
from luoshi.supervision.matters.models import Assignment, Matter


@dataclass(frozen=True)
class Raised:
    """A problem as the office writes it down."""

    unit: Unit | None
    description: str
    category: str
    requirement: str
    limit_on: date | None


def checked(raised: Raised, matter: Matter | None, actor: Actor, on: date) -> None:
    """Refuse what cannot be followed up."""
    errors: dict[str, list[object]] = {}
    if raised.unit is None or raised.unit.pk == actor.unit_id:
        errors["unit"] = [_("Name the unit that has to rectify it.")]
    elif not units_in_sight(actor).filter(pk=raised.unit.pk).exists():
        text = _("Not within this office's scope: %(units)s.") % {"units": raised.unit}
        errors["unit"] = [text]
    elif matter and not Assignment.objects.filter(matter=matter, unit=raised.unit).exists():
        errors["unit"] = [_("This unit takes no part in the matter.")]
    if not raised.description.strip():
        errors["description"] = [_("Write the facts: when, where, what, how many.")]
    if raised.category not in Category.values:
        errors["category"] = [_("Choose the category.")]
    if raised.limit_on is None or not on < raised.limit_on <= date(on.year + 3, 12, 31):
        errors["limit_on"] = [_("Give a limit after today, within three years.")]
    words = {name: getattr(raised, name).strip() for name in ("description", "requirement")}
    errors |= {k: v for k, v in too_long(Problem, words).items() if k not in errors}  # type: ignore[misc]
    if errors:
        raise Invalid(_("Not listed: something is missing."), errors)  # type: ignore[arg-type]


def raise_problem(
    *,
    raised: Raised,
    actor: Actor,
    at: datetime,
    matter: Matter | None = None,
    finding: Finding | None = None,
) -> Problem:
    """List the problem under the next number of the office and year; no number is given twice."""
    ensure(rules.may_raise(actor))
    checked(raised, matter, actor, office_date(at))
    due = due_of(raised.limit_on)  # type: ignore[arg-type]
    year = office_date(at).year
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update().get(pk=actor.unit_id)
        known = Problem.objects.filter(office_id=actor.unit_id, year=year)
        serial = (known.order_by("-serial").values_list("serial", flat=True).first() or 0) + 1
        row = Problem.objects.create(
            office_id=actor.unit_id,
            unit=raised.unit,
            year=year,
            serial=serial,
            number=f"问〔{year}〕{serial}号",
            matter=matter,
            finding=finding,
            description=raised.description.strip(),
            category=raised.category,
            requirement=raised.requirement.strip(),
            limit_on=raised.limit_on,
            due_at=due.at,
            on_clock=True,
            attention_at=warning_of(due),
            overdue_at=due.at,
            raised_by_name=actor.person_name,
            raised_at=at,
        )
        message = Message(
            kind="problem",
            title_zh=f"问题（{raised.limit_on:%m-%d}前整改）：{row.number} {row.description[:80]}",
            title_en=f"Problem to rectify by {raised.limit_on:%m-%d}: {row.number}",
            url=f"/problems/{row.pk}/",
            key=f"problem|{row.pk}",
        )
        tell_unit(row.unit_id, message, at=at)
        after = {"unit": str(raised.unit), "limit": str(raised.limit_on)}
        record("inspections.problem_raised", actor=actor, at=at, obj=row, after=after)
    return row
