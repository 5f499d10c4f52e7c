"""Planned progress of matters and shares, what was reported of it, and the hours a report took;
the past keeps what is behind its plan."""

from django.db import migrations, models

from luoshi.supervision.matters.migrations._past import with_stages


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0020_spot_checks"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="behind_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="planned_percent",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="reported_percent",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="stages",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="matter",
            name="behind_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="matter",
            name="planned_percent",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="matter",
            name="reported_percent",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="matter",
            name="stages",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="pastassignment",
            name="behind_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="pastassignment",
            name="planned_percent",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="pastassignment",
            name="reported_percent",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="pastmatter",
            name="behind_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="pastmatter",
            name="planned_percent",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="pastmatter",
            name="reported_percent",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="hours",
            field=models.DecimalField(decimal_places=1, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="percent",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="unitsummary",
            name="behind",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("hours__isnull", False)),
                fields=["submitted_at"],
                name="matters_report_hours",
            ),
        ),
        migrations.RunSQL(*with_stages()),
    ]
