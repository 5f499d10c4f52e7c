"""After a restore both sides agree again (security 5.7; features rows 50, 51; B16): what is in an
outbox comes by itself, what only a neighbour has is entered again by a person's decision."""

import pytest

from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.domain.mail.returning import decide_reentry
from luoshi.foundation.exchange.models import Incoming, Returned
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.report.reviewing import accept, return_for_redo
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Matter, Report
from tests.supervision.chasing.test_pages import client_of
from tests.supervision.mirrors.levels import COUNTY, C, Levels, X, agree, assigned, registered
from tests.supervision.mirrors.test_mirrored import reported, share_of, signed


def decide(one: Levels, code: str, *, enter: bool = True) -> int:
    """Decide on everything returned to a node; returns how much there was."""
    officer = one.officer if code == C else one.county_officer
    with one.on(code) as at:
        rows = list(Returned.objects.filter(decided="").order_by("sent_at"))
        for row in rows:
            decide_reentry(row=row, enter=enter, actor=officer, at=at)
    return len([row for row in rows if row.kind.startswith("matters.")])


def test_the_office_enters_its_lost_decisions_again(one: Levels) -> None:
    """The city loses a review and a second slip; an officer enters what came back."""
    share = signed(one)
    officer = one.officer
    sent = reported(one)
    one.nodes[C].back_up()
    with one.on(C) as at:
        return_for_redo(report=Report.objects.get(pk=sent.pk), reason="补", actor=officer, at=at)
    other = assigned(one, (COUNTY, "sole"))[COUNTY]
    one.flow()
    with one.on(X) as at:
        sign_for(assignment=share_of(), actor=one.liaison, at=at)
    one.flow()
    one.restore(C)
    one.flow()
    with one.on(C):
        assert not Matter.objects.filter(pk=other.matter_id).exists()
        assert Incoming.objects.filter(state="parked", kind="matters.signing").count() == 1
    assert decide(one, C) >= 2
    one.resync()
    agree(one, share.matter_id)
    agree(one, other.matter_id)
    with one.on(C):
        assert Report.objects.get(pk=sent.pk).review.reason == "补"
        assert share_of().signed_at is not None
    third = assigned(one, (COUNTY, "sole"))[COUNTY]
    assert third.matter.number != other.matter.number


def test_what_is_dropped_is_undone_on_the_other_side(one: Levels) -> None:
    """The officer does not enter the lost review: the county's books follow the office's."""
    share = signed(one)
    sent = reported(one)
    one.nodes[C].back_up()
    with one.on(C) as at:
        accept(report=Report.objects.get(pk=sent.pk), actor=one.officer, at=at)
    one.flow()
    one.restore(C)
    one.flow()
    with one.on(C):
        browser = client_of(one.officer)
        row = Returned.objects.get(kind="matters.review")
        assert row.title in browser.get("/returned/").content.decode()
        assert "/returned/" in browser.get("/arrivals/").content.decode()
        where = f"/returned/{row.pk}/decision/"
        assert browser.post(where, {"act": "drop"}).status_code == 302
        assert browser.post(where, {"act": "enter"}).status_code == 409
        assert "李文清" in browser.get("/returned/?show=decided").content.decode()
    decide(one, C, enter=False)
    one.resync()
    agree(one, share.matter_id)
    with one.on(X):
        assert Report.objects.get(pk=sent.pk).state == "submitted"


def test_the_county_enters_its_lost_report_again(one: Levels) -> None:
    """The county loses a signing and a report the city has accepted meanwhile."""
    share = assigned(one, (COUNTY, "sole"))[COUNTY]
    one.flow()
    liaison = one.liaison
    one.nodes[X].back_up()
    with one.on(X) as at:
        sign_for(assignment=share_of(), actor=liaison, at=at)
    sent = reported(one)
    with one.on(C) as at:
        accept(report=Report.objects.get(pk=sent.pk), actor=one.officer, at=at)
    one.flow()
    one.restore(X)
    one.flow()
    with one.on(X):
        assert not Report.objects.exists()
    assert decide(one, X) >= 2
    one.resync()
    agree(one, share.matter_id)


def test_an_old_word_is_not_entered_over_newer_acts(one: Levels) -> None:
    """Acted upon since the restore: refused, with what to do."""
    share = signed(one)
    sent = reported(one)
    one.nodes[C].back_up()
    with one.on(C) as at:
        accept(report=Report.objects.get(pk=sent.pk), actor=one.officer, at=at)
    one.flow()
    one.restore(C)
    one.flow()
    with one.on(C) as at:
        seen = Report.objects.get(pk=sent.pk)
        return_for_redo(report=seen, reason="补充", actor=one.officer, at=at)
        row = Returned.objects.filter(kind="matters.review").get()
        with pytest.raises(Refused) as refused:
            decide_reentry(row=row, enter=True, actor=one.officer, at=at)
        assert refused.value.code == "acted-since"
        assert Returned.objects.get(pk=row.pk).decided == ""
    assert decide(one, C, enter=False) >= 1
    one.resync()
    agree(one, share.matter_id)
    with one.on(X):
        assert Report.objects.get(pk=sent.pk).state == "returned"


def test_a_number_given_away_since_is_not_given_twice(one: Levels) -> None:
    """The lost matter's number went to another one after the restore: entering is refused."""
    one.nodes[C].back_up()
    assigned(one, (COUNTY, "sole"))
    one.flow()
    one.restore(C)
    one.flow()
    with one.on(C) as at:
        matter = registered(one.officer, at)
        unit = Unit.objects.get(short_name=COUNTY)
        assign(matter=matter, shares=[Share(unit, "sole")], actor=one.officer, at=at)
        row = Returned.objects.get(kind="matters.slip")
        with pytest.raises(Refused) as refused:
            decide_reentry(row=row, enter=True, actor=one.officer, at=at)
        assert refused.value.code == "number-taken"
