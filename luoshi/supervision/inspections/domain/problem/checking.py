"""The office checks a rectification on its record: strike off 销号, or return with a new limit.

Refused: the unit itself, tokens, no check record, a return without reason and new limit (S3-61).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.limits import due_of
from luoshi.supervision.inspections.domain.telling import tell_unit
from luoshi.supervision.inspections.domain.transitions import PROBLEM_MOVES
from luoshi.supervision.inspections.enums import CheckMethod, ProblemState
from luoshi.supervision.inspections.models import (
    Problem,
    ProblemCheck,
    ProblemWithdrawal,
)
from luoshi.supervision.matters.domain.transitions import locked, move
from luoshi.supervision.matters.enums import Verdict


@dataclass(frozen=True)
class Check:
    """How it was checked and what was seen; a return names the new limit."""

    verdict: str
    how: str
    record: str
    new_limit_on: date | None = None


def checked(check: Check, on: date) -> None:
    """Refuse a check without a record, or a return without its new limit."""
    errors: dict[str, list[object]] = {}
    if check.verdict not in (Verdict.ACCEPTED, Verdict.RETURNED):
        errors["verdict"] = [_("Strike off or return.")]
    if check.how not in CheckMethod.values:
        errors["how"] = [_("Say how it was checked.")]
    if not check.record.strip() or len(check.record) > 5000:
        errors["record"] = [_("Write the check record: who saw what, where and when.")]
    if check.verdict == Verdict.RETURNED and (
        check.new_limit_on is None or not on < check.new_limit_on <= date(on.year + 3, 12, 31)
    ):
        errors["new_limit_on"] = [_("Give a limit after today, within three years.")]
    if errors:
        raise Invalid(_("Not checked: something is missing."), errors)  # type: ignore[arg-type]


def check_rectification(
    *, problem: Problem, check: Check, actor: Actor, at: datetime
) -> ProblemCheck:
    """Decide on the latest report."""
    ensure(rules.may_check(actor, problem))
    checked(check, office_date(at))
    with acting(actor=actor, at=at):
        row = locked(Problem.objects, problem.pk)
        ensure(rules.may_check(actor, row))
        report = row.reports.order_by("-round").get(check_record=None)
        struck = check.verdict == Verdict.ACCEPTED
        made = ProblemCheck.objects.create(
            report=report,
            verdict=check.verdict,
            how=check.how,
            record=check.record.strip(),
            new_limit_on=None if struck else check.new_limit_on,
            checked_by_id=actor.person_id,
            checked_by_name=actor.person_name,
            checked_at=at,
        )
        if struck:
            move(row, ProblemState.CANCELLED, PROBLEM_MOVES)
            row.ended_at = at
        else:
            give_back(row, check, at)
        row.save()
        word_zh, word_en = ("已销号", "struck off") if struck else ("退回重改", "returned")
        message = Message(
            kind="problem",
            title_zh=f"问题{word_zh}：{row.number} {row.description[:80]}",
            title_en=f"Problem {word_en}: {row.number}",
            url=f"/problems/{row.pk}/",
            key=f"problem-checked|{made.pk}",
        )
        tell_unit(row.unit_id, message, at=at)
        action = "inspections.struck_off" if struck else "inspections.problem_returned"
        after = {"how": check.how, "reason": check.record.strip()}
        record(action, actor=actor, at=at, obj=row, after=after)
    return made


def give_back(row: Problem, check: Check, at: datetime) -> None:
    """The clock runs again, to the new limit; what came back asks for attention at once."""
    move(row, ProblemState.RETURNED, PROBLEM_MOVES)
    due = due_of(check.new_limit_on)  # type: ignore[arg-type]
    row.limit_on, row.due_at, row.returns = check.new_limit_on, due.at, row.returns + 1  # type: ignore[assignment]
    row.on_clock, row.attention_at, row.overdue_at = True, at, due.at


def withdraw(*, problem: Problem, reason: str, actor: Actor, at: datetime) -> Problem:
    """Take back a problem that was none; it stays readable with the reason."""
    ensure(rules.may_withdraw(actor, problem))
    if not reason.strip() or len(reason) > 5000:
        raise Invalid(_("Not withdrawn."), {"reason": [_("Give the reason; it stays readable.")]})
    with acting(actor=actor, at=at):
        row = locked(Problem.objects, problem.pk)
        ensure(rules.may_withdraw(actor, row))
        move(row, ProblemState.WITHDRAWN, PROBLEM_MOVES)
        row.ended_at = at
        row.on_clock, row.attention_at, row.overdue_at = False, None, None
        row.save()
        ProblemWithdrawal.objects.create(
            problem=row,
            reason=reason.strip(),
            withdrawn_by_name=actor.person_name,
            withdrawn_at=at,
        )
        after = {"reason": reason.strip()}
        record("inspections.problem_withdrawn", actor=actor, at=at, obj=row, after=after)
    return row
