"""Urge the units that have not signed for a document, through the governor (S3-68, row 52).

Changes: one `DocumentUrge` a unit and week, sent or held; a notice over there. A unit that has had
its five nudges of the week is held; one that has not got the document yet is left to the exchange.
Refused: by other units, after a recall, when nobody is left to urge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.documents import rules
from luoshi.desks.documents.domain.telling import tell_units
from luoshi.desks.documents.models import DocumentUrge
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.domain.mail.sending import Content, post
from luoshi.foundation.exchange.enums import HANDLED, NOT_SIGNED
from luoshi.foundation.exchange.kinds import Arrived, Declined, known
from luoshi.foundation.exchange.models import Addressee, Arrival, Dispatch
from luoshi.supervision.chasing.domain.governing import Week, week_of

KIND = "documents.urge"
SYSTEM = Actor.system("exchange")


@dataclass(frozen=True)
class Urged:
    """How many units were urged, and how many the governor held."""

    sent: int
    held: int


def urge(*, dispatch: Dispatch, actor: Actor, at: datetime) -> Urged:
    """Urge every unit that has it and has not signed, each once a week."""
    ensure(rules.may_urge(actor, dispatch))
    with acting(actor=actor, at=at):
        row = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        ensure(rules.may_urge(actor, row))
        waiting = Addressee.objects.filter(dispatch=row, state__in=NOT_SIGNED)
        waiting = waiting.exclude(urges__week_on=week_of(at)).select_related("unit")
        left = list(waiting.order_by("outgoing_id", "sort_key"))
        if not left:
            raise Refused(
                _("Nobody was urged."),
                _("Every unit that has it has signed for it, or was urged this week."),
                source="S3-68",
                code="nobody-left",
            )
        week = Week([one.unit_id for one in left], at)
        made = [
            DocumentUrge(
                addressee=one,
                week_on=week_of(at),
                held=not week.take(one.unit_id),
                made_by_name=actor.person_name,
                made_at=at,
            )
            for one in left
        ]
        week.keep()
        DocumentUrge.objects.bulk_create(made, batch_size=1000)
        sent = [one.addressee for one in made if not one.held]
        deliver(row, sent, actor=actor, at=at)
        after = {"sent": len(sent), "held": len(made) - len(sent)}
        record("documents.urged", actor=actor, at=at, obj=row, after=after)
    return Urged(len(sent), len(made) - len(sent))


def deliver(row: Dispatch, units: Sequence[Addressee], *, actor: Actor, at: datetime) -> None:
    """One message per consignment, to the node where its units live."""
    for _key, group in groupby(units, key=lambda one: one.outgoing_id):
        some = list(group)
        outgoing = some[0].outgoing
        codes = sorted(one.unit.code for one in some)
        post(
            kind=known(KIND),
            content=Content({"of": outgoing.pk.hex}),
            sender_unit=row.sender_unit.code,
            receiver=outgoing.receiver,
            codes=codes,
            actor=actor,
            at=at,
        )


def take_urge(arrived: Arrived) -> None:
    """Remind the named units that have still not signed; declined for a document not here."""
    try:
        key = UUID(hex=str(arrived.payload.get("of")))
    except ValueError as error:
        raise Declined("of") from error
    rows = Arrival.objects.filter(incoming=key, incoming__sender=arrived.sender)
    rows = rows.filter(unit__code__in=arrived.row.units).select_related("unit")
    found = list(rows)
    if not found:
        raise Declined("of")
    codes = [row.unit.code for row in found if row.state not in HANDLED]
    words = (f"请签收{found[0].issuer}来文", f"Please sign for what came from {found[0].issuer}")
    tell_units(codes, words, str(found[0]), f"document-urge|{arrived.row.pk}", at=arrived.at)
    after = {"units": len(codes)}
    record("documents.reminded", actor=SYSTEM, at=arrived.at, obj=arrived.row, after=after)
