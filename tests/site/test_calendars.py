"""A notice shows what it would move and moves it in one act; the auditor's page; the slip."""

import json
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.foundation.audit.domain.exporting import verify_exported
from luoshi.foundation.audit.models import Entry, Verification
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.editions import Notice as Typed
from luoshi.foundation.deadlines.domain.queries.current import calendar_as_of, current_calendar
from luoshi.foundation.deadlines.engine.compute import ZONE
from luoshi.foundation.deadlines.engine.stops import recompute
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.models import CalendarEdition
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.site.domain.publishing import preview_edition, publish_edition
from luoshi.site.domain.verifying import Report, check_dates
from luoshi.supervision.matters.domain.duty.recomputing import computed_limits
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.matter.stopping import resume, stop
from luoshi.supervision.matters.models import RedatedDuty, Redating, ReportDuty
from tests.security.world import PLAN, Office, by_unit, keyed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
OFFICE_AT = AT


class Undo(Exception):
    """Ends an example without a trace."""


def open_duty(office: Office) -> ReportDuty:
    """A duty that the liaison's signing has just dated."""
    share = office.ids["unsigned_share"]
    office.clients["liaison"].post(f"/assignments/{share}/receipt/", keyed())
    rows = ReportDuty.objects.filter(assignment=share, state="open", trace__isnull=False)
    return rows.order_by("due_at")[0]


def notice(day: str, **more: str) -> dict[str, str]:
    """A notice that makes one working day a rest day."""
    typed = {"year": day[:4], "notice": "国发明电〔2026〕9号", "published_on": "2026-02-03"}
    return typed | {"rest": day} | more


def previewed(office: Office, typed: dict[str, str]) -> dict[str, str]:
    """The form of the preview, filled in, and how many rows of the trail it wrote."""
    entries = Entry.objects.count()
    answer = office.clients["system"].get("/calendar/preview/", typed)
    assert (answer.status_code, Entry.objects.count()) == (200, entries)
    return keyed(**typed, digest=answer.context["digest"])


def test_notice_shows_what_it_moves_then_moves_exactly_that(office: Office) -> None:
    """Features row 106, R-CAL-3, B3: the preview lists every open limit and changes nothing; one
    act enters the
    notice, keeps both traces of each limit, tells each unit once, and every stored date still
    follows from its own trace."""
    duty = open_duty(office)
    day = duty.trace["steps"][-1]["on"]
    seen = office.clients["system"].get("/calendar/preview/", notice(day))
    moved = [row.duty_id for row in seen.context["page"].rows]
    assert duty.pk in moved
    assert ReportDuty.objects.get(pk=duty.pk).due_at == duty.due_at
    body = previewed(office, notice(day))
    answer = office.clients["system"].post("/calendar/", body)
    assert (answer.status_code, f"moved={len(moved)}" in answer["Location"]) == (302, True)
    before, duty = duty.due_at, ReportDuty.objects.get(pk=duty.pk)
    assert duty.due_at > before
    again = recompute(Trace.from_json(duty.trace), calendar_as_of(duty.trace["editions"]))
    assert again.at == duty.due_at
    kept = RedatedDuty.objects.get(duty=duty, act__cause="calendar")
    assert (kept.before_at, kept.after_at, kept.change) == (before, duty.due_at, "later")
    assert (kept.before_trace["due"], kept.after_trace) == (
        before.astimezone(ZONE).isoformat(),
        duty.trace,
    )
    told = Notice.objects.filter(url=f"/redatings/{kept.act_id}/", unit=office.world.bureau)
    people = people_in(office.world.bureau.pk, HANDLING_ROLES, office_date(kept.act.decided_at))
    assert sorted(told.values_list("recipient", flat=True)) == sorted(one.pk for one in people)
    assert Entry.objects.filter(action="matters.redated").count() >= 1
    report = Report()
    check_dates(report, lambda _what, _done, _all: None)
    assert report.problems == []


def test_the_same_notice_twice_is_noticed_and_a_correction_is_said(office: Office) -> None:
    """Features row 106, R-CAL-3: the same number and days are refused, however the brackets are
    typed; other days under the number, or the days under another number, need the word that they
    correct what was entered, and the difference is told."""
    open_duty(office)
    client = office.clients["system"]
    shown = notice("2026-03-03")
    client.post("/calendar/", previewed(office, shown))
    again = client.get("/calendar/preview/", shown | {"notice": " 国发明电[２０２６] 9号"})
    assert (again.status_code, list(again.context["refusal"].errors)) == (422, ["notice"])
    ticked = client.get("/calendar/preview/", shown | {"corrects": "1"})
    assert (ticked.status_code, CalendarEdition.objects.count()) == (422, 1)
    other = notice("2026-03-04")
    asked = client.get("/calendar/preview/", other)
    errors = asked.context["refusal"].errors
    assert (asked.status_code, list(errors)) == (422, ["notice", "corrects"])
    assert "03-04" in " ".join(map(str, errors["notice"]))
    assert 'name="corrects"' in asked.content.decode()
    renamed = client.get("/calendar/preview/", shown | {"notice": "国发明电〔2026〕10号"})
    assert list(renamed.context["refusal"].errors) == ["notice", "corrects"]
    unsaid = client.post("/calendar/", keyed(**other, digest="0"))
    assert (unsaid.status_code, CalendarEdition.objects.count()) == (422, 1)
    body = previewed(office, other | {"corrects": "1"})
    assert client.post("/calendar/", body).status_code == 302
    assert [str(row) for row in CalendarEdition.objects.all()] == ["2026-2", "2026-3"]


def test_notice_whose_list_changed_meanwhile_is_refused_whole(office: Office) -> None:
    """B3: a report sent between preview and act changes the list; nothing is entered."""
    duty = open_duty(office)
    body = previewed(office, notice(duty.trace["steps"][-1]["on"]))
    ReportDuty.objects.filter(pk=duty.pk).update(state="submitted")
    before = CalendarEdition.objects.count()
    answer = office.clients["system"].post("/calendar/", body)
    assert (answer.status_code, CalendarEdition.objects.count()) == (409, before)
    assert Redating.objects.filter(cause="calendar").count() == 0


def test_dates_a_person_decided_and_passed_limits_stay(office: Office) -> None:
    """R-SUP-4, B3: an extended limit stays though its rule would move; its original limit still
    recomputes to itself."""
    duty = open_duty(office)
    later = duty.due_at + timedelta(days=9)
    ReportDuty.objects.filter(pk=duty.pk).update(due_at=later)
    seen = office.clients["system"].get("/calendar/preview/", notice(duty.trace["steps"][-1]["on"]))
    assert duty.pk not in [row.duty_id for row in seen.context["page"].rows]
    again = recompute(Trace.from_json(duty.trace), calendar_as_of(duty.trace["editions"]))
    assert again.at == duty.original_due_at


def test_a_limit_carried_on_by_a_stop_moves_with_the_calendar(office: Office) -> None:
    """B3, features row 20: the stop stays in the trace, the original limit stays without it, and
    both still recompute to themselves."""
    duty = open_duty(office)
    share = duty.assignment
    begun = timezone.now() + timedelta(days=1)
    officer = office.world.officer
    row = stop(matter=share.matter, reason="等待", actor=officer, at=begun, assignment=share)
    resume(stop=row, reason="继续", actor=officer, at=begun + timedelta(days=6))
    carried = ReportDuty.objects.get(pk=duty.pk)
    assert carried.due_at > carried.original_due_at
    day = carried.trace["steps"][-1]["on"]
    seen = office.clients["system"].get("/calendar/preview/", notice(day))
    assert duty.pk in [row.duty_id for row in seen.context["page"].rows]
    office.clients["system"].post("/calendar/", previewed(office, notice(day)))
    after = ReportDuty.objects.get(pk=duty.pk)
    assert after.due_at > carried.due_at
    assert after.original_due_at < after.due_at
    assert after.trace["stops"] == carried.trace["stops"]
    report = Report()
    check_dates(report, lambda _what, _done, _all: None)
    assert report.problems == []


def test_preview_names_no_matter(office: Office) -> None:
    """ui.md 5.16: the administrator sees number, rule and unit, no business text."""
    duty = open_duty(office)
    answer = office.clients["system"].get(
        "/calendar/preview/", notice(duty.trace["steps"][-1]["on"])
    )
    assert (
        PLAN.title in answer.content.decode(),
        duty.assignment.matter.number in answer.content.decode(),
    ) == (False, True)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rest=st.sets(st.integers(0, 80), min_size=1, max_size=12),
    work=st.sets(st.integers(0, 11), max_size=4),
)
def test_any_notice_moves_exactly_what_its_preview_shows(
    office: Office, rest: set[int], work: set[int]
) -> None:
    """B3, editions × open duties: whatever the notice, the act makes every open limit what the
    engine computes under the new calendar, and the preview had listed exactly the others."""
    first = date(2026, 2, 4)
    saturdays = [date(2026, 2, 7) + timedelta(weeks=n) for n in work]
    days = [d for n in rest if (d := first + timedelta(days=n)) not in saturdays]
    if not days:
        return
    typed = Typed("2026", "试", "2026-02-04", *("\n".join(map(str, d)) for d in (days, saturdays)))
    admin = by_unit("市委办公室", f"a{uuid4().hex[:8]}", Role.SYSTEM_ADMIN)
    with suppress(Undo), transaction.atomic():
        shown = preview_edition(typed=typed, actor=admin, at=AT)
        before = {row.pk: row.due_at for row in computed_limits(AT)}
        publish_edition(typed=typed, digest=digest_of(shown), actor=admin, at=AT)
        after = {row.pk: row for row in ReportDuty.objects.filter(pk__in=before)}
        calendar = current_calendar()
        for row in after.values():
            assert recompute(Trace.from_json(row.trace), calendar).at == row.due_at
        changed = {key for key, row in after.items() if row.due_at != before[key]}
        assert changed == {one.duty.pk for one in shown if one.moves}
        raise Undo


def test_auditor_verifies_filters_and_takes_the_package(office: Office) -> None:
    """ui.md 5.15: never run → whole; filters by actor, object, verb; the package verifies."""
    client = office.clients["auditor"]
    assert Verification.objects.count() == 0
    client.get("/audit/")
    client.post("/audit/", keyed())
    assert Verification.objects.get().code == 0
    for query in (
        "action=audit.verified",
        "person=auditor",
        "object=audit.verification:1",
        "from=2020-01-01",
    ):
        assert client.get(f"/audit/?{query}").status_code == 200
    assert client.get("/audit/?from=gestern").status_code == 422
    answer = client.post("/audit/package/", keyed())
    archive = zipfile.ZipFile(BytesIO(b"".join(answer)))
    lines = archive.read("trail.jsonl").decode().splitlines()
    assert verify_exported(lines).code == 0
    assert json.loads(json.loads(lines[-2])["body"])["action"] == "audit.exported"
    assert archive.read("SHA256SUMS").decode().split()[0] == answer["X-Trail-SHA256"]


def test_limit_slip_is_a_pdf(office: Office) -> None:
    """Features row 107, ui.md 5.3: the explanation prints; a stranger to the matter does not see
    it."""
    duty = ReportDuty.objects.filter(trace__isnull=False).first()
    assert duty is not None
    answer = office.clients["officer"].get(f"/duties/{duty.pk}/limit/")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert office.clients["other"].get(f"/duties/{duty.pk}/limit/").status_code == 404
