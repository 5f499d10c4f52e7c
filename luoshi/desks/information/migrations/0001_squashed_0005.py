import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("information", "0001_initial"),
        ("information", "0002_ordinary"),
        ("information", "0003_told"),
        ("information", "0004_revisions"),
        ("information", "0005_daily_hour"),
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
                name="Event",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("chain", models.UUIDField(default=uuid.uuid4)),
                    ("number", models.CharField(max_length=40)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("urgent", "Major and urgent"), ("sensitive", "Sensitive")],
                            default="urgent",
                            max_length=12,
                        ),
                    ),
                    (
                        "grade",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "Not graded yet"),
                                ("gravest", "Particularly serious (I)"),
                                ("grave", "Serious (II)"),
                                ("large", "Relatively serious (III)"),
                                ("ordinary", "Ordinary (IV)"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "nature",
                        models.CharField(
                            choices=[
                                ("natural", "Natural disaster"),
                                ("accident", "Accident"),
                                ("health", "Public health"),
                                ("security", "Public security"),
                                ("other", "Other event"),
                            ],
                            default="other",
                            max_length=12,
                        ),
                    ),
                    ("title", models.CharField(max_length=120)),
                    ("place", models.CharField(max_length=120)),
                    ("happened_at", models.DateTimeField()),
                    ("aware_at", models.DateTimeField()),
                    ("first_code", models.CharField(max_length=24)),
                    ("first_name", models.CharField(max_length=100)),
                    ("casualties", models.CharField(blank=True, max_length=300)),
                    ("losses", models.CharField(blank=True, max_length=300)),
                    ("trend", models.CharField(blank=True, max_length=300)),
                    ("measures", models.TextField(blank=True)),
                    ("leaders", models.CharField(blank=True, max_length=200)),
                    ("source", models.CharField(max_length=120)),
                    ("contact", models.CharField(blank=True, max_length=120)),
                    ("from_code", models.CharField(blank=True, max_length=24)),
                    ("from_name", models.CharField(blank=True, max_length=100)),
                    ("above_code", models.CharField(blank=True, max_length=24)),
                    ("above_name", models.CharField(blank=True, max_length=100)),
                    ("direct", models.BooleanField(default=False)),
                    ("limits", models.JSONField(default=dict)),
                    (
                        "next_leg",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("phone", "Next level, by telephone"),
                                ("written", "Next level, in writing"),
                                ("top", "Provincial committee"),
                                ("daily", "Daily report"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("next_due_at", models.DateTimeField(null=True)),
                    ("late_minutes", models.PositiveIntegerField(default=0)),
                    ("late_reason", models.CharField(blank=True, max_length=300)),
                    ("daily", models.BooleanField(default=False)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "Running"),
                                ("closed", "Final report sent"),
                                ("merged", "Merged"),
                            ],
                            default="open",
                            max_length=8,
                        ),
                    ),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("noted_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
                    (
                        "merged_into",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="merged",
                            to="information.event",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="events",
                            to="organizations.unit",
                        ),
                    ),
                    ("told", models.JSONField(default=dict)),
                    ("daily_since", models.DateField(null=True)),
                    ("revision", models.PositiveIntegerField(default=1)),
                    ("daily_hour", models.PositiveSmallIntegerField(default=17)),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["office", "-happened_at", "id"], name="information_of_office"
                        ),
                        models.Index(
                            condition=models.Q(("state", "open")),
                            fields=["office", "next_due_at"],
                            name="information_next_due",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "chain"), name="information_event_once"
                        ),
                        models.UniqueConstraint(
                            fields=("office", "number"), name="information_number_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("merged_into__isnull", False), ("state", "merged")),
                                models.Q(
                                    models.Q(("state", "merged"), _negated=True),
                                    ("merged_into", None),
                                ),
                                _connector="OR",
                            ),
                            name="information_merged_into",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EventInstruction",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("leader_name", models.CharField(max_length=60)),
                    ("leader_title", models.CharField(blank=True, max_length=60)),
                    ("text", models.TextField()),
                    ("units", models.JSONField(default=list)),
                    ("hours", models.PositiveSmallIntegerField()),
                    ("noted_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
                    (
                        "event",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="instructions",
                            to="information.event",
                        ),
                    ),
                    (
                        "leader",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
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
                ],
            ),
            migrations.CreateModel(
                name="EventReport",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("key", models.UUIDField(default=uuid.uuid4)),
                    (
                        "step",
                        models.CharField(
                            choices=[
                                ("first", "First report"),
                                ("update", "Follow-up"),
                                ("daily", "Daily report"),
                                ("final", "Final report"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("text", models.TextField()),
                    ("unit_code", models.CharField(max_length=24)),
                    ("unit_name", models.CharField(max_length=100)),
                    ("receiver_name", models.CharField(blank=True, max_length=100)),
                    ("signer", models.CharField(max_length=60)),
                    ("contact", models.CharField(blank=True, max_length=120)),
                    ("by_name", models.CharField(max_length=60)),
                    ("at", models.DateTimeField()),
                    ("consignment", models.UUIDField(null=True)),
                    (
                        "event",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="reports",
                            to="information.event",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("event", "key"), name="information_report_once"
                        ),
                        models.UniqueConstraint(
                            fields=("event", "unit_code", "step", "number"),
                            name="information_step_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EventSeries",
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
                            fields=("office", "year"), name="information_series_once"
                        )
                    ],
                },
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
                    (
                        "fault",
                        models.CharField(
                            choices=[
                                ("late", "Late"),
                                ("missing", "Missing"),
                                ("false", "False"),
                                ("concealed", "Concealed"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("unit_code", models.CharField(max_length=24)),
                    ("unit_name", models.CharField(max_length=100)),
                    (
                        "leg",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("phone", "Next level, by telephone"),
                                ("written", "Next level, in writing"),
                                ("top", "Provincial committee"),
                                ("daily", "Daily report"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("minutes", models.PositiveIntegerField(default=0)),
                    ("words", models.CharField(blank=True, max_length=500)),
                    ("automatic", models.BooleanField(default=False)),
                    ("found_by_name", models.CharField(max_length=60)),
                    ("found_at", models.DateTimeField()),
                    (
                        "event",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="findings",
                            to="information.event",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("event", "fault", "unit_code", "leg"),
                            name="information_finding_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LimitVersion",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("version", models.PositiveIntegerField()),
                    ("limits", models.JSONField()),
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
                    ("daily_hour", models.PositiveSmallIntegerField(default=17)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "version"), name="information_limits_version"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Passage",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "way",
                        models.CharField(
                            choices=[("phone", "By telephone"), ("written", "In writing")],
                            max_length=8,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("sender_code", models.CharField(max_length=24)),
                    ("sender_name", models.CharField(max_length=100)),
                    ("receiver_code", models.CharField(max_length=24)),
                    ("receiver_name", models.CharField(max_length=100)),
                    ("by_name", models.CharField(blank=True, max_length=60)),
                    ("to_name", models.CharField(blank=True, max_length=60)),
                    ("note", models.CharField(blank=True, max_length=300)),
                    (
                        "event",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="passages",
                            to="information.event",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("event", "way", "sender_code", "receiver_code", "at"),
                            name="information_passage_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReportLine",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("direct", models.BooleanField(default=False)),
                    ("trial", models.BooleanField(default=False)),
                    ("basis", models.CharField(max_length=200)),
                    ("made_by_name", models.CharField(max_length=60)),
                    ("made_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "to",
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
                            fields=("office", "direct"),
                            name="information_line_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="BulletinSeries",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("title", models.CharField(max_length=40)),
                    ("mark", models.CharField(max_length=40)),
                    ("copies", models.CharField(blank=True, max_length=300)),
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
                            fields=("office", "title"), name="information_bulletin_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="EngagedOfficer",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=60)),
                    ("work", models.CharField(blank=True, max_length=120)),
                    ("since", models.DateField()),
                    ("until", models.DateField(null=True)),
                    ("quota", models.PositiveSmallIntegerField(default=0)),
                    ("engaged_by_name", models.CharField(max_length=60)),
                    ("engaged_at", models.DateTimeField()),
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
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
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
                    "indexes": [models.Index(fields=["person"], name="information_engaged_person")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "person", "since"), name="information_engaged_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until", None), ("until__gte", models.F("since")), _connector="OR"
                            ),
                            name="information_engaged_span",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Issue",
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
                            choices=[("draft", "Being put together"), ("issued", "Issued")],
                            default="draft",
                            max_length=8,
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(null=True)),
                    ("number", models.PositiveIntegerField(null=True)),
                    ("signer", models.CharField(blank=True, max_length=60)),
                    ("content", models.JSONField(default=dict)),
                    ("digest", models.CharField(blank=True, max_length=64)),
                    ("begun_by_name", models.CharField(max_length=60)),
                    ("begun_at", models.DateTimeField()),
                    ("issued_by_name", models.CharField(blank=True, max_length=60)),
                    ("issued_at", models.DateTimeField(null=True)),
                    ("issued_on", models.DateField(null=True)),
                    (
                        "series",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="issues",
                            to="information.bulletinseries",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["series", "-begun_at", "id"], name="information_issues"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("series", "year", "number"), name="information_issue_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("number", None), ("state", "draft")),
                                models.Q(("number__isnull", False), ("state", "issued")),
                                _connector="OR",
                            ),
                            name="information_issue_numbered",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ItemSeries",
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
                            fields=("office", "year"), name="information_item_series"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ScoreSheet",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("month", models.DateField()),
                    ("version", models.PositiveIntegerField()),
                    ("weights", models.JSONField()),
                    ("facts", models.JSONField()),
                    ("lines", models.JSONField()),
                    ("digest", models.CharField(max_length=64)),
                    ("published_by_name", models.CharField(max_length=60)),
                    ("published_at", models.DateTimeField()),
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
                            fields=("office", "month"), name="information_sheet_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SubmissionQuota",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    ("count", models.PositiveSmallIntegerField()),
                    ("set_by_name", models.CharField(max_length=60)),
                    ("set_at", models.DateTimeField()),
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
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "unit", "year"), name="information_quota_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="TopicRequest",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("topic", models.CharField(max_length=120)),
                    ("words", models.TextField()),
                    (
                        "asked",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), default=list, size=None
                        ),
                    ),
                    ("asked_names", models.TextField(blank=True)),
                    ("officers", models.BooleanField(default=False)),
                    ("due_at", models.DateTimeField()),
                    ("trace", models.JSONField()),
                    ("made_by_name", models.CharField(max_length=60)),
                    ("made_at", models.DateTimeField()),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("closed_words", models.CharField(blank=True, max_length=300)),
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
                        models.Index(fields=["office", "-made_at"], name="information_topics")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Item",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.CharField(max_length=40)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("information", "Information"), ("opinion", "Social opinion")],
                            max_length=12,
                        ),
                    ),
                    (
                        "channel",
                        models.CharField(
                            choices=[
                                ("unit", "Unit"),
                                ("direct", "Direct-report point"),
                                ("officer", "Engaged officer"),
                                ("member", "CPPCC member"),
                                ("own", "The office itself"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("topic", models.CharField(blank=True, max_length=60)),
                    ("title", models.CharField(max_length=120)),
                    ("text", models.TextField()),
                    ("analysis", models.TextField(blank=True)),
                    ("suggestion", models.TextField(blank=True)),
                    ("research", models.BooleanField(default=False)),
                    ("unit_code", models.CharField(blank=True, max_length=24)),
                    ("unit_name", models.CharField(max_length=100)),
                    ("author_name", models.CharField(max_length=60)),
                    (
                        "viewers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=33), default=list, size=None
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("submitted", "To review"),
                                ("returned", "Sent back"),
                                ("accepted", "Accepted for issuing"),
                                ("issued", "Issued"),
                                ("merged", "Merged"),
                            ],
                            default="submitted",
                            max_length=12,
                        ),
                    ),
                    ("version", models.PositiveSmallIntegerField(default=1)),
                    (
                        "bands",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.IntegerField(), default=list, size=None
                        ),
                    ),
                    ("criteria", models.JSONField(default=dict)),
                    ("reason", models.CharField(blank=True, max_length=500)),
                    ("reviewed_by_name", models.CharField(blank=True, max_length=60)),
                    ("reviewed_at", models.DateTimeField(null=True)),
                    ("submitted_at", models.DateTimeField()),
                    ("submitted_on", models.DateField()),
                    ("issued_on", models.DateField(null=True)),
                    ("adopted_on", models.DateField(null=True)),
                    ("instructed_on", models.DateField(null=True)),
                    ("handled_on", models.DateField(null=True)),
                    ("about", models.ManyToManyField(related_name="+", to="organizations.unit")),
                    (
                        "author",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "copied",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "merged_into",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="merged",
                            to="information.item",
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
                        "officer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to="information.engagedofficer",
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
                    (
                        "request",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to="information.topicrequest",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["-submitted_at", "id"], name="information_items_new"),
                        models.Index(
                            fields=["office", "-submitted_at", "id"],
                            name="information_items_office",
                        ),
                        models.Index(fields=["author"], name="information_items_author"),
                        models.Index(
                            condition=models.Q(("state", "submitted")),
                            fields=["office"],
                            name="information_items_waiting",
                        ),
                        django.contrib.postgres.indexes.GinIndex(
                            fastupdate=False, fields=["viewers"], name="information_items_viewers"
                        ),
                        django.contrib.postgres.indexes.GinIndex(
                            fastupdate=False, fields=["bands"], name="information_items_bands"
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "number"), name="information_item_number"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("merged_into__isnull", False), ("state", "merged")),
                                models.Q(
                                    models.Q(("state", "merged"), _negated=True),
                                    ("merged_into", None),
                                ),
                                _connector="OR",
                            ),
                            name="information_item_merged",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="IssueItem",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField()),
                    ("placed_by_name", models.CharField(max_length=60)),
                    (
                        "issue",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="entries",
                            to="information.issue",
                        ),
                    ),
                    (
                        "series",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="information.bulletinseries",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entries",
                            to="information.item",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("series", "item"), name="information_item_in_series"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Adoption",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("on", models.DateField()),
                    ("evidence", models.CharField(blank=True, max_length=500)),
                    ("files", models.PositiveSmallIntegerField(default=0)),
                    ("noted_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
                    (
                        "tier",
                        models.CharField(
                            choices=[
                                ("county", "County (district)"),
                                ("city", "City"),
                                ("province", "Province"),
                                ("nation", "Central"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("adopter_code", models.CharField(blank=True, max_length=24)),
                    ("adopter_name", models.CharField(max_length=100)),
                    ("publication", models.CharField(max_length=120)),
                    ("issue", models.CharField(blank=True, max_length=60)),
                    ("merged", models.BooleanField(default=False)),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="adoptions",
                            to="information.item",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("item", "adopter_name", "publication", "issue"),
                            name="information_adoption_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ItemInstruction",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("on", models.DateField()),
                    ("evidence", models.CharField(blank=True, max_length=500)),
                    ("files", models.PositiveSmallIntegerField(default=0)),
                    ("noted_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
                    (
                        "tier",
                        models.CharField(
                            choices=[
                                ("county", "County (district)"),
                                ("city", "City"),
                                ("province", "Province"),
                                ("nation", "Central"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("leader_name", models.CharField(max_length=60)),
                    ("leader_title", models.CharField(blank=True, max_length=60)),
                    ("text", models.TextField()),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="instructions",
                            to="information.item",
                        ),
                    ),
                    (
                        "leader",
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
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="matters.matter",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
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
                    ("on", models.DateField()),
                    ("evidence", models.CharField(blank=True, max_length=500)),
                    ("files", models.PositiveSmallIntegerField(default=0)),
                    ("noted_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
                    (
                        "way",
                        models.CharField(
                            choices=[("matter", "As a matter"), ("request", "As a request")],
                            max_length=8,
                        ),
                    ),
                    ("words", models.TextField(blank=True)),
                    ("due_on", models.DateField(null=True)),
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
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="handovers",
                            to="information.item",
                        ),
                    ),
                    (
                        "instruction",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="handovers",
                            to="information.iteminstruction",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="ItemResult",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("on", models.DateField()),
                    ("evidence", models.CharField(blank=True, max_length=500)),
                    ("files", models.PositiveSmallIntegerField(default=0)),
                    ("noted_by_name", models.CharField(max_length=60)),
                    ("noted_at", models.DateTimeField()),
                    ("unit_name", models.CharField(max_length=100)),
                    ("text", models.TextField()),
                    ("rule_title", models.CharField(blank=True, max_length=120)),
                    ("rule_number", models.CharField(blank=True, max_length=60)),
                    (
                        "handover",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="results",
                            to="information.handover",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="results",
                            to="information.item",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="ItemVersion",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("title", models.CharField(max_length=120)),
                    ("text", models.TextField()),
                    ("analysis", models.TextField(blank=True)),
                    ("suggestion", models.TextField(blank=True)),
                    ("why", models.CharField(blank=True, max_length=300)),
                    ("by_author", models.BooleanField()),
                    ("by_name", models.CharField(max_length=60)),
                    ("at", models.DateTimeField()),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="versions",
                            to="information.item",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("item", "number"), name="information_version_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="KnownLikeness",
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
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="likenesses",
                            to="information.item",
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="information.item",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("item", "other"), name="information_likeness_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="WeightVersion",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("version", models.PositiveIntegerField()),
                    ("weights", models.JSONField()),
                    ("basis", models.CharField(max_length=300)),
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
                            fields=("office", "version"), name="information_weights_version"
                        )
                    ],
                },
            ),
        ),
    ]
