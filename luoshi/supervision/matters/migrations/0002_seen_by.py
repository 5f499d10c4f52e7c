"""Marks of sight on matters, filled for those that are there."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from luoshi.foundation.core.actors import Place
from luoshi.foundation.organizations.domain.queries.sight import viewers_of


def fill(apps, schema_editor):
    """Write the marks of every matter from its shares' units."""
    matter_model = apps.get_model("matters", "Matter")
    share_model = apps.get_model("matters", "Assignment")
    for matter in matter_model.objects.iterator(chunk_size=1000):
        marks = set()
        for share in share_model.objects.filter(matter=matter).select_related("unit"):
            unit = share.unit
            marks |= set(viewers_of(Place(unit.path, unit.seat_path, unit.level, unit.system)))
        matter_model.objects.filter(pk=matter.pk).update(seen_by=sorted(marks))


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0001_initial"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="seen_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["seen_by"], name="matters_seen_by"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
