import uuid

import django.db.models.deletion
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_passing_on"),
    ]

    initial = True

    dependencies = [
        ("exchange", "0001_squashed_0009"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="DocumentUrge",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("week_on", models.DateField()),
                    ("held", models.BooleanField()),
                    ("made_by_name", models.CharField(max_length=60)),
                    ("made_at", models.DateTimeField()),
                    (
                        "addressee",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="urges",
                            to="exchange.addressee",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("addressee", "week_on"), name="documents_urge_once_a_week"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="StandingOrder",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("words", models.TextField(blank=True)),
                    ("set_by_name", models.CharField(max_length=60)),
                    ("set_at", models.DateTimeField()),
                    ("ended_by_name", models.CharField(blank=True, max_length=60)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("end_reason", models.CharField(blank=True, max_length=200)),
                    (
                        "held",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.appointment",
                        ),
                    ),
                    (
                        "node",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.node",
                        ),
                    ),
                    ("to", models.ManyToManyField(related_name="+", to="organizations.unit")),
                    (
                        "unit",
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
                            condition=models.Q(("ended_at", None)),
                            fields=("unit", "node"),
                            name="documents_one_order_in_force",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PassedOn",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    (
                        "arrival",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="passed_on",
                            to="exchange.arrival",
                        ),
                    ),
                    (
                        "dispatch",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="origin",
                            to="exchange.dispatch",
                        ),
                    ),
                    (
                        "order",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="passed_on",
                            to="documents.standingorder",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("arrival", "order"), name="documents_order_once"
                        )
                    ],
                },
            ),
        ),
    ]
