"""The pages of recurring commitments, as their people use them (TR-22; ui.md 1)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.commitments.domain.keeping import Kept, keep
from luoshi.supervision.commitments.models import Commitment, Occurrence
from tests.counting import queries_of
from tests.security.world import keyed, sign_in
from tests.story import World, actor, make_world
from tests.supervision.commitments.ground import MONDAY, noon, on, run, undertaken

pytestmark = pytest.mark.django_db
FORM = {
    "title": "周五理论学习",
    "how": "words",
    "words": "每周五开展理论学习",
    "basis": "机关学习制度",
    "responsible": "post:document_clerk",
    "warning": "1",
}


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(who: Actor) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=who.person_id))
    return client


def test_shown_back_undertaken_kept_excused(world: World) -> None:
    """TR-22: what was understood is shown before it is undertaken; the clerk notes the session with
    a file; the record counts it; the secretary-general excuses the next one."""
    clerk = actor("lv", "吕文", world.office, Role.DOCUMENT_CLERK)
    with time_machine.travel(noon(2026, 4, 27), tick=False):
        officer = client_of(world.officer)
        page = officer.post("/commitments/new/", keyed(**FORM, act="show")).content.decode()
        assert "每周五前" in page
        assert "2026年5月6日（周三）" in page
        assert "周五理论学习" in page
        assert not Commitment.objects.exists()
        made = officer.post("/commitments/new/", keyed(**FORM, act="save"))
        row = Commitment.objects.get()
        assert made["Location"] == f"/commitments/{row.pk}/"
        page = officer.get(made["Location"]).content.decode()
        assert "文书" in page
        first = on(row, 2026, 5, 6)
        page = officer.get(f"/commitments/occurrences/{first.pk}/").content.decode()
        assert "末日为休息日" in page
        assert "每周五前" in page
    with time_machine.travel(noon(2026, 5, 6), tick=False):
        desk, chief = client_of(clerk), client_of(world.chief)
        address = f"/commitments/occurrences/{first.pk}/keeping/"
        wrong = desk.post(address, keyed(kept_at="周三上午", note="学习条例"))
        assert wrong.status_code == 422
        assert "学习条例" in wrong.content.decode()
        file = SimpleUploadedFile("签到表.txt", "签到".encode())
        body = keyed(kept_at="2026-5-6 9:00", note="学习条例", file=file)
        assert desk.post(address, body)["Location"] == f"/commitments/occurrences/{first.pk}/"
        stored = Attachment.objects.get(owner_kind="occurrence")
        assert b"".join(desk.get(f"/files/{stored.pk}/")).decode() == "签到"
        assert client_of(world.liaison).get(f"/files/{stored.pk}/").status_code == 404
        again = desk.post(address, keyed(kept_at="2026-5-6 9:00"))
        assert again.status_code == 409
        run(noon(2026, 5, 6))
        second = on(row, 2026, 5, 8)
        excuse = f"/commitments/occurrences/{second.pk}/excuse/"
        assert desk.post(excuse, {"reason": "调研"}).status_code == 403
        assert chief.post(excuse, {"reason": ""}).status_code == 422
        assert chief.post(excuse, {"reason": "防汛"}).status_code == 302
        context = chief.get("/commitments/record/?year=2026").context
        assert (context["total"]["kept"], context["total"]["excused"]) == (1, 1)


def test_a_form_sent_twice_undertakes_once(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        officer = client_of(world.officer)
        body = FORM | {"act": "save", "submission_key": str(uuid4())}
        places = {officer.post("/commitments/new/", body)["Location"] for _ in range(2)}
    assert len(places) == Commitment.objects.count() == 1


def test_what_is_refused_keeps_what_was_typed(world: World) -> None:
    """ui.md 6: the error stands beside its field, nothing typed is lost."""
    with time_machine.travel(MONDAY, tick=False):
        officer = client_of(world.officer)
        answer = officer.post(
            "/commitments/new/", keyed(**{**FORM, "words": "经常学习"}, act="save")
        )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "经常学习" in page
    assert 'id="error_words"' in page


def test_the_change_is_previewed_and_put_into_force(world: World) -> None:
    """The page of a change shows every open occurrence before and after; an end has a reason."""
    row = undertaken(world)
    with time_machine.travel(MONDAY, tick=False):
        officer = client_of(world.officer)
        address = f"/commitments/{row.pk}/change/"
        assert "每周五前" in officer.get(address).content.decode()
        body = {**FORM, "words": "每周四", "reason": "错开例会"}
        page = officer.post(address, keyed(**body, act="show"))
        moves = page.context["preview"]["moves"]
        assert [(one["row"].due_on.day, one["moves"]) for one in moves] == [(17, True), (24, True)]
        assert officer.post(address, keyed(**body, act="save")).status_code == 302
        assert on(row, 2026, 4, 16).moved_from_at is not None
        ending = f"/commitments/{row.pk}/ending/"
        assert officer.post(ending, {"reason": ""}).status_code == 422
        assert officer.post(ending, {"reason": "合并"}).status_code == 302
        assert "合并" in officer.get(f"/commitments/{row.pk}/").content.decode()


def test_one_that_ended_before_it_began_still_has_its_page(world: World) -> None:
    """Undertaken for June, called off in April: nothing is owed, everything can be read."""
    row = undertaken(world, starts_on=date(2026, 6, 1))
    with time_machine.travel(MONDAY, tick=False):
        officer = client_of(world.officer)
        assert officer.get(f"/commitments/{row.pk}/").status_code == 200
        ending = f"/commitments/{row.pk}/ending/"
        assert officer.post(ending, {"reason": "合并"}).status_code == 302
        for address in ("/commitments/", f"/commitments/{row.pk}/"):
            assert "每周五前" in officer.get(address).content.decode()
        assert officer.get("/commitments/?show=grey").context["page"].rows[0].pk == row.pk


def test_every_number_opens_its_rows_and_no_row_costs_a_query(world: World) -> None:
    """Decision 10: tabs, the year of each commitment and the months of the record count what they
    open; as many queries for five commitments as for one, eight at most."""
    pages = (
        "/commitments/",
        "/commitments/record/?year=2026",
        "/commitments/occurrences/?year=2026",
        "/commitments/occurrences/?how=missed",
    )
    with time_machine.travel(noon(2026, 5, 14), tick=False):
        officer = client_of(world.officer)
        first = undertaken(world)
        run(noon(2026, 5, 14))
        single = (*pages, f"/commitments/{first.pk}/")
        few = []
        for page in single:
            officer.get(page)
            few.append(queries_of(lambda page=page: officer.get(page))[1])
        for number in range(4):
            undertaken(world, title=f"学习{number}")
        run(noon(2026, 5, 14))
        kept = on(first, 2026, 4, 24)
        keep(
            occurrence=kept, kept=Kept(noon(2026, 4, 26)), actor=world.officer, at=noon(2026, 5, 14)
        )
        many = [queries_of(lambda page=page: officer.get(page))[1] for page in single]
        assert few == many
        assert max(many[:4]) <= 8, many
        assert many[4] <= 11, many
        for light, count in officer.get("/commitments/").context["counts"].items():
            show = "" if light == "total" else light
            rows = officer.get(f"/commitments/?show={show}").context["page"].rows
            assert len(rows) == count, light
        for row in officer.get("/commitments/").context["page"].rows:
            for how, count in row.year.items():
                if how in {"kept", "late", "missed", "excused"}:
                    address = f"/commitments/occurrences/?commitment={row.pk}&year=2026&how={how}"
                    assert len(officer.get(address).context["page"].rows) == count, how
        months = officer.get("/commitments/record/?year=2026").context["months"]
        april = months[3]
        assert (april["late"], april["missed"]) == (1, 9)
        for how in ("kept", "late", "missed", "excused"):
            address = f"/commitments/occurrences/?year=2026&month=4&how={how}"
            assert len(officer.get(address).context["page"].rows) == april[how], how


def test_the_list_is_written_out_and_paged(world: World) -> None:
    """The occurrences leave as CSV; a page has its cursor, whatever the order holds."""
    with time_machine.travel(noon(2026, 5, 14), tick=False):
        officer = client_of(world.officer)
        row = undertaken(world, "每日17时")
        run(noon(2026, 8, 1))
        page = officer.get("/commitments/occurrences/").context["page"]
        assert page.next_cursor
        second = officer.get(f"/commitments/occurrences/?cursor={page.next_cursor}").context["page"]
        assert not {one.pk for one in page.rows} & {one.pk for one in second.rows}
        out = officer.get("/exports/occurrences/?format=csv&how=missed")
        assert out.status_code == 200
        assert row.title in b"".join(out).decode("utf-8-sig", "replace")


def test_nobody_elsewhere_sees_them(world: World) -> None:
    """An office's discipline is its own: not found for others, not shown to the three officers."""
    row = undertaken(world)
    occurrence = Occurrence.objects.first()
    assert occurrence is not None
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        other = client_of(world.liaison)
        admin = client_of(actor("admin", "金毅", world.office, Role.SYSTEM_ADMIN))
        assert other.get("/commitments/").context["counts"]["total"] == 0
        for address in (f"/commitments/{row.pk}/", f"/commitments/occurrences/{occurrence.pk}/"):
            assert other.get(address).status_code == 404
            assert admin.get(address).status_code == 403
    assert row.starts_on == date(2026, 4, 13)
