"""The catalogue of reporting rules: versioned rows with their legal basis (rules.md 2.4).

Verbs: `domain.cataloguing` loads the shipped catalogue, `domain.proposing` and `domain.adopting`
make an office's own versions, `domain.settling` changes its settings. A version is never edited: a
change is a new version.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from luoshi.supervision.rulebook.enums import Anchor, DutyKind, ProposalState, Regime


class ReportingRule(models.Model):
    """One rule of the catalogue, named by its number (TR-06)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True)
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class ReportingRuleVersion(models.Model):
    """What a rule said during a span of dates; an office's own version goes before the default.
    `regimes`: the sources it governs, empty = as bound for everybody; `applies` is false where the
    office retired the rule."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.ForeignKey(ReportingRule, models.PROTECT, related_name="versions")
    office = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField()
    anchor = models.CharField(max_length=12, choices=Anchor.choices, blank=True)
    deadline = models.JSONField(null=True)
    grace_workdays = models.PositiveSmallIntegerField(default=0)
    roll = models.BooleanField(default=True)
    kind = models.CharField(max_length=16, choices=DutyKind.choices)
    content = models.JSONField(default=list)
    reports_to = models.CharField(max_length=60)
    silence_days = models.PositiveSmallIntegerField(null=True)
    skip_first_days = models.PositiveSmallIntegerField(default=0)
    warning_workdays = models.PositiveSmallIntegerField(default=3)
    legal_basis = models.CharField(max_length=200)
    source = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    applies = models.BooleanField(default=True)
    regimes = ArrayField(models.CharField(max_length=16, choices=Regime.choices), null=True)
    reason = models.CharField(max_length=300, blank=True)
    drafted_by_name = models.CharField(max_length=60, blank=True)
    adopted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    adopted_by_name = models.CharField(max_length=60, blank=True)
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("rule__code", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("rule", "office", "version"),
                nulls_distinct=False,
                name="rulebook_version_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="rulebook_version_span",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_id}/{self.version}"


class RuleBinding(models.Model):
    """Which rules govern a regime: data, so that no code asks `if kind == …`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regime = models.CharField(max_length=16, choices=Regime.choices)
    rule = models.ForeignKey(ReportingRule, models.PROTECT, related_name="bindings")
    urgent_only = models.BooleanField(default=False)
    unless_urgent = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("regime", "rule"), name="rulebook_binding_once"),
        )

    def __str__(self) -> str:
        return f"{self.regime} {self.rule_id}"


class RuleProposal(models.Model):
    """A change of a rule as an officer drafted it, with the decision (transitions: drafted →
    adopted, refused or withdrawn). `values` are columns of the version it would make;
    `correction` the digest of the product's correction it takes over, "" = the office's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.ForeignKey(ReportingRule, models.PROTECT, related_name="proposals")
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.DRAFTED
    )
    values = models.JSONField(default=dict)
    correction = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=300)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    drafted_by_name = models.CharField(max_length=60)
    drafted_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=300, blank=True)
    applied = models.BooleanField(default=False)
    made = models.OneToOneField(
        ReportingRuleVersion, models.PROTECT, null=True, related_name="proposal"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("rule", "office"), condition=Q(state="drafted"), name="rulebook_one_draft"
            ),
        )
        indexes = (
            models.Index(fields=("office", "state", "-drafted_at"), name="rulebook_proposals"),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} {self.state}"


class OfficeSettings(models.Model):
    """What an assigning office decided for itself; a missing row means the defaults below."""

    unit = models.OneToOneField(
        "organizations.Unit", models.PROTECT, primary_key=True, related_name="supervision_settings"
    )
    officer_registers = models.BooleanField(default=False)
    number_prefix = models.CharField(max_length=12, default="督")
    warning_workdays = models.PositiveSmallIntegerField(default=3)
    redo_workdays = models.PositiveSmallIntegerField(default=5)
    unsigned_workdays = models.PositiveSmallIntegerField(default=1)
    principal_signs = models.BooleanField(default=True)
    least_evidence = models.PositiveSmallIntegerField(default=1)
    spot_percent = models.PositiveSmallIntegerField(default=0)  # reports drawn for a visit (B8)
    return_phrases = models.JSONField(default=list)
    objection_workdays = models.PositiveSmallIntegerField(default=3)
    opinion_days = models.PositiveSmallIntegerField(default=30)
    document_days = models.PositiveSmallIntegerField(default=30)
    minutes_days = models.PositiveSmallIntegerField(default=20)
    vague_days = models.JSONField(default=dict)
    reduction_mode = models.BooleanField(default=False)
    report_cap = models.PositiveSmallIntegerField(default=60)
    chief_post = models.ForeignKey(
        "organizations.Post", models.PROTECT, null=True, related_name="+"
    )  # the section chief's, who grants exceptions beside the secretary-general

    def __str__(self) -> str:
        return str(self.unit_id)
