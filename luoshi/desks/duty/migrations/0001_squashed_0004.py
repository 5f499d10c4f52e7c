import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import luoshi.foundation.accounts.sealing
from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("duty", "0001_initial"),
        ("duty", "0002_stood_until"),
        ("duty", "0003_handover_revision"),
        ("duty", "0004_person_revision"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0004"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="DutyPerson",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=60)),
                    ("title", models.CharField(blank=True, max_length=60)),
                    (
                        "phone",
                        luoshi.foundation.accounts.sealing.SealedField(blank=True, max_length=40),
                    ),
                    ("posts", models.JSONField(default=list)),
                    ("nights", models.BooleanField(default=True)),
                    ("weekdays_off", models.JSONField(default=list)),
                    ("most", models.PositiveSmallIntegerField(default=0)),
                    ("starts_on", models.DateField()),
                    ("ends_on", models.DateField(null=True)),
                    ("sort_key", models.CharField(max_length=200)),
                    (
                        "account",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    ("revision", models.PositiveIntegerField(default=1)),
                ],
                options={
                    "ordering": ("sort_key", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("account__isnull", False), ("ends_on", None)),
                            fields=("office", "account"),
                            name="duty_person_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends_on", None),
                                ("ends_on__gte", models.F("starts_on")),
                                _connector="OR",
                            ),
                            name="duty_person_span",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Feed",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("hash", models.CharField(max_length=64, unique=True)),
                    ("made_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="feeds",
                            to="duty.dutyperson",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("person",),
                            name="duty_feed_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ended_at", None),
                                ("ended_at__gte", models.F("made_at")),
                                _connector="OR",
                            ),
                            name="duty_feed_span",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="KnownShift",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "post",
                        models.CharField(
                            choices=[("leader", "Duty leader"), ("officer", "Duty officer")],
                            max_length=8,
                        ),
                    ),
                    ("starts_at", models.DateTimeField()),
                    ("ends_at", models.DateTimeField()),
                    ("name", models.CharField(max_length=60)),
                    ("title", models.CharField(blank=True, max_length=60)),
                    (
                        "phone",
                        luoshi.foundation.accounts.sealing.SealedField(blank=True, max_length=40),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["unit", "ends_at"], name="duty_known_shift")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("unit", "post", "starts_at"), name="duty_known_shift_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Leave",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("leave", "Leave"),
                                ("travel", "Official travel"),
                                ("training", "Training"),
                                ("illness", "Illness"),
                            ],
                            default="leave",
                            max_length=10,
                        ),
                    ),
                    ("starts_on", models.DateField()),
                    ("ends_on", models.DateField()),
                    ("made_by_name", models.CharField(max_length=60)),
                    ("made_at", models.DateTimeField()),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="leaves",
                            to="duty.dutyperson",
                        ),
                    ),
                ],
                options={
                    "ordering": ("starts_on", "id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                            name="duty_leave_span",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LogNote",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("call_in", "Call received"),
                                ("call_out", "Call made"),
                                ("instruction", "Instruction"),
                                ("visitor", "Visitor"),
                                ("document", "Urgent document"),
                                ("other", "Other"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("who", models.CharField(max_length=120)),
                    (
                        "phone",
                        luoshi.foundation.accounts.sealing.SealedField(blank=True, max_length=40),
                    ),
                    ("text", models.TextField()),
                    ("given_to", models.CharField(blank=True, max_length=120)),
                    ("pending", models.BooleanField(default=False)),
                    ("settled_at", models.DateTimeField(null=True)),
                    ("settled_by_name", models.CharField(blank=True, max_length=60)),
                    ("outcome", models.CharField(blank=True, max_length=300)),
                    ("noted_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
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
                        models.Index(fields=["office", "-at", "id"], name="duty_note_of_office"),
                        models.Index(
                            condition=models.Q(("pending", True), ("settled_at", None)),
                            fields=["office"],
                            name="duty_note_waiting",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Roster",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("starts_on", models.DateField()),
                    ("ends_on", models.DateField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "Draft"),
                                ("solving", "Being worked out"),
                                ("approved", "Approved"),
                                ("published", "Published"),
                            ],
                            default="draft",
                            max_length=10,
                        ),
                    ),
                    ("progress", models.PositiveSmallIntegerField(default=0)),
                    ("outcome", models.CharField(blank=True, max_length=20)),
                    ("asked_at", models.DateTimeField(null=True)),
                    ("seconds", models.FloatField(default=0)),
                    ("proof", models.JSONField(default=dict)),
                    ("spread", models.JSONField(default=list)),
                    ("drafted_by_id", models.UUIDField(null=True)),
                    ("drafted_by_name", models.CharField(max_length=60)),
                    ("drafted_at", models.DateTimeField()),
                    ("approved_by_name", models.CharField(blank=True, max_length=60)),
                    ("approved_at", models.DateTimeField(null=True)),
                    ("published_at", models.DateTimeField(null=True)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rosters",
                            to="organizations.unit",
                        ),
                    ),
                    ("stood_until", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ("-starts_on", "id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                            name="duty_roster_span",
                        ),
                        models.UniqueConstraint(
                            fields=("office", "starts_on"), name="duty_roster_once"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Scheme",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("version", models.PositiveIntegerField()),
                    ("officer_starts", models.JSONField(default=list)),
                    ("leader_starts", models.JSONField(default=list)),
                    (
                        "leader_days",
                        models.CharField(
                            choices=[
                                ("always", "Every day"),
                                ("special", "On public holidays and in sensitive periods"),
                            ],
                            default="always",
                            max_length=8,
                        ),
                    ),
                    ("rest_hours", models.PositiveSmallIntegerField(default=24)),
                    ("weights", models.JSONField(default=dict)),
                    ("night_extra", models.PositiveSmallIntegerField(default=1)),
                    ("sensitive_extra", models.PositiveSmallIntegerField(default=2)),
                    ("answer_seconds", models.PositiveSmallIntegerField(default=60)),
                    ("report_hour", models.PositiveSmallIntegerField(default=17)),
                    ("check_days", models.PositiveSmallIntegerField(default=30)),
                    ("reason", models.CharField(max_length=300)),
                    ("made_by_name", models.CharField(max_length=60)),
                    ("made_at", models.DateTimeField()),
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
                            fields=("office", "version"), name="duty_scheme_version"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SensitivePeriod",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("chain", models.UUIDField(default=uuid.uuid4)),
                    ("title", models.CharField(max_length=100)),
                    ("basis", models.CharField(max_length=200)),
                    ("starts_on", models.DateField()),
                    ("ends_on", models.DateField()),
                    ("daily", models.BooleanField(default=True)),
                    ("from_code", models.CharField(blank=True, max_length=24)),
                    ("from_name", models.CharField(blank=True, max_length=100)),
                    ("declared_by_name", models.CharField(max_length=60)),
                    ("declared_at", models.DateTimeField()),
                    ("revoked_at", models.DateTimeField(null=True)),
                    ("revoked_reason", models.CharField(blank=True, max_length=300)),
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
                    "ordering": ("-starts_on", "id"),
                    "indexes": [
                        models.Index(fields=["office", "ends_on"], name="duty_period_of_office")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "chain"), name="duty_period_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                            name="duty_period_span",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DailyReport",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("unit_code", models.CharField(max_length=24)),
                    ("unit_name", models.CharField(max_length=100)),
                    ("day", models.DateField()),
                    ("nothing", models.BooleanField(default=True)),
                    ("text", models.TextField(blank=True)),
                    ("due_at", models.DateTimeField()),
                    ("sent_at", models.DateTimeField()),
                    ("by_name", models.CharField(max_length=60)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "period",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="duty.sensitiveperiod",
                        ),
                    ),
                ],
                options={
                    "ordering": ("-day", "unit_code", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "period", "unit_code", "day"), name="duty_daily_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("nothing", True),
                                models.Q(("text", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="duty_daily_words",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Shift",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "post",
                        models.CharField(
                            choices=[("leader", "Duty leader"), ("officer", "Duty officer")],
                            max_length=8,
                        ),
                    ),
                    ("day", models.DateField()),
                    ("starts_at", models.DateTimeField()),
                    ("ends_at", models.DateTimeField()),
                    (
                        "day_class",
                        models.CharField(
                            choices=[
                                ("workday", "Working day"),
                                ("weekend", "Weekend"),
                                ("holiday", "Public holiday"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("sensitive", models.BooleanField(default=False)),
                    ("night", models.BooleanField(default=False)),
                    ("weight", models.PositiveSmallIntegerField(default=1)),
                    ("fixed", models.BooleanField(default=False)),
                    ("changed_reason", models.CharField(blank=True, max_length=300)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="shifts",
                            to="duty.dutyperson",
                        ),
                    ),
                    (
                        "roster",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="shifts",
                            to="duty.roster",
                        ),
                    ),
                ],
                options={
                    "ordering": ("starts_at", "post", "id"),
                    "indexes": [
                        models.Index(fields=["office", "starts_at"], name="duty_shift_of_office"),
                        models.Index(fields=["person", "starts_at"], name="duty_shift_of_person"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                            name="duty_shift_span",
                        ),
                        django.contrib.postgres.constraints.ExclusionConstraint(
                            expressions=(
                                ("office", "="),
                                ("post", "="),
                                (
                                    models.Func(
                                        models.F("starts_at"),
                                        models.F("ends_at"),
                                        models.Value("[)"),
                                        function="TSTZRANGE",
                                        output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                    ),
                                    "&&",
                                ),
                            ),
                            name="duty_one_person_a_post",
                        ),
                        django.contrib.postgres.constraints.ExclusionConstraint(
                            condition=models.Q(("person__isnull", False)),
                            deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                            expressions=(
                                ("person", "="),
                                (
                                    models.Func(
                                        models.F("starts_at"),
                                        models.F("ends_at"),
                                        models.Value("[)"),
                                        function="TSTZRANGE",
                                        output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                    ),
                                    "&&",
                                ),
                            ),
                            name="duty_one_post_a_person",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Handover",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("words", models.TextField()),
                    ("notes", models.JSONField(default=list)),
                    ("others", models.JSONField(default=list)),
                    ("given_at", models.DateTimeField()),
                    ("taken_at", models.DateTimeField(null=True)),
                    ("taken_words", models.CharField(blank=True, max_length=300)),
                    (
                        "giver",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="duty.dutyperson",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "taker",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="duty.dutyperson",
                        ),
                    ),
                    (
                        "shift",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="handover",
                            to="duty.shift",
                        ),
                    ),
                    ("revision", models.PositiveIntegerField(default=1)),
                ],
                options={
                    "ordering": ("-given_at", "id"),
                    "indexes": [
                        models.Index(fields=["office", "-given_at", "id"], name="duty_handovers")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Swap",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "Asked"),
                                ("agreed", "Agreed"),
                                ("approved", "Approved"),
                                ("declined", "Declined"),
                                ("withdrawn", "Withdrawn"),
                                ("lapsed", "Lapsed: the roster was changed"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("reason", models.CharField(max_length=300)),
                    ("answer", models.CharField(blank=True, max_length=300)),
                    ("asked_at", models.DateTimeField()),
                    ("agreed_at", models.DateTimeField(null=True)),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "asker",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="duty.dutyperson",
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="duty.shift",
                        ),
                    ),
                    (
                        "shift",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="swaps",
                            to="duty.shift",
                        ),
                    ),
                    (
                        "taker",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="duty.dutyperson",
                        ),
                    ),
                ],
                options={
                    "ordering": ("-asked_at", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("asked", "agreed"))),
                            fields=("shift",),
                            name="duty_swap_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="DutyCheck",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("called_at", models.DateTimeField()),
                    ("seconds", models.PositiveIntegerField(null=True)),
                    ("allowed", models.PositiveSmallIntegerField()),
                    ("expected", models.CharField(blank=True, max_length=60)),
                    ("answered_by", models.CharField(blank=True, max_length=60)),
                    (
                        "result",
                        models.CharField(
                            choices=[
                                ("good", "Answered in time"),
                                ("slow", "Answered late"),
                                ("absent", "No answer"),
                                ("other_person", "Somebody else answered"),
                            ],
                            max_length=14,
                        ),
                    ),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("checked_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
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
                    "ordering": ("-called_at", "id"),
                    "indexes": [
                        models.Index(fields=["office", "-called_at", "id"], name="duty_checks")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("result", "absent"), ("seconds", None)),
                                models.Q(
                                    models.Q(("result", "absent"), _negated=True),
                                    ("seconds__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="duty_check_answer",
                        )
                    ],
                },
            ),
        ),
    ]
