"""The principal's signature: reports wait for it, it sends them, or they come back (R-SUP-6)."""

from datetime import timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.report.reporting import save_draft
from luoshi.supervision.matters.domain.report.signing_off import give_back, sign, take_back
from luoshi.supervision.matters.models import Assignment, Report
from luoshi.supervision.rulebook.domain.settling import settle
from tests.security.world import sign_in
from tests.story import SYSTEM, World, make_world
from tests.supervision.reports.world import day, principal, send, share_of, words

pytestmark = pytest.mark.django_db
SENT = day(3, 12)


@pytest.fixture
def world() -> World:
    return make_world()


def waiting(world: World) -> Report:
    """A report the liaison put forward."""
    share = share_of(world, "instruction", day(3, 2))
    return send(share, world.liaison, SENT, "TR-06")


def test_report_waits_and_the_signature_sends_it(world: World) -> None:
    """R-SUP-6: the duty stays owed until the principal signs; the name stands on the report."""
    head = principal(world)
    report = waiting(world)
    assert report.state == "signing"
    assert [duty.state for duty in report.duties.all()] == ["open"]
    assert Notice.objects.filter(recipient_id=head.person_id, kind="signing").count() == 1
    assert Report.objects.visible_to(world.officer).count() == 0
    sent = sign(report=report, actor=head, at=SENT + timedelta(hours=1))
    assert (sent.state, sent.signed_by_principal) == ("submitted", "赵明")
    assert sent.submitted_at == SENT + timedelta(hours=1)
    assert [duty.state for duty in sent.duties.all()] == ["submitted"]


def test_principal_finds_what_waits_on_today_and_the_page_says_when_it_was_signed(
    world: World,
) -> None:
    """ui.md rule 1, R-SUP-6: the principal's turn stands on Today, not only in the bar."""
    head = principal(world)
    report = waiting(world)
    client = Client()
    sign_in(client, User.objects.get(pk=head.person_id))
    assert f"/reports/{report.pk}/signing/" in client.get("/").content.decode()
    sign(report=report, actor=head, at=SENT + timedelta(hours=1))
    assert f"/reports/{report.pk}/signing/" not in client.get("/").content.decode()
    assert "在本系统签发" in client.get(f"/reports/{report.pk}/").content.decode()


def test_principal_gives_back_with_words(world: World) -> None:
    """R-SUP-6: given back it is a draft again; without a word it is not given back."""
    head = principal(world)
    report = waiting(world)
    with pytest.raises(Invalid):
        give_back(report=report, words=" ", actor=head, at=SENT)
    back = give_back(report=report, words="数据请核实", actor=head, at=SENT)
    assert (back.state, back.signings.get().words) == ("draft", "数据请核实")
    assert send(back.assignment, world.liaison, SENT, "TR-06").state == "signing"


def test_nobody_changes_what_waits_but_its_unit_takes_it_back(world: World) -> None:
    """R-SUP-6: what the principal reads is what is sent."""
    principal(world)
    report = waiting(world)
    with pytest.raises(Refused) as refused:
        save_draft(
            assignment=report.assignment,
            words=words(),
            revision=report.revision,
            actor=world.liaison,
            at=SENT,
        )
    assert refused.value.code == "waits-for-principal"
    with pytest.raises(Forbidden):
        sign(report=report, actor=world.liaison, at=SENT)
    assert take_back(report=report, actor=world.liaison, at=SENT).state == "draft"


def test_report_that_became_late_before_the_signature_needs_its_reason(world: World) -> None:
    """R-SUP-6, TR-06: the clock runs until the signature, and the mark stays."""
    head = principal(world)
    report = waiting(world)
    late = day(3, 20)
    with pytest.raises(Invalid) as refused:
        sign(report=report, actor=head, at=late)
    assert list(refused.value.errors) == ["late_reason"]
    sent = sign(report=report, actor=head, at=late, late_reason="外出")
    assert (sent.late, sent.late_reason) == (True, "外出")


def test_signature_after_revocation_refused(world: World) -> None:
    """Fault: the share is revoked while the report waits for the principal."""
    head = principal(world)
    report = waiting(world)
    revoke(matter=report.assignment.matter, reason="不再办理", actor=world.officer, at=SENT)
    report = Report.objects.select_related("assignment").get(pk=report.pk)
    with pytest.raises(Refused) as refused:
        sign(report=report, actor=head, at=SENT)
    assert refused.value.code == "not-your-turn"
    report.refresh_from_db()
    assert report.state == "signing"


def test_principal_sends_at_once_and_unit_without_one_records_the_name(world: World) -> None:
    """R-SUP-6: no second signature is asked of the principal; where nobody signs in as one, the
    written name is what is recorded."""
    share = share_of(world, "instruction", day(3, 2))
    named = send(share, world.liaison, SENT, "TR-06", said=words(signed_by_principal="赵明"))
    assert (named.state, named.signed_by_principal) == ("submitted", "赵明")
    other = share_of(world, "instruction", day(3, 2))
    sent = send(Assignment.objects.get(pk=other.pk), principal(world), SENT, "TR-06")
    assert (sent.state, sent.signed_by_principal) == ("submitted", "赵明")


def test_office_may_do_without_the_signature(world: World) -> None:
    """R-SUP-6: asked for unless the office decided otherwise; then the report is sent at once."""
    principal(world)
    settle(office_id=world.office.pk, values={"principal_signs": False}, actor=SYSTEM, at=SENT)
    assert waiting(world).state == "submitted"
