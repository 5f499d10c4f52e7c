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
                name="Bulletin",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    ("issue", models.PositiveSmallIntegerField()),
                    ("month", models.DateField()),
                    ("as_of", models.DateTimeField()),
                    ("figures", models.JSONField()),
                    ("units", models.JSONField(default=list)),
                    ("head_seq", models.BigIntegerField(default=0)),
                    ("head_hash", models.CharField(blank=True, max_length=90)),
                    ("frozen_by_name", models.CharField(max_length=60)),
                    ("frozen_at", models.DateTimeField()),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bulletins",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "year", "issue"), name="bulletins_issue_once"
                        )
                    ],
                },
            ),
        ),
    ]
