"""Who may divide, merge, stop a matter: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    MATTER_ENDED,
    MATTER_OPEN,
    MatterState,
    ReportState,
    StopState,
)
from luoshi.supervision.matters.models import Assignment, ClockStop, Matter, Report
from luoshi.supervision.matters.rules.reasons import (
    REGISTERING_ROLES,
    already,
    not_your_office,
    person_needed,
    stands_still,
)


def of_office(actor: Actor, matter: Matter) -> bool:
    """Whether the actor registers and assigns in the matter's lead office."""
    return actor.role in REGISTERING_ROLES and actor.unit_id == matter.office_id


@rule
def may_decompose(actor: Actor, matter: Matter) -> Decision:
    """Divide into sub-matters (分解): the assigning office, an open matter that is none itself."""
    if not of_office(actor, matter):
        return not_your_office(_("Not divided."))
    if matter.state not in MATTER_OPEN:
        return Denied(already(matter))
    if matter.parent_id is not None:
        return Denied(
            Refused(
                _("Not divided: this is a sub-matter already."),
                _("A matter is divided once: matter, sub-matter, unit."),
                next_steps=(_("Assign it to several units, each with its own share."),),
                source="S3-57",
                code="divided-once",
            )
        )
    if matter.stopped_at is not None:
        return Denied(stands_still(_("Not divided."), office_date(matter.stopped_at)))
    return ALLOWED


@rule
def may_merge(actor: Actor, absorbed: Matter, into: Matter) -> Decision:
    """Merge (并案): a person of the office of both matters; nothing waits for review, neither is
    the other's part, and the absorbed one has no open sub-matters (R-SUP-1)."""
    if not of_office(actor, absorbed) or not of_office(actor, into):
        return not_your_office(_("Not merged."))
    if not actor.is_person:
        return person_needed(_("Not merged."))
    if absorbed.state in MATTER_ENDED:
        return Denied(already(absorbed))
    if into.state not in MATTER_OPEN:
        return Denied(already(into))
    if absorbed.pk in {into.pk, into.parent_id} or absorbed.parent_id == into.pk:
        return Denied(
            Refused(
                _("Not merged: these two are one file already."),
                _("A matter cannot be merged into itself, its part or its whole."),
                code="same-file",
            )
        )
    if absorbed.sub_matters.exclude(state__in=MATTER_ENDED).exists():
        return Denied(
            Refused(
                _("Not merged: sub-matters are still open."),
                next_steps=(_("Conclude, revoke or merge them first."),),
                code="parts-open",
            )
        )
    if Report.objects.filter(assignment__matter=absorbed, state=ReportState.SUBMITTED).exists():
        return Denied(
            Refused(
                _("Not merged: reports wait for review."),
                next_steps=(_("Review them first."),),
                source="S2-92",
                code="reports-in-review",
            )
        )
    return ALLOWED


@rule
def may_stop(actor: Actor, matter: Matter, share: Assignment | None = None) -> Decision:
    """Stop the clock (中止计时): a person of the assigning office, once assigned, once at a time
    (features row 20)."""
    if not of_office(actor, matter):
        return not_your_office(_("Clock not stopped."))
    if not actor.is_person:
        return person_needed(_("Clock not stopped."))
    if matter.state != MatterState.ASSIGNED:
        return Denied(already(matter))
    return still_runs(matter, share)


@rule
def may_ask_stop(actor: Actor, share: Assignment) -> Decision:
    """Ask for a stop: a person of the handling unit, for its own open share."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != share.unit_id:
        return Denied(
            Forbidden(
                _("Not asked."),
                _("Only the handling unit asks for its own share."),
                code="not-your-share",
            )
        )
    if not actor.is_person:
        return person_needed(_("Not asked."))
    if share.state not in ASSIGNMENT_OPEN:
        return Denied(already(share.matter))
    return still_runs(share.matter, share)


def still_runs(matter: Matter, share: Assignment | None) -> Decision:
    """Refuse what stands still already, with the day since when."""
    since = matter.stopped_at or (share.stopped_at if share is not None else None)
    if since is not None:
        return Denied(stands_still(_("Clock not stopped again."), office_date(since)))
    if share is not None and share.state not in ASSIGNMENT_OPEN:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_answer_stop(actor: Actor, stop: ClockStop) -> Decision:
    """Answer what a unit asked: a person of the assigning office, once."""
    if not of_office(actor, stop.matter):
        return not_your_office(_("Not answered."))
    if not actor.is_person:
        return person_needed(_("Not answered."))
    return in_state(stop, StopState.ASKED)


@rule
def may_resume(actor: Actor, stop: ClockStop) -> Decision:
    """Let the clock run again: a person of the assigning office, while it stands still."""
    if not of_office(actor, stop.matter):
        return not_your_office(_("Clock not resumed."))
    if not actor.is_person:
        return person_needed(_("Clock not resumed."))
    return in_state(stop, StopState.RUNNING)


def in_state(stop: ClockStop, wanted: StopState) -> Decision:
    """Refuse a stop in another state; say which."""
    if stop.state == wanted:
        return ALLOWED
    return Denied(
        Refused(
            _("Not done: the clock stop is in another state."),
            _("Its state is now “%(state)s”.") % {"state": stop.get_state_display()},
            next_steps=(_("Reload the page to see what happened."),),
            code="wrong-state",
        )
    )
