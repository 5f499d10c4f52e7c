"""Questions worded once, counts that share one pass, keys in turn and keys as one value."""

import time

import pytest
from django.db.models import Q

from luoshi.foundation.core.rows.counting import shared, sharing
from luoshi.foundation.core.rows.keys import in_turn
from luoshi.foundation.core.rows.questions import Question
from luoshi.foundation.organizations.models import Post, Unit
from tests.counting import queries_of

pytestmark = pytest.mark.django_db


def unit(code: str, parent: Unit | None = None) -> Unit:
    """A unit of that code."""
    return Unit.objects.create(
        code=code,
        name=f"第{code}局",
        short_name=code,
        level="city",
        system="government",
        parent=parent,
        path=f"{code}/",
        seat_path=f"{code}/",
        sort_key=code,
    )


def test_a_question_is_worded_once_and_asked_of_each() -> None:
    """Performance: the same rows as the queryset, with what it selects beside them, one query."""
    first, second = unit("a"), unit("b")
    for one in (first, second):
        Post.objects.create(unit=one, title=one.code, role="liaison")
    question = Question(Post.objects.filter(unit__code="?").select_related("unit"))
    assert [str(row.unit) for row in question.ask({"?": "a"})] == ["a"]
    assert [row.unit_id for row in question.ask({"?": "b"})] == [second.pk]
    assert question.ask({"?": "c"}) == []
    said = queries_of(lambda: [row.unit.name for row in question.ask({"?": "a"})])
    assert said == (["第a局"], 1)
    flat = Question(Unit.objects.filter(code="?").values_list("code", "pk"))
    assert flat.ask({"?": "b"}) == [("b", second.pk)]


def test_counts_share_one_pass() -> None:
    """Performance, ledger: the whole and every part in one query; no rows give naughts."""
    unit("a", unit("b"))
    ready = sharing(Unit, {"under": Q(parent__isnull=False), "named": Q(code="?")})
    columns = ("parent_id", "code")
    found = shared(Unit.objects.order_by(), ready, {"?": "b"}, columns=columns)
    assert found == {"total": 2, "under": 1, "named": 1}
    nothing = shared(Unit.objects.none().order_by(), ready, {}, columns=columns)
    assert nothing == {"total": 0, "under": 0, "named": 0}


def test_among_finds_what_in_finds() -> None:
    """Performance, sweep: a key, or a column that refers to one, among many keys."""
    keys = [unit(code).pk for code in "abc"]
    for key in keys[:2]:
        Post.objects.create(unit_id=key, title="联络员", role="liaison")
    assert set(Unit.objects.filter(pk__among=keys[1:])) == set(Unit.objects.filter(pk__in=keys[1:]))
    assert [post.unit_id for post in Post.objects.filter(unit__among=keys[1:])] == [keys[1]]
    assert list(Unit.objects.filter(pk__among=[])) == []


def test_keys_stand_in_the_order_they_are_made() -> None:
    """RFC 9562, version 7."""
    made = []
    for _ in range(3):
        made.append(in_turn())
        time.sleep(0.002)
    assert made == sorted(made)
    assert {(key.version, key.variant) for key in made} == {(7, "specified in RFC 4122")}
