import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("matters", "0001_squashed_0020"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="LookBackRound",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "Sample not fixed yet"), ("fixed", "Sample fixed")],
                            default="open",
                            max_length=8,
                        ),
                    ),
                    ("seed", models.BigIntegerField()),
                    ("percent", models.PositiveSmallIntegerField()),
                    ("due_on", models.DateField()),
                    ("concluded", models.PositiveIntegerField(default=0)),
                    ("opened_by_name", models.CharField(max_length=60)),
                    ("opened_at", models.DateTimeField()),
                    ("fixed_by_name", models.CharField(blank=True, max_length=60)),
                    ("fixed_at", models.DateTimeField(null=True)),
                    ("late_days", models.PositiveSmallIntegerField(default=0)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lookback_rounds",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "year"), name="lookbacks_round_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LookBackItem",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "grounds",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=10), size=None
                        ),
                    ),
                    ("digest", models.CharField(max_length=64)),
                    ("place", models.PositiveIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[("to_check", "Not checked yet"), ("checked", "Checked")],
                            default="to_check",
                            max_length=10,
                        ),
                    ),
                    ("checker_name", models.CharField(blank=True, max_length=60)),
                    (
                        "finding",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("holds", "Holds"),
                                ("in_part", "Holds in part"),
                                ("relapsed", "Relapsed"),
                                ("kept", "Promise kept"),
                                ("missed", "Promise missed"),
                                ("not_due", "Promised date not reached"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "method",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("on_site", "On site"),
                                ("interview", "Interview with unit and public"),
                                ("documents", "Documents"),
                                ("data", "Data"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("evidence", models.TextField(blank=True)),
                    ("note", models.TextField(blank=True)),
                    ("effect", models.CharField(blank=True, max_length=300)),
                    ("effect_name", models.CharField(blank=True, max_length=60)),
                    (
                        "effect_value",
                        models.DecimalField(decimal_places=4, max_digits=18, null=True),
                    ),
                    ("effect_measure", models.CharField(blank=True, max_length=20)),
                    ("checked_at", models.DateTimeField(null=True)),
                    (
                        "checker",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "closure",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lookbacks",
                            to="matters.closure",
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lookbacks",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "reopening",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lookback",
                            to="matters.reopening",
                        ),
                    ),
                    (
                        "round",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="lookbacks.lookbackround",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["round", "place"], name="lookbacks_item_place"),
                        models.Index(fields=["checked_at"], name="lookbacks_item_time"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("round", "matter"), name="lookbacks_item_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("checked_at", None), ("finding", ""), ("state", "to_check")
                                ),
                                models.Q(
                                    ("checked_at__isnull", False),
                                    ("state", "checked"),
                                    models.Q(("finding", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="lookbacks_checked_says_what",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PromiseOutcome",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("promised_on", models.DateField()),
                    (
                        "outcome",
                        models.CharField(
                            choices=[("kept", "Promise kept"), ("missed", "Promise missed")],
                            max_length=8,
                        ),
                    ),
                    ("evidence", models.TextField(blank=True)),
                    ("note", models.TextField(blank=True)),
                    ("next_on", models.DateField(null=True)),
                    ("settled_by_name", models.CharField(max_length=60)),
                    ("settled_at", models.DateTimeField()),
                    (
                        "closure",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="promise_outcomes",
                            to="matters.closure",
                        ),
                    ),
                    (
                        "reopening",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="promise_outcome",
                            to="matters.reopening",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["settled_at"], name="lookbacks_promise_time")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("closure", "promised_on"), name="lookbacks_promise_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("outcome", "missed"),
                                models.Q(("evidence", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="lookbacks_kept_needs_evidence",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="KeyMark",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", models.CharField(max_length=200)),
                    ("marked_by_name", models.CharField(max_length=60)),
                    ("marked_at", models.DateTimeField()),
                    ("lifted_reason", models.CharField(blank=True, max_length=200)),
                    ("lifted_by_name", models.CharField(blank=True, max_length=60)),
                    ("lifted_at", models.DateTimeField(null=True)),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="key_marks",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("lifted_at", None)),
                            fields=("matter",),
                            name="lookbacks_key_once",
                        )
                    ],
                },
            ),
        ),
    ]
