"""A document that came: its files are hung on the envelope, its units are told; the exchange lays
it before each of them."""

from collections.abc import Sequence
from datetime import datetime

from luoshi.desks.documents.domain.sending import ARRIVED
from luoshi.foundation.core.time import office_date
from luoshi.foundation.exchange.domain.mail.unpacking import attach
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.exchange.rules import RECEIVING_ROLES
from luoshi.foundation.notifications.domain.sending import Message, notices, send_all
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.models import Unit


def take_document(arrived: Arrived) -> None:
    """Part of the transaction of the inbox row. Declined: no title, a file of an unknown kind."""
    manifest = arrived.opened.manifest
    if not manifest.metadata.title or not isinstance(manifest.payload.get("words"), str):
        raise Declined("title")
    attach(
        arrived.opened,
        range(1, len(manifest.files) + 1),
        owner_kind=ARRIVED,
        owner_id=arrived.row.pk,
        unit_id=None,
        by_name=manifest.metadata.signer,
        at=arrived.at,
    )
    title = f"{manifest.metadata.number} {manifest.metadata.title}".strip()
    words = (f"收到{manifest.metadata.issuer}来文", f"From {manifest.metadata.issuer}")
    tell_units(list(manifest.units), words, title, f"document|{arrived.row.pk}", at=arrived.at)


def tell_units(
    codes: Sequence[str], words: tuple[str, str], title: str, key: str, *, at: datetime
) -> None:
    """A notice to everybody who handles documents in these units; two queries."""
    units = dict(Unit.objects.filter(code__in=codes).values_list("pk", "code"))
    held = current(office_date(at)).filter(post__unit__in=units, post__role__in=RECEIVING_ROLES)
    people = {(row.post.unit_id, row.person_id): row.person for row in held}
    send_all(
        notice
        for (unit_id, _person), person in people.items()
        for notice in notices(
            Message(
                kind="document",
                title_zh=f"{words[0]}：{title}",
                title_en=f"{words[1]}: {title}",
                url="/arrivals/",
                key=f"{key}|{units[unit_id]}",
            ),
            to=[person],
            unit_id=unit_id,
            at=at,
        )
    )
