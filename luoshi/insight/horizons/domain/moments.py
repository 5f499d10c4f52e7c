"""The two axes of time a page is read by: what was known by then, and the light at then (B19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import end_of_day, office_date, typed_day


@dataclass(frozen=True)
class Moment:
    """`known`: what had been recorded by this instant counts; `lit`: lights are derived for this
    one. `known_on` and `lit_on` are the days as typed."""

    known: datetime
    lit: datetime
    known_on: date
    lit_on: date

    @property
    def apart(self) -> bool:
        """Whether the two axes differ."""
        return self.known_on != self.lit_on


def moment_of(given: Mapping[str, str], now: datetime) -> Moment:
    """The moment a URL names: `on` = 24:00 of that day (today: now), `lit` likewise, by default
    the same day. Refused: a day that is no date, and knowledge of the future."""
    today = office_date(now)
    known_on = day_of(given, "on") or today
    lit_on = day_of(given, "lit") or known_on
    if known_on > today:
        raise Invalid(
            _("Not shown."), {"on": [_("What will be known is not known yet: choose a past day.")]}
        )
    known = now if known_on == today else end_of_day(known_on)
    lit = known if lit_on == known_on else end_of_day(lit_on)
    return Moment(known, lit, known_on, lit_on)


def day_of(given: Mapping[str, str], name: str) -> date | None:
    """A day of the URL."""
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        found = typed_day(text)
    except (ValueError, OverflowError) as error:
        raise Invalid(_("Not shown."), {name: [_("Write the date as 2026-3-6.")]}) from error
    if not 2000 <= found.year <= 2090:
        raise Invalid(_("Not shown."), {name: [_("Give dates between 2000 and 2090.")]})
    return found
