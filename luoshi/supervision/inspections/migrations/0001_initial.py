import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("matters", "0001_squashed_0020"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Inspection",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("title", models.CharField(max_length=200)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("comprehensive", "Comprehensive"), ("special", "Special")],
                            max_length=14,
                        ),
                    ),
                    ("content", models.TextField()),
                    ("scope", models.TextField()),
                    ("basis", models.CharField(blank=True, max_length=300)),
                    (
                        "methods",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("self_check", "Self-check by the unit"),
                                    ("hearing", "Hearing a report"),
                                    ("visit", "On-site visit"),
                                    ("undercover", "Undercover visit"),
                                    ("symposium", "Symposium or assessment"),
                                    ("files", "Reading files"),
                                    ("letters", "Letters, visits and media"),
                                    ("interview", "Interview"),
                                    ("online", "Online check"),
                                ],
                                max_length=12,
                            ),
                            default=list,
                            size=None,
                        ),
                    ),
                    ("starts_on", models.DateField()),
                    ("ends_on", models.DateField()),
                    ("in_plan", models.BooleanField(default=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("planned", "Planned"),
                                ("under_way", "Under way"),
                                ("concluded", "Conclusion sent"),
                                ("closed", "Closed"),
                                ("called_off", "Called off"),
                            ],
                            default="planned",
                            max_length=12,
                        ),
                    ),
                    ("created_at", models.DateTimeField()),
                    ("started_at", models.DateTimeField(null=True)),
                    ("concluded_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("closing_remark", models.TextField(blank=True)),
                    ("revision", models.PositiveIntegerField(default=0)),
                    (
                        "created_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="inspections",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["office", "-starts_on", "id"], name="inspections_by_day"
                        ),
                        models.Index(
                            fields=["department", "kind", "starts_on"], name="inspections_yearly"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                            name="inspections_span",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="FrequencyException",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("codes", models.JSONField()),
                    ("reason", models.CharField(max_length=300)),
                    ("granted_by_name", models.CharField(max_length=60)),
                    ("granted_at", models.DateTimeField()),
                    (
                        "granted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="exception",
                            to="inspections.inspection",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Finding",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("problem", "Problem"),
                                ("practice", "Good practice"),
                                ("fact", "Neutral fact"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("facts", models.TextField()),
                    (
                        "method",
                        models.CharField(
                            choices=[
                                ("self_check", "Self-check by the unit"),
                                ("hearing", "Hearing a report"),
                                ("visit", "On-site visit"),
                                ("undercover", "Undercover visit"),
                                ("symposium", "Symposium or assessment"),
                                ("files", "Reading files"),
                                ("letters", "Letters, visits and media"),
                                ("interview", "Interview"),
                                ("online", "Online check"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "category",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("not_carried_out", "Not carried out"),
                                ("slow", "Slow progress"),
                                ("false_data", "Untrue or unclear data"),
                                ("formalism", "Formalism"),
                                ("mechanism", "Gap in rules or mechanism"),
                                ("safety", "Safety hazard"),
                                ("other", "Other"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("requirement", models.CharField(blank=True, max_length=300)),
                    ("limit_on", models.DateField(null=True)),
                    ("recorded_by_name", models.CharField(max_length=60)),
                    ("recorded_at", models.DateTimeField()),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="findings",
                            to="inspections.inspection",
                        ),
                    ),
                ],
                options={
                    "ordering": ("number",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("inspection", "number"), name="inspections_finding_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConclusionReview",
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
                                ("asked", "Review asked for"),
                                ("upheld", "Conclusion upheld"),
                                ("changed", "Conclusion changed"),
                            ],
                            default="asked",
                            max_length=8,
                        ),
                    ),
                    ("reason", models.TextField()),
                    ("asked_by_name", models.CharField(max_length=60)),
                    ("asked_at", models.DateTimeField()),
                    ("decide_by", models.DateTimeField()),
                    ("decision", models.TextField(blank=True)),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("decided_at", models.DateTimeField(null=True)),
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
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reviews",
                            to="inspections.inspection",
                        ),
                    ),
                ],
                options={
                    "ordering": ("asked_at",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("inspection", "unit"), name="inspections_review_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Conclusion",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.CharField(max_length=60)),
                    ("text", models.TextField()),
                    ("requirements", models.TextField(blank=True)),
                    ("written_by_name", models.CharField(max_length=60)),
                    ("sent_at", models.DateTimeField()),
                    (
                        "written_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conclusion",
                            to="inspections.inspection",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="CallingOff",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", models.CharField(max_length=300)),
                    ("called_off_by_name", models.CharField(max_length=60)),
                    ("called_off_at", models.DateTimeField()),
                    (
                        "inspection",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="calling_off",
                            to="inspections.inspection",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="InspectionObject",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("received_at", models.DateTimeField(null=True)),
                    ("received_by_name", models.CharField(blank=True, max_length=60)),
                    ("review_until", models.DateTimeField(null=True)),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="objects_inspected",
                            to="inspections.inspection",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="inspected_in",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "ordering": ("unit__sort_key",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("inspection", "unit"), name="inspections_object_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="InspectionPlan",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "Drafted"),
                                ("filed", "Filed for approval"),
                                ("approved", "Approved"),
                            ],
                            default="drafted",
                            max_length=10,
                        ),
                    ),
                    ("remark", models.CharField(blank=True, max_length=300)),
                    ("created_at", models.DateTimeField()),
                    ("filed_by_name", models.CharField(blank=True, max_length=60)),
                    ("filed_at", models.DateTimeField(null=True)),
                    ("approved_by_name", models.CharField(blank=True, max_length=60)),
                    ("approved_at", models.DateTimeField(null=True)),
                    (
                        "filed_by",
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
                            related_name="inspection_plans",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "year"), name="inspections_plan_once"
                        )
                    ],
                },
            ),
        ),
        migrations.AddField(
            model_name="inspection",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspections",
                to="inspections.inspectionplan",
            ),
        ),
        Tables(
            migrations.CreateModel(
                name="Problem",
                fields=[
                    ("on_clock", models.BooleanField(default=False)),
                    ("attention_at", models.DateTimeField(null=True)),
                    ("overdue_at", models.DateTimeField(null=True)),
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    ("serial", models.PositiveIntegerField()),
                    ("number", models.CharField(max_length=40)),
                    ("description", models.TextField()),
                    (
                        "category",
                        models.CharField(
                            choices=[
                                ("not_carried_out", "Not carried out"),
                                ("slow", "Slow progress"),
                                ("false_data", "Untrue or unclear data"),
                                ("formalism", "Formalism"),
                                ("mechanism", "Gap in rules or mechanism"),
                                ("safety", "Safety hazard"),
                                ("other", "Other"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("requirement", models.CharField(blank=True, max_length=300)),
                    ("root_cause", models.TextField(blank=True)),
                    ("measures", models.TextField(blank=True)),
                    ("responsible_person", models.CharField(blank=True, max_length=60)),
                    ("limit_on", models.DateField()),
                    ("due_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "To rectify"),
                                ("rectifying", "Rectifying"),
                                ("reported", "Rectification reported"),
                                ("returned", "Returned for redo"),
                                ("cancelled", "Struck off"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("returns", models.PositiveSmallIntegerField(default=0)),
                    ("late_amount", models.PositiveIntegerField(null=True)),
                    (
                        "late_unit",
                        models.CharField(
                            blank=True,
                            choices=[("days", "days"), ("hours", "hours"), ("minutes", "minutes")],
                            max_length=8,
                        ),
                    ),
                    ("raised_by_name", models.CharField(max_length=60)),
                    ("raised_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "finding",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="problem",
                            to="inspections.finding",
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="problems",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="problems_raised",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="problems",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["due_at", "id"], name="inspections_by_limit"),
                        models.Index(
                            fields=["office", "state", "due_at"], name="inspections_office_state"
                        ),
                        models.Index(
                            fields=["unit", "state", "due_at"], name="inspections_unit_state"
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "year", "serial"), name="inspections_problem_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ProblemWithdrawal",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", models.TextField()),
                    ("withdrawn_by_name", models.CharField(max_length=60)),
                    ("withdrawn_at", models.DateTimeField()),
                    (
                        "problem",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="withdrawal",
                            to="inspections.problem",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="RectificationReport",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("round", models.PositiveSmallIntegerField()),
                    ("text", models.TextField()),
                    ("state_change", models.CharField(max_length=300)),
                    ("signed_by_principal", models.CharField(max_length=60)),
                    ("sent_by_name", models.CharField(max_length=60)),
                    ("sent_at", models.DateTimeField()),
                    ("late", models.BooleanField(default=False)),
                    (
                        "problem",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="inspections.problem",
                        ),
                    ),
                    (
                        "sent_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("round",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("problem", "round"), name="inspections_round_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ProblemCheck",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "verdict",
                        models.CharField(
                            choices=[("accepted", "Accepted"), ("returned", "Returned for redo")],
                            max_length=10,
                        ),
                    ),
                    (
                        "how",
                        models.CharField(
                            choices=[
                                ("on_site", "On site"),
                                ("documents", "By documents"),
                                ("interview", "By interview"),
                                ("third_party", "By a third party"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("record", models.TextField()),
                    ("new_limit_on", models.DateField(null=True)),
                    ("checked_by_name", models.CharField(max_length=60)),
                    ("checked_at", models.DateTimeField()),
                    (
                        "checked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "report",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="check_record",
                            to="inspections.rectificationreport",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="GroupMember",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=60)),
                    ("title", models.CharField(blank=True, max_length=100)),
                    (
                        "part",
                        models.CharField(
                            choices=[
                                ("leader", "Group leader"),
                                ("member", "Member"),
                                ("invited", "Invited"),
                            ],
                            max_length=8,
                        ),
                    ),
                    (
                        "standing",
                        models.CharField(
                            choices=[
                                ("staff", "Office staff"),
                                ("deputy", "People's congress deputy"),
                                ("cppcc", "CPPCC member"),
                                ("expert", "Expert"),
                                ("other", "Other"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("order", models.PositiveSmallIntegerField(default=0)),
                    (
                        "person",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="group",
                            to="inspections.inspection",
                        ),
                    ),
                ],
                options={
                    "ordering": ("order",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("part", "leader")),
                            fields=("inspection",),
                            name="inspections_one_leader",
                        )
                    ],
                },
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.UniqueConstraint(
                fields=("plan", "number"), name="inspections_number_once"
            ),
        ),
    ]
