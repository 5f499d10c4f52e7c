"""A calendar address (iCalendar) of one's own duties, for the calendar on one's phone.

Changes: a new secret address, the former one ends; or none any more. The secret is shown once; only
its hash is kept. The address holds while the person is on the list and the account is active.
Whoever knows it sees that person's duty times and nothing else.
"""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db.models import Q
from icalendar import Calendar, Event

from luoshi.desks.duty import rules
from luoshi.desks.duty.enums import Post
from luoshi.desks.duty.models import DutyPerson, Feed, Shift
from luoshi.foundation.accounts.enums import AccountState
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date, office_zone

BYTES = 24
TITLES = {Post.LEADER: "带班", Post.OFFICER: "值班"}


def hashed(secret: str) -> str:
    """How a secret is kept."""
    return sha256(secret.encode()).hexdigest()


def make_feed(person: DutyPerson, *, actor: Actor, at: datetime) -> str:
    """A new address; the old one ends at once. Returns its secret, which nobody can see again."""
    ensure(rules.may_feed(actor, person))
    secret = secrets.token_urlsafe(BYTES)
    with acting(actor=actor, at=at):
        row = DutyPerson.objects.select_for_update().get(pk=person.pk)
        row.feeds.filter(ended_at=None).update(ended_at=at)
        made = Feed.objects.create(person=row, hash=hashed(secret), made_at=at)
        record("duty.feed_made", actor=actor, at=at, obj=made, after={"name": row.name})
    return secret


def end_feed(person: DutyPerson, *, actor: Actor, at: datetime) -> None:
    """No address any more, as the person or who keeps the list wants it; calendars that ask get
    nothing."""
    ensure(rules.may_end_feed(actor, person))
    with acting(actor=actor, at=at):
        row = DutyPerson.objects.select_for_update().get(pk=person.pk)
        if row.feeds.filter(ended_at=None).update(ended_at=at):
            record("duty.feed_ended", actor=actor, at=at, obj=row, after={"name": row.name})


def feed_of(secret: str, at: datetime) -> Feed | None:
    """The address a secret belongs to, if it still holds: while the person is on the list and the
    account is active."""
    listed = Q(person__ends_on=None) | Q(person__ends_on__gte=office_date(at))
    rows = Feed.objects.filter(
        listed, hash=hashed(secret), ended_at=None, person__account__state=AccountState.ACTIVE
    )
    return rows.select_related("person__office").first()


def calendar_of(feed: Feed, at: datetime) -> bytes:
    """The person's shifts of published rosters, from a month ago on."""
    made = Calendar()
    made.add("prodid", "-//Luoshi//Duty//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"{feed.person.office} 值班")
    rows = Shift.objects.in_force().filter(person=feed.person, ends_at__gte=at - rules.FEED_BACK)
    zone = office_zone()
    for row in rows.order_by("starts_at"):
        event = Event()
        event.add("uid", f"{row.pk}@luoshi")
        event.add("dtstamp", at)
        event.add("dtstart", row.starts_at.astimezone(zone))
        event.add("dtend", row.ends_at.astimezone(zone))
        event.add("summary", f"{TITLES[Post(row.post)]} · {feed.person.office}")
        made.add_component(event)
    return bytes(made.to_ical())
