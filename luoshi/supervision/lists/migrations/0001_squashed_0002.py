import uuid

import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("lists", "0001_initial"),
        ("lists", "0002_between_levels"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0004"),
        ("exchange", "0001_squashed_0009"),
        ("matters", "0001_squashed_0020"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="SupervisionPointsList",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    ("title", models.CharField(max_length=200)),
                    ("reference", models.CharField(blank=True, max_length=80)),
                    ("method", models.TextField(blank=True)),
                    ("purpose", models.TextField(blank=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "Drafted"),
                                ("issued", "Issued"),
                                ("closed", "Closed"),
                            ],
                            default="drafted",
                            max_length=10,
                        ),
                    ),
                    ("created_at", models.DateTimeField()),
                    ("issued_on", models.DateField(null=True)),
                    ("issued_at", models.DateTimeField(null=True)),
                    ("issued_by_name", models.CharField(blank=True, max_length=60)),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("closed_by_name", models.CharField(blank=True, max_length=60)),
                    ("closing_remark", models.TextField(blank=True)),
                    ("revision", models.PositiveIntegerField(default=0)),
                    (
                        "copied_from",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="copies",
                            to="lists.supervisionpointslist",
                        ),
                    ),
                    (
                        "created_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "joint_office",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="joint_points_lists",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="points_lists",
                            to="organizations.unit",
                        ),
                    ),
                    ("home", models.CharField(blank=True, max_length=24)),
                ],
                options={
                    "indexes": [models.Index(fields=["-year", "id"], name="lists_by_year")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("joint_office", None),
                                models.Q(("joint_office", models.F("office")), _negated=True),
                                _connector="OR",
                            ),
                            name="lists_two_offices",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("home", "")),
                            fields=("office", "year"),
                            name="lists_once_a_year",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ListSummary",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "period",
                        models.CharField(
                            choices=[
                                ("mid_year", "Mid-year summary"),
                                ("year_end", "Year-end summary"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("rule_code", models.CharField(max_length=12)),
                    ("legal_basis", models.CharField(max_length=200)),
                    ("reports_to", models.CharField(max_length=60)),
                    ("due_at", models.DateTimeField()),
                    ("warn_at", models.DateTimeField()),
                    ("trace", models.JSONField()),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "Not sent yet"), ("sent", "Sent")],
                            default="open",
                            max_length=6,
                        ),
                    ),
                    ("text", models.TextField(blank=True)),
                    ("problems", models.TextField(blank=True)),
                    ("next_steps", models.TextField(blank=True)),
                    ("figures", models.JSONField(default=dict)),
                    ("revision", models.PositiveIntegerField(default=0)),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("sent_by_name", models.CharField(blank=True, max_length=60)),
                    ("late_amount", models.PositiveIntegerField(null=True)),
                    (
                        "late_unit",
                        models.CharField(
                            blank=True,
                            choices=[("days", "days"), ("hours", "hours"), ("minutes", "minutes")],
                            max_length=8,
                        ),
                    ),
                    ("late_reason", models.CharField(blank=True, max_length=300)),
                    (
                        "written_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "points_list",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="summaries",
                            to="lists.supervisionpointslist",
                        ),
                    ),
                ],
                options={
                    "ordering": ("due_at",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("points_list", "period"), name="lists_summary_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ListPoint",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("text", models.CharField(max_length=600)),
                    ("limit_words", models.CharField(blank=True, max_length=80)),
                    ("task_rules", models.JSONField(default=list)),
                    (
                        "carried_from",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="lists.listpoint",
                        ),
                    ),
                    (
                        "joint_units",
                        models.ManyToManyField(
                            blank=True, related_name="list_points_joined", to="organizations.unit"
                        ),
                    ),
                    (
                        "lead_unit",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="list_points_led",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "matter",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="list_point",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "points_list",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="points",
                            to="lists.supervisionpointslist",
                        ),
                    ),
                    ("awaits", models.UUIDField(db_index=True, null=True)),
                ],
                options={
                    "ordering": ("number",),
                    "constraints": [
                        models.UniqueConstraint(
                            deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                            fields=("points_list", "number"),
                            name="lists_point_number_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="JointAgreement",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("agreed_by_name", models.CharField(max_length=60)),
                    ("agreed_at", models.DateTimeField()),
                    ("revision", models.PositiveIntegerField()),
                    (
                        "agreed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "points_list",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="agreement",
                            to="lists.supervisionpointslist",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="DroppedPoint",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", models.CharField(max_length=200)),
                    ("dropped_by_name", models.CharField(max_length=60)),
                    ("dropped_at", models.DateTimeField()),
                    (
                        "point",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="lists.listpoint",
                        ),
                    ),
                    (
                        "points_list",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="dropped",
                            to="lists.supervisionpointslist",
                        ),
                    ),
                ],
                options={
                    "ordering": ("point__number",),
                },
            ),
            migrations.CreateModel(
                name="ListMirror",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("said", models.CharField(blank=True, max_length=64)),
                    ("said_life", models.CharField(blank=True, max_length=32)),
                    ("said_at", models.DateTimeField(null=True)),
                    ("heard_life", models.CharField(blank=True, max_length=32)),
                    ("heard_sequence", models.BigIntegerField(default=0)),
                    ("heard_sent_at", models.DateTimeField(null=True)),
                    ("heard_at", models.DateTimeField(null=True)),
                    (
                        "node",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.node",
                        ),
                    ),
                    (
                        "points_list",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="mirrors",
                            to="lists.supervisionpointslist",
                        ),
                    ),
                    (
                        "sent",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.outgoing",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("points_list", "node"), name="lists_mirrored_once"
                        )
                    ],
                },
            ),
        ),
    ]
