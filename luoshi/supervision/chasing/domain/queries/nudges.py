"""The office's nudges by list: held, held by the budget, exceptions, sent, slips, escalations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.supervision.chasing.enums import ESCALATIONS, ExceptionState, Held, UrgeState
from luoshi.supervision.chasing.models import ColourSlip, NudgeException, Reminder, Urge
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_AWAITING_UNIT

SHARE = ("assignment__matter", "assignment__unit")
DUTY_SHARE = ("duty__assignment__matter", "duty__assignment__unit")
URGE_SHARE = ("urge__assignment__matter", "urge__assignment__unit")


@dataclass(frozen=True)
class Listing:
    """One list: its name, its rows for an office, its order."""

    label: str | Promise
    rows: Callable[[UUID], "QuerySet[Any]"]
    order: tuple[str, ...]


def held(office_id: UUID) -> "QuerySet[Urge]":
    """Nudges by hand that wait."""
    rows = Urge.objects.filter(assignment__matter__office_id=office_id, state=UrgeState.HELD)
    return rows.select_related(*SHARE, "exception")


def held_by_sweep(office_id: UUID) -> "QuerySet[Reminder]":
    """Automatic notices the budget holds, of duties still open."""
    return Reminder.objects.filter(
        duty__assignment__matter__office_id=office_id,
        duty__state__in=DUTY_AWAITING_UNIT,
        duty__assignment__state__in=ASSIGNMENT_OPEN,
        sent_at=None,
        held_reason=Held.BUDGET,
    ).select_related(*DUTY_SHARE)


def exceptions(office_id: UUID) -> "QuerySet[NudgeException]":
    """Requests for an exception, decided or not."""
    rows = NudgeException.objects.filter(urge__assignment__matter__office_id=office_id)
    return rows.select_related(*URGE_SHARE)


def exceptions_asked(office_id: UUID) -> "QuerySet[NudgeException]":
    """Requests that wait for the second person."""
    return exceptions(office_id).filter(state=ExceptionState.ASKED)


def sent(office_id: UUID) -> "QuerySet[Urge]":
    """Nudges by hand that went out."""
    rows = Urge.objects.filter(assignment__matter__office_id=office_id, state=UrgeState.SENT)
    return rows.select_related(*SHARE, "exception", "slip")


def slips(office_id: UUID) -> "QuerySet[ColourSlip]":
    """Slips of the office."""
    return ColourSlip.objects.filter(office_id=office_id).select_related(*URGE_SHARE, "duty")


def escalations(office_id: UUID) -> "QuerySet[Reminder]":
    """Levels L3 and L4 reached by duties still open: for the leaders (rules.md 2.11)."""
    return Reminder.objects.filter(
        duty__assignment__matter__office_id=office_id,
        duty__state__in=DUTY_AWAITING_UNIT,
        duty__assignment__state__in=ASSIGNMENT_OPEN,
        level__in=ESCALATIONS,
    ).select_related(*DUTY_SHARE)


LISTINGS = {
    "held": Listing(_("Held"), held, ("-made_at", "id")),
    "budget": Listing(_("Held automatic notices"), held_by_sweep, ("-made_at", "id")),
    "exceptions": Listing(_("Exceptions"), exceptions, ("-asked_at", "id")),
    "sent": Listing(_("Sent by hand"), sent, ("-made_at", "id")),
    "slips": Listing(_("Supervision slips"), slips, ("-issued_at", "id")),
    "escalations": Listing(_("Escalations"), escalations, ("-made_at", "id")),
}
