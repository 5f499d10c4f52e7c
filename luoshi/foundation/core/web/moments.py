"""Typed moments: at night nobody types a date."""

import re
from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import at_clock, office_date, typed_day

CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")


def instant(words: str, name: str, at: datetime) -> datetime | None:
    """A typed moment: 23:10 (today, or yesterday where that is still to come), 2026-2-17 23:10,
    2026-02-17T23:10; empty = None."""
    words = words.strip().replace("T", " ")
    if not words:
        return None
    day, _blank, clock = words.rpartition(" ")
    found = CLOCK.fullmatch(clock)
    if found is None:
        raise unreadable(words, name)
    moment = time(int(found[1]), int(found[2]))
    if not day.strip():
        today = at_clock(office_date(at), moment)
        return today if today <= at else today - timedelta(days=1)
    try:
        return at_clock(typed_day(day), moment)
    except (ValueError, OverflowError) as error:
        raise unreadable(words, name) from error


def unreadable(words: str, name: str) -> Invalid:
    """A moment nobody can read."""
    why = _("“%(typed)s” is no time: write 23:10 or 2026-2-17 23:10.") % {"typed": words[:30]}
    return Invalid(_("Not saved."), {name: [why]})
