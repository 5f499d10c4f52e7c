import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [("attachments", "0001_initial"), ("attachments", "0002_remarks")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="StoredFile",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("sha256", models.CharField(max_length=64, unique=True)),
                    ("sm3", models.CharField(max_length=64)),
                    ("size", models.BigIntegerField()),
                    ("media_type", models.CharField(max_length=100)),
                    ("created_at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="Attachment",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=200)),
                    ("uploaded_by_name", models.CharField(max_length=60)),
                    ("owner_kind", models.CharField(blank=True, max_length=20)),
                    ("owner_id", models.UUIDField(null=True)),
                    (
                        "text_state",
                        models.CharField(
                            choices=[
                                ("ready", "Searchable"),
                                ("none", "No text layer, not searchable"),
                                ("unreadable", "Cannot be read here"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("text", models.TextField(blank=True)),
                    ("remarks", models.JSONField(default=list)),
                    ("created_at", models.DateTimeField()),
                    ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
                    (
                        "unit",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "uploaded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "file",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="attachments",
                            to="attachments.storedfile",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["owner_kind", "owner_id"], name="attachments_of_owner"
                        ),
                        django.contrib.postgres.indexes.GinIndex(
                            fields=["search"], name="attachments_search"
                        ),
                    ],
                },
            ),
        ),
    ]
