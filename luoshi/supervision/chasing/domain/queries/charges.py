"""Which leader is in charge (分管领导): in force at an instant, for the ladder and
for its pages."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luoshi.foundation.accounts.enums import AccountState
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Appointment
from luoshi.supervision.chasing.domain.laddering import ladder_of
from luoshi.supervision.chasing.enums import Audience
from luoshi.supervision.chasing.models import LeaderInCharge, Reminder

Place = tuple[UUID, UUID | None, UUID | None]  # office, unit, matter


def place_of(row: LeaderInCharge) -> Place:
    """What the row is about."""
    return row.office_id, row.unit_id, row.matter_id


def holds(held: Appointment | None, on: date) -> bool:
    """Whether the leader holds the post on a day."""
    if held is None or held.person.state != AccountState.ACTIVE or not held.post.unit.is_active:
        return False
    return held.starts_on <= on and (held.ends_on is None or held.ends_on >= on)


@dataclass(frozen=True)
class Charges:
    """What was said about some units and matters, the latest day first."""

    rows: dict[Place, list[LeaderInCharge]]

    @classmethod
    def about(cls, units: Collection[UUID], matters: Iterable[UUID | None]) -> "Charges":
        """Of these units and matters; a query."""
        keys = {key for key in matters if key is not None}
        found = LeaderInCharge.objects.filter(Q(unit_id__in=units) | Q(matter_id__in=keys))
        people = found.select_related("leader__person", "leader__post__unit")
        rows: dict[Place, list[LeaderInCharge]] = {}
        for row in people.order_by("-from_on", "-named_at", "pk"):
            rows.setdefault(place_of(row), []).append(row)
        return cls(rows)

    def of(self, place: Place, at: datetime) -> LeaderInCharge | None:
        """What is in force for a place at an instant, with a leader who holds the post."""
        on = office_date(at)
        said = (one for one in self.rows.get(place, ()) if one.from_on <= on and one.named_at <= at)
        row = next(said, None)
        return row if row is not None and holds(row.leader, on) else None

    def over(
        self, office_id: UUID, unit_id: UUID, matters: Iterable[UUID | None], at: datetime
    ) -> LeaderInCharge | None:
        """The leader in charge of a share: of its matter, of the whole that is a part of, else of
        its unit."""
        own = [(office_id, None, key) for key in matters if key is not None]
        found = (self.of(place, at) for place in (*own, (office_id, unit_id, None)))
        return next((row for row in found if row is not None), None)


def newest(rows: "QuerySet[Any]", at: datetime) -> "QuerySet[Any]":
    """Of what was said about each place by an instant, what counts on its day."""
    said = rows.filter(from_on__lte=office_date(at), named_at__lte=at)
    place = ("office_id", "unit_id", "matter_id")
    last = said.order_by(*place, "-from_on", "-named_at", "pk").distinct(*place)
    return LeaderInCharge.objects.filter(pk__in=last.values("pk"), leader__isnull=False)


def holding(at: datetime) -> "QuerySet[Any]":
    """What is in force at an instant with a leader who holds the post then (as `holds` says)."""
    on = office_date(at)
    return newest(LeaderInCharge.objects.all(), at).filter(
        Q(leader__ends_on=None) | Q(leader__ends_on__gte=on),
        leader__starts_on__lte=on,
        leader__person__state=AccountState.ACTIVE,
        leader__post__unit__is_active=True,
    )


def standing(office_id: UUID, at: datetime) -> "QuerySet[Any]":
    """The office's leaders in charge at an instant, as rows of a list."""
    return dressed(newest(LeaderInCharge.objects.filter(office_id=office_id), at))


def said(office_id: UUID) -> "QuerySet[Any]":
    """All the office ever said, with what begins later."""
    return dressed(LeaderInCharge.objects.filter(office_id=office_id))


def dressed(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """With what a row shows."""
    return rows.select_related("unit", "matter", "leader__person", "leader__post__unit").defer(
        "matter__search", "matter__seen_by", "matter__viewers"
    )


def tell_whom(rows: Sequence[Reminder], office_id: UUID) -> None:
    """Write on every notice to a supervising leader (`goes_to`) whom that was, and why: the one in
    charge when it was made, or whom it goes to where none was named."""
    asked = {
        one.level for one in ladder_of(office_id) if Audience.SUPERVISING_LEADER in one.audiences
    }
    wanted = [row for row in rows if row.level in asked]
    if not wanted:
        return
    shares = [row.duty.assignment for row in wanted]
    matters = {key for one in shares for key in (one.matter_id, one.matter.parent_id)}
    charges = Charges.about({one.unit_id for one in shares}, matters)
    for row, share in zip(wanted, shares, strict=True):
        chain = (share.matter_id, share.matter.parent_id)
        found = charges.over(office_id, share.unit_id, chain, row.made_at)
        row.goes_to = words_for(found, share)  # type: ignore[attr-defined]


def words_for(found: LeaderInCharge | None, share: Any) -> str:
    """Whom a notice to the supervising leader goes to, in words."""
    if found is not None and found.unit_id is None:
        return _("To %(leader)s, named in charge of this matter.") % {"leader": found.leader_name}
    if found is not None:
        told = {"leader": found.leader_name, "unit": share.unit}
        return _("To %(leader)s, in charge of %(unit)s.") % told
    if share.matter.instructed_by_id is not None:
        return _(
            "No leader in charge is named: to the leaders whose instruction the matter carries."
        )
    return _("No leader in charge is named: to the leaders of the assigning office.")
