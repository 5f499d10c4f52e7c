"""Ground for tests of reports: a matter of any source with one unit, reported at chosen days."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.reporting import Figure, Words, save_draft, submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Report
from tests.story import World, actor


def day(month: int, on: int, hour: int = 2) -> datetime:
    """An instant of 2026, 10:00 in the office."""
    return datetime(2026, month, on, hour, tzinfo=UTC)


def words(**changes: object) -> Words:
    """A complete report."""
    texts = {
        "progress": "已完成普查1286公里",
        "state_change": "普查完成",
        "problems": "资金未到位",
        "next_steps": "编制方案",
        "summary": "上半年任务过半",
    }
    return Words(**(texts | changes))  # type: ignore[arg-type]


def figures(**values: int) -> tuple[Figure, ...]:
    """Figures by name, measured in 处."""
    return tuple(Figure(name, Decimal(value), "处") for name, value in values.items())


def share_of(
    world: World,
    regime: str,
    at: datetime,
    units: tuple[Unit, ...] = (),
    handlers: tuple[Actor, ...] = (),
    **plan: object,
) -> Assignment:
    """The first share of a signed matter of this source."""
    fields: dict[str, object] = {
        "title": "安全生产专项整治",
        "regime": regime,
        "content": "排查整改",
        "method": "牵头单位负责",
        "purpose": "消除隐患",
        "end_on": date(2026, 12, 31),
    }
    made = draft(plan=Plan(**(fields | plan)), actor=world.officer, at=at)  # type: ignore[arg-type]
    made = approve_to_register(matter=made, actor=world.officer, at=at, despite="分别办理")
    chosen = units or (world.bureau,)
    part = Part.SOLE if len(chosen) == 1 else Part.SEPARATE
    shares = [Share(unit, part) for unit in chosen]
    rows = assign(matter=made, shares=shares, actor=world.officer, at=at)
    for handler in handlers or (world.liaison,):
        row = next(one for one in rows if one.unit_id == handler.unit_id)
        sign_for(assignment=row, actor=handler, at=at)
    return Assignment.objects.select_related("matter", "unit").get(pk=rows[0].pk)


def send(
    share: Assignment, who: Actor, at: datetime, *codes: str, said: Words | None = None
) -> Report:
    """Send a report for the open duties of these rules."""
    share = Assignment.objects.select_related("matter").get(pk=share.pk)
    open_duties = share.duties.filter(state__in=("open", "returned"), rule_code__in=codes)
    first = {duty.rule_code: duty.pk for duty in open_duties.order_by("-due_at")}
    return submit(
        assignment=share,
        duty_ids=list(first.values()),
        words=said or words(),
        actor=who,
        at=at,
    )


def with_paper(share: Assignment, who: Actor, at: datetime, said: Words) -> Report:
    """A draft with one file."""
    made = save_draft(assignment=share, words=said, revision=0, actor=who, at=at)
    store(
        BytesIO("佐证材料".encode()),
        name="佐证.txt",
        actor=who,
        at=at,
        owner_kind="report",
        owner_id=made.pk,
    )
    return made


def accepted(
    share: Assignment, who: Actor, by: Actor, at: datetime, *codes: str, said: Words
) -> Report:
    """Sent and accepted at once."""
    report = send(share, who, at, *codes, said=said)
    accept(report=report, actor=by, at=at)
    return Report.objects.get(pk=report.pk)


def principal(world: World) -> Actor:
    """The head of the bureau."""
    return actor("zhao", "赵明", world.bureau, Role.PRINCIPAL)
