"""A nudge by hand from the leading office reaches the unit here (S3-68): its governor has let it go
out, so it is told, not weighed again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from luoshi.foundation.exchange.kinds import Declined
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.supervision.chasing.domain.telling import handlers
from luoshi.supervision.chasing.enums import TONE_EN, TONE_ZH, Tone, UrgeState
from luoshi.supervision.chasing.models import Urge
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.mirrors.domain import columns
from luoshi.supervision.mirrors.domain.plain import key, put


def take_urge(share: Assignment, said: Mapping[str, Any], *, tell: bool, at: datetime) -> None:
    """Keep the nudge under its own number and, with `tell`, tell the handlers, once."""
    pk = key(said.get("id"))
    if Urge.objects.filter(pk=pk).exists():
        return
    row = Urge(id=pk, assignment=share, state=UrgeState.SENT)
    put(row, said, columns.URGE)
    if row.sent_at is None or row.week_on is None or not row.text:
        raise Declined("urges")
    again = Urge.objects.filter(
        assignment=share, week_on=row.week_on, state=UrgeState.SENT, by_exception=False
    )
    row.by_exception = row.by_exception or again.exists()
    row.save(force_insert=True)
    if not tell:
        return
    matter, tone = share.matter, Tone(row.tone)
    message = Message(
        kind="urge",
        level=row.tone[:4],
        title_zh=f"{TONE_ZH[tone]}：{matter.number} {row.text}",
        title_en=f"{TONE_EN[tone]}: {matter.number} {row.text}",
        url=f"/matters/{matter.pk}/urging/",
        key=f"urge|{row.pk}",
    )
    people = handlers(share.unit_id, row.tone, at)
    row.reached = send(message, to=people, unit_id=share.unit_id, at=at)
    row.save(update_fields=("reached",))
