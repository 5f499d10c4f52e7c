"""Looking back: what was shown then is shown of then. Looking ahead: nothing is saved."""

import random
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Refusal
from luoshi.insight.figures.domain import board as boards
from luoshi.insight.figures.domain import ledger as ledgers
from luoshi.insight.figures.domain.ledger import Filters
from luoshi.insight.horizons.domain import past
from luoshi.insight.horizons.domain.asking import Question, answer
from luoshi.insight.horizons.domain.moments import Moment
from luoshi.insight.horizons.domain.running import ask, run_waiting
from luoshi.insight.horizons.domain.trying import Trying, as_it_stands, tried
from luoshi.insight.horizons.models import Trial
from luoshi.site.domain.backing_up import row_counts
from luoshi.supervision.matters.domain.duty.extending import ask_extension, grant_extension
from luoshi.supervision.matters.domain.duty.recomputing import totals
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft, replan
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.queries.showing import duty_light
from luoshi.supervision.matters.domain.report.reporting import Words, submit
from luoshi.supervision.matters.domain.report.reviewing import accept, return_for_redo
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment, Matter, PastMatter, Report, ReportDuty
from tests.security.world import sign_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 5, 2, 0, tzinfo=UTC)
WORDS = Words(
    progress="完成",
    state_change="完成",
    problems="无",
    next_steps="继续",
    summary="小结",
    late_reason="数据晚到",
)
PLAN = Plan(
    title="防汛排查",
    regime="instruction",
    content="排查",
    method="牵头",
    purpose="安全",
    end_on=date(2026, 12, 31),
)


@pytest.fixture
def world() -> World:
    return make_world()


def begun(world: World, at: datetime) -> Assignment:
    """An assigned share."""
    made = draft(plan=PLAN, actor=world.officer, at=at)
    made = approve_to_register(matter=made, actor=world.officer, at=at, despite="分别办理")
    return assign(matter=made, shares=[Share(world.bureau, "sole")], actor=world.officer, at=at)[0]


class Life:
    """Whatever may happen to the matters of an office, drawn by numbers."""

    def __init__(self, world: World) -> None:
        self.world = world

    @staticmethod
    def dice(number: int) -> random.Random:
        """The same choices for the same number."""
        return random.Random(number)  # noqa: S311 - a test's story, no secret

    def act(self, number: int, at: datetime) -> None:
        """One verb; a refusal is an answer too."""
        verbs = (self.begin, self.sign, self.report, self.review, self.extend, self.end, self.plan)
        try:
            with transaction.atomic():
                verbs[number % len(verbs)](self.dice(number), at)
        except Refusal:
            return

    def begin(self, dice: random.Random, at: datetime) -> None:
        begun(self.world, at)

    def share(self, dice: random.Random, **narrow: Any) -> Assignment | None:
        rows = Assignment.objects.select_related("matter").filter(**narrow).order_by("assigned_at")
        found = list(rows)
        return dice.choice(found) if found else None

    def sign(self, dice: random.Random, at: datetime) -> None:
        if one := self.share(dice, state="unsigned"):
            sign_for(assignment=one, actor=self.world.liaison, at=at)

    def report(self, dice: random.Random, at: datetime) -> None:
        if one := self.share(dice, state__in=("in_progress", "returned")):
            duty = one.duties.filter(state__in=("open", "returned")).order_by("due_at").first()
            if duty:
                submit(
                    assignment=one, duty_ids=[duty.pk], words=WORDS, actor=self.world.liaison, at=at
                )

    def review(self, dice: random.Random, at: datetime) -> None:
        waiting = Report.objects.filter(state="submitted").order_by("submitted_at").first()
        if waiting is None:
            return
        if dice.random() < 0.5:
            accept(report=waiting, actor=self.world.officer, at=at)
        else:
            return_for_redo(report=waiting, reason="不全", actor=self.world.officer, at=at)

    def extend(self, dice: random.Random, at: datetime) -> None:
        duty = ReportDuty.objects.filter(state="open", due_at__gt=at).order_by("due_at").first()
        if duty is None or duty.due_at is None:
            return
        wanted = duty.due_at + timedelta(days=7)
        asked = ask_extension(
            duty=duty, wanted_at=wanted, reason="排期", actor=self.world.liaison, at=at
        )
        grant_extension(extension=asked, actor=self.world.officer, at=at)

    def end(self, dice: random.Random, at: datetime) -> None:
        one = self.share(dice)
        if one is None:
            return
        if dice.random() < 0.5:
            revoke(matter=one.matter, reason="重复", actor=self.world.officer, at=at)
        else:
            conclude(
                matter=one.matter, result="done", summary="完成", actor=self.world.officer, at=at
            )

    def plan(self, dice: random.Random, at: datetime) -> None:
        if one := self.share(dice):
            changed = Plan(**{**PLAN.__dict__, "title": f"题{at:%d%H}", "content": f"文{at:%d%H}"})
            revision = Matter.objects.get(pk=one.matter_id).revision
            replan(
                matter=one.matter, plan=changed, revision=revision, actor=self.world.officer, at=at
            )


LEDGER = (
    "number",
    "title",
    "state",
    "turn",
    "lead_unit_id",
    "next_title_zh",
    "latest_progress",
    "last_heard_at",
    "late_marks",
    "shares",
    "overdue_at",
)


def live(world: World, at: datetime) -> dict[str, Any]:
    """What the live pages show now."""
    rows: list[Any] = []
    for ended in ("", "concluded", "revoked"):
        rows += ledgers.matters(world.officer, Filters(ended=ended), at)
    board = boards.board(world.officer, at)
    duties = ReportDuty.objects.visible_to(world.officer)
    plans = {m.pk: (m.content, str(m.end_on)) for m in Matter.objects.all()}
    return {
        "ledger": {row.pk: (row.light(at), *(getattr(row, n) for n in LEDGER)) for row in rows},
        "board": {r.unit_id: (r.red, r.yellow, r.green, r.grey, r.late_marks) for r in board},
        "duties": {d.pk: (d.state, d.due_at, d.redo_due_at, duty_light(d, at)) for d in duties},
        "plans": plans,
    }


def looked_back(world: World, at: datetime) -> dict[str, Any]:
    """The same, of then."""
    when = Moment(at, at, at.date(), at.date())
    rows: list[Any] = []
    for ended in (False, True):
        rows += past.ledger(world.officer, when, ended=ended)
    pages = [past.matter_page(world.officer, m, when) for m in Matter.objects.all()]
    known = [page for page in pages if page is not None]
    return {
        "ledger": {
            row.matter_id: (row.light(at), *(getattr(row, n) for n in LEDGER)) for row in rows
        },
        "board": {
            r.unit.pk: (r.red, r.yellow, r.green, r.grey, r.late_marks)
            for r in past.board(world.officer, when)
        },
        "duties": {
            d["duty"].pk: (d["row"].state, d["row"].due_at, d["row"].redo_due_at, d["light"])
            for page in known
            for d in page.duties
        },
        "plans": {p.matter.matter_id: (p.plan["content"], p.plan["end_on"]) for p in known},
    }


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 140)), min_size=3, max_size=14)
)
def test_as_of_shows_what_was_shown(world: World, steps: list[tuple[int, int]]) -> None:
    """B19: whatever verbs ran, ledger, board, duties and plans of any earlier instant are what
    the live pages showed at that instant."""
    life, at, kept = Life(world), AT, []
    with transaction.atomic():
        mark = transaction.savepoint()
        life.begin(life.dice(0), at)
        for number, hours in steps:
            at += timedelta(hours=hours)
            life.act(number, at)
            kept.append((at, live(world, at)))
        for moment, shown in kept:
            assert looked_back(world, moment) == shown
        transaction.savepoint_rollback(mark)


def test_light_follows_the_second_axis(world: World) -> None:
    """B19, two axes: known on one day, lit for a later one; what came between is left out."""
    one = sign_for(assignment=begun(world, AT), actor=world.liaison, at=AT)
    later = AT + timedelta(days=30)
    duty = one.duties.get(rule_code="TR-06")
    submit(
        assignment=one,
        duty_ids=[duty.pk],
        words=WORDS,
        actor=world.liaison,
        at=AT + timedelta(days=2),
    )
    then = Moment(AT + timedelta(days=1), later, AT.date(), later.date())
    now = Moment(later, later, later.date(), later.date())
    lights = [past.ledger(world.officer, when).get().light(when.lit) for when in (then, now)]
    assert [light.value for light in lights] == ["red", "grey"]


def test_every_number_of_the_board_then_opens_its_rows(world: World) -> None:
    """B19, decision 10: a unit's lights as known are links, and each opens as many rows of the
    ledger as known, whose tabs count the same; then and now differ."""
    for _again in range(3):
        one = begun(world, AT)
    sign_for(assignment=one, actor=world.liaison, at=AT)
    browser, numbers = client(world.officer), []
    for day in (AT, AT + timedelta(days=40)):
        page = browser.get(f"/as-of/board/?on={day.date()}&lit={day.date()}").content.decode()
        cells = re.findall(r'<a href="(/as-of/ledger/[^"]+light=(\w+))">(\d+)</a>', page)
        numbers.append([int(number) for _href, _light, number in cells])
        assert len(cells) == 4
        for href, light, number in cells:
            opened = browser.get(href.replace("&amp;", "&")).context
            assert len(opened["page"].rows) == opened["counts"][light] == int(number)
    assert numbers[0] != numbers[1]
    assert [sum(of_day) for of_day in numbers] == [3, 3]


def test_nobody_rewrites_the_past(world: World) -> None:
    """B19: the spans are written by the database alone."""
    begun(world, AT)
    for statement in ("UPDATE matters_pastmatter SET title = ''", "DELETE FROM matters_pastmatter"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert PastMatter.objects.filter(title=PLAN.title).exists()


def client(actor: Any) -> Client:
    """A signed-in browser."""
    found = Client()
    sign_in(found, User.objects.get(pk=actor.person_id))
    return found


@pytest.mark.parametrize("count", [1, 3])
def test_past_pages_cost_the_same_for_one_row_and_three(
    world: World, count: int, django_assert_max_num_queries: Any
) -> None:
    """performance.md: ledger, board and matter of then ask a fixed number of questions."""
    for _n in range(count):
        one = begun(world, AT)
    browser = client(world.officer)
    browser.get("/as-of/ledger/")
    for path in ("/as-of/ledger/", "/as-of/board/", f"/as-of/matters/{one.matter_id}/"):
        with django_assert_max_num_queries(16):
            answer = browser.get(path)
        assert answer.status_code == 200


def test_future_cannot_be_looked_back_on(world: World) -> None:
    """B19: a day that has not been, or is none, is refused at its field."""
    browser = client(world.officer)
    assert browser.get("/as-of/ledger/?on=2090-01-01").status_code == 422
    assert browser.get("/as-of/ledger/?on=gestern").status_code == 422
    assert browser.get("/as-of/board/?on=2020-01-01").context["rows"] == []


QUESTIONS = (
    Question(kind="reading"),
    Question(kind="calendar", calendar="none"),
    Question(kind="rule", rule="TR-06", limit="签收后5个自然日内"),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.kind)
def test_what_if_saves_nothing(world: World, question: Question) -> None:
    """B4: the whole portfolio computed otherwise; not one row differs afterwards."""
    for n in range(3):
        sign_for(assignment=begun(world, AT), actor=world.liaison, at=AT + timedelta(hours=n))
    before = row_counts(), list(ReportDuty.objects.order_by("pk").values())
    found = totals(answer(question, world.office.pk, AT + timedelta(hours=5)))
    assert (row_counts(), list(ReportDuty.objects.order_by("pk").values())) == before
    expected = {"reading": (0, 3), "calendar": (0, 0), "rule": (3, 0)}
    assert (found.earlier, found.later) == expected[question.kind] or question.kind == "calendar"


def test_large_what_if_runs_in_the_background_and_may_be_cut_off(world: World) -> None:
    """B4: asked once, computed by the job, begun anew after a kill, shown to its office only."""
    for _n in range(3):
        sign_for(assignment=begun(world, AT), actor=world.liaison, at=AT)
    trial = ask(question=Question(kind="reading"), actor=world.officer, at=AT)
    with pytest.raises(Refusal):
        ask(question=Question(kind="reading"), actor=world.officer, at=AT)
    assert [run_waiting(at=AT), run_waiting(at=AT)] == [1, 0]
    trial.refresh_from_db()
    assert (trial.totals["later"], trial.moves.count(), trial.done) == (3, 3, trial.total)
    page = client(world.officer).get(f"/what-if/{trial.pk}/")
    assert (page.status_code, len(page.context["page"].rows)) == (200, 3)
    run_waiting(at=AT + timedelta(days=8))
    assert Trial.objects.count() == 0


def test_one_limit_is_tried_otherwise(world: World) -> None:
    """ui.md 5.3, B2: tried as it stands it is the same date, otherwise another."""
    one = sign_for(assignment=begun(world, AT), actor=world.liaison, at=AT)
    duty = one.duties.get(rule_code="TR-06")
    assert tried(duty, as_it_stands(duty)).at == duty.due_at
    other = Trying("签收后15个工作日内", "", True, "", None)
    assert tried(duty, other).at > duty.due_at
    with pytest.raises(Refusal):
        tried(duty, Trying("每季度", "", True, "", None))
    browser = client(world.liaison)
    page = browser.get(f"/duties/{duty.pk}/trial/", {"limit": "签收后15个工作日内", "roll": "1"})
    assert (page.status_code, page.context["result"] is not None) == (200, True)
