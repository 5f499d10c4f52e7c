"""What a million rows ask for: the shares whose next period may begin are found by an index, a
unit's matters by the mark of what it handles, its late shares by its summary."""

from django.db import migrations, models

from luoshi.foundation.organizations.domain.queries.viewers import HANDLES

MARK = f"(('x' || right(replace(a.unit_id::text, '-', ''), 16))::bit(64)::bigint # {HANDLES})"
HANDLED = f"""
UPDATE matters_matter m SET seen_by = (
    SELECT array_agg(DISTINCT mark ORDER BY mark) FROM (
        SELECT unnest(m.seen_by) UNION SELECT {MARK} FROM matters_assignment a
        WHERE a.matter_id = m.id) AS marks (mark))
WHERE EXISTS (SELECT FROM matters_assignment a WHERE a.matter_id = m.id)
"""  # noqa: S608 - a number of our own
LATE = """
UPDATE matters_unitsummary s SET late_shares = (
    SELECT count(*) FROM matters_assignment a WHERE a.unit_id = s.unit_id AND a.late_marks > 0
    AND a.state IN ('unsigned', 'in_progress', 'under_review', 'returned'))
"""


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
        migrations.AddIndex(
            model_name="reportduty",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "returned"))),
                fields=["due_at"],
                include=("id", "redo_due_at", "hourly"),
                name="matters_duty_owed",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("state__in", ("draft", "signing")), _negated=True),
                fields=["submitted_at"],
                name="matters_report_newest",
            ),
        ),
        migrations.AddField(
            model_name="unitsummary",
            name="late_shares",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunSQL(HANDLED, migrations.RunSQL.noop),
        migrations.RunSQL(LATE, migrations.RunSQL.noop),
    ]
