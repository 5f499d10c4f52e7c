"""Commitments and their occurrences as JSON objects."""

from datetime import datetime
from typing import Any

from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.rows.keyset import Page
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.supervision.commitments.domain.keeping import OWNER
from luoshi.supervision.commitments.domain.queries import record
from luoshi.supervision.commitments.domain.queries.listing import light_of
from luoshi.supervision.commitments.domain.rhythm import kept_rule
from luoshi.supervision.commitments.models import CommitmentVersion, Occurrence
from luoshi.supervision.matters.api.shaping import instant


def holding(version: CommitmentVersion) -> dict[str, Any]:
    """What a version says: rhythm, basis, whose turn it is."""
    rule = kept_rule(version.rule)
    return {
        "rule": version.rule,
        "rule_zh": phrase(rule, "zh"),
        "rule_en": phrase(rule, "en"),
        "basis": version.basis,
        "role": version.role,
        "person": version.person_name,
    }


def line(row: Any, at: datetime) -> dict[str, Any]:
    """A row of `record.commitments`; no query."""
    return holding(record.held(row)) | {
        "id": str(row.pk),
        "title": row.title,
        "kind": row.kind,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        "light": record.light_of(row, at).value,
        "next_due_at": instant(row.next_due_at),
        "year": record.year_of(row),
    }


def version(row: CommitmentVersion) -> dict[str, Any]:
    """One version."""
    return holding(row) | {
        "number": row.number,
        "evidence": row.evidence,
        "warning_workdays": row.warning_workdays,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        "reason": row.reason,
        "made_by": row.made_by_name,
        "made_at": instant(row.made_at),
    }


def commitment(row: Any, occurrences: Page, at: datetime) -> dict[str, Any]:
    """A row of `record.commitments` with its versions and a page of its occurrences; one query.
    A version that never held is left out, as on the page."""
    return line(row, at) | {
        "made_by": row.made_by_name,
        "made_at": instant(row.made_at),
        "ended_at": instant(row.ended_at),
        "ended_by": row.ended_by_name,
        "end_reason": row.end_reason,
        "versions": [version(one) for one in row.versions.effective().order_by("number")],
        "occurrences": [occurrence_line(one, at) for one in occurrences.rows],
        "next": occurrences.next_cursor or None,
    }


def occurrence_line(row: Occurrence, at: datetime) -> dict[str, Any]:
    """An occurrence; no query where its commitment and version are read with it."""
    return {
        "id": str(row.pk),
        "commitment_id": str(row.commitment_id),
        "commitment": row.commitment.title,
        "key": row.key,
        "opens_on": row.opens_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "due_at": instant(row.due_at),
        "state": row.state,
        "outcome": str(row.outcome(at)) or None,
        "light": light_of(row, at).value,
        "role": row.version.role,
        "person": row.version.person_name,
        "kept_at": instant(row.kept_at),
        "noted_at": instant(row.noted_at),
        "noted_by": row.noted_by_name,
        "note": row.note,
        "reference": row.reference,
        "late_amount": row.late_amount,
        "late_unit": row.late_unit,
    }


def occurrence(row: Occurrence, at: datetime) -> dict[str, Any]:
    """An occurrence with its trace and the names of its files; one query."""
    files = Attachment.objects.filter(owner_kind=OWNER, owner_id=row.pk).order_by("created_at")
    return occurrence_line(row, at) | {
        "trace": row.trace,
        "files": list(files.values_list("name", flat=True)),
    }
