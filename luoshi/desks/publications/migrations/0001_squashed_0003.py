import uuid

import django.db.models.deletion
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("publications", "0001_initial"),
        ("publications", "0002_revisions"),
        ("publications", "0003_once"),
    ]

    initial = True

    dependencies = [
        ("attachments", "0001_squashed_0002"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Publication",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("title", models.CharField(max_length=80)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("journal", "Journal"),
                                ("historical", "Historical materials"),
                                ("book", "Book"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "periodicity",
                        models.CharField(
                            choices=[
                                ("monthly", "Monthly"),
                                ("bimonthly", "Every two months"),
                                ("quarterly", "Quarterly"),
                                ("yearly", "Yearly"),
                                ("irregular", "Irregular"),
                                ("once", "Once"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "layout",
                        models.CharField(
                            choices=[("single", "One column"), ("double", "Two columns")],
                            default="single",
                            max_length=8,
                        ),
                    ),
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
                            fields=("office", "title"), name="publications_title_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Issue",
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
                    ("series_year", models.PositiveSmallIntegerField()),
                    ("number", models.PositiveIntegerField()),
                    ("theme", models.CharField(blank=True, max_length=120)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("collected", "Collecting"),
                                ("edited", "Edited"),
                                ("printing", "Printing"),
                                ("out", "Out"),
                            ],
                            default="collected",
                            max_length=12,
                        ),
                    ),
                    ("planned_on", models.DateField(null=True)),
                    ("out_on", models.DateField(null=True)),
                    ("sha256", models.CharField(blank=True, max_length=64)),
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
                    (
                        "paper",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="attachments.attachment",
                        ),
                    ),
                    (
                        "publication",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="issues",
                            to="publications.publication",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["office", "-year", "-number", "id"], name="publications_issues"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("publication", "series_year", "number"),
                            name="publications_number_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("out_on__isnull", False),
                                    ("paper__isnull", False),
                                    ("state", "out"),
                                ),
                                models.Q(
                                    models.Q(("state", "out"), _negated=True),
                                    ("out_on", None),
                                    ("paper", None),
                                    ("sha256", ""),
                                ),
                                _connector="OR",
                            ),
                            name="publications_frozen_when_out",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="IssueStep",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "before",
                        models.CharField(
                            choices=[
                                ("collected", "Collecting"),
                                ("edited", "Edited"),
                                ("printing", "Printing"),
                                ("out", "Out"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "after",
                        models.CharField(
                            choices=[
                                ("collected", "Collecting"),
                                ("edited", "Edited"),
                                ("printing", "Printing"),
                                ("out", "Out"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("by_name", models.CharField(max_length=60)),
                    ("at", models.DateTimeField()),
                    (
                        "issue",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="steps",
                            to="publications.issue",
                        ),
                    ),
                ],
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
                    ("place", models.PositiveIntegerField(default=0)),
                    ("title", models.CharField(max_length=160)),
                    ("author", models.CharField(max_length=120)),
                    ("author_unit", models.CharField(blank=True, max_length=120)),
                    ("text", models.TextField(blank=True)),
                    ("characters", models.PositiveIntegerField(default=0)),
                    (
                        "measure",
                        models.CharField(
                            choices=[
                                (
                                    "counted",
                                    "counted from the text: Han characters and words, no punctuation",
                                ),
                                ("typed", "typed, with its source"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("measure_source", models.CharField(blank=True, max_length=120)),
                    ("first_page", models.PositiveIntegerField(null=True)),
                    ("last_page", models.PositiveIntegerField(null=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("collected", "As it came"),
                                ("edited", "Edited"),
                                ("left_out", "Left out"),
                            ],
                            default="collected",
                            max_length=12,
                        ),
                    ),
                    ("collected_on", models.DateField()),
                    ("collected_by_name", models.CharField(max_length=60)),
                    ("collected_at", models.DateTimeField()),
                    (
                        "issue",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="publications.issue",
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
                        "publication",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="publications.publication",
                        ),
                    ),
                    ("revision", models.PositiveIntegerField(default=1)),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["office", "-collected_on", "id"], name="publications_items"
                        ),
                        models.Index(fields=["issue", "place", "id"], name="publications_in_order"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("first_page", None), ("last_page", None)),
                                models.Q(
                                    ("first_page__isnull", False),
                                    ("last_page__gte", models.F("first_page")),
                                ),
                                _connector="OR",
                            ),
                            name="publications_pages_in_order",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="IssueSeries",
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
                        "publication",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="publications.publication",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("publication", "year"), name="publications_series_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PressItem",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("title", models.CharField(max_length=160)),
                    ("outlet", models.CharField(max_length=80)),
                    (
                        "level",
                        models.CharField(
                            choices=[
                                ("central", "Central media"),
                                ("province", "Provincial media"),
                                ("city", "City media"),
                                ("other", "Other media"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("published_on", models.DateField()),
                    ("link", models.CharField(blank=True, max_length=300)),
                    ("authors", models.CharField(blank=True, max_length=120)),
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
                    ("revision", models.PositiveIntegerField(default=1)),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["office", "-published_on", "id"], name="publications_press"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("office", "outlet", "published_on", "title"),
                            name="publications_press_once",
                        )
                    ],
                },
            ),
        ),
    ]
