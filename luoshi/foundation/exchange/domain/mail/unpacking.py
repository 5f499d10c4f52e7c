"""Hang the files of an envelope on what they belong to here, stored once by digest.

What a file is, is looked at again on this side (security.md 7); its text is not read here: that is
work for a child process, and this runs inside the transaction of the inbox row.
"""

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from luoshi.foundation.attachments.domain.storing import (
    index,
    keep,
    receive,
    safe_name,
    stored_path,
)
from luoshi.foundation.attachments.enums import TextState
from luoshi.foundation.attachments.kinds import recognise, remarks_on
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.envelopes.packing import Source
from luoshi.foundation.exchange.kinds import Declined


def attach(
    opened: Opened,
    places: Iterable[int],
    *,
    owner_kind: str,
    owner_id: UUID,
    unit_id: UUID | None,
    by_name: str,
    at: datetime,
) -> list[Attachment]:
    """Keep the files at these places (from 1) as attachments of an owner. Declined: a file of a
    kind that is not taken here, a place the envelope has not."""
    made = []
    settings.FILES.mkdir(parents=True, exist_ok=True)
    for place in places:
        if not 1 <= place <= len(opened.manifest.files):
            raise Declined("files")
        folder = Path(tempfile.mkdtemp(prefix="upload-", dir=settings.FILES))
        try:
            made.append(attached(opened, place, folder, owner_kind, owner_id, unit_id, by_name, at))
        except Invalid as refused:
            raise Declined(f"{opened.manifest.files[place - 1].name}: {refused}") from refused
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return made


def attached(
    opened: Opened,
    place: int,
    folder: Path,
    owner_kind: str,
    owner_id: UUID,
    unit_id: UUID | None,
    by_name: str,
    at: datetime,
) -> Attachment:
    """One file, recognised, on disk under its digest, then its row."""
    name = safe_name(opened.manifest.files[place - 1].name)
    raw, path = folder / "raw", folder / ("upload" + Path(name).suffix.lower())
    with raw.open("w+b") as file:
        opening.extract(opened, place, file)
        file.seek(0)
        digests = receive(file, path)
    kind = recognise(path, name)
    remarks = remarks_on(path, kind.extension)
    row = Attachment.objects.create(
        file=keep(path, digests, kind.media_type, at),
        name=name,
        uploaded_by_name=by_name[:60],
        unit_id=unit_id,
        owner_kind=owner_kind,
        owner_id=owner_id,
        text_state=TextState.NONE,
        remarks=remarks,
        created_at=at,
    )
    index(row)
    return row


def source(attachment: Attachment, stack: ExitStack) -> Source:
    """An attachment as a file to send; its bytes are open as long as `stack`."""
    stream = stack.enter_context(stored_path(attachment.file.sha256).open("rb"))
    return Source(attachment.name, attachment.file.media_type, stream)
