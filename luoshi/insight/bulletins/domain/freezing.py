"""Freeze the month's bulletin: figures, rows, as-of instant, head of the trail. A frozen issue is
never changed; a correction is the next issue."""

from datetime import date, datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.queries.head import head_fingerprint
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.insight.bulletins import rules
from luoshi.insight.bulletins.domain.composing import figures_of, units_of
from luoshi.insight.bulletins.models import Bulletin


def freeze(*, month: date, actor: Actor, at: datetime) -> Bulletin:
    """Make the next issue of the actor's office for a month, with data as of now."""
    ensure(rules.may_freeze(actor))
    year = office_date(at).year
    month = month.replace(day=1)
    seq, hash_ = head_fingerprint()
    with acting(actor=actor, at=at):
        last = (
            Bulletin.objects.filter(office_id=actor.unit_id, year=year).order_by("-issue").first()
        )
        bulletin = Bulletin.objects.create(
            office_id=actor.unit_id,
            year=year,
            issue=(last.issue if last else 0) + 1,
            month=month,
            as_of=at,
            figures=figures_of(actor.unit_id, month, at),
            units=units_of(actor.unit_id, month, at),
            head_seq=seq,
            head_hash=hash_,
            frozen_by_name=actor.person_name,
            frozen_at=at,
        )
        after = {key: value["value"] for key, value in bulletin.figures.items()}
        record("bulletins.frozen", actor=actor, at=at, obj=bulletin, after=after)
    return bulletin


def changed_since(bulletin: Bulletin) -> dict[str, int]:
    """Figures whose rows would be counted differently now: key → value now."""
    now = figures_of(bulletin.office_id, bulletin.month, bulletin.as_of)
    return {
        key: now[key]["value"]
        for key, kept in bulletin.figures.items()
        if sorted(now[key]["rows"]) != sorted(kept["rows"])
    }
