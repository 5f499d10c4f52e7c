"""The story's rules: a catalogue of an earlier edition, of which the product corrected one rule
since; a longer grace for quarterly reports, applied to what is open; a second change that waits for
the secretary-general; the office's own number for 尽快."""

from datetime import datetime
from typing import TYPE_CHECKING

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.rulebook.domain.catalogue import ROWS
from luoshi.supervision.rulebook.domain.cataloguing import load_catalogue
from luoshi.supervision.rulebook.domain.proposing import Change, propose_change
from luoshi.supervision.rulebook.domain.vague import settle_vague
from luoshi.supervision.rulebook.enums import Content, Regime
from luoshi.supervision.rulebook.models import ReportingRule

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

BASIS = "清源市委办公室督查工作规程第十二条"


def take_over(at: datetime) -> None:
    """The catalogue as the offices took it over: the yearly study still came in the year of the
    first one; the corrected rule is offered on the page of the catalogue."""
    earlier = [row | {"skip_first_days": 300} if row["code"] == "TR-20/2" else row for row in ROWS]
    load_catalogue(actor=Actor.system("installation"), at=at, rows=earlier)


def tell_ruling(story: "Story") -> None:
    """Put the drafts and the decision on the story's calendar."""
    story.plan(30, 9, lambda at: words(story, at))
    story.plan(15, 14, lambda at: quarters(story, at))
    story.plan(1, 15, lambda at: points(story, at))


def words(story: "Story", at: datetime) -> None:
    """尽快 is five working days here."""
    chief = story.actors["chen"]
    settle_vague(office_id=chief.unit_id, typed={"asap": "5"}, actor=chief, at=at)


def quarters(story: "Story", at: datetime) -> None:
    """Quarterly reports within eight working days of the quarter, applied to open duties."""
    change = Change(
        reason="财务数据季后七个工作日方能汇总，宽限由五个工作日调整为八个",
        valid_from=office_date(at),
        limit="每季度",
        grace_workdays="8",
        skip_first_days="30",
        warning_workdays="3",
        content=[Content.PROGRESS, Content.FIGURES, Content.PROBLEMS],
        reports_to="上级党委（办公厅）",
        legal_basis=BASIS,
        regimes=[Regime.DECISION],
    )
    rule = ReportingRule.objects.get(code="TR-01")
    drafted = propose_change(rule=rule, change=change, actor=story.actors["li"], at=at)
    rule_in_force(
        proposal=drafted,
        apply_to_open=True,
        digest=digest_of(preview_rule(drafted, at)),
        remark="同意",
        actor=story.actors["chen"],
        at=at,
    )


def points(story: "Story", at: datetime) -> None:
    """Quarterly reports on the supervision points two working days sooner, not decided yet."""
    change = Change(
        reason="督查要点季报提前两个工作日，便于汇总上报省委办公厅",
        valid_from=office_date(at),
        limit="每季度",
        grace_workdays="3",
        skip_first_days="30",
        warning_workdays="3",
        content=[Content.PROGRESS, Content.PROBLEMS, Content.NEXT_STEPS],
        reports_to="上级党委（办公厅）",
        legal_basis=BASIS,
        regimes=[Regime.POINTS],
    )
    rule = ReportingRule.objects.get(code="TR-04")
    propose_change(rule=rule, change=change, actor=story.actors["li"], at=at)
