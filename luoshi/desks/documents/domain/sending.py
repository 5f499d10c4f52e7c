"""Send a document with its files to units here and on neighbouring nodes (rows 50–52, TR-12).

Changes: the files, kept once, and a dispatch with its board. Refused: files of other kinds, marked
graded, or too large; no unit; units beyond the next level down (S3-112).
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import BinaryIO
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover, dispatch, refuse_bad
from luoshi.foundation.exchange.domain.mail.unpacking import source
from luoshi.foundation.exchange.models import Dispatch
from luoshi.foundation.organizations.models import Unit

KIND, OWNER, ARRIVED = "documents.document", "dispatch", "letter"


def send_document(
    *,
    cover: Cover,
    units: Sequence[Unit],
    files: Sequence[tuple[str, BinaryIO]],
    actor: Actor,
    at: datetime,
) -> Dispatch:
    """Send; words or at least one file are needed."""
    sender = Unit.objects.get(pk=actor.unit_id) if actor.unit_id else Unit()
    ensure(rules.may_dispatch(actor, sender))
    refuse_bad(cover, units)
    if not files and not cover.words.strip():
        why = _("Write the text, or add the document as a file.")
        raise Invalid(_("Not sent: something is missing."), {"words": [why]})
    key = uuid4()
    with acting(actor=actor, at=at), ExitStack() as stack:
        kept = [
            store(stream, name=name, actor=actor, at=at, owner_kind=OWNER, owner_id=key).attachment
            for name, stream in files
        ]
        return dispatch(
            kind=KIND,
            cover=cover,
            payload={},
            sender=sender,
            units=units,
            actor=actor,
            at=at,
            files=[source(one, stack) for one in kept],
            key=key,
        )
