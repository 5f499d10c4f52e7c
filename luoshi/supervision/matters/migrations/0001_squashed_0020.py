import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import luoshi.foundation.organizations.domain.queries.viewers
from luoshi.foundation.core.rows.tables import Tables
from luoshi.supervision.matters.migrations._past import statements


class Migration(migrations.Migration):
    replaces = [
        ("matters", "0001_squashed_0011"),
        ("matters", "0012_milestone"),
        ("matters", "0013_viewers"),
        ("matters", "0014_at_scale"),
        ("matters", "0015_addressees"),
        ("matters", "0016_owing_unit"),
        ("matters", "0017_between_levels"),
        ("matters", "0018_several_leaders"),
        ("matters", "0019_office_limits"),
        ("matters", "0020_spot_checks"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0004"),
        ("organizations", "0001_squashed_0003"),
        ("rulebook", "0001_squashed_0005"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="UnitSummary",
                fields=[
                    (
                        "unit",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="supervision_summary",
                            serialize=False,
                            to="organizations.unit",
                        ),
                    ),
                    ("red", models.PositiveIntegerField(default=0)),
                    ("yellow", models.PositiveIntegerField(default=0)),
                    ("green", models.PositiveIntegerField(default=0)),
                    ("grey", models.PositiveIntegerField(default=0)),
                    ("in_review", models.PositiveIntegerField(default=0)),
                    ("late_marks", models.PositiveIntegerField(default=0)),
                    ("as_of", models.DateTimeField()),
                    ("valid_until", models.DateTimeField(null=True)),
                    ("late_shares", models.PositiveIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name="Matter",
                fields=[
                    ("on_clock", models.BooleanField(default=False)),
                    ("attention_at", models.DateTimeField(null=True)),
                    ("overdue_at", models.DateTimeField(null=True)),
                    ("stopped_at", models.DateTimeField(null=True)),
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("part_number", models.PositiveSmallIntegerField(null=True)),
                    ("parts", models.PositiveSmallIntegerField(default=0)),
                    ("year", models.PositiveSmallIntegerField(null=True)),
                    ("serial", models.PositiveIntegerField(null=True)),
                    ("number", models.CharField(blank=True, max_length=40)),
                    ("title", models.CharField(max_length=200)),
                    (
                        "regime",
                        models.CharField(
                            choices=[
                                ("decision", "Major decision"),
                                ("meeting", "Meeting spirit"),
                                ("points", "Supervision points"),
                                ("instruction", "Leader's written instruction"),
                                ("activity", "Theme activity"),
                                ("key_task", "Key task"),
                                ("document", "Document-assigned work"),
                            ],
                            max_length=16,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "Drafted"),
                                ("proposed", "Proposed for registration"),
                                ("registered", "Registered"),
                                ("assigned", "Assigned"),
                                ("concluded", "Concluded"),
                                ("revoked", "Revoked"),
                                ("merged", "Merged"),
                            ],
                            default="drafted",
                            max_length=12,
                        ),
                    ),
                    (
                        "turn",
                        models.CharField(
                            choices=[
                                ("office", "Assigning office"),
                                ("unit", "Handling unit"),
                                ("reviewer", "Reviewer"),
                                ("nobody", "Nobody"),
                            ],
                            default="office",
                            max_length=10,
                        ),
                    ),
                    ("content", models.TextField(blank=True)),
                    ("method", models.TextField(blank=True)),
                    ("purpose", models.TextField(blank=True)),
                    ("basis", models.CharField(blank=True, max_length=300)),
                    (
                        "least_evidence",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Claim"),
                                (2, "Document"),
                                (3, "Figures with documents"),
                                (4, "Checked on site"),
                                (5, "Third party"),
                            ],
                            null=True,
                        ),
                    ),
                    ("end_on", models.DateField(null=True)),
                    ("task_rules", models.JSONField(default=list)),
                    ("anchors", models.JSONField(default=dict)),
                    ("proposed_shares", models.JSONField(default=list)),
                    ("urgent", models.BooleanField(default=False)),
                    ("urgent_amount", models.PositiveSmallIntegerField(null=True)),
                    ("urgent_unit", models.CharField(blank=True, max_length=8)),
                    ("urgent_basis", models.CharField(blank=True, max_length=200)),
                    ("shares_reports", models.BooleanField(default=False)),
                    ("origin_kind", models.CharField(blank=True, max_length=20)),
                    ("origin_title", models.CharField(blank=True, max_length=200)),
                    ("origin_reference", models.CharField(blank=True, max_length=80)),
                    ("origin_quote", models.TextField(blank=True)),
                    ("origin_start", models.PositiveIntegerField(null=True)),
                    ("origin_end", models.PositiveIntegerField(null=True)),
                    ("origin_id", models.UUIDField(null=True)),
                    ("next_title_zh", models.CharField(blank=True, max_length=80)),
                    ("next_title_en", models.CharField(blank=True, max_length=120)),
                    ("latest_progress", models.CharField(blank=True, max_length=160)),
                    ("last_heard_at", models.DateTimeField(null=True)),
                    ("late_marks", models.PositiveIntegerField(default=0)),
                    ("shares", models.PositiveIntegerField(default=0)),
                    (
                        "seen_by",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.BigIntegerField(), default=list, size=None
                        ),
                    ),
                    ("created_at", models.DateTimeField()),
                    ("registered_at", models.DateTimeField(null=True)),
                    ("assigned_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("revision", models.PositiveIntegerField(default=0)),
                    ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
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
                        "instructed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="matters_instructed",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "joint_office",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="matters_joint",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "lead_unit",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="matters_led",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="matters_issued",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "parent",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sub_matters",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "viewers",
                        models.GeneratedField(
                            db_persist=True,
                            expression=luoshi.foundation.organizations.domain.queries.viewers.Viewers(
                                "seen_by",
                                luoshi.foundation.organizations.domain.queries.viewers.LowHalf(
                                    "office"
                                ),
                                luoshi.foundation.organizations.domain.queries.viewers.LowHalf(
                                    "joint_office"
                                ),
                                luoshi.foundation.organizations.domain.queries.viewers.LowHalf(
                                    "instructed_by"
                                ),
                            ),
                            output_field=django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None
                            ),
                        ),
                    ),
                    ("copy_to", models.JSONField(default=list)),
                    ("report_to", models.JSONField(default=list)),
                    (
                        "owing_unit",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    ("wanting_state", models.CharField(blank=True, max_length=20)),
                    ("home", models.CharField(blank=True, max_length=24)),
                    ("mirrored", models.BooleanField(default=False)),
                    (
                        "also_instructed_by",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), default=list, size=None
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["overdue_at", "id"], name="matters_by_limit"),
                        models.Index(fields=["attention_at", "id"], name="matters_by_attention"),
                        models.Index(
                            fields=["office", "overdue_at", "id"], name="matters_office_limit"
                        ),
                        models.Index(
                            fields=["lead_unit", "overdue_at", "id"], name="matters_lead_limit"
                        ),
                        models.Index(
                            fields=["state", "overdue_at", "id"], name="matters_state_limit"
                        ),
                        models.Index(fields=["created_at", "id"], name="matters_by_creation"),
                        django.contrib.postgres.indexes.GinIndex(
                            fields=["search"], name="matters_search"
                        ),
                        django.contrib.postgres.indexes.GinIndex(
                            fastupdate=False, fields=["viewers"], name="matters_viewers"
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "year", "serial"), name="matters_number_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("serial", None), ("year", None)),
                                models.Q(("serial__gt", 0), ("year__gt", 0)),
                                _connector="OR",
                            ),
                            name="matters_number_whole",
                        ),
                        models.UniqueConstraint(
                            fields=("parent", "part_number"), name="matters_part_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("joint_office", None),
                                models.Q(("joint_office", models.F("office")), _negated=True),
                                _connector="OR",
                            ),
                            name="matters_joint_is_another",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="KnownSimilar",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("percent", models.PositiveSmallIntegerField()),
                    ("reason", models.CharField(max_length=300)),
                    ("known_by_name", models.CharField(max_length=60)),
                    ("known_at", models.DateTimeField()),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="known_similar",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("matter", "other"), name="matters_similar_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Closure",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("round", models.PositiveSmallIntegerField(default=1)),
                    (
                        "result",
                        models.CharField(
                            choices=[
                                ("done", "Carried out"),
                                ("partly", "Carried out in part"),
                                ("planned", "Planned, with a promised date"),
                                ("not_possible", "Not possible for stated reasons"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("summary", models.TextField()),
                    ("effect", models.CharField(blank=True, max_length=300)),
                    ("effect_name", models.CharField(blank=True, max_length=60)),
                    (
                        "effect_value",
                        models.DecimalField(decimal_places=4, max_digits=18, null=True),
                    ),
                    ("effect_measure", models.CharField(blank=True, max_length=20)),
                    ("promised_on", models.DateField(null=True)),
                    ("concluded_by_name", models.CharField(max_length=60)),
                    ("concluded_at", models.DateTimeField()),
                    (
                        "concluded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="closures",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["concluded_at", "id"], name="matters_closure_time"),
                        models.Index(
                            condition=models.Q(("promised_on__isnull", False)),
                            fields=["promised_on", "id"],
                            name="matters_closure_promise",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("matter", "round"), name="matters_closure_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="AskedTogether",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "codes",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=12), size=None
                        ),
                    ),
                    ("titles", models.CharField(max_length=300)),
                    ("content", models.JSONField(default=dict)),
                    ("into_code", models.CharField(max_length=12)),
                    ("basis", models.CharField(blank=True, max_length=200)),
                    ("saved", models.PositiveSmallIntegerField()),
                    ("reason", models.CharField(max_length=300)),
                    ("decided_by_name", models.CharField(max_length=60)),
                    ("decided_at", models.DateTimeField()),
                    (
                        "version",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rulebook.reportingruleversion",
                        ),
                    ),
                    (
                        "matter",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="asked_together",
                            to="matters.matter",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Archiving",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "retention",
                        models.CharField(
                            choices=[
                                ("permanent", "Permanent"),
                                ("30", "30 years"),
                                ("10", "10 years"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("remark", models.CharField(blank=True, max_length=200)),
                    ("archived_by_name", models.CharField(max_length=60)),
                    ("archived_at", models.DateTimeField()),
                    (
                        "archived_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="archivings",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["archived_at", "id"], name="matters_archived")
                    ],
                },
            ),
            migrations.CreateModel(
                name="MatterFigure",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField()),
                    ("name", models.CharField(max_length=60)),
                    ("measure", models.CharField(blank=True, max_length=20)),
                    ("target", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="asked_figures",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "ordering": ("place",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("matter", "name"), name="matters_asked_figure_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Merger",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", models.CharField(max_length=300)),
                    ("taken_over", models.JSONField(default=list)),
                    ("merged_by_name", models.CharField(max_length=60)),
                    ("merged_at", models.DateTimeField()),
                    (
                        "absorbed",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="merger",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "into",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="absorbed",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("absorbed", models.F("into")), _negated=True),
                            name="matters_merger_of_two",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="NumberSeries",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                            fields=("office", "year"), name="matters_series_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PastMatter",
                fields=[
                    ("on_clock", models.BooleanField(default=False)),
                    ("attention_at", models.DateTimeField(null=True)),
                    ("overdue_at", models.DateTimeField(null=True)),
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("known_from", models.DateTimeField()),
                    ("known_until", models.DateTimeField(null=True)),
                    ("number", models.CharField(blank=True, max_length=40)),
                    ("title", models.CharField(max_length=200)),
                    (
                        "regime",
                        models.CharField(
                            choices=[
                                ("decision", "Major decision"),
                                ("meeting", "Meeting spirit"),
                                ("points", "Supervision points"),
                                ("instruction", "Leader's written instruction"),
                                ("activity", "Theme activity"),
                                ("key_task", "Key task"),
                                ("document", "Document-assigned work"),
                            ],
                            max_length=16,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafted", "Drafted"),
                                ("proposed", "Proposed for registration"),
                                ("registered", "Registered"),
                                ("assigned", "Assigned"),
                                ("concluded", "Concluded"),
                                ("revoked", "Revoked"),
                                ("merged", "Merged"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "turn",
                        models.CharField(
                            choices=[
                                ("office", "Assigning office"),
                                ("unit", "Handling unit"),
                                ("reviewer", "Reviewer"),
                                ("nobody", "Nobody"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("next_title_zh", models.CharField(blank=True, max_length=80)),
                    ("next_title_en", models.CharField(blank=True, max_length=120)),
                    ("latest_progress", models.CharField(blank=True, max_length=160)),
                    ("last_heard_at", models.DateTimeField(null=True)),
                    ("late_marks", models.PositiveIntegerField(default=0)),
                    ("shares", models.PositiveIntegerField(default=0)),
                    (
                        "lead_unit",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="past",
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
                ],
                options={
                    "indexes": [
                        models.Index(fields=["matter", "known_from"], name="matters_past_matter"),
                        models.Index(fields=["office", "known_from"], name="matters_past_office"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Proposal",
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
                                ("pending", "Waits for an answer"),
                                ("accepted", "Accepted"),
                                ("rejected", "Rejected"),
                            ],
                            default="pending",
                            max_length=10,
                        ),
                    ),
                    ("proposed_by_name", models.CharField(max_length=60)),
                    ("proposed_at", models.DateTimeField()),
                    ("answer", models.CharField(blank=True, max_length=300)),
                    ("answered_by_name", models.CharField(blank=True, max_length=60)),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proposals",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "pending")),
                            fields=("matter",),
                            name="matters_proposal_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "rejected"), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="matters_proposal_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Redating",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "cause",
                        models.CharField(
                            choices=[
                                ("calendar", "Working-day notice"),
                                ("rule", "Changed rule"),
                                ("office", "Decision of the office"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("title", models.CharField(max_length=120)),
                    ("decided_by_name", models.CharField(max_length=60)),
                    ("decided_at", models.DateTimeField()),
                    ("totals", models.JSONField(default=dict)),
                    (
                        "office",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "version",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="redating",
                            to="rulebook.reportingruleversion",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["-decided_at", "id"], name="matters_redatings")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reopening",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", models.TextField()),
                    ("due_on", models.DateField()),
                    ("reopened_by_name", models.CharField(max_length=60)),
                    ("reopened_at", models.DateTimeField()),
                    (
                        "closure",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reopening",
                            to="matters.closure",
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reopenings",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "reopened_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Assignment",
                fields=[
                    ("on_clock", models.BooleanField(default=False)),
                    ("attention_at", models.DateTimeField(null=True)),
                    ("overdue_at", models.DateTimeField(null=True)),
                    ("stopped_at", models.DateTimeField(null=True)),
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "part",
                        models.CharField(
                            choices=[
                                ("lead", "Lead"),
                                ("joint", "Joint"),
                                ("separate", "Separate"),
                                ("sole", "Sole"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("task", models.CharField(blank=True, max_length=300)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("unsigned", "Not signed for"),
                                ("in_progress", "In progress"),
                                ("under_review", "In review"),
                                ("returned", "Returned for redo"),
                                ("concluded", "Concluded"),
                                ("revoked", "Revoked"),
                                ("reassigned", "Reassigned"),
                                ("merged", "Merged"),
                            ],
                            default="unsigned",
                            max_length=12,
                        ),
                    ),
                    (
                        "turn",
                        models.CharField(
                            choices=[
                                ("office", "Assigning office"),
                                ("unit", "Handling unit"),
                                ("reviewer", "Reviewer"),
                                ("nobody", "Nobody"),
                            ],
                            default="unit",
                            max_length=10,
                        ),
                    ),
                    ("courteous", models.BooleanField(default=False)),
                    ("assigned_at", models.DateTimeField()),
                    ("signed_at", models.DateTimeField(null=True)),
                    ("signed_by_name", models.CharField(blank=True, max_length=60)),
                    ("last_heard_at", models.DateTimeField(null=True)),
                    ("next_title_zh", models.CharField(blank=True, max_length=80)),
                    ("next_title_en", models.CharField(blank=True, max_length=120)),
                    ("returns", models.PositiveSmallIntegerField(default=0)),
                    ("late_marks", models.PositiveSmallIntegerField(default=0)),
                    ("objected_at", models.DateTimeField(null=True)),
                    ("extends_on", models.DateField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="assignments",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="assignments",
                            to="matters.matter",
                        ),
                    ),
                    (
                        "reopening",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="assignments",
                            to="matters.reopening",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["unit", "state", "overdue_at"], name="matters_unit_limit"
                        ),
                        models.Index(fields=["overdue_at", "id"], name="matters_assignment_limit"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    ["unsigned", "in_progress", "under_review", "returned"],
                                )
                            ),
                            fields=("matter", "unit"),
                            name="matters_assignment_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClockStop",
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
                                ("asked", "Asked for"),
                                ("running", "Clock stopped"),
                                ("refused", "Refused"),
                                ("ended", "Clock runs again"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("reason", models.CharField(max_length=300)),
                    ("asked_by_name", models.CharField(max_length=60)),
                    ("asked_by_unit", models.CharField(max_length=100)),
                    ("asked_at", models.DateTimeField()),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("answer", models.CharField(blank=True, max_length=300)),
                    ("stopped_at", models.DateTimeField(null=True)),
                    ("resumed_at", models.DateTimeField(null=True)),
                    ("resumed_by_name", models.CharField(blank=True, max_length=60)),
                    ("resumed_why", models.CharField(blank=True, max_length=300)),
                    (
                        "assignment",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="stops",
                            to="matters.assignment",
                        ),
                    ),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="stops",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("asked", "running"))),
                            fields=("matter", "assignment"),
                            name="matters_stop_once",
                            nulls_distinct=False,
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Objection",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", models.CharField(max_length=500)),
                    ("suggestion", models.CharField(blank=True, max_length=100)),
                    ("raised_by_name", models.CharField(max_length=60)),
                    ("raised_at", models.DateTimeField()),
                    ("window_ends_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("pending", "Waits for an answer"),
                                ("accepted", "Accepted"),
                                ("rejected", "Rejected"),
                            ],
                            default="pending",
                            max_length=10,
                        ),
                    ),
                    ("answer", models.CharField(blank=True, max_length=500)),
                    ("answered_by_name", models.CharField(blank=True, max_length=60)),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "assignment",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="objection",
                            to="matters.assignment",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="PastAssignment",
                fields=[
                    ("on_clock", models.BooleanField(default=False)),
                    ("attention_at", models.DateTimeField(null=True)),
                    ("overdue_at", models.DateTimeField(null=True)),
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("known_from", models.DateTimeField()),
                    ("known_until", models.DateTimeField(null=True)),
                    (
                        "part",
                        models.CharField(
                            choices=[
                                ("lead", "Lead"),
                                ("joint", "Joint"),
                                ("separate", "Separate"),
                                ("sole", "Sole"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("unsigned", "Not signed for"),
                                ("in_progress", "In progress"),
                                ("under_review", "In review"),
                                ("returned", "Returned for redo"),
                                ("concluded", "Concluded"),
                                ("revoked", "Revoked"),
                                ("reassigned", "Reassigned"),
                                ("merged", "Merged"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "turn",
                        models.CharField(
                            choices=[
                                ("office", "Assigning office"),
                                ("unit", "Handling unit"),
                                ("reviewer", "Reviewer"),
                                ("nobody", "Nobody"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("signed_at", models.DateTimeField(null=True)),
                    ("signed_by_name", models.CharField(blank=True, max_length=60)),
                    ("next_title_zh", models.CharField(blank=True, max_length=80)),
                    ("next_title_en", models.CharField(blank=True, max_length=120)),
                    ("returns", models.PositiveSmallIntegerField(default=0)),
                    ("late_marks", models.PositiveSmallIntegerField(default=0)),
                    (
                        "assignment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="past",
                            to="matters.assignment",
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
                    "indexes": [
                        models.Index(
                            fields=["assignment", "known_from"], name="matters_past_share"
                        ),
                        models.Index(fields=["unit", "known_from"], name="matters_past_unit"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reassignment",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", models.CharField(max_length=500)),
                    ("decided_by_name", models.CharField(max_length=60)),
                    ("decided_at", models.DateTimeField()),
                    (
                        "after",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reassigned_from",
                            to="matters.assignment",
                        ),
                    ),
                    (
                        "before",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reassigned_to",
                            to="matters.assignment",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="ReportDuty",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("rule_code", models.CharField(max_length=12)),
                    ("period", models.CharField(max_length=16)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("first", "First report"),
                                ("progress", "Progress report"),
                                ("implementation", "Implementation report"),
                                ("summary", "Summary report"),
                                ("staged", "Staged report"),
                                ("final", "Final report"),
                                ("task", "Result of the task"),
                                ("look_back", "Look-back"),
                                ("study", "Follow-up study"),
                                ("opinion", "Opinion to the lead unit"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("title_zh", models.CharField(max_length=80)),
                    ("title_en", models.CharField(max_length=120)),
                    ("content", models.JSONField(default=list)),
                    ("reports_to", models.CharField(blank=True, max_length=60)),
                    ("legal_basis", models.CharField(max_length=200)),
                    ("deadline", models.JSONField(null=True)),
                    ("anchor", models.CharField(blank=True, max_length=12)),
                    ("trigger_at", models.DateTimeField(null=True)),
                    ("due_at", models.DateTimeField(null=True)),
                    ("original_due_at", models.DateTimeField(null=True)),
                    ("warn_at", models.DateTimeField(null=True)),
                    ("hourly", models.BooleanField(default=False)),
                    ("provisional", models.BooleanField(default=False)),
                    ("trace", models.JSONField(null=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "Not sent yet"),
                                ("submitted", "In review"),
                                ("accepted", "Accepted"),
                                ("returned", "Returned for redo"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("redo_due_at", models.DateTimeField(null=True)),
                    ("submitted_at", models.DateTimeField(null=True)),
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
                        "assignment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="duties",
                            to="matters.assignment",
                        ),
                    ),
                    (
                        "rule_version",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="duties",
                            to="rulebook.reportingruleversion",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["state", "due_at"], name="matters_duty_due"),
                        models.Index(fields=["assignment", "due_at"], name="matters_duty_of"),
                        models.Index(
                            condition=models.Q(("deadline__type__in", ("recurring", "dates"))),
                            fields=["assignment"],
                            name="matters_duty_repeats",
                        ),
                        models.Index(
                            condition=models.Q(("state__in", ("open", "returned"))),
                            fields=["due_at"],
                            include=("id", "redo_due_at", "hourly"),
                            name="matters_duty_owed",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("assignment", "rule_code", "period"), name="matters_duty_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Report",
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
                                ("draft", "Draft"),
                                ("signing", "Waits for the principal's signature"),
                                ("submitted", "Sent"),
                                ("accepted", "Accepted"),
                                ("returned", "Returned for redo"),
                                ("filed", "On file: came after the end"),
                            ],
                            default="draft",
                            max_length=10,
                        ),
                    ),
                    ("correction_reason", models.CharField(blank=True, max_length=300)),
                    ("round", models.PositiveSmallIntegerField(default=1)),
                    ("progress", models.TextField(blank=True)),
                    ("state_change", models.CharField(blank=True, max_length=200)),
                    ("problems", models.TextField(blank=True)),
                    ("next_steps", models.TextField(blank=True)),
                    ("summary", models.TextField(blank=True)),
                    ("late_reason", models.CharField(blank=True, max_length=300)),
                    ("signed_by_principal", models.CharField(blank=True, max_length=60)),
                    ("final", models.BooleanField(default=False)),
                    ("receipt_number", models.CharField(blank=True, max_length=24)),
                    ("written_by_name", models.CharField(blank=True, max_length=60)),
                    ("created_at", models.DateTimeField()),
                    ("saved_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(null=True)),
                    ("late", models.BooleanField(default=False)),
                    ("files", models.PositiveSmallIntegerField(default=0)),
                    ("revision", models.PositiveIntegerField(default=0)),
                    ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
                    (
                        "assignment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="matters.assignment",
                        ),
                    ),
                    (
                        "corrects",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrected_by",
                            to="matters.report",
                        ),
                    ),
                    (
                        "follows",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="redone_by",
                            to="matters.report",
                        ),
                    ),
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
                        "duties",
                        models.ManyToManyField(related_name="reports", to="matters.reportduty"),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["state", "submitted_at", "id"], name="matters_report_queue"
                        ),
                        django.contrib.postgres.indexes.GinIndex(
                            fields=["search"], name="matters_report_search"
                        ),
                        models.Index(
                            condition=models.Q(("state__in", ("draft", "signing")), _negated=True),
                            fields=["submitted_at"],
                            name="matters_report_newest",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("receipt_number", ""), _negated=True),
                            fields=("receipt_number",),
                            name="matters_receipt_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("draft", "signing"))),
                            fields=("assignment",),
                            name="matters_one_draft",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RedatedDuty",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "change",
                        models.CharField(
                            choices=[
                                ("earlier", "Earlier"),
                                ("later", "Later"),
                                ("dated", "Gets a date"),
                                ("undated", "No fixed date any more"),
                                ("dropped", "No longer asked for"),
                                ("added", "Asked for in addition"),
                                ("same", "Same date"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("overdue", models.BooleanField(default=False)),
                    ("before_at", models.DateTimeField(null=True)),
                    ("after_at", models.DateTimeField(null=True)),
                    ("before_trace", models.JSONField(null=True)),
                    ("after_trace", models.JSONField(null=True)),
                    (
                        "after_version",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rulebook.reportingruleversion",
                        ),
                    ),
                    (
                        "before_version",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rulebook.reportingruleversion",
                        ),
                    ),
                    (
                        "act",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rows",
                            to="matters.redating",
                        ),
                    ),
                    (
                        "duty",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="redatings",
                            to="matters.reportduty",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("act", "duty"), name="matters_redated_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="PastDuty",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("known_from", models.DateTimeField()),
                    ("known_until", models.DateTimeField(null=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "Not sent yet"),
                                ("submitted", "In review"),
                                ("accepted", "Accepted"),
                                ("returned", "Returned for redo"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("due_at", models.DateTimeField(null=True)),
                    ("original_due_at", models.DateTimeField(null=True)),
                    ("redo_due_at", models.DateTimeField(null=True)),
                    ("warn_at", models.DateTimeField(null=True)),
                    ("submitted_at", models.DateTimeField(null=True)),
                    ("late_amount", models.PositiveIntegerField(null=True)),
                    (
                        "late_unit",
                        models.CharField(
                            blank=True,
                            choices=[("days", "days"), ("hours", "hours"), ("minutes", "minutes")],
                            max_length=8,
                        ),
                    ),
                    (
                        "duty",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="past",
                            to="matters.reportduty",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["duty", "known_from"], name="matters_past_duty")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Extension",
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
                                ("withdrawn", "Withdrawn"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("reason", models.TextField()),
                    ("limit_at", models.DateTimeField()),
                    ("wanted_at", models.DateTimeField()),
                    ("asked_by_name", models.CharField(max_length=60)),
                    ("asked_at", models.DateTimeField()),
                    ("granted_at", models.DateTimeField(null=True)),
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
                        "duty",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="extensions",
                            to="matters.reportduty",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["state", "asked_at", "id"], name="matters_extension_queue"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "asked")),
                            fields=("duty",),
                            name="matters_one_request",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("wanted_at__gt", models.F("limit_at"))),
                            name="matters_extension_later",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "refused"), _negated=True),
                                models.Q(("remark", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="matters_refusal_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReportEditor",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("person_name", models.CharField(max_length=60)),
                    ("saved_at", models.DateTimeField()),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="editors",
                            to="matters.report",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("report", "person"), name="matters_editor_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReportFigure",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=60)),
                    ("value", models.DecimalField(decimal_places=4, max_digits=18)),
                    ("measure", models.CharField(blank=True, max_length=20)),
                    ("previous", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="figures",
                            to="matters.report",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("report", "name"), name="matters_figure_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Review",
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
                            choices=[
                                ("accepted", "Accepted"),
                                ("returned", "Returned for redo"),
                                ("supplement", "Asked to supplement"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("reason", models.TextField(blank=True)),
                    ("redo_due_at", models.DateTimeField(null=True)),
                    (
                        "evidence_proposed",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Claim"),
                                (2, "Document"),
                                (3, "Figures with documents"),
                                (4, "Checked on site"),
                                (5, "Third party"),
                            ],
                            default=1,
                        ),
                    ),
                    (
                        "evidence",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Claim"),
                                (2, "Document"),
                                (3, "Figures with documents"),
                                (4, "Checked on site"),
                                (5, "Third party"),
                            ],
                            default=1,
                        ),
                    ),
                    ("evidence_note", models.CharField(blank=True, max_length=200)),
                    ("reviewer_name", models.CharField(max_length=60)),
                    ("reviewed_at", models.DateTimeField()),
                    (
                        "report",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="review",
                            to="matters.report",
                        ),
                    ),
                    (
                        "reviewer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("drawn", models.BooleanField(default=False)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("verdict", "accepted"),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="matters_return_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("evidence", models.F("evidence_proposed")),
                                models.Q(("evidence_note", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="matters_grade_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Revocation",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("reason", models.TextField()),
                    ("revoked_by_name", models.CharField(max_length=60)),
                    ("revoked_at", models.DateTimeField()),
                    (
                        "matter",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="revocation",
                            to="matters.matter",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="RollUpRow",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("unit_name", models.CharField(max_length=60)),
                    ("name", models.CharField(max_length=60)),
                    ("value", models.DecimalField(decimal_places=4, max_digits=18)),
                    ("measure", models.CharField(blank=True, max_length=20)),
                    ("approved_by_name", models.CharField(max_length=60)),
                    ("approved_at", models.DateTimeField()),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="rows",
                            to="matters.report",
                        ),
                    ),
                    (
                        "source",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="used_in",
                            to="matters.report",
                        ),
                    ),
                    ("source_receipt", models.CharField(blank=True, max_length=24)),
                ],
                options={
                    "ordering": ("name", "unit_name"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("report", "source", "name"), name="matters_row_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="OutdatedRow",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("value", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                    ("noticed_at", models.DateTimeField()),
                    (
                        "newer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="matters.report",
                        ),
                    ),
                    (
                        "row",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="outdated",
                            to="matters.rolluprow",
                        ),
                    ),
                    ("newer_receipt", models.CharField(blank=True, max_length=24)),
                ],
                options={
                    "ordering": ("noticed_at",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("row", "newer"), name="matters_outdated_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Signing",
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
                                ("asked", "Waits for the principal's signature"),
                                ("signed", "Signed and sent"),
                                ("given_back", "Given back"),
                                ("taken_back", "Taken back"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("asked_by_name", models.CharField(max_length=60)),
                    ("asked_at", models.DateTimeField()),
                    ("words", models.TextField(blank=True)),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="signings",
                            to="matters.report",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "asked")),
                            fields=("report",),
                            name="matters_one_signing",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "given_back"), _negated=True),
                                models.Q(("words", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="matters_give_back_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="StrikeOff",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    ("serial", models.PositiveIntegerField()),
                    ("number", models.CharField(max_length=40)),
                    ("struck_on", models.DateField()),
                    (
                        "closure",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="strike_off",
                            to="matters.closure",
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
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "year", "serial"), name="matters_strike_off_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConclusionReport",
                fields=[
                    (
                        "closure",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="conclusion",
                            serialize=False,
                            to="matters.closure",
                        ),
                    ),
                    (
                        "evidence",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Claim"),
                                (2, "Document"),
                                (3, "Figures with documents"),
                                (4, "Checked on site"),
                                (5, "Third party"),
                            ]
                        ),
                    ),
                    ("unmet", models.TextField(blank=True)),
                    (
                        "final_report",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="matters.report",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="JointOpinion",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("text", models.TextField()),
                    ("given_by_name", models.CharField(max_length=60)),
                    ("given_at", models.DateTimeField()),
                    (
                        "assignment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="opinions",
                            to="matters.assignment",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="opinions_received",
                            to="matters.assignment",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["lead", "given_at"], name="matters_opinion_to")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Milestone",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "anchor",
                        models.CharField(
                            choices=[
                                ("", "Calendar only"),
                                ("issue", "Issue"),
                                ("meeting", "Meeting"),
                                ("receipt", "Signing for receipt"),
                                ("event", "Event"),
                                ("completion", "Conclusion"),
                                ("stage_end", "End of the stage"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("on", models.DateField()),
                    ("basis", models.CharField(max_length=300)),
                    ("noted_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
                    (
                        "matter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="milestones",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("matter", "anchor", "on"), name="matters_milestone_once"
                        )
                    ],
                },
            ),
        ),
        migrations.RunSQL(*statements()),
    ]
