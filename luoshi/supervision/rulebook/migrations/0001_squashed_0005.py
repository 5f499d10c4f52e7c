import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("rulebook", "0001_squashed_0006"),
        ("rulebook", "0002_customary_limits"),
        ("rulebook", "0003_section_chief"),
        ("rulebook", "0004_corrections"),
        ("rulebook", "0005_spot_checks"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0004"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="OfficeSettings",
                fields=[
                    (
                        "unit",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="supervision_settings",
                            serialize=False,
                            to="organizations.unit",
                        ),
                    ),
                    ("officer_registers", models.BooleanField(default=False)),
                    ("number_prefix", models.CharField(default="督", max_length=12)),
                    ("warning_workdays", models.PositiveSmallIntegerField(default=3)),
                    ("redo_workdays", models.PositiveSmallIntegerField(default=5)),
                    ("unsigned_workdays", models.PositiveSmallIntegerField(default=1)),
                    ("principal_signs", models.BooleanField(default=True)),
                    ("least_evidence", models.PositiveSmallIntegerField(default=1)),
                    ("return_phrases", models.JSONField(default=list)),
                    ("objection_workdays", models.PositiveSmallIntegerField(default=3)),
                    ("opinion_days", models.PositiveSmallIntegerField(default=30)),
                    ("vague_days", models.JSONField(default=dict)),
                    ("reduction_mode", models.BooleanField(default=False)),
                    ("report_cap", models.PositiveSmallIntegerField(default=60)),
                    ("document_days", models.PositiveSmallIntegerField(default=30)),
                    ("minutes_days", models.PositiveSmallIntegerField(default=20)),
                    (
                        "chief_post",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.post",
                        ),
                    ),
                    ("spot_percent", models.PositiveSmallIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name="ReportingRule",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("code", models.CharField(max_length=12, unique=True)),
                    ("title_zh", models.CharField(max_length=60)),
                    ("title_en", models.CharField(max_length=80)),
                ],
                options={
                    "ordering": ("code",),
                },
            ),
            migrations.CreateModel(
                name="ReportingRuleVersion",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("version", models.PositiveIntegerField()),
                    (
                        "anchor",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "Calendar only"),
                                ("issue", "Issue"),
                                ("meeting", "Meeting"),
                                ("receipt", "Signing for receipt"),
                                ("event", "Event"),
                                ("completion", "Conclusion"),
                                ("stage_end", "End of the stage"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("deadline", models.JSONField(null=True)),
                    ("grace_workdays", models.PositiveSmallIntegerField(default=0)),
                    ("roll", models.BooleanField(default=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("first", "First report"),
                                ("progress", "Progress report"),
                                ("implementation", "Implementation report"),
                                ("summary", "Summary report"),
                                ("staged", "Staged report"),
                                ("final", "Final report"),
                                ("task", "Result of the task"),
                                ("look_back", "Look-back"),
                                ("study", "Follow-up study"),
                                ("opinion", "Opinion to the lead unit"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("content", models.JSONField(default=list)),
                    ("reports_to", models.CharField(max_length=60)),
                    ("silence_days", models.PositiveSmallIntegerField(null=True)),
                    ("skip_first_days", models.PositiveSmallIntegerField(default=0)),
                    ("warning_workdays", models.PositiveSmallIntegerField(default=3)),
                    ("legal_basis", models.CharField(max_length=200)),
                    ("source", models.CharField(max_length=60)),
                    ("valid_from", models.DateField()),
                    ("valid_to", models.DateField(null=True)),
                    ("applies", models.BooleanField(default=True)),
                    (
                        "regimes",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("decision", "Major decision"),
                                    ("meeting", "Meeting spirit"),
                                    ("points", "Supervision points"),
                                    ("instruction", "Leader's written instruction"),
                                    ("activity", "Theme activity"),
                                    ("key_task", "Key task"),
                                    ("document", "Document-assigned work"),
                                ],
                                max_length=16,
                            ),
                            null=True,
                            size=None,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("drafted_by_name", models.CharField(blank=True, max_length=60)),
                    ("adopted_by_name", models.CharField(blank=True, max_length=60)),
                    ("adopted_at", models.DateTimeField(null=True)),
                    (
                        "adopted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="versions",
                            to="rulebook.reportingrule",
                        ),
                    ),
                ],
                options={
                    "ordering": ("rule__code", "version"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("rule", "office", "version"),
                            name="rulebook_version_once",
                            nulls_distinct=False,
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="rulebook_version_span",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RuleBinding",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "regime",
                        models.CharField(
                            choices=[
                                ("decision", "Major decision"),
                                ("meeting", "Meeting spirit"),
                                ("points", "Supervision points"),
                                ("instruction", "Leader's written instruction"),
                                ("activity", "Theme activity"),
                                ("key_task", "Key task"),
                                ("document", "Document-assigned work"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("urgent_only", models.BooleanField(default=False)),
                    ("unless_urgent", models.BooleanField(default=False)),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bindings",
                            to="rulebook.reportingrule",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("regime", "rule"), name="rulebook_binding_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="RuleProposal",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "Waiting for the secretary-general"),
                                ("adopted", "Adopted"),
                                ("refused", "Not adopted"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            default="drafted",
                            max_length=10,
                        ),
                    ),
                    ("values", models.JSONField(default=dict)),
                    ("reason", models.CharField(max_length=300)),
                    ("drafted_by_name", models.CharField(max_length=60)),
                    ("drafted_at", models.DateTimeField()),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("remark", models.CharField(blank=True, max_length=300)),
                    ("applied", models.BooleanField(default=False)),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "made",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proposal",
                            to="rulebook.reportingruleversion",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proposals",
                            to="rulebook.reportingrule",
                        ),
                    ),
                    ("correction", models.CharField(blank=True, max_length=16)),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["office", "state", "-drafted_at"], name="rulebook_proposals"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "drafted")),
                            fields=("rule", "office"),
                            name="rulebook_one_draft",
                        )
                    ],
                },
            ),
        ),
    ]
