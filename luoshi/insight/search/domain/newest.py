"""A page of hits. For a common word the index would gather a hundred thousand places of it, to
throw all but the newest away; looking through the newest rows finds a page of those at once."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

COMMON = 1_000  # rows that hold the word
LOOKED_THROUGH = 2_000
WORDS = re.compile(r"[ ()&<>\-]+")
KNOWN = """
SELECT relname FROM pg_class
JOIN pg_stats ON tablename = relname AND schemaname = current_schema() AND attname = 'search',
unnest(most_common_elems::text::text[], most_common_elem_freqs) AS often (word, share)
WHERE relnamespace = current_schema()::regnamespace AND relname = ANY(%s) AND word = ANY(%s)
GROUP BY relname, reltuples HAVING count(*) = %s AND min(share) * reltuples >= %s
"""


def common(asked: str, models: Sequence[type[Model]]) -> set[type[Model]]:
    """Where the database's statistics call every part of a query common. They decide which way is
    taken, never what is found."""
    tables = {model._meta.db_table: model for model in models}
    words = sorted({word for word in WORDS.split(asked) if word})
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [list(tables), words, len(words), COMMON])
        return {tables[name] for (name,) in cursor.fetchall()}


def newest_hits(
    rows: "QuerySet[Any]", asked: str, order: str, *, most: int, often: bool
) -> list[Any]:
    """The newest `most` of the rows that hold the words. Where the newest rows do not fill a page
    although the word is common, the index is asked after all."""
    found = among_the_newest(rows, asked, order, most=most) if often else []
    if len(found) == most:
        return found
    words = SearchQuery(asked, config="simple", search_type="raw")
    return list(rows.filter(search=words).order_by(order)[:most])


def among_the_newest(rows: "QuerySet[Any]", asked: str, order: str, *, most: int) -> list[Any]:
    """The hits among the newest rows, which are read only as far as the page needs."""
    cut = rows.order_by(order)[:LOOKED_THROUGH].values_list("pk", "search")
    try:
        sql, values = cut.query.sql_with_params()
    except EmptyResultSet:
        return []
    hits = RawSQL(  # noqa: S611 - our own words around what Django compiled
        f"SELECT pk FROM ({sql}) AS newest (pk, words) "  # noqa: S608 - as above
        "WHERE words @@ to_tsquery('simple', %s) LIMIT %s",
        [*values, asked, most],
    )
    return list(rows.filter(pk__in=hits).order_by(order))
