"""The nature of a database is for ever: triggers refuse to remove it or to turn it round."""

GUARD = """
CREATE FUNCTION accounts_keep_nature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a demo database stays one, an office database too';
END $$;
CREATE TRIGGER accounts_nature_turned BEFORE UPDATE ON accounts_databasenature
    FOR EACH ROW WHEN (OLD.demo IS DISTINCT FROM NEW.demo OR OLD.id IS DISTINCT FROM NEW.id)
    EXECUTE FUNCTION accounts_keep_nature();
CREATE TRIGGER accounts_nature_removed BEFORE DELETE ON accounts_databasenature
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_nature();
"""
UNGUARD = """
DROP TRIGGER accounts_nature_turned ON accounts_databasenature;
DROP TRIGGER accounts_nature_removed ON accounts_databasenature;
DROP FUNCTION accounts_keep_nature();
"""
