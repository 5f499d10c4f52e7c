"""Send one content to one unit or many, with a board of who has it (features row 52, TR-12).

Changes: a `Dispatch`, one consignment per node, one `Addressee` per unit, in one transaction: all
are written or none. Refused: what `mail.sending` refuses, and who may not send for the unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.copying import copy_values
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.mail.sending import Content, send
from luoshi.foundation.exchange.envelopes.manifest import Revision
from luoshi.foundation.exchange.envelopes.metadata import URGENCIES, Metadata
from luoshi.foundation.exchange.envelopes.packing import Source
from luoshi.foundation.exchange.models import Addressee, Dispatch, Outgoing
from luoshi.foundation.organizations.models import Unit


@dataclass(frozen=True)
class Cover:
    """What is said about a dispatch: title, number of the document, urgency ("", 加急, 特急),
    the covering words, and the identifiers of the documents it goes back to."""

    title: str
    number: str = ""
    urgency: str = ""
    words: str = ""
    type: str = ""
    relations: tuple[str, ...] = ()


def object_of(dispatch_id: UUID) -> str:
    """The name of a dispatch's states: 1 the sending, 2 its recall."""
    return f"dispatch:{dispatch_id.hex}"


def dispatch(
    *,
    kind: str,
    cover: Cover,
    payload: dict[str, Any],
    sender: Unit,
    units: Sequence[Unit],
    actor: Actor,
    at: datetime,
    files: Sequence[Source] = (),
    key: UUID | None = None,
) -> Dispatch:
    """Send; `key`: the number the dispatch gets, where its files hang on it already."""
    ensure(rules.may_dispatch(actor, sender))
    refuse_bad(cover, units)
    with acting(actor=actor, at=at):
        row = Dispatch.objects.create(
            id=key or uuid4(),
            kind=kind,
            title=cover.title.strip(),
            number=cover.number.strip(),
            urgency=cover.urgency,
            words=cover.words.strip(),
            sender_unit=sender,
            sent_by=actor.person_id,
            sent_by_name=actor.person_name,
            sent_at=at,
            units=len(units),
        )
        content = Content(
            payload=payload | {"dispatch": row.pk.hex, "words": row.words},
            metadata=described(row, cover, files),
            files=files,
            revision=Revision(object_of(row.pk), 1),
        )
        out = send(kind=kind, content=content, sender=sender, units=units, actor=actor, at=at)
        enter_addressees(row, out, units)
        after = {"units": len(units), "nodes": len(out), "number": row.number}
        record("exchange.dispatched", actor=actor, at=at, obj=row, after=after)
    return row


def refuse_bad(cover: Cover, units: Sequence[Unit]) -> None:
    """Refuse a dispatch without title or addressee, or with what does not fit."""
    errors: dict[str, list[Any]] = dict(
        too_long(Dispatch, {"title": cover.title.strip(), "number": cover.number.strip()})
    )
    if not cover.title.strip():
        errors["title"] = [_("Give the title.")]
    if not units:
        errors["units"] = [_("Choose at least one unit.")]
    if cover.urgency not in URGENCIES:
        errors["urgency"] = [_("Choose one of the list.")]
    if len(cover.words) > MOST_WORDS:
        errors["words"] = [_("At most %(n)d characters.") % {"n": MOST_WORDS}]
    if errors:
        raise Invalid(_("Not sent: something is missing."), errors)


MOST_WORDS = 20_000


def described(row: Dispatch, cover: Cover, files: Sequence[Source]) -> Metadata:
    """The metadata of GB/T 33480 a dispatch gives by itself."""
    return replace(
        Metadata(),
        identifier=row.pk.hex,
        type=cover.type,
        title=row.title,
        number=row.number,
        issuer=str(row.sender_unit),
        signer=row.sent_by_name,
        date=row.sent_at.date().isoformat(),
        urgency=row.urgency,
        attachments=[file.name for file in files],
        relations=list(cover.relations),
    )


def enter_addressees(row: Dispatch, out: Sequence[Outgoing], units: Sequence[Unit]) -> None:
    """One row a unit, with the consignment it is part of; written as values, for making so many
    objects costs as much as writing them. Numbers come from the table, instants are not yet."""
    ways = {code: one.pk for one in out for code in one.units}
    names = ("dispatch_id", "unit_id", "sort_key", "outgoing_id", "state", "person", "reason")
    blank = Addressee()
    rest = (blank.state, blank.person, blank.reason)
    rows = ((row.pk, unit.pk, unit.sort_key, ways[unit.code], *rest) for unit in units)
    copy_values(Addressee, names, rows)
