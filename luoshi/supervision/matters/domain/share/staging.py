"""Set the planned progress of a matter, or of one unit's share (R-SUP-5). It is optional: without
it only limits count, and nobody is asked for percentages.

Changes: the stages, the clocks of the shares held against them, and the units' summaries; a notice
to each unit whose plan somebody else set. Refused: others than the assigning office, but for a unit
that states its own plan where there is none yet; an ended matter; days or percentages that do not
rise, days after the end.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.share.stages import DAYS, Stage, as_rows, follows, read
from luoshi.supervision.matters.domain.share.summarising import hold_units, refresh
from luoshi.supervision.matters.domain.telling import tell_unit
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Part
from luoshi.supervision.matters.models import Assignment, Matter

WORDS = ("进度计划有更新", "Planned progress set or changed")
MOST_STAGES = 12
LONGEST = 60


def plan_progress(*, matter: Matter, stages: Sequence[Stage], actor: Actor, at: datetime) -> Matter:
    """Replace the matter's stages; every share without a plan of its own is held against them, also
    one whose days a stop of the clock had moved."""
    ensure(rules.may_edit(actor, matter))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_edit(actor, matter))
        refuse_bad(stages, matter.end_on)
        before, matter.stages = matter.stages, as_rows(stages)
        matter.save(update_fields=("stages",))
        if matter.stages != before:
            hold_anew(matter, actor, at)
        told(matter, before, matter.stages, "", actor, at)
    return matter


def plan_share(
    *, assignment: Assignment, stages: Sequence[Stage], actor: Actor, at: datetime
) -> Assignment:
    """Replace the stages of one unit's own plan; none = the matter's hold again."""
    ensure(rules.may_stage(actor, assignment))
    with acting(actor=actor, at=at):
        share = locked(Assignment.objects.select_related("matter", "unit"), assignment.pk)
        ensure(rules.may_stage(actor, share))
        refuse_bad(stages, share.matter.end_on)
        before, share.stages = share.stages, as_rows(stages)
        renew([share], share.matter, at)
        if share.stages != before:
            tell_units([share], actor, at)
        told(share.matter, before, share.stages, str(share.unit), actor, at)
    return share


def hold_anew(matter: Matter, actor: Actor, at: datetime) -> None:
    """Hold the shares that follow the matter's plan against what it is now."""
    shares = matter.assignments.filter(state__in=ASSIGNMENT_OPEN).exclude(part=Part.JOINT)
    rows = shares.select_related("unit").order_by("unit_id", "pk")
    held = [share for share in rows if follows(share)]
    for share in held:
        share.stages = []
    renew(held, matter, at)
    tell_units(held, actor, at)


def renew(shares: Sequence[Assignment], matter: Matter, at: datetime) -> None:
    """Bring the clocks of these shares up to date, their units locked in one order."""
    hold_units({share.unit_id for share in shares})
    for share in shares:
        share.matter = matter
        refresh(share, at=at)


def tell_units(shares: Sequence[Assignment], actor: Actor, at: datetime) -> None:
    """Tell the units what they are held against from now on, but for the one that says it."""
    for share in shares:
        if share.unit_id != actor.unit_id:
            key = f"{share.pk}|{at.isoformat()}"
            tell_unit(share, kind="planned", words=WORDS, key=key, at=at)


def told(matter: Matter, before: Any, after: Any, unit: str, actor: Actor, at: datetime) -> None:
    """What the trail keeps: days and percentages before and after."""
    record(
        "matters.staged",
        actor=actor,
        at=at,
        obj=matter,
        before={"stages": lines(before)},
        after={"stages": lines(after), "unit": unit},
    )


def lines(rows: Any) -> list[str]:
    """Each stage in one line."""
    return [f"{one.on.isoformat()} {one.percent}% {one.text}".strip() for one in read(rows)]


def refuse_bad(stages: Sequence[Stage], end_on: date | None) -> None:
    """Everything that does not fit, told at once."""
    errors: list[object] = []
    if len(stages) > MOST_STAGES:
        errors.append(_("At most %(n)d stages; plan less finely.") % {"n": MOST_STAGES})
    if any(not 1 <= one.percent <= 100 for one in stages):
        errors.append(_("Give whole percentages from 1 to 100."))
    days, shares = [one.on for one in stages], [one.percent for one in stages]
    told_day = _("There is no day %(typed)s. Please check year, month and day.")
    errors += [
        told_day % {"typed": day.isoformat()} for day in days if not DAYS[0] <= day <= DAYS[1]
    ]
    if days != sorted(set(days)):
        errors.append(_("Each day stands once, in order."))
    if shares != sorted(set(shares)):
        errors.append(_("The percentage rises from stage to stage."))
    if end_on is not None and any(day > end_on for day in days):
        errors.append(_("A stage lies after the matter's end date."))
    if any(len(one.text) > LONGEST for one in stages):
        errors.append(_("At most %(n)d characters.") % {"n": LONGEST})
    if errors:
        raise Invalid(_("Not saved: something does not fit."), {"stages": errors})  # type: ignore[dict-item]
