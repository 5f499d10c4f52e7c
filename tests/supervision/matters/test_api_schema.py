"""Schemathesis against the description: no undeclared answer, no server error (security 8)."""

import os
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from ninja import Schema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import Part
from tests.story import START, World, make_world
from tests.supervision.matters.test_api import token

pytestmark = pytest.mark.django_db


def shapes(above: type[Schema]) -> Iterator[type[Schema]]:
    """Every shape the product's API takes or answers with."""
    for shape in above.__subclasses__():
        if shape.__module__.startswith("luoshi."):
            yield shape
        yield from shapes(shape)


def test_each_shape_of_the_description_has_a_name_of_its_own() -> None:
    """Of two shapes with one name the description shows one, and says it of both."""
    import_module("luoshi.site.urls")
    places = {(shape.__name__, shape.__module__) for shape in shapes(Schema)}
    names = Counter(name for name, _module in places)
    assert len(names) > 50
    assert [place for place in sorted(places) if names[place[0]] > 1] == []


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The application keeps the test's connection, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(world: World, one_connection: None) -> Any:
    """The description as the running application serves it, with one matter to find."""
    plan = Plan(title="事项", content="内容", method="方式", purpose="目的", regime="instruction")
    plan = Plan(**(plan.__dict__ | {"end_on": START.date().replace(month=6)}))
    matter = draft(plan=plan, actor=world.officer, at=START)
    matter = approve_to_register(matter=matter, actor=world.officer, at=START)
    shares = [Share(world.bureau, Part.SOLE)]
    assign(matter=matter, shares=shares, actor=world.officer, at=START)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def test_no_undeclared_answer(described: Any, world: World) -> None:
    """Whatever is sent to any operation, the answer is one the description names."""
    headers = {"Authorization": f"Bearer {token(world.officer)}"}
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 16
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=20,
            deadline=None,
            derandomize="LUOSHI_FAULTS" not in os.environ,
            suppress_health_check=list(HealthCheck),
        )
        def answers(case: Any) -> None:
            case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

        answers()
