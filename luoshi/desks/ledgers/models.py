"""An uploaded ledger, its rows as read and corrected, and an office's remembered columns.

Verbs: `domain.uploading`, `correcting`, `writing`, `assigning`, `undoing`; nothing else moves them.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import QuerySet

from luoshi.desks.ledgers.enums import Field, LedgerState, Verdict
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.enums import Regime


class LedgerQuerySet(QuerySet[Any]):
    """Imports, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "LedgerQuerySet":
        """The people of the importing office who may draft."""
        if actor.kind == "system":
            return self
        roles = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)
        if actor.role not in roles or actor.unit_id is None:
            return self.none()
        return self.filter(office_id=actor.unit_id)


class Ledger(models.Model):
    """One uploaded ledger. `columns` are its headings, `matched` maps a field to a column's place;
    `done` of `total` rows of the running work are finished; `acting` says who confirmed, so that a
    job acts in that person's name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    sheet = models.CharField(max_length=80)
    columns = models.JSONField(default=list)
    matched = models.JSONField(default=dict)
    header_rows = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    hidden = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=LedgerState.choices, default=LedgerState.CHECKED
    )
    regime = models.CharField(max_length=16, choices=Regime.choices, default=Regime.DOCUMENT)
    method = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    acting = models.JSONField(default=dict)
    uploaded_by_name = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField()
    confirmed_by_name = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=60, blank=True)
    undone_at = models.DateTimeField(null=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("office", "-uploaded_at", "id"), name="ledgers_of"),)

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class LedgerRow(models.Model):
    """One row: `cells` as read, `edits` by field, `read` what the check made of them. `place` is
    the row's number in the sheet: the anchor is a place, never the number in the text (A17).
    `revision` is the matter's as this row left it: a higher one says that somebody went on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    edits = models.JSONField(default=dict)
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    read = models.JSONField(default=dict)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.NEW)
    errors = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    skipped = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="ledger_rows")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("ledger", "place"), name="ledgers_place_once"),
        )
        indexes = (models.Index(fields=("ledger", "verdict", "place"), name="ledgers_verdict"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def cell(self, field: str) -> str:
        """The text of a field as it stands now: corrected, or as read."""
        if field in self.edits:
            return str(self.edits[field])
        column = self.ledger.matched.get(field)
        return str(self.cells[column]) if column is not None and column < len(self.cells) else ""


class KnownColumn(models.Model):
    """An office's own heading for a field, remembered from its last import; "" = not taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    heading = models.CharField(max_length=120)
    field = models.CharField(max_length=10, choices=Field.choices, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "heading"), name="ledgers_heading_once"),
        )

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"
