"""Finds the shares whose next period may begin without looking at every open share each night."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0013_viewers"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reportduty",
            index=models.Index(
                condition=models.Q(("deadline__type__in", ("recurring", "dates"))),
                fields=["assignment"],
                name="matters_duty_repeats",
            ),
        ),
    ]
