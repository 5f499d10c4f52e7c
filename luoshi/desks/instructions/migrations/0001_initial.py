import uuid

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
                name="Instruction",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("leader_name", models.CharField(max_length=60)),
                    ("leader_title", models.CharField(blank=True, max_length=60)),
                    ("text", models.TextField()),
                    ("instructed_on", models.DateField()),
                    ("received_at", models.DateTimeField()),
                    ("file_number", models.CharField(blank=True, max_length=60)),
                    ("urgent_amount", models.PositiveSmallIntegerField(null=True)),
                    ("urgent_unit", models.CharField(blank=True, max_length=8)),
                    ("urgent_basis", models.CharField(blank=True, max_length=200)),
                    ("reference_due_at", models.DateTimeField(null=True)),
                    ("reference_trace", models.JSONField(null=True)),
                    (
                        "written_on",
                        models.CharField(
                            choices=[
                                ("paper", "A document"),
                                ("matter", "A matter"),
                                ("report", "A report"),
                            ],
                            default="paper",
                            max_length=8,
                        ),
                    ),
                    ("paper_title", models.CharField(blank=True, max_length=200)),
                    ("paper_reference", models.CharField(blank=True, max_length=80)),
                    ("noted_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
                    ("on_behalf", models.BooleanField(default=False)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("noted", "Not registered yet"),
                                ("registered", "Registered"),
                                ("linked", "Added to a matter"),
                                ("kept", "For information"),
                            ],
                            default="noted",
                            max_length=12,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("filed_by_name", models.CharField(blank=True, max_length=60)),
                    ("filed_at", models.DateTimeField(null=True)),
                    (
                        "leader",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="instructions",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="instructions",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "noted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="instructions",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "on_matter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "on_report",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="matters.report",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["office", "-instructed_on", "id"], name="instructions_of_office"
                        ),
                        models.Index(
                            fields=["leader", "-instructed_on", "id"], name="instructions_of_leader"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("matter__isnull", False),
                                    ("state__in", ("registered", "linked")),
                                ),
                                models.Q(
                                    models.Q(
                                        ("state__in", ("registered", "linked")), _negated=True
                                    ),
                                    ("matter", None),
                                ),
                                _connector="OR",
                            ),
                            name="instructions_followed_has_matter",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "kept"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="instructions_kept_has_reason",
                        ),
                    ],
                },
            ),
        ),
    ]
