"""Leaders whose instruction was added to a matter that carried another leader's see it too: until
now the matter kept the first name alone (decision 8)."""

from django.db import migrations

FILL = """
WITH later AS (
    SELECT i.matter_id, i.leader_id, min(i.filed_at) AS since
    FROM instructions_instruction i JOIN matters_matter m ON m.id = i.matter_id
    WHERE i.state = 'linked' AND i.leader_id <> m.instructed_by_id
    GROUP BY i.matter_id, i.leader_id),
named AS (
    SELECT matter_id,
        array_agg(leader_id ORDER BY since, leader_id) AS leaders,
        array_agg(('x' || right(replace(leader_id::text, '-', ''), 16))::bit(64)::bigint) AS marks
    FROM later GROUP BY matter_id)
UPDATE matters_matter m
SET also_instructed_by = named.leaders,
    seen_by = ARRAY(SELECT DISTINCT unnest(m.seen_by || named.marks) ORDER BY 1)
FROM named WHERE named.matter_id IN (m.id, m.parent_id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("instructions", "0001_initial"),
        ("matters", "0001_squashed_0020"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
