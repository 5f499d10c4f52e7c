import uuid

import django.db.models.deletion
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("attachments", "0001_initial"),
        ("matters", "0001_initial"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="SourceDocument",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("reference", models.CharField(blank=True, max_length=80)),
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
                    ("issued_on", models.DateField(null=True)),
                    ("meeting_on", models.DateField(null=True)),
                    ("text", models.TextField()),
                    ("uploaded_by_name", models.CharField(max_length=60)),
                    ("uploaded_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(null=True)),
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
                        models.Index(fields=["office", "-uploaded_at", "id"], name="meetings_of")
                    ],
                },
            ),
            migrations.CreateModel(
                name="NumberedPoint",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.CharField(max_length=20)),
                    ("start", models.PositiveIntegerField()),
                    ("end", models.PositiveIntegerField()),
                    ("words", models.CharField(max_length=120)),
                    ("waived_reason", models.CharField(blank=True, max_length=200)),
                    ("waived_by_name", models.CharField(blank=True, max_length=60)),
                    (
                        "document",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="points",
                            to="meetings.sourcedocument",
                        ),
                    ),
                ],
                options={
                    "ordering": ("start",),
                },
            ),
            migrations.CreateModel(
                name="DraftItem",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("start", models.PositiveIntegerField()),
                    ("end", models.PositiveIntegerField()),
                    ("band", models.CharField(max_length=10)),
                    ("title", models.CharField(max_length=200)),
                    ("rules", models.JSONField(default=list)),
                    ("units", models.JSONField(default=list)),
                    ("spans", models.JSONField(default=list)),
                    ("vague", models.JSONField(default=list)),
                    ("why", models.JSONField(default=list)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("to_check", "To check"),
                                ("accepted", "Accepted"),
                                ("rejected", "Rejected"),
                            ],
                            default="to_check",
                            max_length=10,
                        ),
                    ),
                    ("edited", models.BooleanField(default=False)),
                    ("original", models.JSONField(default=dict)),
                    ("reason", models.CharField(blank=True, max_length=200)),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("revision", models.PositiveIntegerField(default=0)),
                    (
                        "matter",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="source_item",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "document",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="items",
                            to="meetings.sourcedocument",
                        ),
                    ),
                ],
                options={
                    "ordering": ("start", "number"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("document", "number"), name="meetings_item_once"
                        )
                    ],
                },
            ),
        ),
    ]
