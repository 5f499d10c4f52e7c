"""A question every page asks, worded once. Django words a queryset anew each time it is asked,
which takes longer than a short answer; here the words stay, and only the values change."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Question:
    """A queryset with stand-ins for what differs from one asking to the next. It must not depend on
    anything else that changes while the site runs."""

    def __init__(self, rows: "QuerySet[Any]") -> None:
        self.rows: Any = rows
        self.compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.values = self.compiler.as_sql()

    def ask(self, given: Mapping[Any, Any]) -> list[Any]:
        """The rows; `given` says what stands for each stand-in. One query."""
        values = tuple(given.get(value, value) for value in self.values)
        asked: Any = QuerySet(self.rows.model, query=Wording(self, values))  # type: ignore[arg-type]
        asked._iterable_class = self.rows._iterable_class
        asked._fields = self.rows._fields
        return list(asked)


class Wording:
    """What a queryset has for its query: the ready words with the values of one asking. All that
    Django does with an answer it does as ever."""

    def __init__(self, of: Question, values: tuple[Any, ...]) -> None:
        self.of, self.values = of, values

    def get_compiler(self, *_where: Any, **_named: Any) -> Any:
        """The compiler that worded the question, on the connection of this thread."""
        made: Any = copy(self.of.compiler)
        made.connection = connection
        made.as_sql = lambda *_how, **_named: (self.of.sql, self.values)
        return made
