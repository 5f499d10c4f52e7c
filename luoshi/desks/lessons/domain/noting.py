"""Note what a decision on a draft teaches: a training row, and a grammar case where the officer
wrote another limit. Decided anew, the rows change; undone, they go. The decision itself is in the
trail already, so that nothing is written there a second time.
"""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from luoshi.desks.lessons.domain.naming import is_name
from luoshi.desks.lessons.enums import Decision, NameState
from luoshi.desks.lessons.models import GrammarCase, LearnedName, TrainingRow
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import BadRule, from_json
from luoshi.foundation.organizations.domain.queries.names import expand, unit_by_name
from luoshi.foundation.reading.structure.sections import mode_at, sections
from luoshi.foundation.reading.structure.sentences import sentences
from luoshi.foundation.reading.times.events.anchors import default_anchor


class Draft(Protocol):
    """A decided draft, as this room needs it; `state` is to_check, accepted or rejected."""

    @property
    def pk(self) -> UUID: ...
    @property
    def document(self) -> Any: ...
    @property
    def state(self) -> str: ...
    @property
    def edited(self) -> bool: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def rules(self) -> Any: ...
    @property
    def units(self) -> Any: ...
    @property
    def spans(self) -> Any: ...
    @property
    def original(self) -> Any: ...
    @property
    def decided_by_name(self) -> str: ...


def note(item: Draft, *, at: datetime, missed_by: str = "") -> None:
    """Keep or take back what a decision teaches; called inside the verb that decided. `missed_by`:
    who added an obligation the reading had not drafted."""
    found = context(item)
    before = TrainingRow.objects.filter(draft_id=item.pk).first()
    missed = bool(missed_by) or (before is not None and before.decision == Decision.MISSED)
    decision = decision_of(item, missed)
    if (
        found is None
        or decision is None
        or (partial(item, found) and decision == Decision.REJECTED)
    ):
        forget(item.pk)
        return
    common = {
        "office_id": item.document.office_id,
        "document_id": item.document.pk,
        "sentence": found["sentence"],
        "anchor": found["anchor"],
        "decided_by_name": item.decided_by_name
        or missed_by
        or (before.decided_by_name if before else ""),
        "decided_at": at,
    }
    own = {"mode": found["mode"], "decision": decision, "binds": decision != Decision.REJECTED}
    TrainingRow.objects.update_or_create(draft_id=item.pk, defaults=common | own)
    note_limit(item, common)
    note_names(item, at)


def forget(draft_id: UUID) -> None:
    """Take back everything a draft taught: nothing is decided about it any more, or it is gone."""
    TrainingRow.objects.filter(draft_id=draft_id).delete()
    GrammarCase.objects.filter(draft_id=draft_id).delete()


def decision_of(item: Draft, missed: bool) -> Decision | None:
    """What was decided; None = nothing (any more)."""
    if item.state == "rejected":
        return Decision.REJECTED
    if missed:
        return Decision.MISSED
    if item.state != "accepted":
        return None
    return Decision.EDITED if item.edited else Decision.ACCEPTED


def note_limit(item: Draft, common: dict[str, Any]) -> None:
    """A grammar case where an accepted draft carries other rules than were read."""
    read = item.original.get("rules", [])
    if item.state != "accepted" or not item.edited or item.rules == read:
        GrammarCase.objects.filter(draft_id=item.pk).delete()
        return
    text = item.document.text
    said = [text[s["start"] : s["end"]] for s in item.spans if s["kind"] == "when"]
    values = {
        "expression": "；".join(said)[:200],
        "words": printed(item.rules)[:200],
        "read": read,
        "wrote": item.rules,
    }
    GrammarCase.objects.update_or_create(draft_id=item.pk, defaults=common | values)


def note_names(item: Draft, at: datetime) -> None:
    """Names of a kept draft that the site does not know are offered; a name an officer replaced by
    a unit's is offered with that unit."""
    if item.state == "rejected":
        return
    read = [one["name"] for one in item.original.get("units", ())]
    wrote = [one["name"] for one in item.units]
    common = {"document_id": item.document.pk, "seen_at": at}
    for name in dict.fromkeys(wrote):
        if is_name(name) and not expand(name):
            LearnedName.objects.get_or_create(
                office_id=item.document.office_id, name=name, defaults=common
            )
    if not item.edited or len(read) != len(wrote):
        return
    for before, after in zip(read, wrote, strict=True):
        unit = unit_by_name(after) if before != after else None
        if unit is not None and before not in wrote and is_name(before) and not expand(before):
            row, _made = LearnedName.objects.get_or_create(
                office_id=item.document.office_id, name=before, defaults=common
            )
            if row.state == NameState.OFFERED:
                row.suggested = unit
                row.save(update_fields=("suggested",))


def printed(rules: Any, language: str = "zh") -> str:
    """Rules in the wording of documents; what is no rule is left out."""
    words = []
    for raw in rules:
        try:
            words.append(phrase(from_json(raw), language))
        except BadRule:
            continue
    return "；".join(words)


def context(item: Draft) -> dict[str, Any] | None:
    """The sentence a draft stands in, as the reader cut it, with its section and the document's
    anchor; None for rows of tables, which the gate never judges."""
    text = item.document.text
    for start, end in sentences(text):
        if start <= item.start < end:
            kept = item.original
            if "\t" in text[start:end] or kept.get("row"):
                return None
            return {
                "start": start,
                "end": end,
                "sentence": text[start:end],
                "mode": kept.get("mode") or mode_at(sections(text), start),
                "anchor": kept.get("anchor") or default_anchor(text),
            }
    return None


def partial(item: Draft, found: dict[str, Any]) -> bool:
    """Whether the draft is a part of its sentence only: the rest may bind all the same."""
    words = item.document.text[item.start : item.end].strip()
    return len(words) < len(found["sentence"])
