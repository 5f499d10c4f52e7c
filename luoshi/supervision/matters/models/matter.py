"""Matter 督办事项: what is to be carried out, with content, method, purpose, basis, origin.

Verbs: `domain.matter` (drafting, registering, decomposing, merging, stopping, closing, revoking)
and `domain.share.assigning`; nothing else moves it.
"""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from luoshi.foundation.accounts.models import User
from luoshi.foundation.organizations.domain.queries.viewers import viewers_column
from luoshi.supervision.matters.enums import EvidenceGrade, MatterState, Turn
from luoshi.supervision.matters.models.clocks import Staged, Stoppable
from luoshi.supervision.matters.models.scopes import MatterQuerySet
from luoshi.supervision.rulebook.enums import Regime


class Matter(Staged, Stoppable):
    """One matter, one file (R-SUP-1). `office` leads and numbers; `joint_office` co-owns what the
    two general offices issue together (S3-55). A sub-matter has a `parent` and a number inside it;
    `parts` counts the sub-matters. `seen_by` holds the marks of the supervising offices that
    see one of its shares (`organizations…sight.viewers_of`) and of the units that handle it, kept
    by `domain.share.summarising`, and of the leaders in `also_instructed_by`, whose instructions
    came after that of `instructed_by`; `viewers` adds its own offices and that first leader, kept
    by the database.
    `stages` is the planned progress, `[{"on", "percent", "text"}]` by day (`domain.share.stages`).
    `report_to` and `copy_to` say who gets the units' reports besides the office:
    `[{"name", "unit"}]`, `unit` a code of the tree or "" (`domain.queries.addressing`).
    `home` is the code of the node whose office leads it ("" = here), `mirrored` whether units of
    another node take part (`supervision.mirrors`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="matters_issued")
    joint_office = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="matters_joint"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="sub_matters")
    part_number = models.PositiveSmallIntegerField(null=True)
    parts = models.PositiveSmallIntegerField(default=0)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    regime = models.CharField(max_length=16, choices=Regime.choices)
    state = models.CharField(
        max_length=12, choices=MatterState.choices, default=MatterState.DRAFTED
    )
    turn = models.CharField(max_length=10, choices=Turn.choices, default=Turn.OFFICE)

    content = models.TextField(blank=True)
    method = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True)
    least_evidence = models.PositiveSmallIntegerField(choices=EvidenceGrade.choices, null=True)
    end_on = models.DateField(null=True)
    task_rules = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    anchors = models.JSONField(default=dict)
    proposed_shares = models.JSONField(default=list)
    report_to = models.JSONField(default=list)
    copy_to = models.JSONField(default=list)
    urgent = models.BooleanField(default=False)
    urgent_amount = models.PositiveSmallIntegerField(null=True)
    urgent_unit = models.CharField(max_length=8, blank=True)
    urgent_basis = models.CharField(max_length=200, blank=True)
    shares_reports = models.BooleanField(default=False)

    origin_kind = models.CharField(max_length=20, blank=True)
    origin_title = models.CharField(max_length=200, blank=True)
    origin_reference = models.CharField(max_length=80, blank=True)
    origin_quote = models.TextField(blank=True)
    origin_start = models.PositiveIntegerField(null=True)
    origin_end = models.PositiveIntegerField(null=True)
    origin_id = models.UUIDField(null=True)
    instructed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="matters_instructed"
    )
    also_instructed_by = ArrayField(models.UUIDField(), default=list)

    lead_unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="matters_led"
    )
    owing_unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    wanting_state = models.CharField(max_length=20, blank=True)
    next_title_zh = models.CharField(max_length=80, blank=True)
    next_title_en = models.CharField(max_length=120, blank=True)
    latest_progress = models.CharField(max_length=160, blank=True)
    last_heard_at = models.DateTimeField(null=True)
    late_marks = models.PositiveIntegerField(default=0)
    shares = models.PositiveIntegerField(default=0)
    seen_by = ArrayField(models.BigIntegerField(), default=list)
    viewers = viewers_column("seen_by", "office", "joint_office", "instructed_by")

    home = models.CharField(max_length=24, blank=True)
    mirrored = models.BooleanField(default=False)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    search = SearchVectorField(null=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "year", "serial"), name="matters_number_once"
            ),
            models.CheckConstraint(
                condition=Q(serial=None, year=None) | Q(serial__gt=0, year__gt=0),
                name="matters_number_whole",
            ),
            models.UniqueConstraint(fields=("parent", "part_number"), name="matters_part_once"),
            models.CheckConstraint(
                condition=Q(joint_office=None) | ~Q(joint_office=models.F("office")),
                name="matters_joint_is_another",
            ),
        )
        indexes = (
            models.Index(fields=("overdue_at", "id"), name="matters_by_limit"),
            models.Index(fields=("attention_at", "id"), name="matters_by_attention"),
            models.Index(fields=("office", "overdue_at", "id"), name="matters_office_limit"),
            models.Index(fields=("lead_unit", "overdue_at", "id"), name="matters_lead_limit"),
            models.Index(fields=("state", "overdue_at", "id"), name="matters_state_limit"),
            models.Index(fields=("created_at", "id"), name="matters_by_creation"),
            GinIndex(fields=("search",), name="matters_search"),
            # entries go into the index at once: a list of pending ones is read by every page
            GinIndex(fields=("viewers",), name="matters_viewers", fastupdate=False),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def instructing_names(self) -> str:
        """The leaders whose instructions it carries, the first one first; a query."""
        keys = [self.instructed_by_id, *self.also_instructed_by]
        found = User.objects.in_bulk([key for key in keys if key is not None])
        return "、".join(found[key].full_name for key in keys if key in found)

    @property
    def report_names(self) -> str:
        """Who gets the reports, in one line."""
        return "、".join(row["name"] for row in self.report_to)

    @property
    def copy_names(self) -> str:
        """Who gets a copy, in one line."""
        return "、".join(row["name"] for row in self.copy_to)

    def closure_in_force(self) -> Any:
        """The conclusion that holds now, or None where the matter is open (again)."""
        return (
            self.closures.filter(reopening=None)
            .select_related("strike_off", "conclusion")
            .order_by("-round")
            .first()
        )


class NumberSeries(models.Model):
    """The last serial given by an office in a year; a serial is never given twice (R-DOC-12)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "year"), name="matters_series_once"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}: {self.last}"


class Revocation(models.Model):
    """A matter taken back, with its reason; it stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="revocation")
    reason = models.TextField()
    revoked_by_name = models.CharField(max_length=60)
    revoked_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.matter_id)
