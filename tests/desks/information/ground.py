"""A county, a city and a province in one tree, with somebody awake at each."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from luoshi.desks.information.domain.urgent.reporting import Writing
from luoshi.desks.information.domain.urgent.taking_in import Facts
from luoshi.desks.information.models import Event
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.story import World, actor, make_world

NIGHT = datetime(2026, 2, 17, 15, 10, tzinfo=UTC)  # 23:10 at the office, in the Spring Festival
MINUTE = timedelta(minutes=1)
FIRST = "2月17日23时10分许，安澜县石门镇河堤出现管涌。已转移群众120人，暂无人员伤亡。"
NEW = "截至零时30分，管涌点已完成反滤围井，水位下降0.3米。"


@dataclass(frozen=True)
class Night:
    """Who is awake, and the units they sit in."""

    world: World
    county: Actor
    city: Actor
    province: Actor
    county_unit: Unit
    city_unit: Unit
    province_unit: Unit


def make_night() -> Night:
    """The three levels on one site."""
    world = make_world()
    county, province = (Unit.objects.get(code=code) for code in ("010101", "01"))
    return Night(
        world,
        actor("xia", "夏雨", county, Role.DUTY_OFFICER),
        actor("kong", "孔亮", world.office, Role.DUTY_OFFICER),
        actor("ning", "宁远", province, Role.DUTY_OFFICER),
        county,
        world.office,
        province,
    )


def flood(**change: Any) -> Facts:
    """The event of the tests, known 22 minutes after it began."""
    values: dict[str, Any] = {
        "title": "河堤管涌",
        "place": "安澜县石门镇",
        "happened_at": NIGHT,
        "aware_at": NIGHT + 22 * MINUTE,
        "source": "石门镇值班室 电话",
        "measures": "已组织抢险，转移群众120人",
        "nature": "natural",
        "grade": "large",
    }
    return Facts(**{**values, **change})


def first(**change: Any) -> Writing:
    """The first report."""
    return Writing(**{"step": "first", "text": FIRST, "signer": "钟诚", **change})


def book(unit: Unit) -> Event:
    """The only event in a unit's book."""
    return Event.objects.select_related("office").get(office=unit)
