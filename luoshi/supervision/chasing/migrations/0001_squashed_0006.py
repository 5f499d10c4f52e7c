import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import luoshi.foundation.core.rows.keys
from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("chasing", "0001_squashed_0003"),
        ("chasing", "0004_watch"),
        ("chasing", "0005_keys_in_turn"),
        ("chasing", "0006_leaders_in_charge"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0004"),
        ("matters", "0001_squashed_0020"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Urge",
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
                            choices=[("sent", "Sent"), ("held", "Held")], max_length=8
                        ),
                    ),
                    (
                        "tone",
                        models.CharField(
                            choices=[
                                ("request", "Courteous request"),
                                ("remind", "Remind"),
                                ("urge", "Urge"),
                                ("press", "Supervised follow-up"),
                            ],
                            max_length=8,
                        ),
                    ),
                    (
                        "colour",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("blue", "Blue slip"),
                                ("yellow", "Yellow slip"),
                                ("red", "Red slip"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("text", models.TextField()),
                    ("batch", models.UUIDField(null=True)),
                    ("made_by_name", models.CharField(max_length=60)),
                    ("made_at", models.DateTimeField()),
                    ("week_on", models.DateField()),
                    (
                        "held_reason",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("week", "One nudge by hand per item and week"),
                                ("budget", "The unit has had its five nudges this week"),
                                ("overtaken", "A higher level was reached at the same time"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("held_after", models.DateTimeField(null=True)),
                    ("possible_at", models.DateTimeField(null=True)),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("deliver_at", models.DateTimeField(null=True)),
                    ("reached", models.PositiveSmallIntegerField(default=0)),
                    ("by_exception", models.BooleanField(default=False)),
                    (
                        "assignment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="urges",
                            to="matters.assignment",
                        ),
                    ),
                    (
                        "duty",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="urges",
                            to="matters.reportduty",
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["state", "made_at", "id"], name="chasing_urge_time")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("by_exception", False), ("state", "sent")),
                            fields=("assignment", "week_on"),
                            name="chasing_one_by_hand",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("held_reason", ""), _negated=True),
                            fields=("assignment", "week_on"),
                            name="chasing_one_held",
                        ),
                        models.UniqueConstraint(
                            fields=("batch", "assignment"), name="chasing_once_in_an_act"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("sent_at", None), ("state", "held")),
                                models.Q(("sent_at__isnull", False), ("state", "sent")),
                                _connector="OR",
                            ),
                            name="chasing_sent_when",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="NudgeException",
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
                                ("asked", "Waiting for a decision"),
                                ("granted", "Granted"),
                                ("refused", "Refused"),
                            ],
                            default="asked",
                            max_length=8,
                        ),
                    ),
                    ("reason", models.TextField()),
                    ("asked_by_name", models.CharField(max_length=60)),
                    ("asked_at", models.DateTimeField()),
                    ("remark", models.TextField(blank=True)),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "asked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "urge",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="exception",
                            to="chasing.urge",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by", None),
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="chasing_second_person",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ColourSlip",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "colour",
                        models.CharField(
                            choices=[
                                ("blue", "Blue slip"),
                                ("yellow", "Yellow slip"),
                                ("red", "Red slip"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    ("serial", models.PositiveIntegerField()),
                    ("number", models.CharField(max_length=40)),
                    ("limit_at", models.DateTimeField()),
                    ("issued_by_name", models.CharField(max_length=60)),
                    ("issued_at", models.DateTimeField()),
                    (
                        "duty",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="slips",
                            to="matters.reportduty",
                        ),
                    ),
                    (
                        "former",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="followers",
                            to="chasing.colourslip",
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
                        "urge",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="slip",
                            to="chasing.urge",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("duty", "colour", "limit_at"), name="chasing_colour_once"
                        ),
                        models.UniqueConstraint(
                            fields=("office", "year", "serial"), name="chasing_slip_number"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WeekBudget",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("week_on", models.DateField()),
                    ("used", models.PositiveSmallIntegerField(default=0)),
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
                            fields=("unit", "week_on"), name="chasing_week_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("used__lte", 5)), name="chasing_five_a_week"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LadderVersion",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("version", models.PositiveIntegerField()),
                    ("steps", models.JSONField()),
                    ("reason", models.CharField(max_length=200)),
                    ("made_by_name", models.CharField(max_length=60)),
                    ("made_at", models.DateTimeField()),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ladders",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "ordering": ("-version",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "version"), name="chasing_ladder_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reminder",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=luoshi.foundation.core.rows.keys.in_turn,
                            editable=False,
                            primary_key=True,
                            serialize=False,
                        ),
                    ),
                    (
                        "level",
                        models.CharField(
                            choices=[
                                ("L0", "Due notice"),
                                ("L1", "Reminder"),
                                ("L2", "Urge"),
                                ("L3", "Supervision slip"),
                                ("L4", "Escalation"),
                            ],
                            max_length=2,
                        ),
                    ),
                    ("limit_at", models.DateTimeField()),
                    ("stands_for", models.DateTimeField()),
                    ("made_at", models.DateTimeField()),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("courteous", models.BooleanField(default=False)),
                    (
                        "held_reason",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("week", "One nudge by hand per item and week"),
                                ("budget", "The unit has had its five nudges this week"),
                                ("overtaken", "A higher level was reached at the same time"),
                            ],
                            max_length=200,
                        ),
                    ),
                    ("possible_at", models.DateTimeField(null=True)),
                    (
                        "duty",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reminders",
                            to="matters.reportduty",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["made_at", "id"], name="chasing_by_time"),
                        models.Index(
                            condition=models.Q(("sent_at", None)),
                            fields=["possible_at", "id"],
                            name="chasing_held",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("duty", "level", "limit_at"), name="chasing_level_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("sent_at__isnull", False),
                                models.Q(("held_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="chasing_unsent_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SlipSeries",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    ("last", models.PositiveIntegerField(default=0)),
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
                            fields=("office", "year"), name="chasing_series_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Watch",
                fields=[
                    (
                        "duty",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="watch",
                            serialize=False,
                            to="matters.reportduty",
                        ),
                    ),
                    ("limit_at", models.DateTimeField()),
                    ("courteous", models.BooleanField()),
                    ("basis", models.CharField(max_length=16)),
                    ("next_at", models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="LeaderInCharge",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("leader_name", models.CharField(blank=True, max_length=60)),
                    ("leader_title", models.CharField(blank=True, max_length=60)),
                    ("from_on", models.DateField()),
                    ("basis", models.CharField(max_length=200)),
                    ("named_by_name", models.CharField(max_length=60)),
                    ("named_at", models.DateTimeField()),
                    (
                        "leader",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.appointment",
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="matters.matter",
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
                        "unit",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["office", "-named_at", "id"], name="chasing_charges")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("matter__isnull", False), ("unit", None)),
                                models.Q(("matter", None), ("unit__isnull", False)),
                                _connector="OR",
                            ),
                            name="chasing_charge_of_one",
                        )
                    ],
                },
            ),
        ),
    ]
