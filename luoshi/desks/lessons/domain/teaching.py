"""Say what an expression means, in words the grammar reads; or set it aside.

What was taught holds for exactly these words from the office's next reading on; every draft made
so says it. Words the grammar does not read, or that name no date, are refused: nothing is guessed.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons import rules
from luoshi.desks.lessons.enums import ExpressionState
from luoshi.desks.lessons.models import Expression
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.deadlines.engine.rule import BadRule, from_json
from luoshi.foundation.reading.times.grammar import find_times

ACTIONS = {
    ExpressionState.TAUGHT: "lessons.taught",
    ExpressionState.IGNORED: "lessons.ignored",
    ExpressionState.OPEN: "lessons.reopened",
}


def teach(*, expression: Expression, words: str, actor: Actor, at: datetime) -> Expression:
    """The expression means what these words say."""
    ensure(rules.may_teach(actor, expression.office_id))
    found = meaning(words)
    return decided(
        expression, ExpressionState.TAUGHT, words.strip()[:100], found, actor=actor, at=at
    )


def set_aside(*, expression: Expression, actor: Actor, at: datetime) -> Expression:
    """No limit, or not worth teaching; it leaves the list and is not exported."""
    ensure(rules.may_teach(actor, expression.office_id))
    return decided(expression, ExpressionState.IGNORED, "", [], actor=actor, at=at)


def reopen(*, expression: Expression, actor: Actor, at: datetime) -> Expression:
    """Take the decision back; a taught meaning no longer counts."""
    ensure(rules.may_teach(actor, expression.office_id))
    return decided(expression, ExpressionState.OPEN, "", [], actor=actor, at=at)


def meaning(words: str) -> list[dict[str, Any]]:
    """The rules of the words by the grammar; refused unless each is a crisp limit."""
    found = [one.rule for one in find_times(words.strip()[:100]) if one.crisp]
    try:
        for rule in found:
            from_json(rule)
    except BadRule:
        found = []
    if not found:
        raise Invalid(
            _("Not taught: the words were not understood."),
            {"words": [_("Write it as in documents: 6月底前, 收到之日起15日内, 每季度.")]},
        )
    return found


def decided(
    expression: Expression,
    state: ExpressionState,
    words: str,
    found: list[dict[str, Any]],
    *,
    actor: Actor,
    at: datetime,
) -> Expression:
    """Write the decision and its entry."""
    with acting(actor=actor, at=at):
        row = Expression.objects.select_for_update().get(pk=expression.pk)
        before = {"state": row.state, "words": row.words}
        row.state, row.words, row.rules = state, words, found
        row.decided_by_name, row.decided_at = actor.person_name, at
        row.save()
        after = {"expression": row.text, "words": words}
        record(ACTIONS[state], actor=actor, at=at, obj=row, before=before, after=after)
    return row
