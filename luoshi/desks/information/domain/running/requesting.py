"""Ask for items on a topic (约稿, features row 58): what, of whom, until when, computed and
explained by the deadline engine.

Changes: a topic request, notices to those asked; its end. Refused: no topic or words, nobody asked,
no limit or one that has passed, another office's topic, one that is closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.telling import SENDERS
from luoshi.desks.information.models import EngagedOfficer, TopicRequest
from luoshi.desks.information.rules.ordinary import not_desk
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted, too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.core.time import date_text, last_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.compute import Due, compute
from luoshi.foundation.deadlines.engine.rule import CalendarDue, Once, RelativeDue
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.models import Unit

MOST_DAYS, MOST_UNITS = 250, 200
BASIS = "约稿通知"


@dataclass(frozen=True)
class Topic:
    """What is asked for; until a day, or within so many working days from today."""

    topic: str
    words: str
    units: Sequence[Unit] = ()
    officers: bool = False
    until: date | None = None
    workdays: int | None = None


def ask_for(topic: Topic, *, actor: Actor, at: datetime) -> TopicRequest:
    """Ask units, and the engaged officers where `officers`."""
    ensure(rules.may_ask_topic(actor))
    checked(topic, at)
    due = due_of(topic, at)
    with acting(actor=actor, at=at):
        row = TopicRequest.objects.create(
            office_id=actor.unit_id,
            topic=topic.topic.strip(),
            words=topic.words.strip(),
            asked=[unit.pk for unit in topic.units],
            asked_names="、".join(str(unit) for unit in topic.units),
            officers=topic.officers,
            due_at=due.at,
            trace=due.trace.to_json(),
            made_by_name=actor.person_name,
            made_at=at,
        )
        tell_asked(row, topic, at)
        after = {"topic": row.topic, "unit": row.asked_names, "due": row.due_at.isoformat()}
        record("information.topic_asked", actor=actor, at=at, obj=row, after=after)
    return row


def close_topic(*, request: TopicRequest, words: str, actor: Actor, at: datetime) -> TopicRequest:
    """No more items are taken on it; what came stays."""
    ensure(rules.may_ask_topic(actor))
    if request.office_id != actor.unit_id:
        ensure(not_desk(_("Not closed.")))
    said = fitted(TopicRequest, "closed_words", words, what=_("Not closed."), field="words")
    with acting(actor=actor, at=at):
        row = TopicRequest.objects.select_for_update().get(pk=request.pk)
        if row.closed_at is not None:
            raise Refused(
                _("Not closed again."),
                next_steps=(_("Reload the page to see what happened."),),
                code="topic-closed",
            )
        row.closed_at, row.closed_words = at, said
        row.save(update_fields=("closed_at", "closed_words"))
        after = {"topic": row.topic, "reason": said}
        record("information.topic_closed", actor=actor, at=at, obj=row, after=after)
    return row


def checked(topic: Topic, at: datetime) -> None:
    """Refuse what nobody could answer."""
    errors: dict[str, list[Text]] = too_long(
        TopicRequest, {"topic": topic.topic, "words": topic.words}
    )
    if not topic.topic.strip():
        errors["topic"] = [_("Name the topic.")]
    if not topic.words.strip():
        errors["words"] = [_("Say what you want to read about it.")]
    if not topic.units and not topic.officers:
        errors["units"] = [_("Name at least one unit, or ask the engaged officers.")]
    if len(topic.units) > MOST_UNITS:
        errors["units"] = [_("At most 200 units.")]
    if topic.until is None and topic.workdays is None:
        errors["until"] = [_("Give a day, or a number of working days.")]
    elif topic.until is not None and topic.workdays is not None:
        errors["workdays"] = [_("Give either a day or a number of working days.")]
    elif topic.until is not None and not office_date(at) <= topic.until <= date(2090, 12, 31):
        errors["until"] = [_("Give a day that is still to come.")]
    elif topic.until is None and not 1 <= (topic.workdays or 0) <= MOST_DAYS:
        errors["workdays"] = [_("From 1 to 250 working days.")]
    if errors:
        raise Invalid(_("Not sent: something is missing."), errors)


def due_of(topic: Topic, at: datetime) -> Due:
    """When answers are due, with the explanation."""
    calendar = current_calendar()
    if topic.until is not None:
        day = topic.until
        rule = Once(CalendarDue(year=day.year, month=day.month, day=day.day))
    else:
        rule = Once(RelativeDue("issue", "after", ("workdays", topic.workdays or 1)))
    return compute(rule, {"issue": office_date(at)}, calendar, provision=BASIS)


def tell_asked(row: TopicRequest, topic: Topic, at: datetime) -> None:
    """A notice to everybody who is asked."""
    day = date_text(last_day(row.due_at), "zh")
    message = Message(
        kind="information",
        title_zh=f"约稿：{row.topic}，{day}前"[:200],
        title_en=f"Items wanted: {row.topic}, by {date_text(last_day(row.due_at), 'en')}"[:240],
        url="/information/topics/",
        key=f"topic|{row.pk}",
    )
    on = office_date(at)
    for unit in topic.units:
        send(message, to=people_in(unit.pk, SENDERS, on), unit_id=unit.pk, at=at)
    if topic.officers:
        send(message, to=engaged_people(row, on), unit_id=row.office_id, at=at)


def engaged_people(row: TopicRequest, on: date) -> list[User]:
    """The accounts of the officers engaged on a day."""
    rows = EngagedOfficer.objects.filter(office_id=row.office_id).select_related("person")
    return [one.person for one in rows if one.person is not None and one.holds(on)]
