"""Submit an item: by a unit, a direct-report point, a member, an engaged officer, the desk itself
(features rows 55, 58; S3-97…99), and send it again where it came back.

Changes: an item under the next number of the office and year, its first version, notices. Refused:
who may not submit, a receiver that is none, words that are incomplete (R-INF-5), a closed topic.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.shingling import bands
from luoshi.desks.information.domain.items.telling import tell_desk
from luoshi.desks.information.domain.items.wording import Words, checked
from luoshi.desks.information.domain.queries.receivers import Receiver, receivers
from luoshi.desks.information.enums import Channel, ItemKind, ItemState
from luoshi.desks.information.models import (
    EDITING_ROLES,
    EngagedOfficer,
    Item,
    ItemSeries,
    ItemVersion,
    TopicRequest,
)
from luoshi.desks.information.models.items import BOOK, SENT
from luoshi.desks.information.rules.ordinary import engaged
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit


@dataclass(frozen=True)
class Sent:
    """How it is sent: to which office (None = the usual one), of what kind, on which topic, about
    whom, in answer to which request; `officer`: handed in on paper by this engaged officer;
    `research`: drawn from research, which counts double (R-INF-6)."""

    kind: str = ItemKind.INFORMATION
    to: UUID | None = None
    topic: str = ""
    about: Sequence[Unit] = field(default_factory=tuple)
    request: TopicRequest | None = None
    officer: EngagedOfficer | None = None
    research: bool = False


def submit(words: Words, sent: Sent, *, actor: Actor, at: datetime) -> Item:
    """Send an item to an office."""
    on = office_date(at)
    ensure(rules.may_submit(actor, on))
    checked_sent(words, sent)
    to = receiver_of(sent, actor, at)
    officer = officer_of(sent, to, actor, at)
    with acting(actor=actor, at=at):
        home = Unit.objects.get(pk=actor.unit_id) if actor.unit_id and not officer else None
        row = Item(
            office=to.unit,
            number=next_number(to.unit, at),
            kind=sent.kind,
            channel=Channel.OFFICER if officer else to.channel,
            topic=sent.topic.strip(),
            research=sent.research,
            request=answered(sent.request, to.unit, at),
            officer=officer,
            author_id=author_of(officer, actor),
            author_name=officer.name if officer else actor.person_name,
            copied=to.copied,
            submitted_at=at,
            submitted_on=on,
            **words.trimmed(),
        )
        place(row, home, officer)
        row.bands = bands(f"{row.title}\n{row.whole}")
        row.save(force_insert=True)
        row.about.set(sent.about)
        keep_version(row, by_author=True, why="", name=row.author_name, at=at)
        tell_desk(row, ("收到信息", "Information received"), "submitted", at=at)
        after = {"title": row.title, "unit": row.unit_name, "by": row.author_name}
        record("information.submitted", actor=actor, at=at, obj=row, after=after)
    return row


def resend(*, item: Item, words: Words, actor: Actor, at: datetime) -> Item:
    """Send an item again that came back; a new version of the author's own words."""
    ensure(rules.may_resend(actor, item))
    checked(words, item.kind, _("Not sent: something is missing."))
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_resend(actor, row))
        for name, value in words.trimmed().items():
            setattr(row, name, value)
        row.bands = bands(f"{row.title}\n{row.whole}")
        row.version += 1
        row.state = ItemState.SUBMITTED
        row.save()
        keep_version(row, by_author=True, why="", name=actor.person_name, at=at)
        told = ("修改后重报信息", "Information sent again")
        tell_desk(row, told, f"resent{row.version}", at=at)
        after = {"title": row.title, "version": row.version}
        record("information.resent", actor=actor, at=at, obj=row, after=after)
    return row


def locked(item: Item) -> Item:
    """The item under lock."""
    rows = Item.objects.select_for_update(no_key=True, of=("self",))
    found: Item = rows.select_related("office", "author", "merged_into").get(pk=item.pk)
    return found


def keep_version(item: Item, *, by_author: bool, why: str, name: str, at: datetime) -> None:
    """Keep the words as they stand now."""
    ItemVersion.objects.create(
        item=item,
        number=item.version,
        title=item.title,
        text=item.text,
        analysis=item.analysis,
        suggestion=item.suggestion,
        why=why,
        by_author=by_author,
        by_name=name,
        at=at,
    )


def checked_sent(words: Words, sent: Sent) -> None:
    """Refuse what cannot be taken."""
    what = _("Not submitted: something is missing.")
    errors: dict[str, list[Text]] = {}
    if sent.kind not in ItemKind.values:
        errors["kind"] = [_("Choose one of the list.")]
    if len(sent.topic.strip()) > 60:
        errors["topic"] = [_("At most 60 characters.")]
    if len(sent.about) > 20:
        errors["about"] = [_("At most 20 units.")]
    if errors:
        raise Invalid(what, errors)
    checked(words, sent.kind, what)


def receiver_of(sent: Sent, actor: Actor, at: datetime) -> Receiver:
    """The office it goes to: the one that was chosen, that of the topic, or the usual one."""
    known = receivers(actor, office_date(at))
    wanted = sent.to or (sent.request.office_id if sent.request else None)
    found = next((one for one in known if wanted in (None, one.unit.pk)), None)
    if found is None:
        raise Invalid(
            _("Not submitted."),
            {"to": [_("Choose an office that takes information from you.")]},
            code="no-receiver",
        )
    return found


def officer_of(sent: Sent, to: Receiver, actor: Actor, at: datetime) -> EngagedOfficer | None:
    """The engagement it comes by: the sender's own, or the one the desk hands papers in for."""
    if actor.unit_id is None:
        return engaged(actor, office_date(at))
    if sent.officer is None:
        return None
    own = sent.officer.office_id == actor.unit_id == to.unit.pk
    if not own or actor.role not in EDITING_ROLES or not sent.officer.holds(office_date(at)):
        why = _("Choose an officer your office has engaged.")
        raise Invalid(_("Not submitted."), {"officer": [why]})
    return sent.officer


def author_of(officer: EngagedOfficer | None, actor: Actor) -> UUID | None:
    """The account whose item it is: a paper handed in for an officer is the officer's own."""
    return officer.person_id if officer else actor.person_id


def place(row: Item, home: Unit | None, officer: EngagedOfficer | None) -> None:
    """Where it comes from, and who sees it: the office's book, the level between, and the unit
    that sent it; what a member or an officer sends is seen by nobody else (S3-99)."""
    row.viewers = [BOOK + row.office_id.hex]
    if row.copied_id:
        row.viewers.append(BOOK + row.copied_id.hex)
    if officer is not None:
        row.unit, row.unit_name = officer.unit, str(officer.unit or officer.work or officer.office)
        row.unit_code = officer.unit.code if officer.unit else ""
    elif home is not None:
        row.unit, row.unit_code, row.unit_name = home, home.code, str(home)
        if row.channel != Channel.MEMBER:
            row.viewers.append(SENT + home.pk.hex)


def answered(request: TopicRequest | None, office: Unit, at: datetime) -> TopicRequest | None:
    """The topic it answers, while it is open and of the office it is sent to."""
    if request is None:
        return None
    if request.office_id != office.pk:
        why = _("Another office asked for this topic.")
        raise Invalid(_("Not submitted."), {"request": [why]})
    if request.closed_at is not None:
        raise Refused(
            _("Not submitted: the topic is closed."),
            next_steps=(_("Submit it without the topic."),),
            code="topic-closed",
        )
    return request


def next_number(office: Unit, at: datetime) -> str:
    """信〔2026〕3号: a serial of the office and year, never given twice."""
    year = office_date(at).year
    ItemSeries.objects.get_or_create(office=office, year=year)
    series = ItemSeries.objects.select_for_update().get(office=office, year=year)
    series.last += 1
    series.save(update_fields=("last",))
    return f"信〔{year}〕{series.last}号"
