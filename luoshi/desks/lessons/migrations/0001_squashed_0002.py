import uuid

import django.db.models.deletion
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("lessons", "0001_initial"),
        ("lessons", "0002_inherited"),
    ]

    initial = True

    dependencies = [
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="ModelHealth",
                fields=[
                    (
                        "id",
                        models.PositiveSmallIntegerField(
                            default=1, primary_key=True, serialize=False
                        ),
                    ),
                    ("failures", models.PositiveSmallIntegerField(default=0)),
                    (
                        "failure",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("stalled", "no answer in time"),
                                ("died", "no connection"),
                                ("status", "answered with an error"),
                                ("moved", "sent us elsewhere; not followed"),
                                ("large", "answer too large"),
                                ("garbage", "answer is not a number of a listed span"),
                                ("invented", "chose what is not in the text"),
                                ("abroad", "address is not in the office network"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("failed_at", models.DateTimeField(null=True)),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("rests_until", models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="Expression",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("text", models.CharField(max_length=100)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "To teach"),
                                ("taught", "Taught"),
                                ("ignored", "Set aside"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("words", models.CharField(blank=True, max_length=100)),
                    ("rules", models.JSONField(default=list)),
                    ("seen_at", models.DateTimeField()),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    ("inherited_at", models.DateTimeField(null=True)),
                    (
                        "inherited_from",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "text"), name="lessons_expression_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="GateVersion",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "Waiting"),
                                ("running", "Being trained"),
                                ("kept", "Kept"),
                                ("refused", "Not kept: worse"),
                                ("failed", "Not trained"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("active", models.BooleanField(default=False)),
                    ("weights", models.JSONField(null=True)),
                    ("base", models.CharField(blank=True, max_length=40)),
                    ("rows", models.PositiveIntegerField(default=0)),
                    ("newest", models.PositiveIntegerField(default=0)),
                    ("figures", models.JSONField(default=dict)),
                    ("done", models.PositiveSmallIntegerField(default=0)),
                    ("acting", models.JSONField(default=dict)),
                    ("asked_by_name", models.CharField(blank=True, max_length=60)),
                    ("asked_at", models.DateTimeField()),
                    ("finished_at", models.DateTimeField(null=True)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    ("inherited_at", models.DateTimeField(null=True)),
                    (
                        "inherited_from",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "number"), name="lessons_version_once"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("active", True)),
                            fields=("office",),
                            name="lessons_one_active",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("waiting", "running"))),
                            fields=("office",),
                            name="lessons_one_training",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("active", False), ("state", "kept"), _connector="OR"
                            ),
                            name="lessons_active_kept",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="GrammarCase",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("draft_id", models.UUIDField(unique=True)),
                    ("document_id", models.UUIDField()),
                    ("sentence", models.TextField()),
                    ("anchor", models.CharField(max_length=20)),
                    ("expression", models.CharField(blank=True, max_length=200)),
                    ("words", models.CharField(blank=True, max_length=200)),
                    ("read", models.JSONField(default=list)),
                    ("wrote", models.JSONField(default=list)),
                    ("decided_by_name", models.CharField(max_length=60)),
                    ("decided_at", models.DateTimeField()),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    ("inherited_at", models.DateTimeField(null=True)),
                    (
                        "inherited_from",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["office", "-decided_at", "id"], name="lessons_cases")
                    ],
                },
            ),
            migrations.CreateModel(
                name="LearnedName",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=100)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("offered", "To link"),
                                ("linked", "Linked"),
                                ("declined", "No unit"),
                            ],
                            default="offered",
                            max_length=10,
                        ),
                    ),
                    ("document_id", models.UUIDField()),
                    ("seen_at", models.DateTimeField()),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "suggested",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="learned_names",
                            to="organizations.unit",
                        ),
                    ),
                    ("inherited_at", models.DateTimeField(null=True)),
                    (
                        "inherited_from",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "name"), name="lessons_name_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "linked"), ("unit__isnull", False)),
                                models.Q(
                                    models.Q(("state", "linked"), _negated=True),
                                    ("unit__isnull", True),
                                ),
                                _connector="OR",
                            ),
                            name="lessons_linked_has_unit",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Sighting",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("document_id", models.UUIDField()),
                    ("start", models.PositiveIntegerField()),
                    ("sentence", models.TextField()),
                    ("seen_at", models.DateTimeField()),
                    (
                        "expression",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="sightings",
                            to="lessons.expression",
                        ),
                    ),
                    ("inherited_at", models.DateTimeField(null=True)),
                    (
                        "inherited_from",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("expression", "document_id", "start"),
                            name="lessons_sighting_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="TrainingRow",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("draft_id", models.UUIDField(unique=True)),
                    ("document_id", models.UUIDField(db_index=True)),
                    ("sentence", models.TextField()),
                    ("mode", models.CharField(max_length=16)),
                    ("anchor", models.CharField(max_length=20)),
                    ("binds", models.BooleanField()),
                    (
                        "decision",
                        models.CharField(
                            choices=[
                                ("accepted", "Accepted as drafted"),
                                ("edited", "Accepted after editing"),
                                ("rejected", "Rejected"),
                                ("missed", "Added by the officer"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("decided_by_name", models.CharField(max_length=60)),
                    ("decided_at", models.DateTimeField()),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    ("inherited_at", models.DateTimeField(null=True)),
                    (
                        "inherited_from",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["office", "-decided_at", "id"], name="lessons_rows")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Consultation",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("document_id", models.UUIDField(unique=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "Being asked"),
                                ("done", "Asked"),
                                ("ended", "Given up after a day"),
                            ],
                            default="waiting",
                            max_length=10,
                        ),
                    ),
                    ("asked", models.JSONField(default=list)),
                    ("changed", models.PositiveIntegerField(default=0)),
                    ("failed", models.PositiveIntegerField(default=0)),
                    (
                        "failure",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("stalled", "no answer in time"),
                                ("died", "no connection"),
                                ("status", "answered with an error"),
                                ("moved", "sent us elsewhere; not followed"),
                                ("large", "answer too large"),
                                ("garbage", "answer is not a number of a listed span"),
                                ("invented", "chose what is not in the text"),
                                ("abroad", "address is not in the office network"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("asked_at", models.DateTimeField()),
                    ("finished_at", models.DateTimeField(null=True)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["office", "-asked_at", "id"], name="lessons_asked")
                    ],
                },
            ),
        ),
    ]
