"""From facts to a published ranking, its replay, correction, objection and pages."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db.models import F
from django.test import Client
from python_calamine import CalamineWorkbook

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal.domain.computing import live, replayed, weights_of
from luoshi.supervision.appraisal.domain.objecting import answer, object_to
from luoshi.supervision.appraisal.domain.periods import Period, period_of
from luoshi.supervision.appraisal.domain.publishing import publish
from luoshi.supervision.appraisal.domain.queries.showing import is_unchanged
from luoshi.supervision.appraisal.domain.recording import record_fact, set_aside, withdraw_fact
from luoshi.supervision.appraisal.domain.scoring import EXAMPLE, Standing, Weight, Weights
from luoshi.supervision.appraisal.domain.versioning import change_version, draft_version
from luoshi.supervision.appraisal.models import Publication, PublishedScore, ScoringVersion
from luoshi.supervision.matters.domain.report.reporting import Words, submit
from luoshi.supervision.matters.domain.report.reviewing import return_for_redo
from luoshi.supervision.matters.models import ReportDuty
from tests.past import WORDS, assigned, concluded
from tests.security.world import sign_in
from tests.story import World, actor, make_world

pytestmark = pytest.mark.django_db
Q1 = Period(2026, "Q1")
BEGIN = datetime(2026, 1, 12, 2, 0, tzinfo=UTC)
LATE = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
APRIL = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def version(world: World) -> ScoringVersion:
    return draft_version(
        title="评分细则", basis="委办〔2026〕2号", weights=EXAMPLE, actor=world.officer, at=BEGIN
    )


def facts(world: World) -> None:
    """One late and returned report of words only, one missing report, one matter carried out, one
    approving instruction, for the bureau."""
    share = assigned(world, BEGIN)
    duty = share.duties.get()
    words = Words(**{**WORDS.__dict__, "late_reason": "数据汇总"})
    report = submit(assignment=share, duty_ids=[duty.pk], words=words, actor=world.liaison, at=LATE)
    return_for_redo(report=report, reason="数据不全", actor=world.officer, at=LATE)
    assigned(world, BEGIN + timedelta(hours=1), title="逾期未报")
    concluded(world, LATE, title="办结事项")
    record_fact(
        kind="commended",
        unit=world.bureau,
        happened_on=date(2026, 3, 2),
        reason="肯定性批示",
        reference="通报第3期",
        actor=world.officer,
        at=LATE,
    )


def of_bureau(world: World, at: datetime = APRIL, weights: Weights = EXAMPLE) -> Standing:
    rows = live(world.office, Q1, weights, at)
    return next(row for row in rows if row.unit_id == world.bureau.pk)


def published(world: World, version: ScoringVersion, reason: str = "") -> Publication:
    return publish(period=Q1, version=version, actor=world.chief, at=APRIL, reason=reason)


def test_every_point_opens_its_rows(world: World) -> None:
    """Features row 29, R-SUP-8, decision 10: each fact counted once, in its period, with its
    row."""
    facts(world)
    found = of_bureau(world)
    assert {kind: n for kind, n in found.counts.items() if n} == {
        "late": 1,
        "returned": 1,
        "unsent": 1,
        "words_only": 2,
        "done": 1,
        "commended": 1,
    }
    rows = {line.kind: line.rows for line in found.lines}
    late = ReportDuty.objects.get(late_amount__isnull=False)
    assert [row["row_id"] for row in rows["late"]] == [str(late.pk)]
    assert [row["title"] for row in rows["unsent"]] == ["逾期未报"]
    assert found.score == 100 - 1 - 2 - 10 - 10 + 1 + 1
    assert live(world.office, Period(2025, "Q4"), EXAMPLE, APRIL) == []


def test_summary_missing_costs_as_its_own_kind(world: World) -> None:
    """R-SUP-8: plan, half-year and final reports missing are told apart from the others."""
    share = assigned(world, BEGIN)
    share.duties.update(kind="summary")
    assert of_bureau(world).counts["unsent_summary"] == 1
    assert of_bureau(world).counts["unsent"] == 0


def test_fact_set_aside_or_withdrawn_counts_no_more(world: World) -> None:
    """R-SUP-8: with a reason, once, and only from then on."""
    facts(world)
    late = ReportDuty.objects.get(late_amount__isnull=False)
    aside = {"kind": "late", "row_id": late.pk, "unit": world.bureau, "actor": world.officer}
    with pytest.raises(Invalid):
        set_aside(reason=" ", at=APRIL, **aside)
    set_aside(reason="系统停机", at=APRIL, **aside)
    with pytest.raises(Refused):
        set_aside(reason="系统停机", at=APRIL, **aside)
    assert of_bureau(world).counts["late"] == 0
    assert of_bureau(world, at=APRIL - timedelta(days=1)).counts["late"] == 1
    row = world.bureau.appraisal_facts.get()
    withdraw_fact(row=row, reason="误录", actor=world.officer, at=APRIL)
    assert of_bureau(world).counts["commended"] == 0


def test_replay_with_old_weights_reproduces_the_published_ranking(
    world: World, version: ScoringVersion
) -> None:
    """Features row 29, B22, R-SUP-8: from its own rows and rules, whatever happened to the rows
    since."""
    facts(world)
    publication = published(world, version)
    ReportDuty.objects.update(late_amount=F("late_amount") + 5, state="withdrawn")
    kept = list(publication.scores.order_by("unit_id").values_list("unit_id", "rank", "score"))
    again = replayed(publication, weights_of(publication.version))
    assert sorted((row.unit_id, row.rank, row.score) for row in again) == kept
    assert is_unchanged(publication) is True
    other = Weights(Decimal(100), items={**EXAMPLE.items, "unsent": Weight(Decimal(-20))})
    assert replayed(publication, other)[0].score == kept[0][2] - 10
    PublishedScore.objects.update(score=Decimal(100), lines=[])
    assert is_unchanged(publication) is False


def test_used_rules_are_frozen(world: World, version: ScoringVersion) -> None:
    """R-SUP-8: rules change until they are used; then only a new version does."""
    facts(world)
    values = {"title": "细则", "basis": "二号", "actor": world.officer, "at": BEGIN}
    lighter = Weights(Decimal(100), items={"late": Weight(Decimal("-0.5"), Decimal(5))})
    change_version(version=version, weights=lighter, **values)
    assert weights_of(version).items["late"] == Weight(Decimal("-0.5"), Decimal("5.0"))
    published(world, version)
    version.refresh_from_db()
    with pytest.raises(Refused) as refused:
        change_version(version=version, weights=EXAMPLE, **values)
    assert refused.value.code == "version-used"
    assert draft_version(weights=EXAMPLE, **values).number == 2
    odd = Weights(Decimal(100), items={"late": Weight(Decimal("-0.55"))})
    with pytest.raises(Invalid) as bad:
        draft_version(weights=odd, **values)
    assert set(bad.value.errors) == {"points_late"}


def test_publishing_refused(world: World, version: ScoringVersion) -> None:
    """R-SUP-8: by an officer, before the period ends, twice without a reason, without units."""
    with pytest.raises(Refused) as refused:
        published(world, version)
    assert refused.value.code == "nobody-to-rank"
    facts(world)
    with pytest.raises(Forbidden):
        publish(period=Q1, version=version, actor=world.officer, at=APRIL)
    with pytest.raises(Refused) as refused:
        publish(period=Q1, version=version, actor=world.chief, at=LATE)
    assert refused.value.code == "period-running"
    first = published(world, version)
    with pytest.raises(Invalid) as silent:
        published(world, version)
    assert set(silent.value.errors) == {"reason"}
    second = published(world, version, reason="采纳异议")
    assert (second.corrects_id, second.edition) == (first.pk, 2)
    assert Publication.objects.get(pk=first.pk).fingerprint == first.fingerprint


def test_objection_is_answered_by_somebody_else(world: World, version: ScoringVersion) -> None:
    """Decision 5: in time, by the unit itself; answered by who did not publish."""
    facts(world)
    publication = published(world, version)
    score = publication.scores.get(unit=world.bureau)
    assert Notice.objects.filter(kind="ranking", recipient_id=world.liaison.person_id).count() == 1
    with pytest.raises(Forbidden):
        object_to(score=score, text="有误", actor=world.officer, at=APRIL)
    with pytest.raises(Refused) as late:
        object_to(score=score, text="有误", actor=world.liaison, at=APRIL + timedelta(days=9))
    assert late.value.code == "objection-late"
    objection = object_to(score=score, text="有误", actor=world.liaison, at=APRIL)
    with pytest.raises(Refused):
        object_to(score=score, text="又有误", actor=world.liaison, at=APRIL)
    words = {"objection": objection, "upheld": True, "words": "属实"}
    with pytest.raises(Forbidden) as own:
        answer(actor=world.chief, at=APRIL, **words)
    assert own.value.code == "own-ranking"
    answered = answer(actor=world.officer, at=APRIL, **words)
    assert (answered.upheld, answered.answered_by_name) == (True, "李文清")
    with pytest.raises(Refused):
        answer(actor=world.officer, at=APRIL, **words)


def test_unit_reads_the_ranking_and_its_own_reasons_only(
    world: World, version: ScoringVersion
) -> None:
    """Decision 8: a unit sees why its own score, of the others rank and points; a stranger
    nothing."""
    facts(world)
    money = Unit.objects.get(short_name="市财政局")
    other = actor("qian", "钱芳", money, Role.LIAISON)
    publication = published(world, version)
    page = f"/appraisal/publications/{publication.pk}/"

    def status(who: Actor, path: str) -> int:
        client = Client()
        sign_in(client, User.objects.get(pk=who.person_id))
        return client.get(path).status_code

    assert status(world.liaison, page) == 200
    assert status(world.liaison, f"{page}units/{world.bureau.pk}/") == 200
    assert status(world.liaison, f"{page}units/{money.pk}/") == 404
    assert status(other, page) == 404
    assert status(world.liaison, "/appraisal/simulation/?period=2026-Q1") == 403


def test_simulation_saves_nothing(world: World, version: ScoringVersion) -> None:
    """B22: a GET with other weights changes no row and shows the move."""
    facts(world)
    published(world, version)
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    before = (ScoringVersion.objects.count(), Publication.objects.count())
    weights = "base=90&floor=0&points_late=-4"
    found = client.get(f"/appraisal/simulation/?period=2026-Q1&{weights}")
    assert found.status_code == 200
    assert (ScoringVersion.objects.count(), Publication.objects.count()) == before
    refused = client.get("/appraisal/simulation/?base=abc&points_late=-4&cap_late=x")
    assert refused.status_code == 422
    late = next(row["now"] for row in refused.context["rows"] if row["kind"] == "late")
    assert (late, refused.context["base"]) == ({"points": "-4", "cap": "x"}, "abc")


def test_simulated_score_opens_its_rows(world: World, version: ScoringVersion) -> None:
    """B22, ui.md rule 3: every score of the simulation is a link to the unit's rows under the
    weights tried, with the points before; the rows are those of the published score."""
    facts(world)
    publication = published(world, version)
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    asked = "period=2026-Q1&base=90&floor=0&points_late=-4"
    shown = client.get(f"/appraisal/simulation/?{asked}").content.decode()
    page = f"/appraisal/simulation/units/{world.bureau.pk}/?{asked}"
    assert shown.count(f'href="{page.replace("&", "&amp;")}"') == 2
    found = client.get(page)
    move, kept = found.context["move"], publication.scores.get(unit=world.bureau)
    assert (move.before.score, move.before.rank) == (kept.score, kept.rank)
    rows = {line.kind: len(line.rows) for line in found.context["lines"]}
    assert rows == {one["kind"]: one["count"] for one in kept.lines}
    late = {now.kind: (was.points, now.points) for was, now in found.context["pairs"]}["late"]
    assert late[1] == 4 * late[0]
    assert late[1] < 0
    elsewhere = f"/appraisal/simulation/units/{uuid4()}/?{asked}"
    assert client.get(elsewhere).status_code == 404


def test_export_carries_ranks_and_fingerprint(world: World, version: ScoringVersion) -> None:
    """The XLSX says period, rules and fingerprint, and one row per unit."""
    facts(world)
    publication = published(world, version)
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    body = client.get(f"/appraisal/publications/{publication.pk}/xlsx/").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    cover, rows = (book.get_sheet_by_index(place).to_python() for place in (0, 1))
    assert publication.fingerprint in [row[1] for row in cover]
    assert rows[1][1:3] == [1, "市住房城乡建设局"]
    pdf = client.get(f"/appraisal/publications/{publication.pk}/pdf/").content
    assert pdf[:5] == b"%PDF-"


def test_periods() -> None:
    """Quarters, half-years and years by their key; anything else is refused."""
    assert (period_of("2026-H2").first, period_of("2026-H2").last) == (
        date(2026, 7, 1),
        date(2026, 12, 31),
    )
    assert period_of("2026").end == datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert period_of("2026-Q4").label("zh-hans") == "2026年第四季度"
    with pytest.raises(Invalid):
        period_of("2026-Q5")


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_number_of_queries(
    world: World, version: ScoringVersion, django_assert_num_queries: object, count: int
) -> None:
    """Query counts do not grow with units, facts or rankings."""
    for place in range(count):
        facts(world)
        published(world, version, reason=f"更正{place}")
    publication = Publication.objects.order_by("-edition").first()
    assert publication is not None
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    client.get("/appraisal/")
    counts = {
        "/appraisal/": LIST,
        "/appraisal/draft/?period=2026-Q1": DRAFT,
        "/appraisal/simulation/?period=2026-Q1&base=90": SIMULATION,
        f"/appraisal/publications/{publication.pk}/": PUBLICATION,
        f"/appraisal/publications/{publication.pk}/units/{world.bureau.pk}/": SCORE,
        "/appraisal/rules/": RULES,
        "/appraisal/facts/": FACTS,
    }
    for path, queries in counts.items():
        with django_assert_num_queries(queries):  # type: ignore[operator]
            assert client.get(path).status_code == 200


LIST, DRAFT, SIMULATION, PUBLICATION, SCORE, RULES, FACTS = 6, 20, 12, 12, 9, 8, 7
