"""Engage officers (特约信息员, S3-99) and end it; say how many items are asked of whom (row 58).

Changes: an engagement with a submit-only right for its account; its last day; a unit's quota of a
year. Refused: others than the desk, no name, an account that is none, twice at a time, days in the
wrong order, another office's officer.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.models import EngagedOfficer, SubmissionQuota
from luoshi.desks.information.rules.ordinary import not_desk
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit

MOST = 999
YEARS = range(2000, 2091)


@dataclass(frozen=True)
class Engagement:
    """Who, where from, for how long; `username` of the account that submits, empty for one who
    hands papers in; `until` None = until ended."""

    name: str = ""
    username: str = ""
    unit: Unit | None = None
    work: str = ""
    since: date | None = None
    until: date | None = None
    quota: int = 0


def engage(engagement: Engagement, *, actor: Actor, at: datetime) -> EngagedOfficer:
    """Engage an officer for the office."""
    ensure(rules.may_engage(actor))
    name, person = named(engagement)
    since = engagement.since or office_date(at)
    checked(engagement, actor, at)
    with acting(actor=actor, at=at):
        row = EngagedOfficer.objects.create(
            office_id=actor.unit_id,
            person=person,
            name=name,
            unit=engagement.unit,
            work=engagement.work.strip(),
            since=since,
            until=engagement.until,
            quota=engagement.quota,
            engaged_by_name=actor.person_name,
            engaged_at=at,
        )
        after = {"name": name, "since": since.isoformat(), "quota": row.quota}
        record("information.engaged", actor=actor, at=at, obj=row, after=after)
    return row


def named(engagement: Engagement) -> tuple[str, User | None]:
    """The name and the account that is meant, where one is."""
    username = engagement.username.strip()
    person = User.objects.filter(username=username).first() if username else None
    return engagement.name.strip() or (person.full_name if person else ""), person


def checked(engagement: Engagement, actor: Actor, at: datetime) -> None:
    """Refuse an engagement that cannot be."""
    name, person = named(engagement)
    username, since = engagement.username.strip(), engagement.since or office_date(at)
    errors: dict[str, list[Text]] = too_long(
        EngagedOfficer, {"name": name, "work": engagement.work}
    )
    if username and person is None:
        errors["username"] = [_("There is no account of this name.")]
    if not name:
        errors["name"] = [_("Write the name.")]
    if engagement.until is not None and engagement.until < since:
        errors["until"] = [_("The last day lies before the first.")]
    if not 0 <= engagement.quota <= MOST:
        errors["quota"] = [_("From 0 to 999 items a year.")]
    if person is not None and running(actor, person, since):
        errors["username"] = [_("This person is engaged already.")]
    if errors:
        raise Invalid(_("Not engaged: something is missing."), errors)


def running(actor: Actor, person: User, since: date) -> bool:
    """Whether the office has engaged the person on or after that day."""
    rows = EngagedOfficer.objects.filter(office_id=actor.unit_id, person=person)
    return any(row.until is None or row.until >= since for row in rows)


def end_engagement(*, officer: EngagedOfficer, actor: Actor, at: datetime) -> EngagedOfficer:
    """Today is the last day; what was sent in stays, and its fate stays shown."""
    ensure(rules.may_engage(actor))
    if officer.office_id != actor.unit_id:
        ensure(not_desk(_("Not changed.")))
    with acting(actor=actor, at=at):
        row = EngagedOfficer.objects.select_for_update().get(pk=officer.pk)
        row.until = max(row.since, min(filter(None, (row.until, office_date(at)))))
        row.save(update_fields=("until",))
        after = {"name": row.name, "until": row.until.isoformat()}
        record("information.disengaged", actor=actor, at=at, obj=row, after=after)
    return row


def set_quota(*, unit: Unit, year: int, count: int, actor: Actor, at: datetime) -> SubmissionQuota:
    """How many items the office asks of a unit in a year; 0 asks for none."""
    ensure(rules.may_set_quota(actor))
    if errors := quota_faults(unit, year, count, actor):
        raise Invalid(_("Not changed."), errors)
    with acting(actor=actor, at=at):
        row, _made = SubmissionQuota.objects.update_or_create(
            office_id=actor.unit_id,
            unit=unit,
            year=year,
            defaults={"count": count, "set_by_name": actor.person_name, "set_at": at},
        )
        after = {"unit": str(unit), "year": year, "count": count}
        record("information.quota_set", actor=actor, at=at, obj=row, after=after)
    return row


def quota_faults(
    unit: Unit | None, year: int | None, count: int | None, actor: Actor
) -> dict[str, list[Text]]:
    """What is wrong with a quota, by field, as far as it could be read."""
    errors: dict[str, list[Text]] = {}
    if year is not None and year not in YEARS:
        errors["year"] = [_("Give a year between 2000 and 2090.")]
    if count is not None and not 0 <= count <= MOST:
        errors["count"] = [_("From 0 to 999 items a year.")]
    if unit is not None and unit.pk == actor.unit_id:
        errors["unit"] = [_("Name another unit.")]
    return errors
