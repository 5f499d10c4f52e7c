"""Forms of duty say everything that is wrong with them in one answer (rows 62–65)."""

from typing import Any

import pytest
import time_machine

from luoshi.desks.duty.models import DutyCheck, LogNote, Scheme, SensitivePeriod
from tests.desks.duty.ground import HOUR, NOW, Ground
from tests.desks.information.test_pages import client_of
from tests.security.world import keyed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground() -> Ground:
    return Ground()


def refused(who: Any, path: str, **post: str) -> set[str]:
    """The fields the refusal of a form names."""
    with time_machine.travel(NOW + HOUR, tick=False):
        page = client_of(who).post(path, keyed(**post))
    assert page.status_code == 422, page.status_code
    shown = page.context["refusal"] or page.context["leave_refusal"]
    return set(shown.errors)


def test_every_form_of_duty_names_everything(ground: Ground) -> None:
    """Rows 62–65: somebody on the list, leave, the way of duty, a period, a check, a line."""
    keeper, chief = ground.keeper, ground.chief
    entry = {"most": "几班", "starts_on": "月初", "ends_on": "月底"}
    assert refused(keeper, "/duty/people/", **entry) == {*entry, "name", "posts"}
    person = f"/duty/people/{ground.people['何晓'].pk}"
    assert refused(keeper, f"{person}/leaves/") == {"starts_on", "ends_on"}
    way = {"rest_hours": "一天", "check_days": "900", "officer_starts": "早八点"}
    wrong = refused(chief, "/duty/scheme/", **way)
    assert {*way, "reason", "leader_days"} <= wrong
    period = {"starts_on": "年初", "ends_on": "年底", "title": "春节"}
    assert refused(chief, "/duty/periods/", **period) == {"starts_on", "ends_on", "basis"}
    call = {"unit": "无此单位", "called_at": "刚才", "seconds": "很快"}
    assert refused(keeper, "/duty/checks/", **call) == set(call)
    line = {"kind": "call_in", "at": "刚才"}
    assert refused(keeper, "/duty/log/", **line) == {"at", "who", "text"}
    for model in (Scheme, SensitivePeriod, DutyCheck, LogNote):
        assert not model.objects.exists()
