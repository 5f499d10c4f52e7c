"""Move an issue on: collected, edited, printing, out; or back, with a reason (S2-28).

Changes: its state and a step with date and name; once out, the paper is set, stored and frozen by
its hash. Refused: by others, steps left out, at each step an issue without items or with items that
are not edited (they may change until it is printed), back without a reason, anything once it is
out.
"""

from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.issue.papers import journal_of
from luoshi.desks.publications.domain.locking import locked
from luoshi.desks.publications.enums import BACK, FORWARD, OPEN, ItemState, Production
from luoshi.desks.publications.models import Issue, IssueStep
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.typesetting.rendering import render

OWNER = "issue"
NOT_MOVED = _("Not moved.")


def forward(*, issue: Issue, seen: str, actor: Actor, at: datetime) -> Issue:
    """The next step. `seen`: the state the form showed, so that two people make one step."""
    ensure(rules.may_move(actor, issue))
    with acting(actor=actor, at=at):
        row = locked(issue)
        ensure(rules.may_move(actor, row))
        refuse_other(row, seen)
        after = FORWARD[Production(row.state)]
        refuse_unready(row)
        step(row, after, "", actor, at)
        if after == Production.OUT:
            freeze(row, actor, at)
        row.save()
        name = "publications.came_out" if after == Production.OUT else "publications.moved"
        told = {"state": str(after.value), "sha256": row.sha256}
        record(name, actor=actor, at=at, obj=row, after=told)
    return row


def back(*, issue: Issue, seen: str, reason: str, actor: Actor, at: datetime) -> Issue:
    """The step before, with the reason."""
    ensure(rules.may_move(actor, issue))
    words = fitted(IssueStep, "reason", reason, what=NOT_MOVED, missing=_("Say why it goes back."))
    with acting(actor=actor, at=at):
        row = locked(issue)
        ensure(rules.may_move(actor, row))
        refuse_other(row, seen)
        before = Production(row.state)
        if before not in BACK:
            raise Refused(
                NOT_MOVED,
                _("Collecting is the first step."),
                next_steps=(_("Change the items as they are."),),
                code="first-step",
            )
        step(row, BACK[before], words, actor, at)
        row.save()
        after = {"state": row.state, "reason": words}
        record("publications.moved_back", actor=actor, at=at, obj=row, after=after)
    return row


def refuse_other(issue: Issue, seen: str) -> None:
    """Somebody moved it meanwhile."""
    if issue.state != seen:
        raise Refused(
            NOT_MOVED,
            _("Meanwhile it is: %(state)s.") % {"state": issue.get_state_display()},
            next_steps=(_("Reload the page to see what happened."),),
            code="moved-meanwhile",
        )


def refuse_unready(issue: Issue) -> None:
    """What goes on has something that is printed, and all of it is edited. Items may come and
    change until the printer has it, so every step asks anew."""
    states = set(issue.items.exclude(state=ItemState.LEFT_OUT).values_list("state", flat=True))
    if not states:
        why = _("It has no item that is printed.")
    elif ItemState.COLLECTED in states:
        why = _("Some items are not edited yet: edit them or leave them out.")
    else:
        return
    steps = () if issue.state in OPEN else (_("Move it back first, with the reason."),)
    raise Invalid(NOT_MOVED, {"": [why]}, next_steps=steps)


def step(issue: Issue, after: Production, reason: str, actor: Actor, at: datetime) -> None:
    """Write the step; part of the caller's act."""
    IssueStep.objects.create(
        issue=issue,
        before=issue.state,
        after=after,
        reason=reason,
        by_name=actor.person_name,
        at=at,
    )
    issue.state = after


def freeze(issue: Issue, actor: Actor, at: datetime) -> None:
    """Set the paper and keep its bytes; the clock stops."""
    issue.out_on = office_date(at)
    body = render(journal_of(issue, issue.out_on), site_fonts=settings.FONTS)
    stored = store(
        BytesIO(body),
        name=f"{issue}.pdf",
        actor=actor,
        at=at,
        owner_kind=OWNER,
        owner_id=issue.pk,
    )
    issue.paper, issue.sha256 = stored.attachment, stored.attachment.file.sha256
    issue.on_clock, issue.attention_at, issue.overdue_at = False, None, None
