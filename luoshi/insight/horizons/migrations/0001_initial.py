import uuid

import django.db.models.deletion
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Trial",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("question", models.JSONField()),
                    ("asked_by_name", models.CharField(max_length=60)),
                    ("asked_at", models.DateTimeField()),
                    ("total", models.PositiveIntegerField()),
                    ("done", models.PositiveIntegerField(default=0)),
                    ("totals", models.JSONField(default=dict)),
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
                        models.Index(fields=["finished_at", "asked_at"], name="horizons_trials")
                    ],
                },
            ),
            migrations.CreateModel(
                name="TrialMove",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("key", models.CharField(max_length=160)),
                    ("change", models.CharField(max_length=10)),
                    ("overdue", models.BooleanField(default=False)),
                    ("line", models.JSONField()),
                    (
                        "trial",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="moves",
                            to="horizons.trial",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["trial", "key", "id"], name="horizons_moves")],
                },
            ),
        ),
    ]
