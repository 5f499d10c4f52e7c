"""Who sees the documents' pages; who sends, recalls, opens and signs is the exchange's rule."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.exchange.enums import Handling
from luoshi.foundation.exchange.models import Arrival, Dispatch
from luoshi.foundation.exchange.rules import RECEIVING_ROLES, SENDING_ROLES


@rule
def may_see_documents(actor: Actor) -> Decision:
    """What was sent and received: the people of a unit who handle it."""
    if actor.role in RECEIVING_ROLES and actor.unit_id is not None:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("Documents are handled by liaisons, principals, officers and document clerks."),
            code="not-handling",
        )
    )


@rule
def may_urge(actor: Actor, dispatch: Dispatch) -> Decision:
    """Urge the units that have not signed: the sending office; not after a recall."""
    if actor.role not in SENDING_ROLES or actor.unit_id != dispatch.sender_unit_id:
        return Denied(
            Forbidden(
                _("Not urged."), _("Only the office that sent it urges."), code="not-your-office"
            )
        )
    if dispatch.recalled_at is not None:
        return Denied(Refused(_("Not urged: this dispatch was recalled."), code="recalled"))
    return ALLOWED


@rule
def may_pass_on(actor: Actor, arrival: Arrival) -> Decision:
    """Pass a document on: who sends for the unit it came to, once it is opened and while it is
    neither refused nor recalled (S3-112: own level and the next one down)."""
    if actor.role not in SENDING_ROLES or actor.unit_id != arrival.unit_id:
        return Denied(
            Forbidden(
                pgettext_lazy("document", "Not passed on."),
                _("The office's officers, Secretary-General and document clerks send for it."),
                source="S3-110",
                code="not-your-office",
            )
        )
    if arrival.opened_at is None or arrival.state in (Handling.REFUSED, Handling.RECALLED):
        return Denied(
            Refused(
                _("Not passed on: open the document first; one refused or recalled stays here."),
                code="not-opened",
            )
        )
    return ALLOWED


@rule
def may_order(actor: Actor) -> Decision:
    """Set and end a standing order: a person who sends for the unit."""
    if actor.is_person and actor.unit_id and actor.role in SENDING_ROLES:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not done."),
            _("The office's officers, Secretary-General and document clerks send for it."),
            source="S3-112",
            code="not-your-office",
        )
    )
