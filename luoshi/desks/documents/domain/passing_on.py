"""Pass a document on: a new dispatch of the unit it came to, with its own covering note, the words
and files as they came, and the identifier of the original (row 50, S3-112).

Changes: a dispatch with its board, and where it comes from. Refused: by others, before it is
opened, after it was refused or recalled; what a dispatch refuses.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from luoshi.desks.documents import rules
from luoshi.desks.documents.domain.sending import ARRIVED, KIND, OWNER
from luoshi.desks.documents.models import PassedOn, StandingOrder
from luoshi.foundation.attachments.domain.storing import index
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover, dispatch, refuse_bad
from luoshi.foundation.exchange.domain.mail.keeping import opened
from luoshi.foundation.exchange.domain.mail.unpacking import source
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.manifest import Manifest
from luoshi.foundation.exchange.models import Arrival, Dispatch
from luoshi.foundation.organizations.models import Unit


def pass_on(
    *, arrival: Arrival, cover: Cover, units: Sequence[Unit], actor: Actor, at: datetime
) -> Dispatch:
    """Pass it on by hand."""
    ensure(rules.may_pass_on(actor, arrival))
    refuse_bad(cover, units)
    with acting(actor=actor, at=at):
        row = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
        ensure(rules.may_pass_on(actor, row))
        return sent_on(row, cover, units, actor=actor, at=at)


def sent_on(
    arrival: Arrival,
    cover: Cover,
    units: Sequence[Unit],
    *,
    actor: Actor,
    at: datetime,
    order: StandingOrder | None = None,
) -> Dispatch:
    """The dispatch, and where it comes from. Part of the caller's act."""
    with opened(arrival.incoming) as file:
        manifest = opening.read(file).manifest
    key = uuid4()
    files = Attachment.objects.filter(owner_kind=ARRIVED, owner_id=arrival.incoming_id)
    kept = [
        hung_again(one, key, actor, at) for one in files.select_related("file").order_by("name")
    ]
    with ExitStack() as stack:
        made = dispatch(
            kind=KIND,
            cover=related(cover, manifest),
            payload={"original": original(manifest, arrival)},
            sender=arrival.unit,
            units=units,
            actor=actor,
            at=at,
            files=[source(one, stack) for one in kept],
            key=key,
        )
    PassedOn.objects.create(arrival=arrival, dispatch=made, order=order)
    after = {"arrival": str(arrival.pk), "order": str(order.pk) if order else ""}
    record("documents.passed_on", actor=actor, at=at, obj=made, after=after)
    return made


def related(cover: Cover, manifest: Manifest) -> Cover:
    """The cover with the identifier of what it passes on."""
    known = manifest.metadata.identifier or manifest.id
    return Cover(cover.title, cover.number, cover.urgency, cover.words, cover.type, (known,))


def original(manifest: Manifest, arrival: Arrival) -> dict[str, Any]:
    """What the readers below are told of the original; one passed on twice keeps its first."""
    first = manifest.payload.get("original")
    if isinstance(first, dict):
        return first
    return {
        "title": arrival.title,
        "number": arrival.number,
        "issuer": arrival.issuer,
        "signer": manifest.metadata.signer,
        "date": manifest.metadata.date,
        "words": str(manifest.payload.get("words", "")),
        "node": manifest.sender,
        "consignment": manifest.id,
    }


def hung_again(file: Attachment, owner: UUID, actor: Actor, at: datetime) -> Attachment:
    """The same stored file on the new dispatch; its bytes are there once."""
    row = Attachment.objects.create(
        file=file.file,
        name=file.name,
        uploaded_by_id=actor.person_id,
        uploaded_by_name=actor.person_name,
        unit_id=actor.unit_id,
        owner_kind=OWNER,
        owner_id=owner,
        text_state=file.text_state,
        text=file.text,
        remarks=file.remarks,
        created_at=at,
    )
    index(row)
    return row
