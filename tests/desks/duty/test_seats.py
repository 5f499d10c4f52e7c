"""Who stands above whom: the office of a seat, no bureau of it (S3-90…92; R-DUT-4, R-DUT-6; rows
62, 64, 65)."""

from datetime import date

import pytest
import time_machine

from luoshi.desks.duty.domain.periods.declaring import Wish, declare, revoke
from luoshi.desks.duty.domain.queries.due import checks_due
from luoshi.desks.duty.domain.watch.checking import Call, check
from luoshi.desks.duty.models import DutyCheck, KnownShift, SensitivePeriod
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.desks.duty.ground import HOUR, NOW, Ground
from tests.desks.duty.test_pages import client_of
from tests.story import actor

pytestmark = pytest.mark.django_db
WISH = Wish("敏感期", "通知", date(2026, 3, 3), date(2026, 3, 12))


@pytest.fixture
def ground() -> Ground:
    return Ground()


def head_of(ground: Ground, role: Role = Role.SECRETARY_GENERAL) -> Actor:
    """A post in a bureau of the city."""
    return actor("ju", "局秘", ground.world.bureau, role)


def test_a_bureau_declares_for_itself_alone(ground: Ground) -> None:
    """S3-90, R-DUT-7: what a bureau declares stands in its own book, in no county's; what once
    reached a county from it is revoked there as well."""
    head = head_of(ground)
    county = Unit.objects.get(short_name="安澜县")
    actor("xia", "夏雨", county, Role.DUTY_OFFICER)
    made = declare(WISH, actor=head, at=NOW)
    assert [one.office_id for one in SensitivePeriod.objects.all()] == [head.unit_id]
    bureau = ground.world.bureau
    theirs = SensitivePeriod.objects.get()
    theirs.pk, theirs.office, theirs.from_code = None, county, bureau.code
    theirs._state.adding = True
    theirs.save()
    revoke(made, reason="误发", actor=head, at=NOW + HOUR)
    assert not SensitivePeriod.objects.filter(revoked_at=None).exists()


def test_a_bureau_checks_nobody_but_itself(ground: Ground) -> None:
    """R-DUT-6, S3-92: neither the office it answers to nor a county; the office of the seat checks
    its bureaus and the counties."""
    head, county = head_of(ground), Unit.objects.get(short_name="安澜县")
    for unit in (ground.office, county):
        with pytest.raises(Invalid):
            check(Call(unit, NOW, None), actor=head, at=NOW)
    assert not DutyCheck.objects.exists()
    check(Call(ground.world.bureau, NOW, 20), actor=head, at=NOW)
    for unit in (ground.world.bureau, county, ground.office):
        check(Call(unit, NOW, 20), actor=ground.keeper, at=NOW)
    assert checks_due(ground.world.bureau, NOW) == []


def test_the_watch_room_of_a_bureau_shows_its_own_duty(ground: Ground) -> None:
    """Row 62, security.md 5: names and telephones of the counties go to the office above them."""
    county = Unit.objects.get(short_name="安澜县")
    KnownShift.objects.create(
        unit=county,
        post="officer",
        starts_at=NOW - HOUR,
        ends_at=NOW + 5 * HOUR,
        name="夏雨",
        phone="13812345678",
    )
    with time_machine.travel(NOW, tick=False):
        theirs = client_of(head_of(ground, Role.INFORMATION_OFFICER)).get("/watch/")
        ours = client_of(ground.keeper).get("/watch/")
    assert "13812345678" not in theirs.content.decode()
    assert "13812345678" in ours.content.decode()
