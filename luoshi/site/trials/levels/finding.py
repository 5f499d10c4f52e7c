"""Who acts inside one installation of the levels, and what the acts are about."""

from typing import Any

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.models import Appointment, Unit
from luoshi.supervision.matters.models import Assignment, Report


def person(username: str) -> Actor:
    """Somebody of this installation in the post he holds."""
    held = Appointment.objects.select_related("person", "post__unit").get(person__username=username)
    return Actor(
        kind="person",
        person_id=held.person_id,
        person_name=held.person.full_name,
        username=username,
        appointment_id=held.pk,
        role=held.post.role,
        unit_id=held.post.unit_id,
        unit_name=str(held.post.unit),
        via="cli",
    )


def unit(name: str) -> Unit:
    """A unit by its short name."""
    return Unit.objects.get(short_name=name)


def share(title: str, name: str) -> Assignment | None:
    """A unit's share of a matter, once it has come here."""
    rows = Assignment.objects.select_related("matter__office", "unit")
    return rows.filter(matter__title=title, unit__short_name=name).first()


def reports(title: str, name: str, **more: Any) -> Any:
    """What a unit reported in a matter, the oldest first."""
    rows = Report.objects.select_related("assignment__matter", "assignment__unit")
    found = rows.filter(assignment__matter__title=title, assignment__unit__short_name=name, **more)
    return found.order_by("submitted_at")
