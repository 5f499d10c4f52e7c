"""Lists of instructions: the reader's own, all leaders' of the office, those of one matter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.desks.instructions import rules
from luoshi.desks.instructions.enums import FOLLOWED, InstructionState
from luoshi.desks.instructions.models import Instruction
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.sheets.registry import Column, Lines
from luoshi.supervision.matters.enums import MATTER_ENDED, Light, MatterState

YEAR = re.compile(r"20[0-9]{2}")
ORDER = ("-instructed_on", "id")
SHOWN: dict[str, str | Promise] = {
    "red": Light.RED.label,
    "yellow": Light.YELLOW.label,
    "green": Light.GREEN.label,
    "waiting": InstructionState.NOTED.label,
    "kept": InstructionState.KEPT.label,
    "concluded": _("Concluded"),
}
ENDED = Q(matter__state__in=MATTER_ENDED)
RUNNING = Q(state=InstructionState.NOTED) | (Q(state__in=FOLLOWED) & ~ENDED)


@dataclass(frozen=True)
class Filters:
    """What narrows the list: every part is a word of the address."""

    show: str = ""
    text: str = ""
    leader: UUID | None = None
    year: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """Read the address; unknown words are dropped."""
        year = given.get("year", "")
        try:
            leader = UUID(given.get("leader", ""))
        except ValueError:
            leader = None
        return cls(
            show=given.get("show", "") if given.get("show", "") in SHOWN else "",
            text=given.get("text", "")[:60].replace("\x00", "").strip(),
            leader=leader,
            year=int(year) if YEAR.fullmatch(year) else None,
        )


def in_the_list(actor: Actor) -> "QuerySet[Any]":
    """The instructions a person's list is about: a leader's own, else the office's."""
    rows = Instruction.objects.visible_to(actor)
    return rows.filter(leader_id=actor.person_id) if actor.role == Role.LEADER else rows


def narrowed(rows: "QuerySet[Any]", filters: Filters) -> "QuerySet[Any]":
    """Every filter but the tab."""
    if filters.leader:
        rows = rows.filter(leader_id=filters.leader)
    if filters.year:
        rows = rows.filter(instructed_on__year=filters.year)
    if filters.text:
        words = filters.text
        match = Q(text__contains=words) | Q(file_number__contains=words)
        match |= Q(matter__number__contains=words) | Q(matter__title__contains=words)
        rows = rows.filter(match | Q(paper_title__contains=words))
    return rows


def tab(rows: Any, show: str, at: datetime) -> "QuerySet[Any]":
    """The rows of one tab; without a tab those that are not ended or kept."""
    if show in Light.values:
        return rows.filter(RUNNING).showing(Light(show), at)
    if show == "waiting":
        return rows.filter(state=InstructionState.NOTED)
    if show == "kept":
        return rows.filter(state=InstructionState.KEPT)
    if show == "concluded":
        return rows.filter(matter__state=MatterState.CONCLUDED)
    return rows.filter(RUNNING)


def instructions(actor: Actor, filters: Filters, at: datetime) -> "QuerySet[Any]":
    """The list as the address narrows it; no row asks for another query."""
    rows = tab(narrowed(in_the_list(actor), filters), filters.show, at)
    return dressed(rows)


def dressed(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """With what a row shows of its matter."""
    return rows.select_related("matter__lead_unit").defer(
        "matter__search", "matter__seen_by", "matter__viewers"
    )


def counts(actor: Actor, filters: Filters, at: datetime) -> dict[str, int]:
    """How many rows each tab opens; one query."""
    rows = narrowed(in_the_list(actor), filters)
    found: dict[str, int] = rows.aggregate(
        total=Count("pk", filter=RUNNING),
        **{show: Count("pk", filter=Q(pk__in=tab(rows, show, at).values("pk"))) for show in SHOWN},
    )
    return found


def by_leader(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """The secretary-general's view: per leader the running ones by light, what waits to be
    registered, and the age of the oldest; one query, worst first."""
    rows = Instruction.objects.visible_to(actor).filter(office_id=actor.unit_id)
    lit = {
        light: Count("pk", filter=Q(pk__in=tab(rows, light, at).values("pk")))
        for light in ("red", "yellow", "green")
    }
    found = rows.values("leader_id", "leader_name").annotate(
        running=Count("pk", filter=RUNNING),
        waiting=Count("pk", filter=Q(state=InstructionState.NOTED)),
        concluded=Count("pk", filter=Q(matter__state=MatterState.CONCLUDED)),
        kept=Count("pk", filter=Q(state=InstructionState.KEPT)),
        oldest=Min("instructed_on", filter=RUNNING),
        **lit,
    )
    lines = list(found.order_by("-red", "-yellow", "leader_name"))
    for line in lines:
        line["age"] = (office_date(at) - line["oldest"]).days if line["oldest"] else None
    return lines


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The list as it is written out."""
    ensure(may_see_business(request.actor))
    rows = instructions(request.actor, Filters.of(request.GET), request.now)
    return rows.order_by("-instructed_on", "pk")


def leader_rows(request: OfficeRequest) -> Lines:
    """The view of all leaders as it is written out."""
    ensure(rules.may_see_leaders(request.actor))
    return Lines(by_leader(request.actor, request.now))


COLUMNS = (
    Column("light", _("Light"), lambda row, at: str(row.light(at).label)),
    Column("leader", _("Leader"), lambda row, at: row.leader_name),
    Column("text", _("Instruction"), lambda row, at: row.text),
    Column("written", _("Written on"), lambda row, at: row.instructed_on.isoformat()),
    Column("received", _("Received"), lambda row, at: office_date(row.received_at).isoformat()),
    Column("file", _("File number"), lambda row, at: row.file_number),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("matter", _("Matter"), lambda row, at: str(row.matter or "")),
    Column(
        "lead",
        _("Lead unit"),
        lambda row, at: str(row.matter.lead_unit or "") if row.matter else "",
    ),
    Column(
        "next",
        _("Next report"),
        lambda row, at: (
            last_day(row.matter.overdue_at).isoformat()
            if row.matter and row.matter.overdue_at
            else ""
        ),
    ),
    Column("reason", _("Reason"), lambda row, at: row.reason, usual=False),
)
LEADERS = (
    Column("leader", _("Leader"), lambda row, at: row["leader_name"]),
    Column("running", _("Running"), lambda row, at: row["running"]),
    Column("red", Light.RED.label, lambda row, at: row["red"]),
    Column("yellow", _("Wants attention"), lambda row, at: row["yellow"]),
    Column("green", Light.GREEN.label, lambda row, at: row["green"]),
    Column("waiting", _("Not registered yet"), lambda row, at: row["waiting"]),
    Column("age", _("Oldest, days"), lambda row, at: "" if row["age"] is None else row["age"]),
    Column("concluded", _("Concluded"), lambda row, at: row["concluded"]),
    Column("kept", _("For information"), lambda row, at: row["kept"]),
)
