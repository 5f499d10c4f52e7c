"""The trail's guard: triggers refuse UPDATE, DELETE and TRUNCATE of entries (security.md 6)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail is append-only';
END $$;
CREATE TRIGGER audit_entry_rows BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_table BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_chain_rows BEFORE DELETE ON audit_chain
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_rows BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
UNGUARD = """
DROP TRIGGER audit_entry_rows ON audit_entry;
DROP TRIGGER audit_entry_table ON audit_entry;
DROP TRIGGER audit_chain_rows ON audit_chain;
DROP TRIGGER audit_head_rows ON audit_head;
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    """Add the guard."""

    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunSQL(GUARD, UNGUARD),)
