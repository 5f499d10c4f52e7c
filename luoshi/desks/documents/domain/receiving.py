"""A document that came: its files are hung on the envelope, its units are told, it is laid before
each of them, and passed on where a standing order says so."""

from luoshi.desks.documents.domain.ordering import carry_out
from luoshi.desks.documents.domain.sending import ARRIVED
from luoshi.desks.documents.domain.telling import tell_units
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.dispatch.laying import lay_before_units
from luoshi.foundation.exchange.domain.mail.unpacking import attach
from luoshi.foundation.exchange.kinds import Arrived, Declined

ACTOR = Actor.system("exchange")


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
    lay_before_units(arrived.row, arrived.opened, at=arrived.at)  # an order needs what was laid
    carry_out(incoming=arrived.row.pk, node=arrived.sender, actor=ACTOR, at=arrived.at)
