import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Notice",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("kind", models.CharField(max_length=30)),
                    ("level", models.CharField(blank=True, max_length=4)),
                    ("title_zh", models.CharField(max_length=200)),
                    ("title_en", models.CharField(max_length=240)),
                    ("url", models.CharField(blank=True, max_length=200)),
                    ("dedup_key", models.CharField(max_length=160, unique=True)),
                    ("created_at", models.DateTimeField()),
                    ("deliver_at", models.DateTimeField()),
                    ("held_reason_zh", models.CharField(blank=True, max_length=120)),
                    ("held_reason_en", models.CharField(blank=True, max_length=160)),
                    ("read_at", models.DateTimeField(null=True)),
                    (
                        "recipient",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="notices",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["recipient", "-deliver_at", "id"], name="notices_inbox"
                        )
                    ],
                },
            ),
        ),
    ]
