"""A form that cannot be read in several places says all of it in one answer, with what else is
wrong with it; at night nobody types a form three times (rows 55, 56, 58; R-INF-1)."""

from typing import Any

import pytest
import time_machine

from luoshi.desks.information.models import EngagedOfficer, Event, SubmissionQuota, TopicRequest
from tests.desks.information.book import DAY, HOUR, Desk, accepted, make_desk
from tests.desks.information.test_pages import client_of
from tests.security.world import keyed

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def refused(who: Any, path: str, **post: str) -> set[str]:
    """The fields the refusal of a form names; what was typed is shown again."""
    with time_machine.travel(DAY + HOUR, tick=False):
        page = client_of(who).post(path, keyed(**post))
    assert page.status_code == 422, page.status_code
    for typed in post.values():
        assert typed in page.content.decode(), typed
    return set(page.context["refusal"].errors)


def test_a_topic_names_everything_that_is_wrong(desk: Desk) -> None:
    """Features row 58: unknown units, no words, a day that is none, days that are no number."""
    given = {"topic": "返岗用工", "units": "无此单位", "until": "明天", "workdays": "三天"}
    path = "/information/topics/"
    assert refused(desk.editor, path, **given) == {"units", "until", "workdays", "words"}
    given = {"words": "各地情况", "units": "安澜县", "until": "明天"}
    assert refused(desk.editor, path, **given) == {"topic", "until"}
    assert not TopicRequest.objects.exists()


def test_a_quota_names_everything_that_is_wrong(desk: Desk) -> None:
    """Features row 58: by the names of the form's own fields."""
    path = "/information/quotas/"
    given = {"quota_unit": "无此单位", "quota_year": "今年", "quota_count": "许多"}
    assert refused(desk.editor, path, **given) == set(given)
    given = {"quota_unit": desk.office.name, "quota_year": "1999", "quota_count": "1000"}
    assert refused(desk.editor, path, **given) == set(given)
    assert not SubmissionQuota.objects.exists()


def test_an_engagement_names_everything_that_is_wrong(desk: Desk) -> None:
    """S3-99: no name, an account nobody has, a unit nobody knows, days that are none."""
    given = {"username": "nobody", "unit": "无此单位", "since": "春天", "quota": "几条"}
    wrong = refused(desk.editor, "/information/officers/", **given)
    assert wrong == {"username", "name", "unit", "since", "quota"}
    assert EngagedOfficer.objects.count() == 1


def test_an_item_names_everything_that_is_wrong(desk: Desk) -> None:
    """R-INF-5: the units it is about, and what its words lack."""
    given = {"kind": "opinion", "text": "情况如下。", "about": "无此单位"}
    wrong = refused(desk.world.liaison, "/information/new/", **given)
    assert wrong == {"about", "title", "analysis", "suggestion"}


def test_a_request_to_units_names_everything_that_is_wrong(desk: Desk) -> None:
    """S2-57, S2-92: as a request, and as a matter, which has a day on which it ends."""
    path = f"/information/{accepted(desk, desk.county).pk}/handovers/"
    given = {"units": "无此单位", "until": "月底"}
    assert refused(desk.editor, path, **given) == {"units", "until", "words"}
    assert refused(desk.world.chief, path, units="无此单位", way="matter") == {
        "units",
        "until",
        "words",
    }


def test_the_intake_names_everything_that_is_wrong(desk: Desk) -> None:
    """Row 56, R-INF-1: times that are none, no place, a call of a unit nobody knows."""
    given = {
        "title": "仓库起火",
        "source": "电话",
        "happened_at": "刚才",
        "called_from": "无此单位",
        "called_at": "刚刚",
    }
    wrong = refused(desk.world.chief, "/urgent/new/", **given)
    assert wrong == {"place", "happened_at", "called_from", "called_at"}
    assert not Event.objects.exists()


def test_limits_and_weights_name_everything_that_is_wrong(desk: Desk) -> None:
    """R-INF-1, R-INF-6: each cell that is no number, one beyond its bounds, and no reason."""
    given = {"city--phone": "半小时", "city--top": "2000", "daily_hour": "傍晚"}
    wrong = refused(desk.world.chief, "/urgent/limits/", **given, reason="")
    assert wrong == {*given, "reason"}
    given = {"own": "一分", "adopted-city": "五分", "adopted-nation": "5000"}
    wrong = refused(desk.world.chief, "/information/scores/weights/", **given, basis="")
    assert wrong == {*given, "basis"}
