"""Who undertakes, changes, keeps, excuses, ends: predicates with reasons."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.commitments.enums import OccurrenceState
from luoshi.supervision.commitments.models import (
    READING_ROLES,
    Commitment,
    CommitmentVersion,
    Occurrence,
)

UNDERTAKING = (Role.SECRETARY_GENERAL, Role.SUPERVISION_OFFICER)


def not_yours(what: Text) -> Denied:
    """Another office's, or a post that does not answer for what the office undertakes."""
    return Denied(
        Forbidden(
            what,
            _("The secretary-general or a supervision officer of the office does this."),
            code="not-undertaking",
        )
    )


def over(what: Text) -> Denied:
    """A commitment of the past."""
    return Denied(
        Refused(
            what,
            _("This commitment has ended."),
            next_steps=(_("Undertake it anew if the office does it again."),),
            code="ended",
        )
    )


@rule
def may_see(actor: Actor) -> Decision:
    """The pages of this room: business posts of a unit."""
    if actor.unit_id is not None and actor.role in READING_ROLES:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("Recurring commitments are read by the posts of the office."),
            code="no-post",
        )
    )


@rule
def may_undertake(actor: Actor) -> Decision:
    """For one's own office."""
    if actor.unit_id is not None and actor.role in UNDERTAKING:
        return ALLOWED
    return not_yours(_("Not undertaken."))


@rule
def may_change(actor: Actor, commitment: Commitment, at: datetime) -> Decision:
    """While it lasts."""
    if actor.unit_id != commitment.office_id or actor.role not in UNDERTAKING:
        return not_yours(_("Not changed."))
    return over(_("Not changed.")) if commitment.is_over(office_date(at)) else ALLOWED


@rule
def may_end(actor: Actor, commitment: Commitment, at: datetime) -> Decision:
    """While it lasts; that it ends is decided once."""
    if actor.unit_id != commitment.office_id or actor.role not in UNDERTAKING:
        return not_yours(_("Not ended."))
    ended = commitment.ended_at is not None or commitment.is_over(office_date(at))
    return over(_("Not ended.")) if ended else ALLOWED


def is_responsible(actor: Actor, version: CommitmentVersion) -> bool:
    """The person named, or a holder of the post named."""
    if version.person_id is not None:
        return actor.person_id == version.person_id
    return actor.role == version.role


@rule
def may_keep(actor: Actor, row: Occurrence) -> Decision:
    """Whoever is responsible, or who undertakes for the office; an open one, once. What another
    room keeps is kept there."""
    what = _("Not noted.")
    answers = actor.role in UNDERTAKING or is_responsible(actor, row.version)
    if actor.kind != "system" and (actor.unit_id != row.office_id or not answers):
        return Denied(
            Forbidden(
                what,
                _("It is noted by who is responsible: %(who)s.") % {"who": row.version.who},
                code="not-responsible",
            )
        )
    if row.commitment.kind and actor.kind != "system":
        return Denied(
            Refused(
                what,
                _("This commitment is kept by what its desk does, not by hand."),
                next_steps=(_("Do it at the desk; it is noted here by itself."),),
                code="kept-by-desk",
            )
        )
    return still_open(row, what)


@rule
def may_excuse(actor: Actor, row: Occurrence) -> Decision:
    """The secretary-general in person; also one that was missed."""
    what = _("Not excused.")
    own = actor.unit_id == row.office_id and actor.role == Role.SECRETARY_GENERAL
    if not own or not actor.is_person:
        return Denied(
            Forbidden(
                what,
                _("The secretary-general of the office excuses in person."),
                code="not-secretary-general",
            )
        )
    return still_open(row, what)


def still_open(row: Occurrence, what: Text) -> Decision:
    """What was decided once stays."""
    if row.state == OccurrenceState.OPEN:
        return ALLOWED
    why: Text = _("A change of the rule took this occurrence away.")
    if row.state != OccurrenceState.DROPPED:
        why = _("%(name)s has settled it already: %(state)s.") % {
            "name": row.noted_by_name,
            "state": row.get_state_display(),
        }
    return Denied(
        Refused(
            what,
            why,
            next_steps=(_("Reload the page to see what happened."),),
            code="settled",
        )
    )
