"""What the same work costs without us: the floors that every ratio divides by."""

import json

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from luoshi.foundation.core.bigrams import query
from luoshi.foundation.organizations.models import Unit
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
