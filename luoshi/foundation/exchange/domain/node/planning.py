"""Say by when a unit's node is to be connected and who answers for it there (features row 54)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.core.time import office_date, typed_day
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.queries.milestones import expected
from luoshi.foundation.exchange.enums import BELOW, Relation
from luoshi.foundation.exchange.models import ConnectionPlan, Node
from luoshi.foundation.organizations.models import Unit

FAR = 10  # years


def plan_connection(
    *,
    unit: Unit,
    planned_on: str,
    in_charge: str,
    node_code: str,
    seen: str,
    actor: Actor,
    at: datetime,
) -> ConnectionPlan:
    """Add the plan that is in force from now on; an empty date takes the plan back, the rows before
    stay. `seen`: the number of the plan the form showed ("" = none). Refused: a date that is none
    or lies more than ten years off, a name over 60 characters, a node that is not one level down or
    belongs to another unit, a unit that lives at the superior, a plan somebody else changed
    meanwhile, one that changes nothing."""
    ensure(rules.may_enter_nodes(actor))
    on = checked(planned_on, in_charge, at)
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        node = node_named(node_code)
        refuse_unit(unit)
        last = ConnectionPlan.objects.filter(unit=unit).order_by("-id").first()
        refuse_stale(last, seen)
        refuse_taken(node, unit)
        said = (on, in_charge.strip(), node.pk if node else None)
        before = (last.planned_on, last.in_charge, last.node_id) if last else (None, "", None)
        if said == before:
            raise Refused(_("Not saved: nothing was changed."), code="nothing-changed")
        row = ConnectionPlan.objects.create(
            unit=unit,
            planned_on=on,
            in_charge=in_charge.strip(),
            node=node,
            set_by_name=actor.person_name,
            set_at=at,
        )
        record(
            "exchange.connection_planned",
            actor=actor,
            at=at,
            obj=row,
            before=told(last),
            after={"unit": unit.code} | told(row),
        )
    return row


def told(row: ConnectionPlan | None) -> dict[str, str]:
    """A plan for the trail."""
    if row is None:
        return {}
    on = row.planned_on.isoformat() if row.planned_on else ""
    return {"planned_on": on, "in_charge": row.in_charge, "node": row.node.code if row.node else ""}


def checked(planned_on: str, in_charge: str, at: datetime) -> date | None:
    """The date of the form, or what is wrong with it."""
    errors: dict[str, list[Text]] = {}
    on: date | None = None
    try:
        on = typed_day(planned_on) if planned_on.strip() else None
    except (ValueError, OverflowError):
        errors["planned_on"] = [_("A date such as 2026-12-31.")]
    if on is not None and abs(on.year - office_date(at).year) > FAR:
        errors["planned_on"] = [_("A date within ten years.")]
    if len(in_charge.strip()) > 60:
        errors["in_charge"] = [_("A name of up to 60 characters.")]
    if on is None and in_charge.strip() and not errors:
        errors["planned_on"] = [_("Who answers for it needs a date to answer for.")]
    if errors:
        raise Invalid(_("Not saved."), errors)
    return on


def node_named(code: str) -> Node | None:
    """The node of the form, locked: two regions do not take it at once."""
    if not code.strip():
        return None
    found = (
        Node.objects.select_for_update(no_key=True)
        .filter(code=code.strip(), relation__in=BELOW)
        .first()
    )
    if found is None:
        words = _("No subordinate node has the code %(code)s.") % {"code": code.strip()[:24]}
        raise Invalid(_("Not saved."), {"node": [words]})
    return found


def refuse_unit(unit: Unit) -> None:
    """Units at the superior are connected from above; one that was closed, not at all."""
    if expected().filter(pk=unit.pk).exists():
        return
    above = Unit.objects.filter(pk=unit.pk, served_by__node__relation=Relation.SUPERIOR)
    if above.exists() or not unit.is_active:
        raise Refused(
            _("Not saved: this unit is not connected from here."),
            _("A node connects the next level down and units of its own level."),
            source="S3-112",
            code="not-below",
        )


def refuse_stale(last: ConnectionPlan | None, seen: str) -> None:
    """Nobody overwrites what they have not read."""
    if (str(last.pk) if last else "") == seen:
        return
    raise Refused(
        _("Not saved: somebody has changed this plan meanwhile."),
        _("%(name)s, %(on)s") % {"name": last.set_by_name, "on": last.planned_on or "–"}
        if last
        else "",
        next_steps=(_("Read what is planned now, then enter it again."),),
        code="changed-meanwhile",
    )


def refuse_taken(node: Node | None, unit: Unit) -> None:
    """A node is of one region."""
    if node is None:
        return
    rows = ConnectionPlan.objects.exclude(unit=unit).order_by("unit_id", "-id").distinct("unit_id")
    other = next((row for row in rows.select_related("unit") if row.node_id == node.pk), None)
    if other is not None:
        words = _("This node is named for %(unit)s already.") % {"unit": other.unit}
        raise Invalid(_("Not saved."), {"node": [words]})
