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
                name="ColumnTemplate",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("listing", models.CharField(max_length=40)),
                    ("columns", models.JSONField()),
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
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "listing"), name="sheets_template_once"
                        )
                    ],
                },
            ),
        ),
    ]
