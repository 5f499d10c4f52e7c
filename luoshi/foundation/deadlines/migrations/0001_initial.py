import uuid

from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        Tables(
            migrations.CreateModel(
                name="CalendarEdition",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    ("number", models.PositiveSmallIntegerField()),
                    ("notice", models.CharField(max_length=60)),
                    ("published_on", models.DateField()),
                    ("rest_days", models.JSONField(default=list)),
                    ("work_days", models.JSONField(default=list)),
                ],
                options={
                    "ordering": ("year", "number"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("year", "number"), name="deadlines_edition_once"
                        )
                    ],
                },
            ),
        ),
    ]
