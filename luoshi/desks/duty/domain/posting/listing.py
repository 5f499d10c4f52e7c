"""Keep the list of people who can be put on duty, and their leave.

Changes: an entry, its bounds, its end; leave in days. Refused: no name, no post, days that end
before they begin, somebody twice on the list, somebody of another unit's accounts, an entry
somebody else has written meanwhile.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.needs import outside
from luoshi.desks.duty.enums import LeaveKind, Post, RosterState
from luoshi.desks.duty.models import DutyPerson, Leave, Shift
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import refuse_older, too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.core.time import at_clock, office_date, office_zone
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.models import Unit

DAY = timedelta(days=1)
NOT_SAVED = _("Not saved.")
WEEK, MOST_A_MONTH = range(1, 8), 31


@dataclass(frozen=True)
class Entry:
    """What is said of a person."""

    name: str
    posts: tuple[str, ...]
    account_id: UUID | None = None
    title: str = ""
    phone: str = ""
    nights: bool = True
    weekdays_off: tuple[int, ...] = ()
    most: int = 0
    starts_on: date | None = None
    ends_on: date | None = None


def add_person(entry: Entry, *, actor: Actor, at: datetime) -> DutyPerson:
    """Put somebody on the list, from today where no day is said."""
    ensure(rules.may_keep(actor))
    account = account_of(entry, actor, at)
    if account is not None and not entry.name.strip():
        entry = replace(entry, name=account.full_name)
    starts_on = entry.starts_on or office_date(at)
    checked(entry, starts_on)
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        if account is not None and listed(actor.unit_id, account.pk).exists():
            raise Invalid(NOT_SAVED, {"account": [_("This person is on the list already.")]})
        row = DutyPerson.objects.create(
            office_id=actor.unit_id,
            account=account,
            sort_key=in_order(entry.name),
            **columns(entry, starts_on),
        )
        after = {"name": row.name, "posts": "、".join(sorted(row.posts))}
        record("duty.person_added", actor=actor, at=at, obj=row, after=after)
    return row


def change_person(
    person: DutyPerson, entry: Entry, *, revision: int, actor: Actor, at: datetime
) -> DutyPerson:
    """Other bounds, or the end of being on the list; shifts that are set stay as faults. Opened
    again only where no other entry of the person is open. `revision` is the one that was changed:
    who has an older page reads what is saved first."""
    ensure(rules.may_keep_person(actor, person))
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update(no_key=True).get(pk=person.office_id)
        row = DutyPerson.objects.select_for_update().get(pk=person.pk)
        ensure(rules.may_keep_person(actor, row))
        refuse_older(row.revision, revision)
        starts_on = entry.starts_on or row.starts_on
        checked(entry, starts_on)
        others = listed(row.office_id, row.account_id).exclude(pk=row.pk)
        if row.account_id is not None and entry.ends_on is None and others.exists():
            why = _("This person is on the list with another entry: change that one.")
            raise Invalid(NOT_SAVED, {"ends_on": [why]})
        values = columns(entry, starts_on)
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.sort_key = in_order(row.name)
        row.revision += before != values
        row.save()
        changed = [name for name in values if before[name] != values[name] and name != "phone"]
        record(
            "duty.person_changed",
            actor=actor,
            at=at,
            obj=row,
            before={name: str(before[name]) for name in changed},
            after={name: str(values[name]) for name in changed},
        )
    return row


def listed(office_id: UUID | None, account_id: UUID | None) -> "QuerySet[DutyPerson]":
    """The open entries of an account on an office's list."""
    return DutyPerson.objects.filter(office_id=office_id, account_id=account_id, ends_on=None)


def in_order(name: str) -> str:
    """Where a name stands in a list, by its sounds."""
    return " ".join(lazy_pinyin(name.strip()))[:200]


def account_of(entry: Entry, actor: Actor, at: datetime) -> User | None:
    """The account that is named: somebody with a post in this unit."""
    if entry.account_id is None:
        return None
    held = current(office_date(at)).filter(post__unit_id=actor.unit_id, person=entry.account_id)
    found = held.first()
    if found is None:
        raise Invalid(NOT_SAVED, {"account": [_("Choose somebody with a post in this unit.")]})
    return found.person


def columns(entry: Entry, starts_on: date) -> dict[str, object]:
    """The entry as columns."""
    return {
        "name": entry.name.strip(),
        "title": entry.title.strip(),
        "phone": entry.phone.strip(),
        "posts": sorted(set(entry.posts)),
        "nights": entry.nights,
        "weekdays_off": sorted(set(entry.weekdays_off)),
        "most": entry.most,
        "starts_on": starts_on,
        "ends_on": entry.ends_on,
    }


def checked(entry: Entry, starts_on: date) -> None:
    """Refuse what cannot be kept. `starts_on`: the first day, said or not."""
    words = {"name": entry.name, "title": entry.title, "phone": entry.phone}
    errors: dict[str, list[Text]] = too_long(DutyPerson, words)
    if not entry.name.strip():
        errors["name"] = [_("Give the name.")]
    if not entry.posts or set(entry.posts) - set(Post.values):
        errors["posts"] = [_("Choose at least one post.")]
    if set(entry.weekdays_off) - set(WEEK) or len(set(entry.weekdays_off)) == len(WEEK):
        errors["weekdays_off"] = [_("Leave at least one day of the week.")]
    if not 0 <= entry.most <= MOST_A_MONTH:
        errors["most"] = [_("Between %(low)d and %(high)d.") % {"low": 0, "high": MOST_A_MONTH}]
    if outside(entry.starts_on, entry.ends_on):
        errors["starts_on"] = [_("Give a day from 1990 to 2098.")]
    if entry.ends_on is not None and entry.ends_on < starts_on:
        why = _("The end lies before the first day on the list, %(day)s.")
        errors["ends_on"] = [why % {"day": starts_on}]
    if errors:
        raise Invalid(NOT_SAVED, errors)


@dataclass(frozen=True)
class Days:
    """Leave: from and until, both included, and why."""

    starts_on: date
    ends_on: date
    kind: str = LeaveKind.LEAVE


def note_leave(person: DutyPerson, days: Days, *, actor: Actor, at: datetime) -> Leave:
    """Somebody cannot be put on duty on these days. Refused where the person holds a shift of an
    approved or published roster that lies in them, if only by its last hours: that shift is
    swapped or set anew first."""
    ensure(rules.may_keep_person(actor, person))
    errors: dict[str, list[Text]] = {}
    if days.ends_on < days.starts_on:
        errors["ends_on"] = [_("The end lies before the beginning.")]
    if outside(days.starts_on, days.ends_on):
        errors["starts_on"] = [_("Give a day from 1990 to 2098.")]
    if days.kind not in LeaveKind.values:
        errors["kind"] = [_("Choose one of the list.")]
    if errors:
        raise Invalid(NOT_SAVED, errors)
    with acting(actor=actor, at=at):
        row = DutyPerson.objects.select_for_update().get(pk=person.pk)
        first = held_then(row, days, at)
        if first is not None:
            raise Refused(
                NOT_SAVED,
                _("%(name)s is on duty from %(start)s to %(end)s.")
                % {"name": row.name, "start": clock(first.starts_at), "end": clock(first.ends_at)},
                next_steps=(_("Swap that shift or put somebody else on it, then note the leave."),),
                code="on-duty-then",
            )
        made = Leave.objects.create(
            person=row,
            kind=days.kind,
            starts_on=days.starts_on,
            ends_on=days.ends_on,
            made_by_name=actor.person_name,
            made_at=at,
        )
        after = {"name": row.name, "from": str(days.starts_on), "until": str(days.ends_on)}
        record("duty.leave_noted", actor=actor, at=at, obj=row, after=after)
    return made


def held_then(person: DutyPerson, days: Days, at: datetime) -> Shift | None:
    """The first shift still to be held on one of these days, of a roster that counts."""
    counts = Q(roster__state__in=(RosterState.APPROVED, RosterState.PUBLISHED))
    found: Shift | None = (
        Shift.objects.filter(
            counts | Q(starts_at__lte=F("roster__stood_until")),
            person=person,
            starts_at__lt=at_clock(days.ends_on + DAY, time(0)),
            ends_at__gt=max(at, at_clock(days.starts_on, time(0))),
        )
        .order_by("starts_at")
        .first()
    )
    return found


def clock(at: datetime) -> str:
    """A day and its hour, as lists write them."""
    return f"{at.astimezone(office_zone()):%Y-%m-%d %H:%M}"


def remove_leave(leave: Leave, *, actor: Actor, at: datetime) -> None:
    """Leave that is not taken."""
    ensure(rules.may_keep_person(actor, leave.person))
    with acting(actor=actor, at=at):
        row = Leave.objects.select_for_update().filter(pk=leave.pk).first()
        if row is None:
            return
        before = {"from": str(row.starts_on), "until": str(row.ends_on)}
        record("duty.leave_removed", actor=actor, at=at, obj=leave.person, before=before)
        row.delete()
