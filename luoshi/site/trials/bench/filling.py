"""Fill the scratch database: `size` obligations over 1,500 units and four years, from a seed.

One obligation = one matter with one assignment, one open duty, three reports, six trail entries.
Rows are made by the database itself (INSERT … SELECT), so a million take minutes. The trail's
hashes here are filler: the chain itself is measured elsewhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import NOT_PROVIDED, Model

from luoshi.foundation.accounts.enums import FactorFrom
from luoshi.foundation.accounts.models import AccessPolicy, DatabaseNature, User
from luoshi.foundation.audit.models import Chain, Detail, Entry, Head
from luoshi.foundation.core.bigrams import bigrams
from luoshi.foundation.organizations.domain.queries.sight import place, viewers_of
from luoshi.foundation.organizations.domain.queries.viewers import handled_by
from luoshi.foundation.organizations.enums import Level, Role, System
from luoshi.foundation.organizations.models import Appointment, Post, Unit
from luoshi.supervision.matters.enums import Light
from luoshi.supervision.matters.models import (
    Assignment,
    Matter,
    Report,
    ReportDuty,
    UnitSummary,
    showing,
)

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
CITIES, BUREAUS, COUNTIES, COUNTY_UNITS = 10, 20, 9, 14
THINGS = "燃气管网 老旧小区 易涝点 污水管网 学位供给 公交线路 河道清淤 应急演练".split()
ACTS = "更新改造 隐患排查 专项整治 综合治理 建设推进 提升行动".split()
PLACES = "城东片区 城西片区 高新园区 滨江新城 老城厢 南湖街道 北站商圈 港口片区".split()
COMMON, RARE = "隐患排查", "古塔修缮"
FIRST_DAY = "timestamptz '2022-03-06 01:30+00'"
UNIT_ID = "md5('unit' || {})::uuid"


def units() -> list[Unit]:
    """A province of ten cities: a committee, twenty bureaus, nine counties of fourteen units."""
    made: list[Unit] = []

    def add(code: str, name: str, level: str, system: str, seat: str, parent: Unit | None) -> Unit:
        path = (parent.path if parent else "") + code + "/"
        unit = Unit(
            code=code,
            name=name,
            short_name=name,
            level=level,
            system=system,
            parent=parent,
            path=path,
            seat_path=seat or path,
            sort_key=code,
        )
        made.append(unit)
        return unit

    province = add("33", "省委办公厅", Level.PROVINCE, System.PARTY, "", None)
    for c in range(CITIES):
        city = add(f"33{c:02}", f"第{c}市委办公室", Level.CITY, System.PARTY, "", province)
        for b in range(BUREAUS):
            add(f"33{c:02}-{b}", f"第{c}市{b}局", Level.CITY, System.GOVERNMENT, city.path, city)
        for k in range(COUNTIES):
            code = f"33{c:02}{k:02}"
            county = add(code, f"第{c}市{k}县", Level.COUNTY, System.PARTY, "", city)
            for u in range(COUNTY_UNITS - 1):
                name = f"第{c}市{k}县{u}局"
                system = System.GOVERNMENT
                add(f"{code}-{u}", name, Level.COUNTY, system, county.path, county)
    return made


def fill(size: int) -> User:
    """Fill and return the city officer the pages are measured as."""
    DatabaseNature.objects.create(demo=False, created_at=AT)
    AccessPolicy.objects.create(second_factor_from=FactorFrom.NEVER)  # sign-in is not measured
    rows = units()
    Unit.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE share_units AS SELECT row_number() OVER (ORDER BY u.code) - 1 AS n, "
            "u.id, o.id AS office FROM organizations_unit u JOIN organizations_unit o "
            "ON o.code = left(u.code, 4) WHERE length(u.code) > 4"
        )
        cursor.execute("ALTER TABLE share_units ADD COLUMN marks bigint[]")
        cursor.executemany(
            "UPDATE share_units SET marks = %s WHERE id = %s",
            [(sorted([*viewers_of(place(u)), handled_by(u.pk)]), u.pk) for u in rows],
        )
        cursor.execute("SELECT count(*) FROM share_units")
        count = cursor.fetchone()[0]
        titles(cursor)
        source(cursor, size, count)
        for model, columns, table in plan():
            with indexed_afterwards(cursor, model._meta.db_table):
                insert(cursor, model, columns, table)
        Head.objects.update(seq=size * 6)
        summaries()
        cursor.execute("ANALYZE")
    return officer()


def titles(cursor: Any) -> None:
    """The words of the matters with their bigrams."""
    words = [f"{p}{t}{a}工作" for p in PLACES for t in THINGS for a in ACTS]
    texts = [(i, w, bigrams(w)) for i, w in enumerate(words)]
    texts.append((-1, f"{RARE}工程", bigrams(f"{RARE}工程")))
    cursor.execute("CREATE TEMP TABLE titles (n int PRIMARY KEY, title text, grams text)")
    cursor.executemany("INSERT INTO titles VALUES (%s, %s, %s)", texts)


def source(cursor: Any, size: int, units_count: int) -> None:
    """One row per obligation: its number, unit, office, instants, words. A good tenth is owed and
    overdue (104,000 of a million), a third have ended; twenty matters carry the rare word."""
    number = len(PLACES) * len(THINGS) * len(ACTS)
    every = max(size // 20, 1)
    cursor.execute(
        f"""CREATE TEMP TABLE source AS
        SELECT i, u.id AS unit, u.office AS office, t.title, t.grams, u.marks,
               {FIRST_DAY} + (i::float8 / {size}) * interval '1461 days' AS made,
               i %% 3 = 0 AS ended,
               CASE WHEN i %% 32 < 5 THEN timestamptz %s - (i %% 90 + 1) * interval '8 hours'
                    ELSE timestamptz %s + (i %% 200 + 1) * interval '11 hours' END AS due
        FROM generate_series(1, {size}) AS i
        JOIN share_units u ON u.n = (i * 7919::bigint) %% {units_count}
        JOIN titles t ON t.n = CASE WHEN i %% {every} = 0 THEN -1 ELSE (i * 31) %% {number} END
        """,  # noqa: S608 - whole numbers of our own
        [AT, AT],
    )


Columns = dict[str, str]
RUNNING = "NOT ended"
CLOCK = {
    "on_clock": RUNNING,
    "attention_at": "CASE WHEN ended THEN NULL ELSE due - interval '4 days' END",
    "overdue_at": "CASE WHEN ended THEN NULL ELSE due END",
}
VECTOR = "setweight(to_tsvector('simple', '{}' || grams), 'A')"
MATTER = CLOCK | {
    "id": "md5('m' || i)::uuid",
    "office_id": "office",
    "year": "extract(year FROM made)::int",
    "serial": "i",
    "number": "'督〔' || extract(year FROM made)::int || '〕' || i || '号'",
    "title": "title",
    "regime": "(ARRAY['instruction','document','meeting'])[i % 3 + 1]",
    "state": "CASE WHEN ended THEN 'concluded' ELSE 'assigned' END",
    "turn": "CASE WHEN ended THEN 'nobody' ELSE 'unit' END",
    "content": "title || '，按季度报告进展。'",
    "lead_unit_id": "unit",
    "owing_unit_id": "CASE WHEN ended THEN NULL ELSE unit END",
    "wanting_state": "CASE WHEN ended THEN '' ELSE 'in_progress' END",
    "latest_progress": "'已完成年度任务的' || i % 100 || '%%'",
    "last_heard_at": "made",
    "late_marks": "(i % 7 = 0)::int",
    "shares": "1",
    "seen_by": "marks",
    "created_at": "made",
    "registered_at": "made",
    "assigned_at": "made",
    "search": VECTOR.format(""),
}
SHARE = CLOCK | {
    "id": "md5('a' || i)::uuid",
    "matter_id": "md5('m' || i)::uuid",
    "unit_id": "unit",
    "part": "'sole'",
    "state": "CASE WHEN ended THEN 'concluded' ELSE 'in_progress' END",
    "turn": "CASE WHEN ended THEN 'nobody' ELSE 'unit' END",
    "assigned_at": "made",
    "signed_at": "made",
    "signed_by_name": "'联络员'",
    "late_marks": "(i % 7 = 0)::int",
}
DUTY = {
    "id": "md5('d' || i)::uuid",
    "assignment_id": "md5('a' || i)::uuid",
    "rule_code": "'TR-06'",
    "period": "'-'",
    "kind": "'progress'",
    "title_zh": "'进展情况报告'",
    "title_en": "'Progress report'",
    "legal_basis": "'TR-06'",
    "due_at": "due",
    "original_due_at": "due",
    "warn_at": "due - interval '4 days'",
    "state": "CASE WHEN ended THEN 'accepted' ELSE 'open' END",
}
REPORT = {
    "id": "md5('r' || i || '.' || k)::uuid",
    "assignment_id": "md5('a' || i)::uuid",
    "state": "'accepted'",
    "progress": "title || '：已完成第' || k || '阶段'",
    "receipt_number": "'B' || i || '.' || k",
    "created_at": "made",
    "saved_at": "made",
    "submitted_at": "made + k * interval '20 days'",
    "search": VECTOR.format("已完 完成 "),
}
ENTRY = {
    "chain_id": "1",
    "seq": "(i - 1) * 6 + k",
    "at": "made + k * interval '1 day'",
    "action": "'matters.reported'",
    "object_kind": "'matters.matter'",
    "object_id": "md5('m' || i)::uuid::text",
    "body": "'{}'",
    "prev": "''",
    "hash": "md5(i || '.' || k)",
}
DETAIL = {
    "entry_id": "e.id",
    "salt": "'0'",
    "text": '\'{"actor": "联络员", "unit": "某局", "after": {}}\'',
}
THREE, SIX = "source, generate_series(1, 3) k", "source, generate_series(1, 6) k"


def plan() -> list[tuple[type[Model], Columns, str]]:
    """What is inserted into which table, in order; the rest takes its default."""
    chain = Chain.objects.create(started_at=AT, algorithm="sm3")
    Head.objects.create(chain=chain)
    return [
        (Matter, MATTER, "source"),
        (Assignment, SHARE, "source"),
        (ReportDuty, DUTY, "source"),
        (Report, REPORT, THREE),
        (Entry, ENTRY, SIX),
        (Detail, DETAIL, "audit_entry e"),
    ]


@contextmanager
def indexed_afterwards(cursor: Any, table: str) -> Iterator[None]:
    """Build the table's indexes once over all rows; row by row, millions of hashed keys take four
    times as long. Those behind a constraint stay."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
        "AND tablename = %s AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [table],
    )
    found = cursor.fetchall()
    for name, _words in found:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _name, words in found:
        cursor.execute(words)


def insert(cursor: Any, model: type[Model], columns: Columns, table: str) -> None:
    """INSERT … SELECT with the model's own defaults for everything not named."""
    given = dict(columns)
    for field in model._meta.concrete_fields:
        kept = isinstance(field, models.AutoField) or field.generated  # by the database itself
        if field.column and field.column not in given and not kept:
            given[field.column] = default_of(field)
    names = ", ".join(f'"{name}"' for name in given)
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({names}) '  # noqa: S608 - our own names
        f"SELECT {', '.join(given.values())} FROM {table}".replace("%%", "%")
    )


def default_of(field: Any) -> str:
    """A field's default as SQL."""
    if field.null:
        return "NULL"
    if field.default is NOT_PROVIDED:
        return "''"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    if isinstance(field, ArrayField):
        return "'{}'"
    value = field.default() if callable(field.default) else field.default
    if isinstance(value, (dict, list)):
        return "'{}'::jsonb" if isinstance(value, dict) else "'[]'::jsonb"
    if isinstance(value, bool):
        return str(value).upper()
    return str(value) if isinstance(value, int) else f"'{value}'"


def summaries() -> None:
    """One summary row per unit that holds anything, exact at the bench's instant."""
    counts = (
        Assignment.objects.filter(state="in_progress")
        .values("unit_id")
        .annotate(
            late_shares=models.Count("pk", filter=models.Q(late_marks__gt=0)),
            **{x.value: models.Count("pk", filter=showing(x, AT)) for x in Light},
        )
    )
    UnitSummary.objects.bulk_create(UnitSummary(as_of=AT, **row) for row in counts)


def officer() -> User:
    """The supervision officer of the first city."""
    user = User.objects.create(
        username="bench",
        full_name="测量员",
        sort_key="celiangyuan",
        created_at=AT,
        state="active",
        must_change_password=False,
    )
    post = Post.objects.create(
        unit=Unit.objects.get(code="3300"), title="督查员", role=Role.SUPERVISION_OFFICER
    )
    Appointment.objects.create(person=user, post=post, starts_on=AT.date(), made_at=AT)
    return user
