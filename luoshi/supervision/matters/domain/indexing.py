"""Fill the search columns of this room's rows (bigrams, weight A = title)."""

from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from luoshi.foundation.core.bigrams import bigrams, tokens
from luoshi.supervision.matters.models import Matter, Report

LIMIT = 4000


def vector(strong: str, weak: str) -> Any:
    """A weighted `simple` vector; text beyond 4,000 characters stays unindexed here."""
    head = SearchVector(Value(bigrams(strong[:LIMIT])), config="simple", weight="A")
    tail = SearchVector(Value(bigrams(weak[:LIMIT])), config="simple", weight="B")
    return head + tail


def vector_text(strong: str, weak: str) -> str:
    """The same vector written out, for rows that are about to be inserted."""
    places: dict[str, str] = {}
    heads, tails = tokens(strong[:LIMIT]), tokens(weak[:LIMIT])
    for found, weight, first in ((heads, "A", 1), (tails, "B", len(heads) + 1)):
        for number, token in enumerate(found, start=first):
            before = places.get(token)
            mark = f"{number}{weight}"
            places[token] = f"{before},{mark}" if before else f"'{token}':{mark}"
    return " ".join(places.values())


def words_of(matter: Matter) -> tuple[str, str]:
    """What a matter is found by: the strong words and the others."""
    weak = (matter.content, matter.purpose, matter.basis, matter.origin_title, matter.origin_quote)
    return f"{matter.number} {matter.title}", " ".join(weak)


def index_matter(matter: Matter) -> None:
    """Rewrite the matter's search column."""
    Matter.objects.filter(pk=matter.pk).update(search=vector(*words_of(matter)))


def index_report(report: Report) -> None:
    """Rewrite the report's search column."""
    weak = " ".join((report.state_change, report.problems, report.next_steps, report.summary))
    Report.objects.filter(pk=report.pk).update(search=vector(report.progress, weak))
