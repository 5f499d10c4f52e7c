"""Who teaches the reading: the people of an office who may draft; weights are a person's act."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons.enums import UNFINISHED, VersionState
from luoshi.desks.lessons.models import GateVersion
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.supervision.matters import rules as matter_rules


@rule
def may_see(actor: Actor) -> Decision:
    """The lessons of one's own office: whoever may draft there."""
    return matter_rules.may_draft(actor)


@rule
def may_teach(actor: Actor, office_id: UUID | None) -> Decision:
    """Link names, teach or set aside expressions, export them: in one's own office."""
    if actor.unit_id != office_id:
        return Denied(Forbidden(_("Not changed."), _("These are another office's lessons.")))
    return matter_rules.may_draft(actor)


@rule
def may_train(actor: Actor, office_id: UUID | None, unfinished: bool) -> Decision:
    """Ask for new weights: a person, one training at a time."""
    allowed = may_teach(actor, office_id)
    if not allowed:
        return allowed
    if not actor.is_person:
        return matter_rules.person_needed(_("Not retrained."))
    if unfinished:
        return Denied(
            Refused(
                _("Not retrained: a training is under way."),
                next_steps=(_("Wait for its figures; they appear on this page."),),
                code="training-under-way",
            )
        )
    return ALLOWED


@rule
def may_choose(actor: Actor, version: GateVersion) -> Decision:
    """Use another kept version: a person of the office."""
    allowed = may_teach(actor, version.office_id)
    if not allowed:
        return allowed
    if not actor.is_person:
        return matter_rules.person_needed(_("Not changed."))
    if version.active:
        return Denied(Refused(_("Not changed: this version is in use."), code="in-use"))
    if version.state != VersionState.KEPT:
        return Denied(
            Refused(
                _("Not changed: this version was not kept."),
                state_words(version),
                next_steps=(_("Choose a version that was kept."),),
                code="not-kept",
            )
        )
    return ALLOWED


def state_words(version: GateVersion) -> Any:
    """What became of a version, as a reason."""
    if version.state in UNFINISHED:
        return _("It is still being trained.")
    return _("Its figures were worse than those in use.")
