"""The rhythm of a commitment: written as documents write it, or chosen from a form (TR-22).

Refused: no rhythm at all, several, a rhythm without days (hourly, every term), longer than a year
or that does not divide it, of minutes, of working days only: the engine would compute something
else than was written.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.deadlines.engine.periods import MONTHS
from luoshi.foundation.deadlines.engine.rule import BadRule, Json, Recurring, from_json
from luoshi.supervision.rulebook.domain.proposing import read

LONGEST = {"day": 366, "week": 53, "half_month": 24}
YEAR = 12  # months
OF_WORKDAYS = re.compile(r"每个?工作日")


@dataclass(frozen=True)
class Choice:
    """A rhythm chosen from the form. `how`: words, week, month_day, month_workday or day; numbers
    as typed. `hour` may be empty for all but "day"."""

    how: str = "words"
    words: str = ""
    weekday: str = ""
    number: str = ""
    hour: str = ""


def rhythm_of(choice: Choice, what: Text) -> Recurring:
    """The rule a choice says; refused as `what`."""
    if choice.how == "words":
        return written(choice.words.strip(), what)
    errors: dict[str, list[Text]] = {}
    moment: Json = {}
    if choice.how == "week":
        moment["weekday"] = within(choice.weekday, 1, 7, "weekday", errors)
    elif choice.how == "month_day":
        moment["day"] = within(choice.number, 1, 31, "number", errors)
    elif choice.how == "month_workday":
        moment["workday"] = within(choice.number, 1, 20, "number", errors)
    elif choice.how != "day":
        errors["how"] = [_("Choose one of the list.")]
    if choice.hour.strip() or choice.how == "day":
        moment["hour"] = within(choice.hour, 0, 24, "hour", errors)
    if errors:
        raise Invalid(what, errors)
    every = {"week": "week", "day": "day"}.get(choice.how, "month")
    return counted(from_json({"type": "recurring", "every": every, "at": moment}), what)


def within(text: str, low: int, high: int, name: str, errors: dict[str, list[Text]]) -> int:
    """A typed whole number in its range; what is none goes to `errors`."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 4 and low <= int(text) <= high:
        return int(text)
    errors[name] = [_("From %(low)d to %(high)d.") % {"low": low, "high": high}]
    return low


def written(words: str, what: Text) -> Recurring:
    """The one rhythm the words say."""
    if OF_WORKDAYS.search(words):
        why = _("A rhythm of working days only is not computed; write 每日17时 or 每周五.")
        raise Invalid(what, {"words": [why]})
    found = read(words[:200]) if words else None
    if not isinstance(found, Recurring):
        why = _("Write one rhythm as documents do: 每周五, 每月5日前, 每日17时.")
        raise Invalid(what, {"words": [why]})
    return counted(found, what)


def counted(rule: object, what: Text) -> Recurring:
    """A rhythm the engine gives days to, exactly as it is said."""
    why: Text = ""
    if not isinstance(rule, Recurring) or rule.every not in {*LONGEST, *MONTHS}:
        why = _("A rhythm needs days: by day, week, month, quarter or year.")
    elif rule.every in MONTHS and YEAR % (MONTHS[rule.every] * rule.n):
        why = _("The months of a rhythm must divide the year: 1, 2, 3, 4, 6 or 12.")
    elif rule.n > LONGEST.get(rule.every, YEAR):
        why = _("A rhythm longer than a year is a date: register it as a matter.")
    elif any(key == "minute" for moment in rule.at for key, _value in moment):
        why = _("The engine counts whole hours: write 每日17时.")
    if why or not isinstance(rule, Recurring):
        raise Invalid(what, {"words": [why]})
    return rule


def kept_rule(raw: Json) -> Recurring:
    """A stored rule; raises `BadRule` for anything but a rhythm."""
    rule = from_json(raw)
    if not isinstance(rule, Recurring):
        raise BadRule("not a rhythm")
    return rule
