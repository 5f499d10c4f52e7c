"""The end of a matter: evidence gate, conclusion report, strike-off, archive."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.insight.bulletins.domain.conclusions import conclusion_paper
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter.archiving import archive
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.measuring import AskedFigure, set_measures
from luoshi.supervision.matters.domain.report.evidence import reached
from luoshi.supervision.matters.domain.report.reviewing import Graded, accept
from luoshi.supervision.matters.models import (
    Archiving,
    Assignment,
    Closure,
    ConclusionReport,
    Matter,
    StrikeOff,
)
from luoshi.supervision.rulebook.domain.settling import settle
from tests.story import SYSTEM, World, make_world
from tests.supervision.reports.world import day, send, share_of

pytestmark = pytest.mark.django_db
SENT = day(4, 3)


@pytest.fixture
def world() -> World:
    return make_world()


def reported(world: World, regime: str, *, grade: int = 0) -> Assignment:
    """A share whose first report was accepted with a grade."""
    share = share_of(world, regime, day(2, 2))
    code = {"points": "TR-04", "key_task": "SRC-1"}[regime]
    report = send(share, world.liaison, SENT, code)
    graded = Graded(grade, "现场查看") if grade else Graded()
    accept(report=report, graded=graded, actor=world.officer, at=SENT)
    return share


def finish(world: World, matter: Matter, result: str = "done", unmet: str = "") -> Closure:
    """Conclude with a sentence."""
    return conclude(
        matter=matter,
        result=result,
        promised_on=None if result == "done" else date(2026, 6, 30),
        summary="任务完成",
        unmet=unmet,
        actor=world.officer,
        at=SENT,
    )


def need(world: World, matter: Matter, least: int | None) -> None:
    """Set the matter's least grade."""
    set_measures(matter=matter, figures=[], least_evidence=least, actor=world.officer, at=day(2, 3))


def test_grade_one_cannot_be_concluded_where_three_is_needed(world: World) -> None:
    """B8: an item with grade 1 evidence cannot reach 办结 when 3 is required."""
    share = reported(world, "key_task")
    need(world, share.matter, 3)
    with pytest.raises(Refused) as refused:
        finish(world, Matter.objects.get())
    assert refused.value.code == "evidence-too-low"
    assert Closure.objects.count() == 0


def test_reviewed_on_site_it_is_concluded(world: World) -> None:
    """B8: the reviewer's grade counts; the conclusion report keeps it."""
    share = reported(world, "key_task", grade=4)
    need(world, share.matter, 3)
    closure = finish(world, Matter.objects.get(), unmet="两处待验收")
    found = ConclusionReport.objects.get(closure=closure)
    assert (found.evidence, found.unmet) == (4, "两处待验收")


def test_office_default_applies_where_the_matter_says_nothing(world: World) -> None:
    """B8: the minimum is the matter's, else its office's."""
    reported(world, "key_task")
    settle(office_id=world.office.pk, values={"least_evidence": 2}, actor=SYSTEM, at=SENT)
    with pytest.raises(Refused):
        finish(world, Matter.objects.get())
    need(world, Matter.objects.get(), 1)
    finish(world, Matter.objects.get())


def test_matter_stands_on_its_weakest_unit(world: World) -> None:
    """B8: of several units the one with the weakest best report decides; none = 0."""
    share = reported(world, "key_task", grade=4)
    assert reached(share.matter) == 4
    assert reached(share_of(world, "key_task", day(2, 2)).matter) == 0


def test_listed_item_is_struck_off_with_its_own_number(world: World) -> None:
    """Item “strike-off”: carried out, an item leaves its list under a number never given twice;
    what was not carried out keeps its place."""
    first = reported(world, "points").matter
    second = reported(world, "points").matter
    third = reported(world, "key_task").matter
    finish(world, Matter.objects.get(pk=first.pk))
    finish(world, Matter.objects.get(pk=second.pk), result="partly")
    finish(world, Matter.objects.get(pk=third.pk))
    found = StrikeOff.objects.order_by("serial").values_list("number", "struck_on")
    assert [(number, str(on)) for number, on in found] == [
        ("销〔2026〕1号", "2026-04-03"),
        ("销〔2026〕2号", "2026-04-03"),
    ]


def test_conclusion_paper_says_result_evidence_and_what_is_left(world: World) -> None:
    """R-SUP-1: the conclusion report as a paper, typeset like every official one."""
    reported(world, "points", grade=4)
    finish(world, Matter.objects.get(), unmet="两处待验收")
    paper = conclusion_paper(ConclusionReport.objects.get())
    rows = dict(paper.rows)
    assert rows["证据等级"] == "4级（实地核查）"
    assert rows["销　　号"].startswith("销〔2026〕1号")
    assert paper.paragraphs[-1] == "三、尚未完成的部分。两处待验收"


def test_ended_matter_is_archived_once_and_stays_closed(world: World) -> None:
    """R-SUP-1: who, when, for how long; open matters and other units are refused."""
    share = reported(world, "key_task")
    matter = Matter.objects.get()
    with pytest.raises(Refused):
        archive(matter=matter, retention="30", actor=world.officer, at=SENT)
    finish(world, matter)
    matter = Matter.objects.get()
    with pytest.raises(Forbidden):
        archive(matter=matter, retention="30", actor=world.liaison, at=SENT)
    with pytest.raises(Invalid):
        archive(matter=matter, retention="5", actor=world.officer, at=SENT)
    row = archive(matter=matter, retention="30", actor=world.officer, at=SENT)
    assert (row.archived_by_name, row.retention) == ("李文清", "30")
    with pytest.raises(Refused) as refused:
        archive(matter=matter, retention="10", actor=world.officer, at=SENT)
    assert refused.value.code == "archived-already"
    assert bool(rules.may_edit(world.officer, matter)) is False
    assert bool(rules.may_report(world.liaison, Assignment.objects.get(pk=share.pk))) is False


def test_matter_taken_up_again_leaves_the_archive(world: World) -> None:
    """“Reopening keeps id and history”: the entry stays, but is in force no more."""
    reported(world, "key_task")
    finish(world, Matter.objects.get())
    archive(matter=Matter.objects.get(), retention="30", actor=world.officer, at=SENT)
    assert Archiving.objects.in_force().count() == 1
    Matter.objects.update(ended_at=None)
    assert (Archiving.objects.in_force().count(), Archiving.objects.count()) == (0, 1)


def test_measures_of_a_matter_refuse_what_cannot_be_kept(world: World) -> None:
    """Plan: figures once each, with a name, with targets that fit; only the assigning office."""
    matter = share_of(world, "key_task", day(2, 2)).matter
    bad = [
        [AskedFigure("隐患"), AskedFigure("隐患 ")],
        [AskedFigure(" ")],
        [AskedFigure("隐患", "处", Decimal(10) ** 14)],
    ]
    for figures in bad:
        with pytest.raises(Invalid):
            set_measures(
                matter=matter, figures=figures, least_evidence=None, actor=world.officer, at=SENT
            )
    with pytest.raises(Forbidden):
        set_measures(matter=matter, figures=[], least_evidence=None, actor=world.liaison, at=SENT)
