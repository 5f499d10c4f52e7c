"""What another node says, field by field, or `Declined`: what no calendar here knows and no row can
hold never stops the mail."""

from datetime import date, datetime
from uuid import UUID

from luoshi.desks.duty.domain.queries.needs import outside
from luoshi.foundation.exchange.kinds import Declined


def words(raw: object, most: int) -> str:
    """A text that can be stored, cut to its length."""
    told = "" if raw is None else str(raw)
    return told.replace("\x00", "")[:most]


def key(raw: object, why: str) -> UUID:
    """A key of a row that is shared."""
    try:
        return UUID(hex=str(raw))
    except ValueError as error:
        raise Declined(why) from error


def a_day(raw: object, why: str) -> date:
    """A day the calendar knows."""
    try:
        found = date.fromisoformat(str(raw))
    except ValueError as error:
        raise Declined(why) from error
    if outside(found):
        raise Declined(why)
    return found


def instant(raw: object, why: str) -> datetime:
    """An instant with its zone, on a day the calendar knows."""
    try:
        found = datetime.fromisoformat(str(raw))
    except ValueError as error:
        raise Declined(why) from error
    if found.tzinfo is None or outside(found.date()):
        raise Declined(why)
    return found
