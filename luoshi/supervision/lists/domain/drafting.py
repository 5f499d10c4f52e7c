"""Draft the list of a year: its head, its points; both issuing offices co-own the draft.

Changes: the list and its points while it is drafted. Refused: other offices' people, a second list
of the same year, an unknown joint office, an issued list, a stale revision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.domain.pasting import Typed
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList
from luoshi.supervision.matters.domain.transitions import locked

EARLIEST, LATEST = 2000, 2090


@dataclass(frozen=True)
class Head:
    """What stands above the points; `method` and `purpose` go into every matter's plan (S2-92)."""

    year: int
    title: str
    reference: str = ""
    method: str = ""
    purpose: str = ""
    joint_office: Unit | None = None


def checked(head: Head, office_id: object) -> None:
    """Refuse a head that cannot be kept."""
    errors: dict[str, list[object]] = {}
    if not EARLIEST <= head.year <= LATEST:
        errors["year"] = [_("Give a year between 2000 and 2090.")]
    if not head.title.strip():
        errors["title"] = [_("Give the list a title.")]
    if head.joint_office is not None and head.joint_office.pk == office_id:
        errors["joint_office"] = [_("The second office is another office than the first.")]
    names = ("title", "reference", "method", "purpose")
    words = {name: getattr(head, name).strip() for name in names if name not in errors}
    errors |= too_long(SupervisionPointsList, words)  # type: ignore[arg-type]
    if errors:
        raise Invalid(_("Not saved: something is missing."), errors)  # type: ignore[arg-type]


def refuse_second(office_id: object, year: int, but: object = None) -> None:
    """An office has one list a year; the refusal says which."""
    rows = SupervisionPointsList.objects.filter(office_id=office_id, year=year)
    found = rows.exclude(pk=but).first()
    if found is not None:
        raise Refused(
            _("Not saved: this office has a list of that year already."),
            f"{found} · {found.get_state_display()}",
            next_steps=(_("Open that list and add the points there."),),
            source="S3-56",
            code="list-exists",
        )


def start_list(
    *,
    head: Head,
    actor: Actor,
    at: datetime,
    copied_from: SupervisionPointsList | None = None,
) -> SupervisionPointsList:
    """Write down the list of a year for the actor's office, which is recorded as its lead."""
    ensure(rules.may_start(actor))
    checked(head, actor.unit_id)
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update().get(pk=actor.unit_id)
        refuse_second(actor.unit_id, head.year)
        found = SupervisionPointsList.objects.create(
            office_id=actor.unit_id,
            joint_office=head.joint_office,
            year=head.year,
            title=head.title.strip(),
            reference=head.reference.strip(),
            method=head.method.strip(),
            purpose=head.purpose.strip(),
            copied_from=copied_from,
            created_by_id=actor.person_id,
            created_at=at,
        )
        record("lists.drafted", actor=actor, at=at, obj=found, after={"year": found.year})
    return found


def edit_list(
    *, points_list: SupervisionPointsList, head: Head, revision: int, actor: Actor, at: datetime
) -> SupervisionPointsList:
    """Change the head of a drafted list; a stale revision is refused. An agreement given before
    stands for the earlier text and has to be given again (see `agreeing.agreed`)."""
    ensure(rules.may_edit(actor, points_list))
    checked(head, points_list.office_id)
    with acting(actor=actor, at=at):
        found = editable(points_list, actor)
        if found.revision != revision:
            raise Invalid(
                _("Somebody changed this page meanwhile. Your text is kept."),
                {"revision": [_("Compare with the saved version below, then save again.")]},
                code="edited-meanwhile",
            )
        refuse_second(found.office_id, head.year, found.pk)
        before = {"title": found.title, "reference": found.reference, "year": found.year}
        found.year, found.title = head.year, head.title.strip()
        found.reference, found.joint_office = head.reference.strip(), head.joint_office
        found.method, found.purpose = head.method.strip(), head.purpose.strip()
        touch(found)
        after = {"title": found.title, "reference": found.reference, "year": found.year}
        record("lists.changed", actor=actor, at=at, obj=found, before=before, after=after)
    return found


def editable(points_list: SupervisionPointsList, actor: Actor) -> SupervisionPointsList:
    """The list under lock, still drafted."""
    found: SupervisionPointsList = locked(SupervisionPointsList.objects, points_list.pk)
    ensure(rules.may_edit(actor, found))
    return found


def touch(found: SupervisionPointsList) -> None:
    """A new revision: what was agreed before is no longer this text."""
    found.revision += 1
    found.save()


def add_points(
    *,
    points_list: SupervisionPointsList,
    points: Sequence[Typed],
    actor: Actor,
    at: datetime,
    carried: Sequence[ListPoint | None] = (),
) -> list[ListPoint]:
    """Add points behind the last one. `carried` names last year's point each one comes from."""
    ensure(rules.may_edit(actor, points_list))
    with acting(actor=actor, at=at):
        found = editable(points_list, actor)
        last = found.points.order_by("-number").values_list("number", flat=True).first() or 0
        made = []
        for place, typed in enumerate(points):
            row = ListPoint.objects.create(
                points_list=found,
                number=last + place + 1,
                carried_from=carried[place] if place < len(carried) else None,
                **columns(typed),
            )
            row.joint_units.set(typed.joint)
            made.append(row)
        touch(found)
        record("lists.points_added", actor=actor, at=at, obj=found, after={"points": len(made)})
    return made


def columns(typed: Typed) -> dict[str, object]:
    """A typed point as columns."""
    return {
        "text": typed.text,
        "lead_unit": typed.lead,
        "limit_words": typed.limit_words,
        "task_rules": list(typed.task_rules),
    }


def edit_point(*, point: ListPoint, typed: Typed, actor: Actor, at: datetime) -> ListPoint:
    """Change a point of a drafted list."""
    ensure(rules.may_edit(actor, point.points_list))
    with acting(actor=actor, at=at):
        found = editable(point.points_list, actor)
        before = {"text": point.text, "unit": str(point.lead_unit or "")}
        for name, value in columns(typed).items():
            setattr(point, name, value)
        point.save()
        point.joint_units.set(typed.joint)
        touch(found)
        after = {"text": point.text, "unit": str(point.lead_unit or "")}
        record("lists.point_changed", actor=actor, at=at, obj=found, before=before, after=after)
    return point


def remove_point(*, point: ListPoint, actor: Actor, at: datetime) -> SupervisionPointsList:
    """Take a point off a drafted list; the points behind it move up by one."""
    ensure(rules.may_edit(actor, point.points_list))
    with acting(actor=actor, at=at):
        found = editable(point.points_list, actor)
        text, number = point.text, point.number
        point.delete()
        for later in found.points.filter(number__gt=number).order_by("number"):
            later.number -= 1
            later.save(update_fields=("number",))
        touch(found)
        record("lists.point_removed", actor=actor, at=at, obj=found, before={"text": text})
    return found
