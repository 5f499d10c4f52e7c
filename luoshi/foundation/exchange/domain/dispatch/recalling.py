"""Recall a dispatch from the units that have not signed for it (features row 52).

Changes: the dispatch notes who recalled it and why; each node gets a recall and answers with
receipts. Refused: by other units; a second time; when every unit has signed for it or refused it;
without a reason or with more than 200 characters. What a unit signs for before the recall reaches
it stays signed for.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.dispatch.dispatching import object_of
from luoshi.foundation.exchange.domain.dispatch.withdrawing import NAME
from luoshi.foundation.exchange.domain.mail.sending import Content, post
from luoshi.foundation.exchange.enums import NOT_SIGNED, Progress
from luoshi.foundation.exchange.envelopes.manifest import Revision
from luoshi.foundation.exchange.kinds import known
from luoshi.foundation.exchange.models import Addressee, Dispatch, Outgoing

OPEN = (Progress.ON_THE_WAY, *NOT_SIGNED)


def recall(*, dispatch: Dispatch, reason: str, actor: Actor, at: datetime) -> Dispatch:
    """Ask every node to take it back from who has not signed for it."""
    ensure(rules.may_recall(actor, dispatch))
    what, missing = _("Not recalled."), _("Say why; the units read these words.")
    words = fitted(Dispatch, "recall_reason", reason, what=what, missing=missing, field="reason")
    with acting(actor=actor, at=at):
        row = Dispatch.objects.select_for_update(no_key=True).get(pk=dispatch.pk)
        ensure(rules.may_recall(actor, row))
        left = Addressee.objects.filter(dispatch=row, state__in=OPEN)
        ways = Outgoing.objects.filter(addressees__in=left).distinct().select_related("receiver")
        consignments = list(ways.defer("body"))
        if not consignments:
            raise Refused(
                _("Not recalled: every unit has signed for it or refused it."),
                _("What a unit has signed for is with the unit."),
                next_steps=(_("Send a correction as a new dispatch."),),
                source="S3-110",
                code="signed-for",
            )
        row.recalled_at, row.recalled_by_name = at, actor.person_name
        row.recall_reason = words
        row.save(update_fields=("recalled_at", "recalled_by_name", "recall_reason"))
        for one in consignments:
            content = Content(
                {"of": one.pk.hex, "reason": row.recall_reason},
                revision=Revision(object_of(row.pk), 2),
            )
            post(
                kind=known(NAME),
                content=content,
                sender_unit=row.sender_unit.code,
                receiver=one.receiver,
                codes=(),
                actor=actor,
                at=at,
            )
        after = {"reason": row.recall_reason}
        record("exchange.recall_asked", actor=actor, at=at, obj=row, after=after)
    return row
