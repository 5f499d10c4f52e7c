"""The pages of publications, as a clerk uses them (features row 92; S2-51…54)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luoshi.desks.publications.domain.noting import Printed, note
from luoshi.desks.publications.models import Issue, Item, PressItem, Publication
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from tests.counting import queries_of
from tests.desks.publications.ground import AT, TEXT, bring_out, clerk_of, issue_of, journal, put_in
from tests.security.world import keyed, sign_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
FOUNDING = {"title": "清江协商", "kind": "journal", "periodicity": "quarterly", "layout": "double"}


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(who: Actor) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=who.person_id))
    return client


def test_from_founding_to_the_frozen_paper(world: World) -> None:
    """S2-28: founded, planned, filled, ordered, edited, printed, out; the paper is the same bytes
    whoever asks; the officer reads and changes nothing."""
    with time_machine.travel(AT, tick=False):
        clerk, officer = client_of(clerk_of(world)), client_of(world.officer)
        made = clerk.post("/publications/new/", keyed(**FOUNDING))
        row = Publication.objects.get()
        assert made["Location"] == f"/publications/{row.pk}/"
        plan = f"{made['Location']}plan/"
        wrong = clerk.post(plan, keyed(theme="建桥百年", planned_on="2026-2-30"))
        assert wrong.status_code == 422
        assert "建桥百年" in wrong.content.decode()
        clerk.post(plan, keyed(theme="建桥百年", planned_on="2026-3-31"))
        issue = Issue.objects.get()
        for title in ("古桥记", "渡口记"):
            body = keyed(
                publication=row.pk,
                issue=issue.pk,
                title=title,
                author="谢知文",
                text=TEXT,
                state="edited",
            )
            assert clerk.post("/publications/items/new/", body).status_code == 302
        place = f"/publications/issues/{issue.pk}/"
        last = Item.objects.get(title="渡口记")
        clerk.post(f"{place}order/", {"item": last.pk, "way": "up"})
        assert [one.title for one in clerk.get(place).context["items"]] == ["渡口记", "古桥记"]
        proof = clerk.get(f"{place}paper/")
        assert proof.content[:5] == b"%PDF-"
        assert officer.get(place).status_code == 200
        assert officer.post(f"{place}step/", {"seen": "collected"}).status_code == 403
        for seen in ("collected", "edited", "printing"):
            assert clerk.post(f"{place}step/", {"seen": seen}).status_code == 302
        again = clerk.post(f"{place}step/", {"seen": "printing"})
        assert again.status_code == 409
        first = b"".join(clerk.get(f"{place}paper/"))
        assert first == b"".join(officer.get(f"{place}paper/"))
        assert Issue.objects.get().sha256[:16] in officer.get(place).content.decode()


def test_a_form_sent_twice_keeps_once(world: World) -> None:
    with time_machine.travel(AT, tick=False):
        clerk = client_of(clerk_of(world))
        key = {"submission_key": str(uuid4())}
        body = {"title": "履职", "outlet": "日报", "level": "city", "published_on": "2026-3-1"}
        body |= {"link": "https://example.org/b"} | key
        places = {clerk.post("/publications/press/new/", body)["Location"] for _ in range(2)}
    assert len(places) == PressItem.objects.count() == 1


def test_what_is_refused_keeps_what_was_typed(world: World) -> None:
    """ui.md 6: items and press items, each error beside its field."""
    with time_machine.travel(AT, tick=False):
        who = clerk_of(world)
        clerk, paper = client_of(who), journal(who)
        body = keyed(publication=paper.pk, title="", author="谢知文", text=TEXT)
        answer = clerk.post("/publications/items/new/", body)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'id="error_title"' in page
        assert "商贾云集" in page
        unknown = keyed(publication=uuid4(), title="记", author="谢", text=TEXT)
        assert clerk.post("/publications/items/new/", unknown).status_code == 422
        stray = keyed(publication=paper.pk, issue=uuid4(), title="记", author="谢", text=TEXT)
        assert clerk.post("/publications/items/new/", stray).status_code == 422
        press = keyed(title="履职", outlet="", level="city", published_on="昨天", link="x")
        answer = clerk.post("/publications/press/new/", press)
        assert (answer.status_code, Item.objects.count()) == (422, 0)
        assert "履职" in answer.content.decode()


def test_who_has_an_older_page_keeps_the_words_and_reads_what_is_saved(world: World) -> None:
    """ui.md 6, row 92: two people at one item, then at one press item: the second reads what the
    first saved, beside the own words; another mistake does not make an old page a new one."""
    with time_machine.travel(AT, tick=False):
        who = clerk_of(world)
        clerk, paper = client_of(who), journal(who)
        item = put_in(issue_of(paper, who), who)
        day = AT.date()
        carried = note(
            Printed("履职", "日报", "city", day, "https://example.org/b"), actor=who, at=AT
        )
        pages = (
            (
                f"/publications/items/{item.pk}/",
                {"title": "古桥记", "author": "谢知文", "state": "edited"},
                "text",
            ),
            (
                f"/publications/press/{carried.pk}/",
                {"title": "履职", "outlet": "日报", "level": "city", "published_on": "2026-3-6"}
                | {"link": "https://example.org/b"},
                "authors",
            ),
        )
        for place, form, words in pages:
            assert clerk.get(place).context["values"]["revision"] == 1
            first = form | {words: "甲补写的史料", "revision": 1}
            assert clerk.post(place, keyed(**first)).status_code == 302
            for given in ({"title": ""}, {}):
                own = form | {words: "乙改写的史料", "revision": 1} | given
                answer = clerk.post(place, keyed(**own))
                assert answer.status_code == 422
                assert "乙改写的史料" in answer.content.decode()
                seen = answer.context["values"]["revision"]
                assert str(seen) == ("1" if given else "2")
            assert "甲补写的史料" in answer.content.decode()
            assert clerk.post(place, keyed(**own | {"revision": seen})).status_code == 302
        assert Item.objects.get().text == "乙改写的史料"
        assert PressItem.objects.get().authors == "乙改写的史料"


def test_every_number_opens_its_rows_and_no_row_costs_a_query(world: World) -> None:
    """S2-27, 51, 52, 54; decision 10: lists, sums and figures of the year count what they open; as
    many queries for many rows as for one, eight at most."""
    with time_machine.travel(AT, tick=False):
        who = clerk_of(world)
        clerk, paper = client_of(who), journal(who)
        pages = (
            "/publications/",
            "/publications/issues/?year=2026",
            "/publications/items/?year=2026",
            "/publications/press/?year=2026",
            "/publications/figures/?year=2026",
        )

        def fill(number: int) -> None:
            issue = issue_of(paper, who)
            put_in(issue, who, title=f"稿{number}")
            put_in(issue, who, title=f"弃{number}", state="left_out")
            bring_out(issue, who)
            issue_of(paper, who)
            journal(who, title=f"丛书{number}", kind="book")
            day = (AT - timedelta(days=number)).date()
            link = "https://example.org/c"
            level = ("central", "province", "city")[number % 3]
            note(Printed(f"报道{number}", "日报", level, day, link), actor=who, at=AT)

        fill(0)
        few = []
        for page in pages:
            clerk.get(page)
            few.append(queries_of(lambda page=page: clerk.get(page))[1])
        for number in range(1, 4):
            fill(number)
        many = [queries_of(lambda page=page: clerk.get(page))[1] for page in pages]
        assert few == many
        assert max(many) <= 8, many
        context = clerk.get(pages[4]).context
        line = next(one for one in context["lines"] if one.get("row") == paper)
        base = f"publication={paper.pk}"
        for name, address in (
            ("issues", f"/publications/issues/?{base}&state=out&year=2026"),
            ("printed", f"/publications/items/?{base}&printed=2026"),
            ("collected", f"/publications/items/?{base}&year=2026"),
            ("ever", f"/publications/items/?{base}"),
        ):
            assert len(clerk.get(address).context["page"].rows) == line[name], name
        shown = clerk.get(f"/publications/items/?{base}&printed=2026").context
        assert shown["total"] == line["printed_characters"] == 4 * 20
        for one in clerk.get("/publications/").context["page"].rows:
            for state, count in (("under_way", one.under_way), ("out", one.out)):
                address = f"/publications/issues/?publication={one.pk}&state={state}"
                assert len(clerk.get(address).context["page"].rows) == count, address
        for level, _label, count in context["levels"]:
            address = f"/publications/press/?year=2026&level={level}"
            assert len(clerk.get(address).context["page"].rows) == count, level
        assert context["press"] == 4
        for key in ("publication-issues", "publication-items", "press"):
            assert clerk.get(f"/exports/{key}/?format=csv").status_code == 200


def test_the_figures_have_a_subtotal_per_kind_and_are_written_out(world: World) -> None:
    """S2-52, 54, decision 10: a kind's subtotal opens its rows; the file says the same."""
    with time_machine.travel(AT, tick=False):
        who = clerk_of(world)
        clerk = client_of(who)
        for title, kind in (("清江协商", "journal"), ("二刊", "journal"), ("古桥", "book")):
            issue = issue_of(journal(who, title=title, kind=kind), who)
            put_in(issue, who)
            put_in(issue, who, state="left_out")
            bring_out(issue, who)
        note(Printed("报道", "日报", "city", AT.date(), "https://example.org/d"), actor=who, at=AT)
        page = clerk.get("/publications/figures/?year=2026")
        found = [one for one in page.context["lines"] if "kind" in one]
        assert [(one["kind"], one["issues"], one["collected"]) for one in found] == [
            ("book", 1, 2),
            ("journal", 2, 4),
        ]
        assert "小计" in page.content.decode()
        for name, address in (
            ("issues", "/publications/issues/?kind=journal&state=out&year=2026"),
            ("printed", "/publications/items/?kind=journal&printed=2026"),
            ("collected", "/publications/items/?kind=journal&year=2026"),
        ):
            assert address.replace("&", "&amp;") in page.content.decode()
            assert len(clerk.get(address).context["page"].rows) == found[1][name], name
        path = "/exports/publication-figures/"
        lines = (
            b"".join(clerk.get(f"{path}?year=2026&format=csv")).decode("utf-8-sig").split("\r\n")
        )
        assert lines[1:] == [
            "2026,古桥,书籍,1,1,20,2,40,40,",
            "2026,小计,书籍,1,1,20,2,40,40,",
            "2026,二刊,刊物,1,1,20,2,40,40,",
            "2026,清江协商,刊物,1,1,20,2,40,40,",
            "2026,小计,刊物,2,2,40,4,80,80,",
            "2026,宣传报道：中央媒体,,,,,,,,0",
            "2026,宣传报道：省级媒体,,,,,,,,0",
            "2026,宣传报道：市级媒体,,,,,,,,1",
            "2026,宣传报道：其他媒体,,,,,,,,0",
            "2026,合计,,3,3,60,6,120,120,1",
            "",
        ]
        assert b"".join(clerk.get(f"{path}?year=2026"))[:2] == b"PK"
        other = client_of(world.liaison).get(f"{path}?year=2026&format=csv")
        assert "古桥" not in b"".join(other).decode()


def test_nobody_elsewhere_sees_them(world: World) -> None:
    """Not found for another office."""
    who = clerk_of(world)
    with time_machine.travel(AT, tick=False):
        issue = issue_of(journal(who), who)
        item = put_in(issue, who)
        other = client_of(world.liaison)
        for address in (f"issues/{issue.pk}/", f"issues/{issue.pk}/paper/", f"items/{item.pk}/"):
            assert other.get(f"/publications/{address}").status_code == 404
        assert not other.get("/publications/").context["page"].rows


def test_a_book_appears_once_or_volume_by_volume(world: World) -> None:
    """Row 92, S2-28: the form offers what a kind can be, and refuses the rest with what fits; the
    title typed stays."""
    with time_machine.travel(AT, tick=False):
        clerk = client_of(clerk_of(world))
        for kind, offered in (
            ("", ["monthly", "bimonthly", "quarterly", "yearly", "irregular"]),
            ("historical", ["quarterly", "yearly", "irregular"]),
            ("book", ["once", "irregular"]),
        ):
            page = clerk.get(f"/publications/new/?kind={kind}")
            assert [key for key, _word in page.context["periods"]] == offered
        body = FOUNDING | {"kind": "book", "periodicity": "monthly", "title": "望川协商史"}
        body["submission_key"] = str(uuid4())
        refused = clerk.post("/publications/new/", body)
        page = refused.content.decode()
        assert (refused.status_code, Publication.objects.count()) == (422, 0)
        assert refused.context["refusal"].errors.keys() == {"periodicity"}
        assert [key for key, _word in refused.context["periods"]] == ["once", "irregular"]
        assert 'value="望川协商史"' in page
        assert clerk.post("/publications/new/", body | {"periodicity": "once"}).status_code == 302
    assert Publication.objects.get().periodicity == "once"
