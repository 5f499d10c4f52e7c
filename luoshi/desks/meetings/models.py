"""A source document, its drafted obligations, its numbered points.

Verbs: `domain.uploading`, `domain.reading` (long ones), `domain.checking` (accept, reject, edit),
`domain.splitting`, `domain.merging`, `domain.adding`, `domain.undoing`, `domain.covering` (numbered
points), `domain.dating` (days limits count from), `domain.keeping` (typed, not sent),
`domain.submitting`.
"""

import uuid
from collections.abc import Iterable

from django.db import models

from luoshi.desks.meetings.enums import (
    NEXT_STEPS,
    DraftState,
    Failure,
    ReadingState,
    Removed,
    Shape,
)
from luoshi.foundation.attachments.models import Attachment
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.enums import Regime


class SourceDocument(models.Model):
    """A notice, minutes or speech an office drafts from. A long one has no text and no drafts until
    the job has read it: `pages_read` of `pages`, begun `tries` times in the name of `acting`.
    `silent_pages` show a picture and no text; `left_out` says what of the file is not in the text
    and why (`reading.sources.source.LeftOut` in JSON)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True)
    regime = models.CharField(max_length=16, choices=Regime.choices, default=Regime.DOCUMENT)
    issued_on = models.DateField(null=True)
    meeting_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    text = models.TextField()
    uploaded_by_name = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)  # of the whole review; each step adds one
    reshaped = models.PositiveIntegerField(default=0)  # at which step the list itself last changed
    reading = models.CharField(
        max_length=10, choices=ReadingState, default=ReadingState.READ, db_default=ReadingState.READ
    )
    failure = models.CharField(max_length=12, choices=Failure, blank=True, db_default="")
    pages = models.PositiveIntegerField(default=0, db_default=0)
    pages_read = models.PositiveIntegerField(default=0, db_default=0)
    silent_pages = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    acting = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("office", "-uploaded_at", "id"), name="meetings_of"),)

    def __str__(self) -> str:
        return self.title

    @property
    def next_step(self) -> object:
        """What to do about a document that could not be read."""
        return NEXT_STEPS[Failure(self.failure)] if self.failure else ""

    @property
    def silent(self) -> str:
        """The pages without text in words."""
        return in_runs(self.silent_pages)

    @property
    def removed(self) -> list[dict[str, object]]:
        """What is not in the text, each line with its reason and its pages in words."""
        return [
            {"text": one["text"], "why": Removed(one["why"]).label, "pages": in_runs(one["pages"])}
            for one in self.left_out
        ]


def in_runs(numbers: Iterable[int]) -> str:
    """Page numbers in words: 3、5–7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{r[0]}–{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)


class DraftItem(models.Model):
    """One drafted obligation with its span, what was read, and what the officer made of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(SourceDocument, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    band = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    rules = models.JSONField(default=list)
    units = models.JSONField(default=list)
    report_to = models.JSONField(default=list)
    copy_to = models.JSONField(default=list)
    spans = models.JSONField(default=list)
    vague = models.JSONField(default=list)
    why = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.TO_CHECK)
    shape = models.CharField(max_length=8, choices=Shape.choices, blank=True, default="")
    edited = models.BooleanField(default=False)
    original = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)
    decided_by_name = models.CharField(max_length=60, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)  # the document's revision of its last step
    changed_by_name = models.CharField(max_length=60, blank=True)
    matter = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="source_item")

    class Meta:
        ordering = ("start", "number")
        indexes = (models.Index(fields=("document", "start", "number"), name="meetings_item_at"),)
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="meetings_item_once"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def only_vague(self) -> bool:
        """A limit in words without a number, and no other (A9)."""
        return bool(self.rules) and all(rule["type"] == "vague" for rule in self.rules)

    @property
    def mark(self) -> str:
        """How its words stand in the source: ok, no (rejected or only possible), or to check."""
        if self.state == DraftState.ACCEPTED:
            return "ok"
        return "no" if self.state == DraftState.REJECTED or self.band != "draft" else ""


class NumberedPoint(models.Model):
    """A numbered point of the source: covered by an accepted draft inside it or linked to it, or
    waived with a reason (S2-93)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(SourceDocument, models.CASCADE, related_name="points")
    number = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.CharField(max_length=120)
    waived_reason = models.CharField(max_length=200, blank=True)
    waived_by_name = models.CharField(max_length=60, blank=True)
    linked = models.ForeignKey(DraftItem, models.SET_NULL, null=True, related_name="points")
    linked_by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("start",)

    def __str__(self) -> str:
        return self.number


class UnsentEdit(models.Model):
    """What a person typed into a draft and has not sent; begun from the draft's `revision`."""

    item = models.ForeignKey(DraftItem, models.CASCADE, related_name="unsent")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "person"), name="meetings_unsent_once"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.person_name}"


class ReviewStep(models.Model):
    """One step of a review with what was before it, so that it can be taken back.

    `before` holds the touched drafts and points as they were and the drafts that were made;
    `after` a mark of each touched row as the step left it."""

    document = models.ForeignKey(SourceDocument, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=40)
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="meetings_step_once"),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"
