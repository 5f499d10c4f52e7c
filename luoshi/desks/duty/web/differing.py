"""Two keepers at one form: where what is saved by now and what was typed differ, in words."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.duty.domain.queries.scheme import Way
from luoshi.desks.duty.enums import LeaderDays, Post
from luoshi.desks.duty.models import DutyPerson
from luoshi.foundation.core.refusals import Invalid, Text

NUMBERS = (
    *("rest_hours", "workday", "weekend", "holiday", "night_extra", "sensitive_extra"),
    *("answer_seconds", "report_hour", "check_days"),
)
HOURS = ("officer_starts", "leader_starts")
PERSON: dict[str, Text] = {
    "name": pgettext_lazy("person", "Name"),
    "title": _("Position"),
    "phone": _("Telephone"),
    "most": _("Shifts a month at most"),
    "posts": _("Posts"),
    "weekdays_off": _("Days of the week off"),
    "nights": _("Does night shifts"),
    "starts_on": _("On the list from"),
    "ends_on": _("Until"),
}
WAY: dict[str, Text] = {
    "officer_starts": _("Duty officers begin at"),
    "leader_starts": _("Duty leaders begin at"),
    "leader_days": _("Duty leaders on"),
    "rest_hours": _("Rest between two shifts, hours"),
    "workday": _("Working day"),
    "weekend": _("Weekend"),
    "holiday": _("Public holiday"),
    "night_extra": _("More for a night"),
    "sensitive_extra": _("More in a sensitive period"),
    "answer_seconds": _("A check is answered within seconds"),
    "report_hour": _("Daily report of a sensitive period by, hour"),
    "check_days": _("Every unit below is checked at least every so many days"),
}
YES, NO = pgettext_lazy("duty", "Yes"), pgettext_lazy("duty", "No")
Line = dict[str, Any]


def against(refusal: Invalid | None, saved: int, seen: str) -> dict[str, Any]:
    """The revision a form goes on from: the saved one, or the one it was opened with where it was
    refused for something else; `meanwhile`: somebody saved since."""
    meanwhile = refusal is not None and refusal.code == "edited-meanwhile"
    return {"meanwhile": meanwhile, "revision": seen if refusal and not meanwhile else saved}


def kept_person(row: DutyPerson) -> dict[str, Any]:
    """An entry as its form shows it."""
    return {
        "name": row.name,
        "title": row.title,
        "phone": row.phone,
        "most": row.most or "",
        "posts": row.posts,
        "weekdays_off": [str(day) for day in row.weekdays_off],
        "nights": row.nights,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else "",
    }


def of_person(kept: Mapping[str, Any], post: QueryDict, weekdays: Any) -> list[Line]:
    """Where the saved entry and the typed one differ. A first day left empty stays as it was."""
    typed: dict[str, Any] = {name: post.get(name, "").strip() for name in PERSON}
    typed |= {name: post.getlist(name) for name in ("posts", "weekdays_off")}
    typed["starts_on"] = typed["starts_on"] or kept["starts_on"]
    words = {"posts": dict(Post.choices), "weekdays_off": dict(weekdays)}
    return apart(PERSON, *(in_words(one, words) for one in (kept, typed)))


def in_words(values: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Choices by their words, in the order of the list."""
    listed = {
        name: " ".join(str(word) for key, word in of.items() if key in values[name])
        for name, of in words.items()
    }
    return {**values, **listed, "nights": YES if values["nights"] else NO}


def kept_way(now: Way) -> dict[str, Any]:
    """A scheme as its form shows it."""
    values = {name: getattr(now, name) for name in (*NUMBERS, "leader_days")}
    return values | {name: " ".join(map(str, getattr(now, name))) for name in HOURS}


def of_way(kept: Mapping[str, Any], post: QueryDict) -> list[Line]:
    """Where the scheme in force and the typed one differ."""
    typed: dict[str, Any] = {name: " ".join(post.get(name, "").split()) for name in WAY}
    words: dict[str, Any] = dict(LeaderDays.choices)
    both = [
        {**one, "leader_days": words.get(one["leader_days"], one["leader_days"])}
        for one in (kept, typed)
    ]
    return apart(WAY, *both)


def apart(
    labels: Mapping[str, Text], saved: Mapping[str, Any], typed: Mapping[str, Any]
) -> list[Line]:
    """The values that differ, in the order of the form."""
    return [
        {"name": name, "label": label, "saved": saved[name], "typed": typed[name]}
        for name, label in labels.items()
        if str(saved[name]) != str(typed[name])
    ]
