"""Words without a number (尽快, 及时, 第一时间): the office's default for each, marked as such.

Never a silent number (rules.md 2.9, A9): a date from here says in its basis that the source names
none. The shipped defaults are those of rules.md 2.4 (TR-11, TR-12); an office types its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Forbidden, Invalid
from luoshi.foundation.deadlines.engine.phrases import CUE_WORDS
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.settling import may_settle
from luoshi.supervision.rulebook.models import OfficeSettings

SHIPPED: dict[str, tuple[int, str]] = {
    "immediate": (1, "TR-10"),
    "asap": (3, "TR-11"),
    "timely": (5, "TR-12"),
}
WRITTEN = {
    "immediate": "立即、第一时间",
    "asap": "尽快",
    "timely": "及时",
    "on_demand": "随时",
    "regular": "定期",
    "irregular": "不定期",
    "as_prescribed": "按规定时限",
    "same_day": "当日",
}
MOST = 120


@dataclass(frozen=True)
class Word:
    """A cue, its words, the shipped and the office's working days (None = no date)."""

    cue: str
    written: str
    meaning: tuple[str, str]
    shipped: int | None
    source: str
    workdays: int | None
    own: bool


def words_of(settings: OfficeSettings) -> list[Word]:
    """Every word of the time grammar that carries no number, with its default."""
    found = []
    for cue, written in WRITTEN.items():
        shipped, source = SHIPPED.get(cue, (None, ""))
        own = cue in settings.vague_days
        workdays = settings.vague_days[cue] if own else shipped
        found.append(Word(cue, written, CUE_WORDS[cue], shipped, source, workdays, own))
    return found


def default_of(cue: str, settings: OfficeSettings) -> int | None:
    """The office's working days for a cue; None = it sets no date."""
    if cue in settings.vague_days:
        found: int | None = settings.vague_days[cue]
        return found
    return SHIPPED.get(cue, (None, ""))[0]


def settle_vague(
    *, office_id: Any, typed: Mapping[str, str], actor: Actor, at: datetime
) -> OfficeSettings:
    """Set the office's working days per word; "-" = no date, empty = the shipped default. Duties
    made already keep their dates."""
    ensure(may_settle(actor))
    if actor.kind == "person" and actor.unit_id != office_id:
        raise Forbidden(_("Not changed."), _("These are another office's settings."))
    values: dict[str, int | None] = {}
    errors: dict[str, list[object]] = {}
    for cue in WRITTEN:
        text = typed.get(cue, "").strip()
        if text == "-":
            values[cue] = None
        elif text.isascii() and text.isdigit() and 0 < int(text) <= MOST:
            values[cue] = int(text)
        elif text:
            errors[cue] = [_("1 to 120 working days, or - for no date.")]
    if errors:
        raise Invalid(_("Not changed: a value is out of range."), errors)  # type: ignore[arg-type]
    with acting(actor=actor, at=at):
        settings = settings_of(office_id)
        before = dict(settings.vague_days)
        settings.vague_days = values
        settings.save()
        record("rulebook.settled", actor=actor, at=at, obj=settings, before=before, after=values)
    return settings
