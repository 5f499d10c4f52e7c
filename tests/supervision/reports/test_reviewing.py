"""Review: grades of evidence, who may not review, the new limit, two reviewers at once."""

from datetime import timedelta

import pytest

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import end_of_day
from luoshi.supervision.matters.domain.report.reviewing import Graded, accept, return_for_redo
from luoshi.supervision.matters.models import Assignment, Report, ReportEditor
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.settling import rephrase
from tests.story import World, make_world
from tests.supervision.reports.world import day, figures, send, share_of, with_paper, words

pytestmark = pytest.mark.django_db
SENT = day(3, 12)


@pytest.fixture
def world() -> World:
    return make_world()


def sent(world: World, *, paper: bool = False, numbers: bool = False) -> Report:
    """A report with or without paper and figures."""
    share = share_of(world, "instruction", day(3, 2))
    said = words(figures=figures(隐患=46)) if numbers else words()
    if paper:
        with_paper(share, world.liaison, SENT, said)
    return send(share, world.liaison, SENT, "TR-06", said=said)


@pytest.mark.parametrize(
    ("paper", "numbers", "grade"),
    [(False, False, 1), (False, True, 1), (True, False, 2), (True, True, 3)],
)
def test_grade_is_proposed_from_what_the_report_carries(
    world: World, paper: bool, numbers: bool, grade: int
) -> None:
    """B8: words and figures without a paper are a claim; paper; figures with paper."""
    review = accept(report=sent(world, paper=paper, numbers=numbers), actor=world.officer, at=SENT)
    assert (review.evidence_proposed, review.evidence) == (grade, grade)


def test_reviewer_raises_the_grade_with_a_note(world: World) -> None:
    """B8: another grade than the proposed one says what bears it out."""
    report = sent(world)
    with pytest.raises(Invalid) as refused:
        accept(report=report, graded=Graded(4), actor=world.officer, at=SENT)
    assert list(refused.value.errors) == ["evidence_note"]
    review = accept(
        report=report, graded=Graded(4, "3月13日现场查看"), actor=world.officer, at=SENT
    )
    assert (review.evidence_proposed, review.evidence) == (1, 4)


def test_whoever_edited_a_draft_does_not_review_it(world: World) -> None:
    """Decision 5, S3-61: not the responder, not the last editor, not any editor before."""
    report = sent(world)
    ReportEditor.objects.create(
        report=report,
        person_id=world.second_officer.person_id,
        person_name="何晓",
        saved_at=SENT,
    )
    with pytest.raises(Forbidden) as refused:
        accept(report=report, actor=world.second_officer, at=SENT)
    assert refused.value.code == "own-report"
    accept(report=report, actor=world.officer, at=SENT)


def test_return_sets_the_reviewers_limit_and_counts(world: World) -> None:
    """Item “return with reason and new limit”: proposed by the office, changed by the reviewer."""
    report = sent(world)
    with pytest.raises(Invalid) as refused:
        return_for_redo(report=report, reason="补数据", redo_at=SENT, actor=world.officer, at=SENT)
    assert list(refused.value.errors) == ["redo_on"]
    until = end_of_day((SENT + timedelta(days=10)).date())
    review = return_for_redo(
        report=report, reason="补数据", redo_at=until, actor=world.officer, at=SENT
    )
    assert (review.redo_due_at, report.duties.get().redo_due_at) == (until, until)
    assert Assignment.objects.get().returns == 1


def test_two_reviewers_with_the_same_page_decide_once(world: World) -> None:
    """Fault “two reviewers at once”: the second is told who decided what, nothing changes."""
    report = sent(world)
    opened_before = Report.objects.select_related("assignment__matter").get(pk=report.pk)
    return_for_redo(report=report, reason="补数据", actor=world.second_officer, at=SENT)
    with pytest.raises(Refused) as refused:
        accept(report=opened_before, actor=world.officer, at=SENT)
    assert refused.value.code == "already-reviewed"
    assert "何晓" in str(refused.value)
    assert report.review.verdict == "returned"


def test_office_keeps_its_own_phrases(world: World) -> None:
    """Item “phrase library”: one list per office, without repetition, its own people only."""
    lines = ["请附佐证材料", "请附佐证材料", " ", "请补充分县区数据"]
    rephrase(office_id=world.office.pk, phrases=lines, actor=world.officer, at=SENT)
    assert settings_of(world.office.pk).return_phrases == ["请附佐证材料", "请补充分县区数据"]
    with pytest.raises(Forbidden):
        rephrase(office_id=world.office.pk, phrases=[], actor=world.liaison, at=SENT)
    with pytest.raises(Invalid):
        rephrase(office_id=world.office.pk, phrases=["长" * 101], actor=world.officer, at=SENT)


def test_token_takes_no_decision(world: World) -> None:
    """Decision 5: a review needs a person signed in."""
    report = sent(world)
    token = Actor(**{**world.officer.__dict__, "kind": "token"})
    with pytest.raises(Forbidden) as refused:
        accept(report=report, actor=token, at=SENT)
    assert refused.value.code == "person-needed"
