import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("meetings", "0001_initial"),
        ("meetings", "0002_review"),
        ("meetings", "0003_reading"),
        ("meetings", "0004_copies"),
        ("meetings", "0005_left_out"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0004"),
        ("attachments", "0001_squashed_0002"),
        ("matters", "0001_squashed_0020"),
        ("organizations", "0001_squashed_0003"),
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
                    ("received_on", models.DateField(null=True)),
                    ("reshaped", models.PositiveIntegerField(default=0)),
                    ("revision", models.PositiveIntegerField(default=0)),
                    ("acting", models.JSONField(default=dict)),
                    (
                        "failure",
                        models.CharField(
                            blank=True,
                            choices=[
                                (
                                    "needs-ocr",
                                    "The file has no text layer; it needs OCR before drafting.",
                                ),
                                ("damaged", "The file is damaged and cannot be read."),
                                ("slow", "Reading the file took too long."),
                                ("heavy", "Reading the file would take too much memory."),
                                ("too-many", "The document gives more than 30,000 drafts."),
                                (
                                    "kind",
                                    "This kind of file cannot be read here; save it as DOCX or PDF.",
                                ),
                                ("gave-up", "The reading was interrupted three times."),
                            ],
                            db_default="",
                            max_length=12,
                        ),
                    ),
                    ("pages", models.PositiveIntegerField(db_default=0, default=0)),
                    ("pages_read", models.PositiveIntegerField(db_default=0, default=0)),
                    (
                        "reading",
                        models.CharField(
                            choices=[
                                ("read", "Read"),
                                ("waiting", "Being read"),
                                ("failed", "Not read"),
                            ],
                            db_default="read",
                            default="read",
                            max_length=10,
                        ),
                    ),
                    ("silent_pages", models.JSONField(default=list)),
                    ("tries", models.PositiveSmallIntegerField(db_default=0, default=0)),
                    ("left_out", models.JSONField(default=list)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["office", "-uploaded_at", "id"], name="meetings_of")
                    ],
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
                                ("merged", "Merged"),
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
                    ("changed", models.PositiveIntegerField(default=0)),
                    ("changed_by_name", models.CharField(blank=True, max_length=60)),
                    ("report_to", models.JSONField(default=list)),
                    (
                        "shape",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "As read"),
                                ("added", "Added"),
                                ("split", "Split"),
                                ("joined", "Merged"),
                            ],
                            default="",
                            max_length=8,
                        ),
                    ),
                    ("copy_to", models.JSONField(default=list)),
                ],
                options={
                    "ordering": ("start", "number"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("document", "number"), name="meetings_item_once"
                        )
                    ],
                    "indexes": [
                        models.Index(
                            fields=["document", "start", "number"], name="meetings_item_at"
                        )
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
                    (
                        "linked",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="points",
                            to="meetings.draftitem",
                        ),
                    ),
                    ("linked_by_name", models.CharField(blank=True, max_length=60)),
                ],
                options={
                    "ordering": ("start",),
                },
            ),
            migrations.CreateModel(
                name="ReviewStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("action", models.CharField(max_length=40)),
                    ("person_name", models.CharField(max_length=60)),
                    ("at", models.DateTimeField()),
                    ("before", models.JSONField(default=dict)),
                    ("after", models.JSONField(default=dict)),
                    ("undone", models.BooleanField(default=False)),
                    (
                        "document",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="steps",
                            to="meetings.sourcedocument",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("number",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("document", "number"), name="meetings_step_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnsentEdit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("person_name", models.CharField(max_length=60)),
                    ("values", models.JSONField(default=dict)),
                    ("revision", models.PositiveIntegerField()),
                    ("saved_at", models.DateTimeField()),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="unsent",
                            to="meetings.draftitem",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("item", "person"), name="meetings_unsent_once"
                        )
                    ],
                },
            ),
        ),
    ]
