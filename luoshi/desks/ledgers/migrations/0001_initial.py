import uuid

import django.db.models.deletion
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("attachments", "0001_initial"),
        ("matters", "0001_squashed_0020"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Ledger",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("year", models.PositiveSmallIntegerField()),
                    ("sheet", models.CharField(max_length=80)),
                    ("columns", models.JSONField(default=list)),
                    ("matched", models.JSONField(default=dict)),
                    ("header_rows", models.JSONField(default=list)),
                    ("left_out", models.JSONField(default=list)),
                    ("hidden", models.JSONField(default=list)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("checked", "Checked, nothing written yet"),
                                ("writing", "Being taken over"),
                                ("written", "Taken over"),
                                ("assigning", "Being assigned"),
                                ("assigned", "Assigned"),
                                ("undone", "Undone"),
                            ],
                            default="checked",
                            max_length=10,
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
                            default="document",
                            max_length=16,
                        ),
                    ),
                    ("method", models.TextField(blank=True)),
                    ("purpose", models.TextField(blank=True)),
                    ("total", models.PositiveIntegerField(default=0)),
                    ("done", models.PositiveIntegerField(default=0)),
                    ("started_at", models.DateTimeField(null=True)),
                    ("acting", models.JSONField(default=dict)),
                    ("uploaded_by_name", models.CharField(max_length=60)),
                    ("uploaded_at", models.DateTimeField()),
                    ("confirmed_by_name", models.CharField(blank=True, max_length=60)),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("undone_by_name", models.CharField(blank=True, max_length=60)),
                    ("undone_at", models.DateTimeField(null=True)),
                    (
                        "attachment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="attachments.attachment",
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
                ],
                options={
                    "indexes": [
                        models.Index(fields=["office", "-uploaded_at", "id"], name="ledgers_of")
                    ],
                },
            ),
            migrations.CreateModel(
                name="LedgerRow",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("place", models.PositiveIntegerField()),
                    ("cells", models.JSONField(default=list)),
                    ("edits", models.JSONField(default=dict)),
                    ("number", models.CharField(blank=True, max_length=40)),
                    ("title", models.CharField(blank=True, max_length=300)),
                    ("read", models.JSONField(default=dict)),
                    (
                        "verdict",
                        models.CharField(
                            choices=[
                                ("new", "New"),
                                ("changed", "Changed"),
                                ("same", "Unchanged"),
                                ("wrong", "Wrong"),
                            ],
                            default="new",
                            max_length=8,
                        ),
                    ),
                    ("errors", models.JSONField(default=list)),
                    ("changes", models.JSONField(default=list)),
                    ("skipped", models.BooleanField(default=False)),
                    ("note", models.CharField(blank=True, max_length=300)),
                    ("revision", models.PositiveIntegerField(default=0)),
                    (
                        "ledger",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="rows",
                            to="ledgers.ledger",
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ledger_rows",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "ordering": ("place",),
                    "indexes": [
                        models.Index(fields=["ledger", "verdict", "place"], name="ledgers_verdict")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("ledger", "place"), name="ledgers_place_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="KnownColumn",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("heading", models.CharField(max_length=120)),
                    (
                        "field",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("number", "Number"),
                                ("title", "Matter"),
                                ("source", "Source"),
                                ("lead", "Lead unit"),
                                ("joint", "Joint units"),
                                ("assigned", "Assigned on"),
                                ("limit", "Limit"),
                                ("percent", "Share done"),
                                ("progress", "Progress"),
                                ("contact", "Contact"),
                                ("remark", "Remark"),
                            ],
                            max_length=10,
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
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "heading"), name="ledgers_heading_once"
                        )
                    ],
                },
            ),
        ),
    ]
