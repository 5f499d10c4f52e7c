"""The trail's guard: triggers refuse UPDATE, DELETE and TRUNCATE of entries; checkpoints are only
added; details are erased or kept, never changed (security.md 6)."""

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
DROP TRIGGER audit_entry_rows ON audit_entry;
DROP TRIGGER audit_entry_table ON audit_entry;
DROP TRIGGER audit_chain_rows ON audit_chain;
DROP TRIGGER audit_head_rows ON audit_head;
DROP FUNCTION audit_refuse();
"""
