"""An office with an information desk, a bureau and a county that submit, an engaged officer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from luoshi.desks.information.domain.fate.adopting import Adopted
from luoshi.desks.information.domain.fate.evidence import Shown
from luoshi.desks.information.domain.fate.instructing import LeaderWords
from luoshi.desks.information.domain.issues.putting_together import begin, make_series, put_in
from luoshi.desks.information.domain.items.reviewing import Judgement, review
from luoshi.desks.information.domain.items.submitting import Sent, submit
from luoshi.desks.information.domain.items.wording import Words
from luoshi.desks.information.domain.running.engaging import Engagement, engage
from luoshi.desks.information.enums import Criterion
from luoshi.desks.information.models import BulletinSeries, EngagedOfficer, Issue, Item
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.story import World, actor, make_world, person

DAY = datetime(2026, 2, 5, 2, 0, tzinfo=UTC)  # Thursday, 10:00 at the office
HOUR, ONE_DAY = timedelta(hours=1), timedelta(days=1)
SITUATION = (
    "近期走访发现，我市老旧小区加装电梯推进缓慢。全市纳入改造计划的单元共有312个，"
    "目前完工46个，主要卡在低层住户意见不一和资金分摊上。"
)
ANALYSIS = "分摊办法没有统一标准，社区缺少协商机制，审批环节涉及七个部门。"
SUGGESTION = "建议出台加装电梯费用分摊指导意见，由街道牵头建立协商制度，实行联合审批。"

PLAIN = (
    ("农村客运班次偏少", "山区三个乡镇早晚各有一班客车，群众赶集就医不便，司机反映空驶率高。"),
    ("企业返岗用工缺口", "春节后二十家规上企业缺工一千二百人，纺织和电子两个行业最为突出。"),
    ("校园周边食品抽检", "开学前抽检小食品店八十六家，发现标签不规范问题十九起，均已责令整改。"),
)


@dataclass(frozen=True)
class Desk:
    """Who sits where."""

    world: World
    editor: Actor
    county: Actor
    outside: Actor
    officer: EngagedOfficer

    @property
    def office(self) -> Unit:
        """The office whose book it is."""
        return self.world.office


def make_desk() -> Desk:
    """The office of the story with its information officer and one engaged officer."""
    world = make_world()
    editor = actor("shi", "施洋", world.office, Role.INFORMATION_OFFICER)
    county = Unit.objects.get(code="010101")
    user = person("hu", "胡敏")
    engagement = Engagement(username="hu", work="社区党支部书记", quota=6)
    officer = engage(engagement, actor=editor, at=DAY - ONE_DAY)
    outside = Actor(kind="person", person_id=user.pk, person_name="胡敏", username="hu")
    return Desk(world, editor, actor("jiang", "蒋华", county, Role.LIAISON), outside, officer)


def opinion(**change: Any) -> Words:
    """A social-opinion item."""
    values = {
        "title": "老旧小区加装电梯推进缓慢应予重视",
        "text": SITUATION,
        "analysis": ANALYSIS,
        "suggestion": SUGGESTION,
    }
    return Words(**{**values, **change})


def plain(place: int) -> Words:
    """One of three items of other information that say nothing alike."""
    return Words(*PLAIN[place])


def sent(who: Actor, at: datetime = DAY, words: Words | None = None, **how: Any) -> Item:
    """An item that was submitted."""
    return submit(words or opinion(), Sent(**{"kind": "opinion", **how}), actor=who, at=at)


def judged(accept: bool = True, **change: Any) -> Judgement:
    """A filled-in review form."""
    marks = {one.value: "yes" for one in Criterion}
    return Judgement(**{"accept": accept, "marks": marks, **change})


def accepted(
    desk: Desk, who: Actor, at: datetime = DAY, words: Words | None = None, **how: Any
) -> Item:
    """An item that was accepted."""
    item = sent(who, at, words, **how)
    return review(item=item, judgement=judged(), actor=desk.editor, at=at)


def bulletin(desk: Desk, title: str = "社情民意") -> BulletinSeries:
    """A bulletin of the office."""
    return make_series(title=title, mark="", copies="市委常委", actor=desk.editor, at=DAY)


def draft_with(desk: Desk, series: BulletinSeries, *items: Item, at: datetime = DAY) -> Issue:
    """An issue with these items."""
    issue = begin(series=series, actor=desk.editor, at=at)
    for item in items:
        put_in(issue=issue, item=item, actor=desk.editor, at=at)
    return issue


def adopted(**change: Any) -> Adopted:
    """Adopted by the province."""
    values = {"tier": "province", "adopter": "省政协办公厅", "publication": "《江淮信息》"}
    return Adopted(**{**values, "issue": "第9期", **change})


def words(**change: Any) -> LeaderWords:
    """A city leader wrote on it."""
    values = {"tier": "city", "text": "请住建局研究。", "name": "王建国", "title": "市委副书记"}
    return LeaderWords(**{**values, **change})


def shown(on: date | None = None, evidence: str = "刊物第2页") -> Shown:
    """Evidence in words."""
    return Shown(on=on, evidence=evidence)
