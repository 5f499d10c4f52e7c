"""The left bar's entries, the matter page's tab, and who may open a problem's evidence."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from luoshi.foundation.attachments.owners import register as register_owner
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Entry, Reader, register, sections
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.organizations.succession import register as register_heir
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.inspections.domain.finding import OWNER as OF_FINDING
from luoshi.supervision.inspections.domain.problem.rectifying import OWNER
from luoshi.supervision.inspections.domain.queries import exporting
from luoshi.supervision.inspections.domain.queries.problems import COLUMNS, rows_of
from luoshi.supervision.inspections.enums import (
    AWAITING_UNIT,
    PROBLEM_ENDED,
    SENT_OUT,
    ProblemState,
    ReviewState,
)
from luoshi.supervision.inspections.models import (
    ConclusionReview,
    Finding,
    Inspection,
    InspectionObject,
    Problem,
)

SUPERVISING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)


def to_check(reader: Reader) -> "QuerySet[Any]":
    """Problems whose rectification waits for the office's check."""
    rows = Problem.objects.filter(office_id=reader.unit_id)
    return rows.filter(state=ProblemState.REPORTED)


def to_rectify(reader: Reader) -> "QuerySet[Any]":
    """Problems that wait for the reader's unit."""
    return Problem.objects.filter(unit_id=reader.unit_id, state__in=AWAITING_UNIT)


def to_receive(reader: Reader) -> "QuerySet[Any]":
    """Conclusions sent to the reader's unit and not signed for."""
    rows = InspectionObject.objects.filter(unit_id=reader.unit_id, received_at=None)
    return rows.filter(inspection__conclusion__isnull=False)


def reviews_to_decide(reader: Reader) -> "QuerySet[Any]":
    """Requests for review of a conclusion of the reader's office."""
    return ConclusionReview.objects.filter(
        state=ReviewState.ASKED, inspection__office_id=reader.unit_id
    )


def evidence_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the same scope as the problem's page."""
    return Problem.objects.visible_to(actor).filter(pk=owner_id).exists()


def finding_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the scope of the inspection's page: a unit sees what was found at itself, once the
    conclusion is sent (decision 8)."""
    rows = Finding.objects.filter(inspection__in=Inspection.objects.visible_to(actor), pk=owner_id)
    if actor.role in HANDLING_ROLES:
        rows = rows.filter(unit=actor.unit_id, inspection__state__in=SENT_OUT)
    return rows.exists()


def keeps_problems(*, unit: Unit, into: Unit, actor: Actor, at: datetime) -> None:
    """Refuse to close a unit whose problems are not struck off: rectifying has its own people and
    papers, and the office that raised a problem settles who goes on."""
    count = Problem.objects.filter(unit=unit).exclude(state__in=PROBLEM_ENDED).count()
    if count:
        raise Refused(
            _("Not merged: problems of this unit are not struck off."),
            ngettext_lazy(
                "%(count)d problem is still open.", "%(count)d problems are still open.", count
            )
            % {"count": count},
            next_steps=(_("Strike them off or withdraw them first."),),
            code="open-problems",
        )


group = _("Supervision")
problems, visits = _("Problem list"), _("Inspections")
register(Entry(problems, "inspections:problems", "flag", 44, SUPERVISING, group, to_check))
register(Entry(problems, "inspections:problems", "flag", 44, HANDLING_ROLES, "", to_rectify))
register(Entry(problems, "inspections:problems", "flag", 44, (Role.LEADER,)))
register(
    Entry(visits, "inspections:inspections", "shield", 46, SUPERVISING, group, reviews_to_decide)
)
register(Entry(visits, "inspections:inspections", "shield", 46, HANDLING_ROLES, "", to_receive))
register(Entry(visits, "inspections:inspections", "shield", 46, (Role.LEADER,)))
register_heir(keeps_problems)
register_owner(OWNER, evidence_visible)
register_owner(OF_FINDING, finding_visible)
sections.register(sections.Section("matter", _("Problems"), "inspections:matter", 40))
register_listing(Listing("problems", problems, "inspections:problems", COLUMNS, rows_of))
places = "inspections:inspections"
register_listing(Listing("inspections", visits, places, exporting.COLUMNS, exporting.rows_of))
