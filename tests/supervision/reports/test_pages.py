"""Pages of reports and endings: what they show, and how many queries their lists ask."""

from datetime import timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.supervision.matters.domain.matter.archiving import archive
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.measuring import AskedFigure, set_measures
from luoshi.supervision.matters.enums import MatterState
from luoshi.supervision.matters.models import Matter
from tests.counting import queries_of
from tests.security.world import keyed, sign_in
from tests.story import World, make_world
from tests.supervision.reports.world import accepted, day, principal, send, share_of, words

pytestmark = pytest.mark.django_db
SENT = day(3, 12)


@pytest.fixture
def world() -> World:
    return make_world()


def client(who: Actor) -> Client:
    """A browser of this person."""
    browser = Client()
    sign_in(browser, User.objects.get(pk=who.person_id))
    return browser


def counted(browser: Client, path: str) -> int:
    """Queries of one page, the first view left out."""
    browser.get(path)
    answer, number = queries_of(lambda: browser.get(path))
    assert answer.status_code == 200
    return number


def one(world: World, kind: str) -> None:
    """One more row of a list."""
    share = share_of(world, "key_task", day(3, 2))
    if kind == "signings":
        send(share, world.liaison, SENT, "SRC-1")
        return
    accepted(share, world.liaison, world.officer, SENT, "SRC-1", said=words())
    if kind == "archive":
        conclude(matter=share.matter, result="done", summary="完成", actor=world.officer, at=SENT)
        archive(
            matter=Matter.objects.get(pk=share.matter_id),
            retention="30",
            actor=world.officer,
            at=SENT,
        )


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/reports/", "reports"), ("/archive/", "archive"), ("/signings/", "signings")],
)
def test_lists_ask_the_same_with_one_and_three_rows(world: World, path: str, kind: str) -> None:
    """performance.md: the number of queries does not follow the number of rows."""
    who = world.officer
    if kind == "signings":
        who = principal(world)
    browser = client(who)
    one(world, kind)
    first = counted(browser, path)
    one(world, kind)
    one(world, kind)
    assert counted(browser, path) == first
    assert first <= 12


def test_every_ended_matter_that_waits_is_on_the_archives_pages(world: World) -> None:
    """Contract 3, 5 (archive): the list is paged and not cut off, its number opens its rows, the
    longest first; written out as shown; whoever does not archive has no such list."""
    one(world, "archive")
    shares = [share_of(world, "key_task", day(3, 2)) for _number in range(60)]
    for number, share in enumerate(shares):
        ended = {"ended_at": SENT + timedelta(minutes=number), "state": MatterState.CONCLUDED}
        Matter.objects.filter(pk=share.matter_id).update(**ended)
    browser, seen, cursor = client(world.officer), [], ""
    for _page in range(2):
        answer = browser.get(f"/archive/?show=waiting&cursor={cursor}")
        seen += [row.pk for row in answer.context["page"].rows]
        cursor = answer.context["page"].next_cursor
    assert (seen, cursor) == ([share.matter_id for share in shares], "")
    assert answer.context["counts"] == {"waiting": 60, "archived": 1}
    assert '<a href="?show=waiting">' in browser.get("/archive/").content.decode()
    assert counted(browser, "/archive/?show=waiting") <= 8
    file = b"".join(browser.get("/exports/archive-waiting/?format=csv&show=waiting"))
    assert len(file.decode("utf-8-sig").splitlines()) == 61
    below = client(world.liaison).get("/archive/?show=waiting")
    assert below.context["show"] == "archived"
    assert '<a href="?show=waiting">' not in below.content.decode()


def test_report_form_names_what_each_duty_asks_for(world: World) -> None:
    """ui.md 5.5: the checklist carries the parts and the named figures with their targets."""
    share = share_of(world, "instruction", day(3, 2))
    set_measures(
        matter=share.matter,
        figures=[AskedFigure("排查隐患", "处")],
        least_evidence=None,
        actor=world.officer,
        at=SENT,
    )
    page = client(world.liaison).get(f"/assignments/{share.pk}/report/").content.decode()
    assert 'data-need="figure:排查隐患"' in page
    assert 'value="排查隐患"' in page


def test_conclusion_page_says_what_stands_in_the_way(world: World) -> None:
    """B8, TR-09: obstacles stand first, with their source."""
    share = share_of(world, "instruction", day(3, 2))
    page = client(world.officer).get(f"/matters/{share.matter_id}/conclusion/").content.decode()
    assert "TR-09" in page


def test_concluded_matter_gives_its_report_as_pdf(world: World) -> None:
    """R-SUP-1: the conclusion report comes from typesetting."""
    one(world, "archive")
    matter = Matter.objects.get()
    answer = client(world.officer).get(f"/matters/{matter.pk}/conclusion/pdf/")
    assert answer.content.startswith(b"%PDF")


def test_refused_report_stays_as_the_draft(world: World) -> None:
    """ui.md 6, model text "empty report": what was typed and refused is the draft, so that the
    page opened again shows it and no older text; a figure that is no number takes nothing else
    with it."""
    share = share_of(world, "key_task", day(3, 2))
    browser = client(world.liaison)
    page = f"/assignments/{share.pk}/report/"
    browser.post(page, {"act": "save", "problems": "旧稿", "revision": "0"})
    draft = share.reports.get()
    typed = {"act": "send", "problems": "刚写的", "revision": str(draft.revision)}
    figures = {"figure_name": ["隐患", "整改"], "figure_value": ["12", "十二"]}
    refused = browser.post(page, keyed(**typed, **figures))
    assert (refused.status_code, list(refused.context["refusal"].errors)) == (422, ["figure_value"])
    again = browser.get(page)
    draft = share.reports.get()
    assert (draft.state, draft.problems, again.context["values"].problems) == (
        "draft",
        "刚写的",
        "刚写的",
    )
    assert [str(one.value.normalize()) for one in draft.figures.all()] == ["12"]
