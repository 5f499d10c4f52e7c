"""What came and was answered one by one points to its verdict like everything later."""

from django.db import migrations

LINK = """
UPDATE exchange_incoming SET verdict_id = said.id
FROM exchange_outgoing said
WHERE said.kind = 'exchange.verdict' AND said.answers_id = exchange_incoming.id
"""
UNLINK = "UPDATE exchange_incoming SET verdict_id = NULL"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_one_verdict_for_many")]

    operations = [migrations.RunSQL(LINK, UNLINK)]
