import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("organizations", "0001_squashed_0002"),
        ("organizations", "0003_unitmerger"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0004"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        Tables(
            migrations.CreateModel(
                name="Unit",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("code", models.CharField(max_length=24, unique=True)),
                    ("name", models.CharField(max_length=100)),
                    ("short_name", models.CharField(max_length=40)),
                    (
                        "level",
                        models.CharField(
                            choices=[
                                ("province", "Province"),
                                ("city", "City"),
                                ("county", "County (district)"),
                                ("township", "Township"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "system",
                        models.CharField(
                            choices=[
                                ("party_committee", "Party committee"),
                                ("government", "Government"),
                                ("cppcc", "CPPCC"),
                                ("association", "Association"),
                                ("enterprise", "Enterprise"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("path", models.CharField(db_index=True, max_length=300)),
                    ("seat_path", models.CharField(db_index=True, max_length=300)),
                    ("sort_key", models.CharField(db_index=True, max_length=200)),
                    ("initials", models.CharField(blank=True, db_index=True, max_length=60)),
                    ("note", models.CharField(blank=True, max_length=200)),
                    ("is_active", models.BooleanField(default=True)),
                    (
                        "parent",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="children",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "ordering": ("sort_key", "code"),
                },
            ),
            migrations.CreateModel(
                name="Post",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("title", models.CharField(max_length=60)),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("supervision_officer", "Supervision officer"),
                                ("secretary_general", "Secretary-General"),
                                ("leader", "Leader"),
                                ("liaison", "Liaison"),
                                ("principal", "Head of unit"),
                                ("document_clerk", "Document clerk"),
                                ("information_officer", "Information officer"),
                                ("duty_officer", "Duty officer"),
                                ("cppcc_member", "CPPCC member"),
                                ("secretariat", "Organising-committee secretariat"),
                                ("system_admin", "System administrator"),
                                ("security_admin", "Security administrator"),
                                ("auditor", "Auditor"),
                            ],
                            max_length=24,
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="posts",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("unit", "title", "role"), name="organizations_post_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Appointment",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("officer_class", models.PositiveSmallIntegerField(default=0)),
                    ("starts_on", models.DateField()),
                    ("ends_on", models.DateField(null=True)),
                    ("made_at", models.DateTimeField()),
                    (
                        "delegated_from",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="delegates",
                            to="organizations.appointment",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="appointments",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "post",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="appointments",
                            to="organizations.post",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends_on", None),
                                ("ends_on__gte", models.F("starts_on")),
                                _connector="OR",
                            ),
                            name="organizations_appointment_span",
                        ),
                        django.contrib.postgres.constraints.ExclusionConstraint(
                            expressions=(
                                ("person", "="),
                                ("officer_class", "<>"),
                                (
                                    models.Func(
                                        models.F("starts_on"),
                                        models.F("ends_on"),
                                        models.Value("[]"),
                                        function="DATERANGE",
                                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                    ),
                                    "&&",
                                ),
                            ),
                            name="organizations_one_officer_class",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ApiToken",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=60)),
                    ("prefix", models.CharField(max_length=12)),
                    ("hash", models.CharField(max_length=64, unique=True)),
                    ("scopes", models.JSONField(default=list)),
                    ("made_at", models.DateTimeField()),
                    ("expires_at", models.DateTimeField()),
                    ("revoked_at", models.DateTimeField(null=True)),
                    (
                        "appointment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tokens",
                            to="organizations.appointment",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="CollectiveName",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=60, unique=True)),
                    ("role_word", models.BooleanField(default=False)),
                    (
                        "members",
                        models.ManyToManyField(
                            related_name="collective_names", to="organizations.unit"
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="AuthorityOverride",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "relation",
                        models.CharField(
                            choices=[
                                ("commands", "Directs"),
                                ("guides", "Advises"),
                                ("no_command", "No command power"),
                                ("external", "External"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("basis", models.CharField(max_length=200)),
                    (
                        "lower",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "upper",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("upper", "lower"), name="organizations_relation_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnitAlias",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=100, unique=True)),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="aliases",
                            to="organizations.unit",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="IdempotencyKey",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("key", models.CharField(max_length=64)),
                    ("request_hash", models.CharField(max_length=64)),
                    ("status", models.PositiveSmallIntegerField(default=0)),
                    ("answer", models.JSONField(null=True)),
                    ("made_at", models.DateTimeField(db_index=True)),
                    (
                        "token",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="organizations.apitoken",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("token", "key"), name="organizations_request_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnitMerger",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("basis", models.CharField(max_length=200)),
                    ("merged_by_name", models.CharField(max_length=60)),
                    ("merged_at", models.DateTimeField()),
                    (
                        "into",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="mergers",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "unit",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="merger",
                            to="organizations.unit",
                        ),
                    ),
                ],
            ),
        ),
    ]
