"""Open the yearly round (TR-25): the year has ended, and its seed is drawn once for ever."""

import secrets
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.models import LookBackRound

SEEDS = 10**12


def due_day(year: int) -> date:
    """31 March of the year after (TR-25)."""
    return date(year + 1, 3, 31)


def refuse_share(percent: int) -> None:
    """Refuse a random share outside 1–100 per cent."""
    if not 1 <= percent <= 100:
        raise Invalid(_("Not saved."), {"percent": [_("Give a whole number from 1 to 100.")]})


def open_round(
    *, year: int, percent: int, actor: Actor, at: datetime, seed: int | None = None
) -> LookBackRound:
    """Open the round on what the actor's office concluded in `year`. The page never names a seed:
    it is drawn here, so that nobody can try seeds until the sample pleases. Refused: a year that
    has not ended, a second round of a year."""
    ensure(rules.may_open(actor))
    refuse_share(percent)
    if not 2000 <= year < office_date(at).year:
        raise Refused(
            _("Not opened: the year has not ended."),
            _("A round looks back on matters concluded in an earlier year."),
            next_steps=(_("Open it on or after 1 January of the next year."),),
            source="TR-25",
            code="year-running",
        )
    with acting(actor=actor, at=at):
        round, made = LookBackRound.objects.get_or_create(
            office_id=actor.unit_id,
            year=year,
            defaults={
                "seed": secrets.randbelow(SEEDS) if seed is None else seed,
                "percent": percent,
                "due_on": due_day(year),
                "opened_by_name": actor.person_name,
                "opened_at": at,
            },
        )
        if not made:
            raise Refused(
                _("Not opened again: the round of %(year)d is there.") % {"year": year},
                _("Its seed is drawn once and stays."),
                source="B9",
                code="round-there",
            )
        after = {"year": year, "seed": round.seed, "percent": percent}
        record("lookbacks.opened", actor=actor, at=at, obj=round, after=after)
    return round
