import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Publication",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("period", models.CharField(max_length=8)),
                    ("edition", models.PositiveSmallIntegerField(default=1)),
                    ("starts_on", models.DateField()),
                    ("ends_on", models.DateField()),
                    ("as_of", models.DateTimeField()),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("fingerprint", models.CharField(max_length=64)),
                    ("published_by_name", models.CharField(max_length=60)),
                    ("published_at", models.DateTimeField()),
                    (
                        "corrects",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrected_by",
                            to="appraisal.publication",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rankings",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "published_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["office", "published_at"], name="appraisal_published")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "period", "edition"), name="appraisal_edition_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("corrects", None),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="appraisal_correction_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PublishedScore",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("unit_name", models.CharField(max_length=100)),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("departments", "Departments of the own level"),
                                ("territories", "Territories of the next level"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("rank", models.PositiveIntegerField()),
                    ("base", models.DecimalField(decimal_places=1, max_digits=6)),
                    ("deductions", models.DecimalField(decimal_places=1, max_digits=7)),
                    ("additions", models.DecimalField(decimal_places=1, max_digits=7)),
                    ("score", models.DecimalField(decimal_places=1, max_digits=7)),
                    ("no_award", models.BooleanField(default=False)),
                    ("lines", models.JSONField()),
                    (
                        "publication",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="scores",
                            to="appraisal.publication",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="appraisal_scores",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("publication", "unit"), name="appraisal_score_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Objection",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("text", models.TextField()),
                    ("made_by_name", models.CharField(max_length=60)),
                    ("made_at", models.DateTimeField()),
                    ("upheld", models.BooleanField(null=True)),
                    ("answer", models.TextField(blank=True)),
                    ("answered_by_name", models.CharField(blank=True, max_length=60)),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "score",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="objections",
                            to="appraisal.publishedscore",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("answered_at", None)),
                            fields=("score",),
                            name="appraisal_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("upheld", None)),
                                models.Q(
                                    ("answered_at__isnull", False),
                                    ("upheld__isnull", False),
                                    models.Q(("answer", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="appraisal_answer_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RecordedFact",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("commended", "Approving instructions"),
                                ("harm", "Harm done: no award"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("happened_on", models.DateField()),
                    ("reason", models.CharField(max_length=200)),
                    ("reference", models.CharField(max_length=120)),
                    ("recorded_by_name", models.CharField(max_length=60)),
                    ("recorded_at", models.DateTimeField()),
                    ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                    ("withdrawn_by_name", models.CharField(blank=True, max_length=60)),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="appraisal_facts",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["office", "happened_on"], name="appraisal_fact_day")
                    ],
                },
            ),
            migrations.CreateModel(
                name="ScoringVersion",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("title", models.CharField(max_length=80)),
                    ("basis", models.CharField(max_length=200)),
                    ("base", models.DecimalField(decimal_places=1, max_digits=6)),
                    ("floor", models.DecimalField(decimal_places=1, default=0, max_digits=6)),
                    ("objection_workdays", models.PositiveSmallIntegerField(default=5)),
                    ("drafted_by_name", models.CharField(max_length=60)),
                    ("drafted_at", models.DateTimeField()),
                    ("used_at", models.DateTimeField(null=True)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="scoring_rules",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "number"), name="appraisal_version_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ScoringItem",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("late", "Reports late"),
                                ("returned", "Reports returned for redo"),
                                ("unsent_summary", "Plan, summary or final reports missing"),
                                ("unsent", "Other reports missing"),
                                ("words_only", "Reports of words only: no figure, no file"),
                                ("relapsed", "Relapses found at look-back"),
                                ("promise_missed", "Promised dates missed"),
                                ("done", "Matters carried out"),
                                ("commended", "Approving instructions"),
                                ("harm", "Harm done: no award"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("points", models.DecimalField(decimal_places=1, max_digits=5)),
                    ("cap", models.DecimalField(decimal_places=1, max_digits=6, null=True)),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="items",
                            to="appraisal.scoringversion",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("version", "kind"), name="appraisal_item_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("cap", None), ("cap__gte", 0), _connector="OR"),
                            name="appraisal_cap_positive",
                        ),
                    ],
                },
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="appraisal.scoringversion",
            ),
        ),
        Tables(
            migrations.CreateModel(
                name="SetAside",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("late", "Reports late"),
                                ("returned", "Reports returned for redo"),
                                ("unsent_summary", "Plan, summary or final reports missing"),
                                ("unsent", "Other reports missing"),
                                ("words_only", "Reports of words only: no figure, no file"),
                                ("relapsed", "Relapses found at look-back"),
                                ("promise_missed", "Promised dates missed"),
                                ("done", "Matters carried out"),
                                ("commended", "Approving instructions"),
                                ("harm", "Harm done: no award"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("row_id", models.UUIDField()),
                    ("reason", models.CharField(max_length=200)),
                    ("set_by_name", models.CharField(max_length=60)),
                    ("set_at", models.DateTimeField()),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "kind", "row_id"), name="appraisal_aside_once"
                        )
                    ],
                },
            ),
        ),
    ]
