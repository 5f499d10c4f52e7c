"""Enter a word of this node again that it lost with a restore and a neighbour returned
(security.md 5.7); a person has decided so.

Refused: a word of the leading office after the matter was acted upon since the restore, or whose
number was given to another matter since.
"""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.domain.mail.applying import retry_unknown
from luoshi.foundation.exchange.domain.node.incarnating import current_life
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.models import Node
from luoshi.supervision.matters.models import Assignment, Matter, NumberSeries
from luoshi.supervision.mirrors.domain.adopting import adopt
from luoshi.supervision.mirrors.domain.hearing import hear
from luoshi.supervision.mirrors.domain.office_word import known
from luoshi.supervision.mirrors.domain.plain import key, rows, texts
from luoshi.supervision.mirrors.domain.telling import mirror_of
from luoshi.supervision.mirrors.enums import Side
from luoshi.supervision.mirrors.models import Mirror


def reenter_office_word(opened: Opened, *, actor: Actor, at: datetime) -> None:
    """The leading office stands again where this word says; an older one than was entered already
    changes nothing."""
    manifest = opened.manifest
    node = Node.objects.get(code=manifest.receiver)
    there = Matter.objects.filter(pk=key(manifest.payload["matter"]["id"])).first()
    said = Mirror.objects.filter(matter=there, node=node).first() if there else None
    life = current_life()
    if said is not None and life is not None and said.said_life == life.value:
        raise Refused(
            _("Not entered: the matter was acted upon since the restore."),
            next_steps=(_("Read what the returned envelope says and do it by hand."),),
            code="acted-since",
        )
    if said is not None and said.said_at is not None and manifest.sent_at <= said.said_at:
        return
    refuse_taken(manifest.payload["matter"], there)
    refuse_before_units(manifest.payload)
    with acting(actor=actor, at=at):
        matter = adopt(manifest.payload, there, node, home="", at=at)
        raise_series(matter)
        mirror = mirror_of(matter, node, Side.OFFICE)
        mirror.said_life, mirror.said_at = manifest.incarnation, manifest.sent_at
        mirror.save(update_fields=("said_life", "said_at"))
        after = {"kind": manifest.kind, "node": node.code}
        record("mirrors.reentered", actor=actor, at=at, obj=matter, after=after)
        retry_unknown(at=at)


def refuse_before_units(word: dict[str, Any]) -> None:
    """Refuse a word that speaks of acts of units which are not in the books yet: they come again by
    themselves, or after an earlier word was entered."""
    for one in rows(word, "shares"):
        share = Assignment.objects.filter(pk=key(one.get("id"))).first()
        books = known(share) if share is not None else []
        if set(texts(one, "known")) - set(books):
            raise Refused(
                _("Not entered: acts of units it speaks of are not here yet."),
                next_steps=(_("Enter the earlier envelopes first, or wait for the line."),),
                code="acts-missing",
            )


def refuse_taken(said: dict[str, object], there: Matter | None) -> None:
    """Refuse a matter whose number another one got since."""
    if there is not None or not said.get("number"):
        return
    taken = Matter.objects.filter(
        home="", office__code=said.get("office"), year=said.get("year"), serial=said.get("serial")
    )
    if taken.exists():
        raise Refused(
            _("Not entered: its number was given to another matter since the restore."),
            next_steps=(_("Register it by hand under a new number."),),
            code="number-taken",
        )


def raise_series(matter: Matter) -> None:
    """The number of the matter is not given again."""
    if matter.serial is None or matter.year is None:
        return
    NumberSeries.objects.get_or_create(office=matter.office, year=matter.year)
    rows = NumberSeries.objects.filter(office=matter.office, year=matter.year)
    rows.update(last=Greatest(F("last"), matter.serial))


def reenter_unit_word(opened: Opened, *, actor: Actor, at: datetime) -> None:
    """The acts of our units in this word are in our books again; those that are there stay."""
    manifest = opened.manifest
    node = Node.objects.get(code=manifest.receiver)
    pk = key(manifest.payload.get("matter"))
    matter = Matter.objects.filter(pk=pk, home=node.code).first()
    if matter is None:
        raise Refused(
            _("Not entered: the matter has not come again yet."),
            next_steps=(_("The leading office sends it again by itself; try later."),),
            code="matter-missing",
        )
    with acting(actor=actor, at=at):
        hear(manifest.payload, matter, node, opened, own=True, at=at)
        mirror = mirror_of(matter, node, Side.UNIT)
        mirror.said_life = manifest.incarnation
        mirror.save(update_fields=("said_life",))
        after = {"kind": manifest.kind, "node": node.code}
        record("mirrors.reentered", actor=actor, at=at, obj=matter, after=after)
