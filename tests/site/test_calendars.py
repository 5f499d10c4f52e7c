"""A notice entered on the page moves open dates; the auditor's page; the printed explanation."""

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest

from luoshi.foundation.audit.domain.exporting import verify_exported
from luoshi.foundation.audit.models import Entry, Verification
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.deadlines.domain.queries.current import calendar_as_of
from luoshi.foundation.deadlines.engine.stops import recompute
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.site.domain.redating import redate
from luoshi.site.domain.verifying import Report, check_dates
from luoshi.supervision.matters.models import ReportDuty
from tests.security.world import Office, keyed, make_office

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def office() -> Office:
    return make_office(AT)


def open_duty(office: Office) -> ReportDuty:
    """A duty that the liaison's signing has just dated."""
    share = office.ids["unsigned_share"]
    office.clients["liaison"].post(f"/assignments/{share}/receipt/", keyed())
    rows = ReportDuty.objects.filter(assignment=share, state="open", trace__isnull=False)
    return rows.order_by("due_at")[0]


def test_entered_notice_moves_open_dates_only(office: Office) -> None:
    """R-CAL-3: open dates are computed again, each share leaves before and after, and every
    stored date still follows from its own trace."""
    duty = open_duty(office)
    day = duty.trace["steps"][-1]["on"]
    body = keyed(year=day[:4], notice="国发明电〔2026〕9号", published_on="2026-02-03", rest=day)
    answer = office.clients["system"].post("/calendar/", body)
    assert (answer.status_code, "moved=" in answer["Location"]) == (302, True)
    before, duty = duty.due_at, ReportDuty.objects.get(pk=duty.pk)
    assert duty.due_at > before
    again = recompute(Trace.from_json(duty.trace), calendar_as_of(duty.trace["editions"]))
    assert again.at == duty.due_at
    assert Entry.objects.filter(action="matters.redated").count() >= 1
    report = Report()
    check_dates(report, lambda _what, _done, _all: None)
    assert report.problems == []
    assert redate(actor=Actor.system("again"), at=datetime.now(UTC)) == 0


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
    """ui.md 5.3: the explanation prints; a stranger to the matter does not see it."""
    duty = ReportDuty.objects.filter(trace__isnull=False).first()
    assert duty is not None
    answer = office.clients["officer"].get(f"/duties/{duty.pk}/limit/")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert office.clients["other"].get(f"/duties/{duty.pk}/limit/").status_code == 404
