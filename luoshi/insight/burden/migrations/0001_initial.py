import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        migrations.CreateModel(
            name="AskedMeeting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("on", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "attends",
                    models.CharField(
                        choices=[
                            ("principal", "Head of unit"),
                            ("deputy", "Deputy head in charge"),
                            ("staff", "Staff"),
                        ],
                        max_length=10,
                    ),
                ),
                ("basis", models.CharField(max_length=200)),
                ("noted_by_name", models.CharField(max_length=60)),
                ("noted_at", models.DateTimeField()),
                ("called_off_at", models.DateTimeField(null=True)),
                ("called_off_by_name", models.CharField(blank=True, max_length=60)),
                ("called_off_reason", models.CharField(blank=True, max_length=200)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="burden.askedmeeting",
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
        ),
        migrations.AddIndex(
            model_name="askedmeeting",
            index=models.Index(fields=["office", "-on", "id"], name="burden_meetings"),
        ),
        migrations.AddConstraint(
            model_name="askedmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("called_off_at", None),
                    models.Q(("called_off_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="burden_called_off_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("meeting", "unit"), name="burden_attendance_once"
            ),
        ),
    ]
