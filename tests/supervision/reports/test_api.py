"""Reports in depth by API: drafts, sources of figures, measures, conclusions."""

from decimal import Decimal

import pytest

from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.measuring import AskedFigure, set_measures
from luoshi.supervision.matters.domain.report.reporting import save_draft
from luoshi.supervision.matters.models import Matter, Report
from tests.story import World, actor, make_world
from tests.supervision.matters.test_api import Api, token
from tests.supervision.reports.test_composing import Levels
from tests.supervision.reports.world import accepted, day, figures, share_of, words

pytestmark = pytest.mark.django_db
SIGNED = day(2, 2)


@pytest.fixture
def world() -> World:
    return make_world()


def test_draft_is_saved_and_says_what_it_lacks(world: World) -> None:
    """Item “draft autosave”, decision 7: the same checklist by token; an older revision is refused
    and the newer text stays."""
    share = share_of(world, "points", SIGNED)
    asked = [AskedFigure("排查隐患", "处", Decimal(46))]
    set_measures(
        matter=share.matter, figures=asked, least_evidence=3, actor=world.officer, at=SIGNED
    )
    unit = Api(token(world.liaison))
    path = f"/assignments/{share.pk}/draft"
    first = unit.call("PUT", path, {"progress": "排查过半", "signed_by_principal": "赵明"})
    assert first.status_code == 200, first.content
    lacking = {row["duty_id"]: row["parts"] for row in first.json()["lacking"]}
    assert lacking.keys() == {str(duty.pk) for duty in share.duties.all()}
    assert all("排查隐患" in parts for parts in lacking.values())
    again = unit.call("PUT", path, {"progress": "另一稿"})
    assert (again.status_code, again.json()["type"]) == (422, "luoshi:edited-meanwhile")
    kept = Report.objects.get()
    assert (kept.progress, kept.signed_by_principal, kept.revision) == ("排查过半", "赵明", 1)
    full = {"progress": "完", "problems": "无", "next_steps": "续", "summary": "总", "revision": 1}
    full["figures"] = [{"name": "排查隐患", "value": "46", "measure": "处"}]
    second = unit.call("PUT", path, full).json()
    assert (second["revision"], [row["parts"] for row in second["lacking"]]) == (
        2,
        [[]] * len(lacking),
    )
    assert Api(token(world.officer)).call("PUT", path, full).status_code == 403


def test_a_token_does_not_send_over_a_colleagues_draft(world: World) -> None:
    """Item “draft autosave”: with the revision it began from, a newer draft of somebody else stops
    the sending and stays as it is."""
    share = share_of(world, "points", SIGNED)
    colleague = actor("tang", "唐工", world.bureau, Role.LIAISON)
    save_draft(assignment=share, words=words(), revision=0, actor=colleague, at=SIGNED)
    body = {"progress": "旧稿", "problems": "无", "next_steps": "续", "summary": "总"}
    body |= {"duties": [str(duty.pk) for duty in share.duties.all()][:1], "revision": 0}
    unit = Api(token(world.liaison))
    answer = unit.call("POST", f"/assignments/{share.pk}/reports", body)
    assert (answer.status_code, answer.json()["type"]) == (422, "luoshi:edited-meanwhile")
    kept = Report.objects.get()
    assert (kept.state, kept.progress) == ("draft", words().progress)


def test_measures_are_read_as_set(world: World) -> None:
    """B8: the figures with their targets, the matter's least grade and the one that counts."""
    share = share_of(world, "points", SIGNED)
    path = f"/matters/{share.matter_id}/measures"
    reader = Api(token(world.liaison))
    before = reader.call("GET", path).json()
    assert (before["figures"], before["least_evidence"], before["needed"]) == ([], None, 1)
    body = {"figures": [{"name": "隐患", "measure": "处", "target": "46"}], "least_evidence": 4}
    assert Api(token(world.officer)).call("PUT", path, body).status_code == 204
    after = reader.call("GET", path).json()
    assert [(f["name"], f["measure"], float(f["target"])) for f in after["figures"]] == [
        ("隐患", "处", 46)
    ]
    assert (after["least_evidence"], after["needed"]) == (4, 4)


def test_sources_name_the_newer_figure() -> None:
    """B17: every row with its report, who approved it, and what the unit below says by now."""
    levels = Levels()
    first = levels.county("安澜县", 40)
    levels.county("松屏县", 25)
    made = levels.composed()
    office = Api(token(levels.province))
    path = f"/reports/{made.pk}/sources"
    rows = office.call("GET", path).json()["items"]
    assert {(r["unit"], float(r["value"]), r["outdated"]) for r in rows} == {
        ("安澜县", 40, False),
        ("松屏县", 25, False),
    }
    assert {r["approved_by"] for r in rows} == {levels.city.person_name}
    levels.correction(first, 43)
    rows = office.call("GET", path).json()["items"]
    assert {(r["unit"], float(r["now"])) for r in rows if r["outdated"]} == {("安澜县", 43)}
    foreign = Api(token(levels.handlers["松屏县"]))
    assert foreign.call("GET", path).status_code == 404


def test_conclusion_is_read_once_it_stands(world: World) -> None:
    """R-SUP-1: result, evidence, what is left, the number it was struck off under."""
    share = share_of(world, "points", SIGNED)
    path = f"/matters/{share.matter_id}/conclusion"
    reader = Api(token(world.liaison))
    assert reader.call("GET", path).status_code == 404
    said = words(figures=figures(排查隐患=46))
    report = accepted(share, world.liaison, world.officer, day(4, 3), "TR-04", said=said)
    conclude(
        matter=Matter.objects.get(),
        result="done",
        summary="任务完成",
        unmet="两处待验收",
        actor=world.officer,
        at=day(4, 3),
    )
    found = reader.call("GET", path).json()
    assert found["final_report_id"] == str(report.pk)
    told = [found[name] for name in ("result", "summary", "unmet", "evidence", "struck_off")]
    assert told == ["done", "任务完成", "两处待验收", 1, "销〔2026〕1号"]
