"""Who may ask for a later limit, who decides, who notes what limits wait for: predicates with
reasons (R-SUP-4)."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.core.time import date_text, last_day, office_date
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    DUTY_AWAITING_UNIT,
    DutyState,
    ExtensionState,
    MatterState,
)
from luoshi.supervision.matters.models import Extension, Matter, ReportDuty
from luoshi.supervision.matters.rules.reasons import (
    REGISTERING_ROLES,
    already,
    co_owns,
    not_your_office,
    person_needed,
    stands_still,
)


def running_limit(duty: ReportDuty) -> datetime | None:
    """The limit that runs now: the redo limit after a return, else the due instant."""
    return duty.redo_due_at or duty.due_at


@rule
def may_ask_extension(actor: Actor, duty: ReportDuty, at: datetime) -> Decision:
    """Ask for a later limit: the handling unit, before the limit has passed and while it runs."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != duty.assignment.unit_id:
        return Denied(
            Forbidden(
                _("Not asked."),
                _("Only the handling unit asks for an extension of its own report."),
                source="R-SUP-4",
                code="not-your-share",
            )
        )
    limit = running_limit(duty)
    if duty.state not in DUTY_AWAITING_UNIT or duty.assignment.state not in ASSIGNMENT_OPEN:
        return Denied(
            Refused(
                _("Not asked: this report is no longer owed."),
                next_steps=(_("Reload the page to see what happened."),),
                code="duty-not-open",
            )
        )
    if duty.assignment.stopped_at is not None:
        since = office_date(duty.assignment.stopped_at)
        return Denied(stands_still(_("Not asked."), since))
    if limit is None:
        return Denied(
            Refused(
                _("Not asked: this report has no fixed date."),
                next_steps=(_("Send it when there is progress to report."),),
                code="no-limit",
            )
        )
    if limit <= at:
        return Denied(
            Refused(
                _("Not asked: the limit has passed."),
                _("An extension is asked before the limit; it ended on %(day)s.")
                % {"day": date_text(last_day(limit), get_language() or "zh-hans")},
                next_steps=(_("Send the report now and give the reason; the late mark stays."),),
                source="R-SUP-4",
                code="asked-late",
            )
        )
    return ALLOWED


@rule
def may_decide_extension(actor: Actor, extension: Extension) -> Decision:
    """Grant or refuse: a person of the assigning office who did not ask, while the clock runs."""
    matter = extension.duty.assignment.matter
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not decided."))
    if not actor.is_person:
        return person_needed(_("Not decided."))
    if actor.person_id == extension.asked_by_id:
        return Denied(
            Forbidden(
                _("Not decided."),
                _("Who asked for an extension does not decide on it."),
                source="R-SUP-4",
                code="own-request",
            )
        )
    share = extension.duty.assignment
    if share.stopped_at is not None:
        return Denied(stands_still(_("Not decided."), office_date(share.stopped_at)))
    return still_asked(extension)


@rule
def may_withdraw_extension(actor: Actor, extension: Extension) -> Decision:
    """Take a request back: the handling unit, until it is decided."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != extension.duty.assignment.unit_id:
        return Denied(
            Forbidden(
                _("Not withdrawn."),
                _("Only the unit that asked takes its request back."),
                code="not-your-share",
            )
        )
    return still_asked(extension)


def still_asked(extension: Extension) -> Decision:
    """Allowed while nobody has decided; else say who did."""
    if extension.state == ExtensionState.ASKED:
        return ALLOWED
    return Denied(
        Refused(
            _("Not decided again."),
            _("%(name)s decided “%(verdict)s” on it.")
            % {
                "name": extension.decided_by_name or extension.asked_by_name,
                "verdict": extension.get_state_display(),
            },
            next_steps=(_("Reload the page to see the decision."),),
            code="already-decided",
        )
    )


@rule
def may_set_limit(actor: Actor, duty: ReportDuty, at: datetime) -> Decision:
    """Set a limit by the office's own decision: a person of the assigning office, while the report
    is owed, its clock runs and its limit lies ahead (TR-03, R-SUP-4)."""
    what, share = _("Limit not set."), duty.assignment
    if actor.role not in REGISTERING_ROLES or actor.unit_id != share.matter.office_id:
        return not_your_office(what)
    if not actor.is_person:
        return person_needed(what)
    if duty.state != DutyState.OPEN or share.state not in ASSIGNMENT_OPEN:
        return Denied(
            Refused(
                what,
                _("This report is no longer owed, or was returned with a limit of its own."),
                next_steps=(_("Reload the page to see what happened."),),
                code="duty-not-open",
            )
        )
    if share.stopped_at is not None:
        return Denied(stands_still(what, office_date(share.stopped_at)))
    if duty.hourly or (duty.due_at is None and duty.deadline is not None):
        return Denied(
            Refused(
                what,
                _("It counts in hours, or from an event that has not happened."),
                next_steps=(_("The limit follows its rule."),),
                source="TR-07" if duty.hourly else "",
                code="rule-decides",
            )
        )
    if duty.due_at is not None and duty.due_at <= at:
        return Denied(
            Refused(
                what,
                _("The limit has passed; a late mark is not taken back by a later day."),
                next_steps=(_("Urge the unit, or conclude the matter."),),
                source="R-SUP-4",
                code="limit-passed",
            )
        )
    return nothing_asked(duty)


def nothing_asked(duty: ReportDuty) -> Decision:
    """Refused while the unit's own request waits: it is answered first."""
    if not duty.extensions.filter(state=ExtensionState.ASKED).exists():
        return ALLOWED
    return Denied(
        Refused(
            _("Limit not set."),
            _("A request for this report waits for a decision already."),
            next_steps=(_("Grant it with your day, or refuse it."),),
            source="R-SUP-4",
            code="asked-already",
        )
    )


@rule
def may_note_event(actor: Actor, matter: Matter) -> Decision:
    """Note that an event happened which limits count from: officers of the assigning offices,
    while the matter runs."""
    if actor.role not in REGISTERING_ROLES or not co_owns(actor, matter):
        return not_your_office(_("Not noted."))
    if matter.state != MatterState.ASSIGNED:
        return Denied(already(matter))
    return ALLOWED
