"""Two keepers at one entry of the list, two at the way of duty: the later one does not put back
what the other wrote (ui.md 6, S3-89, R-DUT-8)."""

from typing import Any

import pytest
import time_machine

from luoshi.desks.duty.domain.posting.listing import Entry, change_person
from luoshi.desks.duty.domain.posting.setting import Wish, set_scheme
from luoshi.desks.duty.domain.queries.scheme import Way, scheme_of
from luoshi.desks.duty.models import DutyPerson, Scheme
from luoshi.desks.duty.web import differing
from luoshi.foundation.audit.models import Entry as AuditEntry
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.enums import Role
from tests.desks.duty.ground import NOW, Ground
from tests.desks.duty.test_drawing_up_api import Caller
from tests.desks.duty.test_pages import client_of
from tests.story import actor

pytestmark = pytest.mark.django_db
XIAO = {"name": "何晓", "posts": "officer", "phone": "13900001111", "nights": "1"}
XIAO |= {"starts_on": "2026-01-01", "title": "", "most": "", "ends_on": ""}
WAY = {"officer_starts": "8", "leader_starts": "8", "leader_days": "always", "rest_hours": "24"}
WAY |= {"workday": "2", "weekend": "3", "holiday": "5", "night_extra": "1", "sensitive_extra": "2"}
WAY |= {"answer_seconds": "60", "report_hour": "17", "check_days": "30", "reason": "值班制度"}


@pytest.fixture
def ground() -> Ground:
    return Ground()


def test_the_later_keeper_reads_what_the_other_saved(ground: Ground) -> None:
    """R-DUT-8: one sets the most of a month, the other, later, the day off: refused with what was
    changed beside the own words, and saved from there; the trail has both."""
    other = actor("lu", "陆明", ground.office, Role.DUTY_OFFICER)
    page = f"/duty/people/{ground.people['何晓'].pk}/"
    with time_machine.travel(NOW, tick=False):
        one, two = client_of(ground.keeper), client_of(other)
        for browser in (one, two):
            assert 'name="revision" value="1"' in browser.get(page).content.decode()
        first = XIAO | {"most": "3", "nights": "", "revision": "1"}
        assert one.post(page, first).status_code == 302
        late = XIAO | {"weekdays_off": "6", "title": "副科长", "revision": "1"}
        answer = two.post(page, late)
        text = answer.content.decode()
        assert answer.status_code == 422
        rows = {row["name"]: (row["saved"], row["typed"]) for row in answer.context["apart"]}
        assert set(rows) == {"title", "most", "weekdays_off", "nights"}
        assert (rows["most"], rows["title"]) == ((3, ""), ("", "副科长"))
        assert rows["nights"] == (differing.NO, differing.YES)
        assert 'value="副科长"' in text
        assert 'name="revision" value="2"' in text
        saved = DutyPerson.objects.get(name="何晓")
        assert (saved.most, saved.weekdays_off, saved.title, saved.revision) == (3, [], "", 2)
        assert two.post(page, late | {"most": "3", "revision": "2"}).status_code == 302
    saved.refresh_from_db()
    assert (saved.most, saved.weekdays_off, saved.revision) == (3, [6], 3)
    assert AuditEntry.objects.filter(action="duty.person_changed").count() == 2


def test_a_mistake_does_not_make_an_old_entry_a_new_one(ground: Ground) -> None:
    """R-DUT-8: refused for another reason the form stays old; one without a revision is old too;
    an entry nobody changed makes nobody's page old."""
    page = f"/duty/people/{ground.people['何晓'].pk}/"
    with time_machine.travel(NOW, tick=False):
        kong = client_of(ground.keeper)
        assert kong.post(page, XIAO | {"revision": "1"}).status_code == 302
        assert DutyPerson.objects.get(name="何晓").revision == 1
        assert kong.post(page, XIAO | {"most": "2", "revision": "1"}).status_code == 302
        wrong = kong.post(page, XIAO | {"most": "99", "revision": "1"})
        assert wrong.status_code == 422
        assert wrong.context["revision"] == 2
        assert wrong.context["refusal"].code == "edited-meanwhile"
        for seen in ("", "x", "9" * 30):
            old = kong.post(page, XIAO | {"title": "科长", "revision": seen})
            assert (old.status_code, 'value="科长"' in old.content.decode()) == (422, True)
        bad = kong.post(page, XIAO | {"most": "x", "revision": "1"})
        assert (bad.status_code, bad.context["revision"]) == (422, "1")
    assert DutyPerson.objects.get(name="何晓").most == 2


def test_two_set_the_way_of_duty(ground: Ground) -> None:
    """TR-17, R-DUT-8: the weights one has set are not put back by a form that was opened before."""
    with time_machine.travel(NOW, tick=False):
        chief = client_of(ground.chief)
        page = "/duty/scheme/"
        assert 'name="version" value="0"' in chief.get(page).content.decode()
        first = WAY | {"holiday": "8", "officer_starts": "8 20", "version": "0"}
        assert chief.post(page, first).status_code == 302
        late = WAY | {"rest_hours": "12", "leader_days": "special", "version": "0"}
        answer = chief.post(page, late)
        text = answer.content.decode()
        assert (answer.status_code, scheme_of(ground.office.pk).version) == (422, 1)
        rows = {row["name"]: (str(row["saved"]), row["typed"]) for row in answer.context["apart"]}
        assert set(rows) == {"officer_starts", "leader_days", "rest_hours", "holiday"}
        assert (rows["holiday"], rows["officer_starts"]) == (("8", "5"), ("8 20", "8"))
        assert 'name="version" value="1"' in text
        assert 'value="12"' in text
        assert chief.post(page, late | {"holiday": "8", "version": "1"}).status_code == 302
    way = scheme_of(ground.office.pk)
    assert (way.version, way.holiday, way.rest_hours) == (2, 8, 12)


def test_the_verbs_and_the_api_refuse_an_older_page(ground: Ground) -> None:
    """R-DUT-8: the same refusal whoever calls; by token what is saved is read again."""
    person, by = ground.people["何晓"], {"actor": ground.keeper, "at": NOW}
    entry = Entry("何晓", ("officer",), most=4)
    given: dict[str, Any] = by
    assert change_person(person, entry, revision=1, **given).revision == 2
    with pytest.raises(Invalid) as refused:
        change_person(person, entry, revision=1, **given)
    assert refused.value.code == "edited-meanwhile"
    set_scheme(Wish(Way(holiday=9), "制度"), version=0, actor=ground.chief, at=NOW)
    with pytest.raises(Invalid) as refused:
        set_scheme(Wish(Way(), "制度"), version=0, actor=ground.chief, at=NOW)
    assert refused.value.code == "edited-meanwhile"
    assert Scheme.objects.count() == 1
    keeper = Caller(ground.keeper, NOW)
    path = f"/duty/people/{person.pk}"
    read = keeper.get(path)[1]
    assert (read["revision"], read["most"]) == (2, 4)
    body = {"name": "何晓", "posts": ["officer"], "most": 5}
    status, answer = keeper.send(path, body | {"revision": 1}, method="PUT")
    assert (status, answer["type"]) == (422, "luoshi:edited-meanwhile")
    assert keeper.send(path, body, method="PUT")[0] == 422
    status, changed = keeper.send(path, body | {"revision": 2}, method="PUT")
    assert (status, changed["most"], changed["revision"]) == (200, 5, 3)
