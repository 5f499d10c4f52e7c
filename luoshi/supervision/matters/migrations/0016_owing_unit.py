"""A matter knows the unit whose limit comes next and the state of the share that asks for attention
first: a page of the ledger asked its shares for both, a sixth of its time."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
WITH running AS (
    SELECT a.*, m.parent_id FROM matters_assignment a JOIN matters_matter m ON m.id = a.matter_id
    WHERE a.on_clock AND a.state IN ('unsigned', 'in_progress', 'under_review', 'returned')),
shown AS (
    SELECT matter_id AS matter, unit_id, state, overdue_at, attention_at, assigned_at, id
    FROM running
    UNION ALL
    SELECT parent_id, unit_id, state, overdue_at, attention_at, assigned_at, id
    FROM running WHERE parent_id IS NOT NULL),
owing AS (
    SELECT DISTINCT ON (matter) matter, unit_id FROM shown WHERE overdue_at IS NOT NULL
    ORDER BY matter, overdue_at, assigned_at, id),
wanting AS (
    SELECT DISTINCT ON (matter) matter, state FROM shown WHERE attention_at IS NOT NULL
    ORDER BY matter, attention_at, assigned_at, id)
UPDATE matters_matter m
SET owing_unit_id = owing.unit_id, wanting_state = coalesce(wanting.state, '')
FROM owing FULL JOIN wanting USING (matter) WHERE m.id = matter
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0015_addressees"),
        ("organizations", "0003_unitmerger"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="owing_unit",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="wanting_state",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
