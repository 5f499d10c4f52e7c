"""Register a matter (立项): propose, approve, number.

Changes: state and number. Where the office's setting says "officer registers", the officer's
confirmation is the approval; otherwise the secretary-general approves (R-SUP-1).
"""

from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.indexing import index_matter
from luoshi.supervision.matters.domain.transitions import MATTER_MOVES, locked, move
from luoshi.supervision.matters.enums import MatterState
from luoshi.supervision.matters.models import Matter, NumberSeries
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


def propose(*, matter: Matter, actor: Actor, at: datetime) -> Matter:
    """Put a drafted matter before the one who approves."""
    ensure(rules.may_register(actor, matter))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_register(actor, matter))
        move(matter, MatterState.PROPOSED, MATTER_MOVES)
        matter.save(update_fields=("state",))
        record("matters.proposed", actor=actor, at=at, obj=matter)
    return matter


def approve_to_register(*, matter: Matter, actor: Actor, at: datetime) -> Matter:
    """Approve and number a drafted or proposed matter. Refused: officers of an office whose
    secretary-general approves; tokens."""
    settings = settings_of(matter.office_id)
    ensure(rules.may_approve(actor, matter, officer_registers=settings.officer_registers))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_approve(actor, matter, officer_registers=settings.officer_registers))
        move(matter, MatterState.REGISTERED, MATTER_MOVES)
        matter.year = office_date(at).year
        matter.serial = next_serial(matter.office, matter.year)
        matter.number = number_text(settings.number_prefix, matter.year, matter.serial)
        matter.registered_at = at
        matter.save(update_fields=("state", "year", "serial", "number", "registered_at"))
        index_matter(matter)
        record(
            "matters.registered", actor=actor, at=at, obj=matter, after={"number": matter.number}
        )
    return matter


def next_serial(office: Unit, year: int) -> int:
    """Take the next serial of this office and year; locks the series until commit."""
    series, _made = NumberSeries.objects.get_or_create(office=office, year=year)
    series = locked(NumberSeries.objects, series.pk)
    series.last += 1
    series.save(update_fields=("last",))
    return series.last


def number_text(prefix: str, year: int, serial: int) -> str:
    """督〔2026〕18号: issuer code, year in hexagonal brackets, no leading zero."""
    return f"{prefix}〔{year}〕{serial}号"
