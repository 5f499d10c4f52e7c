"""Who writes scoring rules, publishes, objects, answers and reads: predicates with reasons."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES, Role
from luoshi.supervision.appraisal.models import Objection, PublishedScore, ScoringVersion
from luoshi.supervision.matters.rules import REGISTERING_ROLES, not_your_office, person_needed


@rule
def may_read(actor: Actor) -> Decision:
    """Rankings: the office that makes them, and the units that stand in them."""
    if actor.role in (*SUPERVISING_ROLES, *HANDLING_ROLES) and actor.unit_id is not None:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("Rankings are for supervising offices and the units in them."),
            code="appraisal-pages",
        )
    )


@rule
def may_prepare(actor: Actor) -> Decision:
    """Live rankings, simulation, rules and facts: the supervising posts of an office."""
    if actor.role in SUPERVISING_ROLES and actor.unit_id is not None:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("The supervision office prepares the appraisal; your unit reads its own score."),
            code="appraisal-office",
        )
    )


@rule
def may_work(actor: Actor) -> Decision:
    """Write rules, record facts, set facts aside: a person of the office who registers matters."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id is None:
        return not_your_office(_("Not saved."))
    return ALLOWED if actor.is_person else person_needed(_("Not saved."))


@rule
def may_change(actor: Actor, version: ScoringVersion) -> Decision:
    """Change a version, until a ranking was published by it."""
    allowed = may_work(actor)
    if allowed and actor.unit_id != version.office_id:
        return not_your_office(_("Not saved."))
    if allowed and version.used_at is not None:
        return Denied(
            Refused(
                _("Not changed: a ranking was published by these rules."),
                _("They stay as they were, so that the ranking can be recomputed."),
                next_steps=(_("Draft a new version from them."),),
                source="R-SUP-8",
                code="version-used",
            )
        )
    return allowed


@rule
def may_publish(actor: Actor) -> Decision:
    """Publish a ranking: the secretary-general in person."""
    if actor.role != Role.SECRETARY_GENERAL or actor.unit_id is None:
        return Denied(
            Forbidden(
                _("Not published."),
                _("The secretary-general publishes the ranking."),
                next_steps=(_("Show the draft ranking to the secretary-general."),),
                source="R-SUP-8",
                code="publisher",
            )
        )
    return ALLOWED if actor.is_person else person_needed(_("Not published."))


@rule
def may_object(actor: Actor, score: PublishedScore) -> Decision:
    """Object: a person of the scored unit itself."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != score.unit_id:
        return Denied(
            Forbidden(
                pgettext_lazy("answer", "Not sent."),
                _("Only the unit itself objects to its score."),
                code="not-your-score",
            )
        )
    return ALLOWED if actor.is_person else person_needed(pgettext_lazy("answer", "Not sent."))


@rule
def may_answer(actor: Actor, objection: Objection) -> Decision:
    """Answer: a person of the office who did not publish the ranking (decision 5)."""
    publication = objection.score.publication
    allowed = may_work(actor)
    if allowed and actor.unit_id != publication.office_id:
        return not_your_office(_("Not answered."))
    if allowed and actor.person_id == publication.published_by_id:
        return Denied(
            Forbidden(
                _("Not answered: you published this ranking."),
                _("Somebody else of the office answers."),
                code="own-ranking",
            )
        )
    if allowed and objection.answered_at is not None:
        return Denied(
            Refused(
                _("Not answered again."),
                _("%(name)s has answered.") % {"name": objection.answered_by_name},
                code="answered-already",
            )
        )
    return allowed
