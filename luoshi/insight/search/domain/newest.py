"""A page of hits. For a common word the index would gather a hundred thousand places of it, to
throw all but the newest away; looking through the newest rows finds a page of those at once."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery
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
    rows: "QuerySet[Any]", asked: str, order: str, *, most: int, among: "QuerySet[Any] | None"
) -> list[Any]:
    """The newest `most` of the rows that hold the words. `among` is given for a common word: what
    is looked through, newest first, whoever may see it; only `rows` are shown. Where the newest do
    not fill a page although the word is common, the index is asked after all."""
    found = [] if among is None else list(of_the_newest(rows, among, asked, order)[:most])
    if len(found) == most:
        return found
    words = SearchQuery(asked, config="simple", search_type="raw")
    return list(rows.filter(search=words).order_by(order)[:most])


def of_the_newest(
    rows: "QuerySet[Any]", among: "QuerySet[Any]", asked: str, order: str
) -> "QuerySet[Any]":
    """The rows among the newest that hold the words. The words are looked at before the scope, so
    that what is read stays the same for a reader of much and of little."""
    cut = among.order_by(order)[:LOOKED_THROUGH].values_list("pk", "search")
    sql, values = cut.query.sql_with_params()
    hits = RawSQL(  # noqa: S611 - our own words around what Django compiled
        f"SELECT pk FROM ({sql}) AS newest (pk, words) "  # noqa: S608 - as above
        "WHERE words @@ to_tsquery('simple', %s)",
        [*values, asked],
    )
    return rows.filter(pk__in=hits).order_by(order)
