"""The past writes itself: triggers keep a span per row for what pages show (B19).

The instant is the one the running verb acts at (`luoshi.at`, set by `audit…acting`); a write
outside a verb counts at the clock. What is written twice in one instant is one span. Rows of the
past can be written by these triggers alone.
"""

MATTER = (
    "on_clock attention_at overdue_at office_id number title regime state turn lead_unit_id "
    "next_title_zh next_title_en latest_progress last_heard_at late_marks shares"
)
ASSIGNMENT = (
    "on_clock attention_at overdue_at unit_id part state turn signed_at signed_by_name "
    "next_title_zh next_title_en returns late_marks"
)
DUTY = "state due_at original_due_at redo_due_at warn_at submitted_at late_amount late_unit"
TABLES = (
    ("matters_matter", "matters_pastmatter", "matter_id", MATTER),
    ("matters_assignment", "matters_pastassignment", "assignment_id", ASSIGNMENT),
    ("matters_reportduty", "matters_pastduty", "duty_id", DUTY),
)
KEEP = """
CREATE FUNCTION {past}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz := coalesce(
        nullif(current_setting('luoshi.at', true), '')::timestamptz, clock_timestamp());
BEGIN
    UPDATE {past} p SET ({columns}) = ROW({fresh})
        FROM fresh f JOIN stale s ON s.id = f.id WHERE {found} AND p.{key} = f.id
        AND p.known_until IS NULL AND p.known_from >= moment;
    UPDATE {past} p SET known_until = moment
        FROM fresh f JOIN stale s ON s.id = f.id WHERE {found} AND p.{key} = f.id
        AND p.known_until IS NULL AND p.known_from < moment;
    INSERT INTO {past} ({key}, known_from, {columns})
        SELECT f.id, moment, {fresh} FROM fresh f JOIN stale s ON s.id = f.id WHERE {found}
        AND NOT EXISTS (
            SELECT FROM {past} p WHERE p.{key} = f.id AND p.known_until IS NULL);
    RETURN NULL;
END $$;
"""
INSERTED = """
CREATE FUNCTION {past}_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {past} ({key}, known_from, {columns})
        SELECT f.id, coalesce(
            nullif(current_setting('luoshi.at', true), '')::timestamptz, clock_timestamp()),
            {fresh} FROM fresh f;
    RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE UNIQUE INDEX {past}_present ON {past} ({key}) WHERE known_until IS NULL;
CREATE TRIGGER {past}_begins AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION {past}_begin();
CREATE TRIGGER {past}_goes_on AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {past}_keep();
INSERT INTO {past} ({key}, known_from, {columns})
    SELECT f.id, clock_timestamp(), {fresh} FROM {table} f;
CREATE TRIGGER {past}_guard BEFORE INSERT OR UPDATE OR DELETE ON {past}
    FOR EACH ROW EXECUTE FUNCTION matters_past_refuse();
"""
GUARD = """
CREATE FUNCTION matters_past_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the past is written by the database alone';
    END IF;
    RETURN NEW;
END $$;
"""
UNDO = """
DROP TRIGGER {past}_guard ON {past};
DROP TRIGGER {past}_begins ON {table};
DROP TRIGGER {past}_goes_on ON {table};
DROP FUNCTION {past}_begin();
DROP FUNCTION {past}_keep();
DROP INDEX {past}_present;
"""


def statements() -> tuple[str, str]:
    """Everything to do, and to undo."""
    do, undo = [GUARD], []
    for table, past, key, names in TABLES:
        columns = names.split()
        words = {
            "table": table,
            "past": past,
            "key": key,
            "columns": ", ".join(columns),
            "fresh": ", ".join(f"f.{name}" for name in columns),
        }
        stale = ", ".join(f"s.{name}" for name in columns)
        words["found"] = f"ROW({words['fresh']}) IS DISTINCT FROM ROW({stale})"
        do += [part.format(**words) for part in (INSERTED, KEEP, TRIGGERS)]
        undo.append(UNDO.format(**words))
    return "".join(do), "".join(undo) + "DROP FUNCTION matters_past_refuse();"


STAGED = " behind_at planned_percent reported_percent"


def with_stages() -> tuple[str, str]:
    """The functions written again with the columns that say what is behind its plan, and as they
    were before."""
    both = TABLES[:2]
    return "".join(written(one, STAGED) for one in both), "".join(written(one) for one in both)


def written(table: tuple[str, str, str, str], more: str = "") -> str:
    """Both functions of a table with these further columns."""
    _table, past, key, names = table
    columns = f"{names}{more}".split()
    fresh = ", ".join(f"f.{name}" for name in columns)
    stale = ", ".join(f"s.{name}" for name in columns)
    words = {
        "past": past,
        "key": key,
        "columns": ", ".join(columns),
        "fresh": fresh,
        "found": f"ROW({fresh}) IS DISTINCT FROM ROW({stale})",
    }
    both = (INSERTED + KEEP).format(**words)
    return both.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
