"""Strike an item off its list (销号) when it is concluded: a number of the office and year, never
given twice, and the day."""

from datetime import datetime

from django.db import connection
from django.db.models import Max

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters.enums import Result
from luoshi.supervision.matters.models import Closure, StrikeOff
from luoshi.supervision.rulebook.enums import Regime

LISTED = (Regime.POINTS, Regime.KEY_TASK)


def strike_off(closure: Closure, *, actor: Actor, at: datetime) -> StrikeOff | None:
    """Strike off an item of the supervision points or the key tasks that was carried out; what
    was not stays on the list. Runs inside the conclusion."""
    matter = closure.matter
    if matter.regime not in LISTED or closure.result != Result.DONE:
        return None
    on = office_date(at)
    series = [str(matter.office_id)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 11))", series)
    rows = StrikeOff.objects.filter(office_id=matter.office_id, year=on.year)
    serial = (rows.aggregate(last=Max("serial"))["last"] or 0) + 1
    made = StrikeOff.objects.create(
        closure=closure,
        office_id=matter.office_id,
        year=on.year,
        serial=serial,
        number=f"销〔{on.year}〕{serial}号",
        struck_on=on,
    )
    record("matters.struck_off", actor=actor, at=at, obj=matter, after={"number": made.number})
    return made
