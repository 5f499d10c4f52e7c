"""Checkpoints are only added; details are erased or kept, never changed (security.md 6)."""

from django.db import migrations

GUARD = """
CREATE TRIGGER audit_checkpoint_rows BEFORE UPDATE OR DELETE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_checkpoint_table BEFORE TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_detail_rows BEFORE UPDATE ON audit_detail
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_detail_table BEFORE TRUNCATE ON audit_detail
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_chain_table BEFORE TRUNCATE ON audit_chain
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_table BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
UNGUARD = """
DROP TRIGGER audit_checkpoint_rows ON audit_checkpoint;
DROP TRIGGER audit_checkpoint_table ON audit_checkpoint;
DROP TRIGGER audit_detail_rows ON audit_detail;
DROP TRIGGER audit_detail_table ON audit_detail;
DROP TRIGGER audit_chain_table ON audit_chain;
DROP TRIGGER audit_head_table ON audit_head;
"""


class Migration(migrations.Migration):
    """Add the guard."""

    dependencies = (("audit", "0003_checkpoints"),)
    operations = (migrations.RunSQL(GUARD, UNGUARD),)
