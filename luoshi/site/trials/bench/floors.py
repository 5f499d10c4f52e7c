"""What the same work costs without us: the floors that every ratio divides by."""

import json
import time
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from luoshi.foundation.audit.models import Detail, Entry
from luoshi.foundation.core.bigrams import query
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.models import Matter, UnitSummary

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROWS = 50
TABLE = (
    "<!doctype html><title>{{ user.full_name }}</title><table>{% for row in rows %}<tr>"
    "<td>{{ row.number }}</td><td><a href='/matters/{{ row.pk }}/'>{{ row.title }}</a></td>"
    "<td>{{ row.lead_unit.short_name }}</td><td>{{ row.overdue_at|date:'Y-m-d' }}</td>"
    "<td>{{ row.late_marks }}</td></tr>{% endfor %}</table>"
)


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """Fifty rows of a model by Django's template loop, with session and user."""
    rows = Matter.objects.select_related("lead_unit").order_by("overdue_at", "id")[:ROWS]
    html = engines["django"].from_string(TABLE).render({"rows": rows, "user": request.user})
    return HttpResponse(html)


@login_not_required
def bare_json(request: HttpRequest) -> HttpResponse:
    """The same fifty rows as JSON."""
    rows = Matter.objects.select_related("lead_unit").order_by("overdue_at", "id")[:ROWS]
    items = [
        {
            "id": str(row.pk),
            "number": row.number,
            "title": row.title,
            "unit": row.lead_unit.short_name if row.lead_unit else "",
            "due_at": row.overdue_at.isoformat() if row.overdue_at else None,
            "who": request.user.pk and str(request.user.pk),
        }
        for row in rows
    ]
    return JsonResponse({"items": items})


# what a night writes: (model, its rows of one night)
SWEPT = (
    (Reminder, "made_at = %s"),
    (Entry, "at = %s AND action LIKE 'chasing.%%'"),
    (
        Detail,
        "entry_id IN (SELECT id FROM audit_entry WHERE at = %s AND action LIKE 'chasing.%%')",
    ),
)
urlpatterns = [path("page/", page), path("json/", bare_json)]


def raw_search(words: str) -> int:
    """The index query alone."""
    asked = SearchQuery(query(words), config="simple", search_type="raw")
    return len(Matter.objects.filter(search=asked).values_list("pk")[:ROWS])


def raw_summary(city_path: str) -> int:
    """The summary rows of a city by one indexed read."""
    units = Unit.objects.filter(seat_path__startswith=city_path)
    return len(UnitSummary.objects.filter(unit__in=units).values_list())


def raw_insert(number: int) -> None:
    """One durable row, one entry, one counter, in one transaction."""
    body = json.dumps({"n": number, "text": "一条记录" * 20}, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("INSERT INTO bench_rows (n, body) VALUES (%s, %s)", [number, body])
        cursor.execute("INSERT INTO bench_entries (n, body) VALUES (%s, %s)", [number, body])
        cursor.execute("UPDATE bench_counter SET n = n + 1")
        cursor.execute("COMMIT")


def make_tables() -> None:
    """The tables of the insert floor."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_rows (n bigint PRIMARY KEY, body text)")
        cursor.execute("CREATE TABLE bench_entries (n bigint PRIMARY KEY, body text)")
        cursor.execute("CREATE TABLE bench_counter (n bigint)")
        cursor.execute("INSERT INTO bench_counter VALUES (0)")


def raw_sweep(night: datetime) -> float:
    """Seconds the database alone takes for the rows a sweep wrote at `night`: the same reminders,
    entries and details once more, into tables with the same indexes, each thousand duties in one
    durable transaction."""
    duties = Reminder.objects.filter(made_at=night).values("duty").distinct().count()
    batches = max(duties // 1000, 1)
    moves = []
    with connection.cursor() as cursor:
        for model, chosen in SWEPT:
            name = model._meta.db_table
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            cursor.execute(f"DROP TABLE IF EXISTS bench_{name}, some_{name}")
            cursor.execute(f"CREATE TABLE bench_{name} (LIKE {name} INCLUDING ALL)")
            cursor.execute(
                f"CREATE TEMP TABLE some_{name} AS SELECT {columns}, "  # noqa: S608 - our own names
                f"ntile({batches}) OVER () AS batch FROM {name} WHERE {chosen}",
                [night],
            )
            cursor.execute(f"CREATE INDEX ON some_{name} (batch)")
            moves.append(
                f"INSERT INTO bench_{name} ({columns}) "  # noqa: S608 - our own names
                f"SELECT {columns} FROM some_{name} WHERE batch = %s"
            )
        start = time.perf_counter()
        for batch in range(1, batches + 1):
            with transaction.atomic():
                for move in moves:
                    cursor.execute(move, [batch])
        return time.perf_counter() - start
