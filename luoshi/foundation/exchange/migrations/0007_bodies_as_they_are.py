"""Envelopes are packed files: the database does not try to compress them once more."""

from django.db import migrations

TABLES = ("exchange_incoming", "exchange_outgoing")
PLAIN = "ALTER TABLE {} ALTER COLUMN body SET STORAGE EXTERNAL"
USUAL = "ALTER TABLE {} ALTER COLUMN body SET STORAGE EXTENDED"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0006_link_verdicts")]

    operations = [migrations.RunSQL(PLAIN.format(one), USUAL.format(one)) for one in TABLES]
