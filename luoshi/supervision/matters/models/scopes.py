"""Who sees which rows: decision 8 as querysets, used by page, API, search and export alike.

A supervising post sees what its own office issued and what units in its sight owe; a handling
unit sees the matters it takes part in, and of its siblings there name, role and light only; a
leader also sees every matter that carries the leader's own instruction. Officers without business
rights (administrators, auditor) see nothing here.
"""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.sight import (
    marks_of,
    own_branch,
    units_in_sight,
)
from luoshi.foundation.organizations.domain.queries.viewers import low_half
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES, Role
from luoshi.supervision.matters.enums import MATTER_BEFORE_ASSIGNING, REPORT_UNSENT

if TYPE_CHECKING:
    from luoshi.supervision.matters.models.assignment import Assignment as AssignmentRow


def assigned_within(units: Any) -> Exists:
    """Condition on a matter: some unit of `units` holds a share of it."""
    return Exists(AssignmentQuerySet.rows().filter(matter=OuterRef("pk"), unit__in=units))


def owned_by(unit_id: Any, prefix: str = "") -> Q:
    """Condition on a matter reached through `prefix`: the unit is its lead or its joint office,
    both of which review its reports (S3-55)."""
    lead, joint = f"{prefix}office_id", f"{prefix}joint_office_id"
    return Q(**{lead: unit_id}) | Q(**{joint: unit_id})


def instructed_by(actor: Actor, prefix: str = "") -> Q:
    """Condition on a matter reached through `prefix`: it carries an instruction of this leader, the
    first or a later one; their marks stand among its viewers."""
    if actor.person_id is None:
        return Q(pk__in=[])
    return Q(**{f"{prefix}viewers__contains": [low_half(actor.person_id)]})


def share_seen(actor: Actor, prefix: str = "") -> Q:
    """Condition on a share, or on what hangs on one (`prefix`): the actor may read its reports."""
    if actor.kind == "system":
        return Q()
    if actor.unit_id is None:
        return Q(pk__in=[])
    if actor.role in SUPERVISING_ROLES:
        seen = owned_by(actor.unit_id, f"{prefix}matter__")
        seen |= Q(**{f"{prefix}unit__in": units_in_sight(actor)})
        if actor.role == Role.LEADER:
            seen |= instructed_by(actor, f"{prefix}matter__")
        return seen
    if actor.role in HANDLING_ROLES:
        matters = apps.get_model("matters", "Matter").objects.visible_to(actor)
        shared = Q(**{f"{prefix}matter__shares_reports": True, f"{prefix}matter__in": matters})
        return shared | Q(**{f"{prefix}unit__in": own_branch(actor)})
    return Q(pk__in=[])


def sees_every_share(actor: Actor, matter: Any) -> bool:
    """Whether `share_seen` holds for all shares of a matter, known without asking the database:
    supervising posts of its lead and joint office."""
    owners = {matter.office_id, matter.joint_office_id} - {None}
    return actor.role in SUPERVISING_ROLES and actor.unit_id in owners


class MatterQuerySet(QuerySet[Any]):
    """Matters, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "MatterQuerySet":
        """Matters this actor may open."""
        if actor.kind == "system":
            return self
        if actor.unit_id is None:
            return self.none()
        if actor.role in SUPERVISING_ROLES:
            marks = [*marks_of(actor), low_half(actor.unit_id)]
            if actor.role == Role.LEADER and actor.person_id is not None:
                marks.append(low_half(actor.person_id))
            return self.filter(viewers__overlap=marks)
        if actor.role in HANDLING_ROLES:
            own = Q(assigned_within(own_branch(actor)))
            return self.filter(own).exclude(state__in=MATTER_BEFORE_ASSIGNING)
        return self.none()


class AssignmentQuerySet(QuerySet[Any]):
    """Shares, narrowed by sight."""

    @staticmethod
    def rows() -> "QuerySet[AssignmentRow]":
        """All shares; the model is looked up late because it is built on this class."""
        return apps.get_model("matters", "Assignment").objects.all()

    def visible_to(self, actor: Actor) -> "AssignmentQuerySet":
        """Shares whose reports this actor may read (siblings' shares are not among them)."""
        return self.filter(share_seen(actor))


class DutyQuerySet(QuerySet[Any]):
    """Duties, narrowed by the sight of their share."""

    def visible_to(self, actor: Actor) -> "DutyQuerySet":
        """Duties of shares this actor may read."""
        return self.filter(share_seen(actor, "assignment__"))


class DutyPartQuerySet(QuerySet[Any]):
    """What hangs on a duty, narrowed by the sight of its share."""

    def visible_to(self, actor: Actor) -> "DutyPartQuerySet":
        """Rows of duties of shares this actor may read."""
        return self.filter(share_seen(actor, "duty__assignment__"))


class ReportQuerySet(QuerySet[Any]):
    """Reports, narrowed by the sight of their share; what is not sent belongs to its own unit."""

    def visible_to(self, actor: Actor) -> "ReportQuerySet":
        """Reports this actor may read."""
        if actor.kind == "system":
            return self
        seen = self.filter(share_seen(actor, "assignment__"))
        return seen.filter(~Q(state__in=REPORT_UNSENT) | Q(assignment__unit_id=actor.unit_id))
