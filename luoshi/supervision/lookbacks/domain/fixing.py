"""Fix the sample by 31 March (TR-25): what the preview shows becomes rows, once."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.time import office_date
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.domain.drawing import draw
from luoshi.supervision.lookbacks.domain.opening import refuse_share
from luoshi.supervision.lookbacks.domain.queries.population import candidates_of
from luoshi.supervision.lookbacks.enums import RoundState
from luoshi.supervision.lookbacks.models import LookBackItem, LookBackRound
from luoshi.supervision.matters.domain.transitions import locked


def change_share(
    *, round: LookBackRound, percent: int, actor: Actor, at: datetime
) -> LookBackRound:
    """Change the random share while the sample is not fixed; the seed stays."""
    ensure(rules.may_fix(actor, round))
    refuse_share(percent)
    with acting(actor=actor, at=at):
        round = locked(LookBackRound.objects, round.pk)
        ensure(rules.may_fix(actor, round))
        before, round.percent = round.percent, percent
        round.save(update_fields=("percent",))
        record(
            "lookbacks.share_changed",
            actor=actor,
            at=at,
            obj=round,
            before={"percent": before},
            after={"percent": percent},
        )
    return round


def fix(*, round: LookBackRound, actor: Actor, at: datetime) -> LookBackRound:
    """Fix the sample. After 31 March it can still be fixed; how many days late stays readable.
    Refused: a second fixing, a year in which nothing was concluded."""
    ensure(rules.may_fix(actor, round))
    with acting(actor=actor, at=at):
        round = locked(LookBackRound.objects, round.pk)
        ensure(rules.may_fix(actor, round))
        candidates = candidates_of(round.office_id, round.year)
        drawn = draw(candidates, seed=round.seed, percent=round.percent)
        if not drawn:
            raise Refused(
                _("Not fixed: nothing was concluded in %(year)d.") % {"year": round.year},
                source="TR-25",
                code="nothing-concluded",
            )
        LookBackItem.objects.bulk_create(
            LookBackItem(
                round=round,
                closure=one.candidate.row,
                matter_id=one.candidate.row.matter_id,
                grounds=list(one.grounds),
                digest=one.digest,
                place=place,
            )
            for place, one in enumerate(drawn, start=1)
        )
        round.state, round.concluded = RoundState.FIXED, len(candidates)
        round.fixed_at, round.fixed_by_name = at, actor.person_name
        round.late_days = max(0, (office_date(at) - round.due_on).days)
        round.save()
        after = {"seed": round.seed, "percent": round.percent, "late_days": round.late_days}
        numbers = [one.candidate.number for one in drawn]
        record("lookbacks.fixed", actor=actor, at=at, obj=round, after=after | {"sample": numbers})
    return round
