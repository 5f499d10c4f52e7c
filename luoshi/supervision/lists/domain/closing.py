"""Close an issued list. Refused while points are open or summaries unsent: no point is left behind
(S2-93), and the year ends with its summary (S3-60)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.domain.transitions import LIST_MOVES
from luoshi.supervision.lists.enums import ListState, SummaryState
from luoshi.supervision.lists.models import SupervisionPointsList
from luoshi.supervision.matters.domain.transitions import locked, move
from luoshi.supervision.matters.enums import MATTER_ENDED


def close_list(
    *, points_list: SupervisionPointsList, remark: str, actor: Actor, at: datetime
) -> SupervisionPointsList:
    """End the list of the year with a remark on how it went."""
    ensure(rules.may_close(actor, points_list))
    if not remark.strip():
        raise Invalid(_("Not closed."), {"remark": [_("Say in a sentence how the list ended.")]})
    with acting(actor=actor, at=at):
        found = locked(SupervisionPointsList.objects, points_list.pk)
        ensure(rules.may_close(actor, found))
        left = found.points.exclude(matter__state__in=MATTER_ENDED)
        numbers = [str(number) for number in left.values_list("number", flat=True)]
        if numbers:
            raise Refused(
                _("Not closed: %(count)d point(s) have not ended.") % {"count": len(numbers)},
                "、".join(numbers),
                next_steps=(_("Conclude or revoke their matters first."),),
                source="S2-93",
                code="points-open",
            )
        if found.summaries.exclude(state=SummaryState.SENT).exists():
            raise Refused(
                _("Not closed: a summary has not been sent."),
                next_steps=(_("Write it and have it signed."),),
                source="S3-60",
                code="summary-missing",
            )
        move(found, ListState.CLOSED, LIST_MOVES)
        found.closed_at, found.closed_by_name = at, actor.person_name
        found.closing_remark = remark.strip()
        found.save()
        record("lists.closed", actor=actor, at=at, obj=found, after={"reason": remark.strip()})
    return found
