"""A list of the year between levels: issued by the city, known at the county with its own points
and only read there; its summaries go up to the province, its end comes down (features rows 50, 51,
52; S3-55…60, TR-05, S3-112)."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.exchange.domain.mail.receiving import receive
from luoshi.foundation.exchange.domain.mail.sending import Content
from luoshi.foundation.exchange.enums import InState
from luoshi.foundation.exchange.models import Incoming, Outgoing
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.lists.domain.closing import close_list
from luoshi.supervision.lists.domain.copying import copy_list
from luoshi.supervision.lists.domain.drafting import Head, add_points, start_list
from luoshi.supervision.lists.domain.issuing import issue
from luoshi.supervision.lists.domain.mirroring.telling import (
    mirror_of,
    nodes_of,
    say_lists_again,
    superior_of,
)
from luoshi.supervision.lists.domain.pasting import read_points
from luoshi.supervision.lists.domain.queries.between import between
from luoshi.supervision.lists.domain.queries.progress import seen_points
from luoshi.supervision.lists.domain.summing_up import SummaryWords, send_summary
from luoshi.supervision.lists.models import ListMirror, ListPoint, SupervisionPointsList
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.mirrors.domain.telling import put_out
from tests.foundation.exchange.ground import read_row
from tests.security.world import sign_in
from tests.supervision.mirrors.levels import COUNTY, OFFICE, C, Levels, P, X

HEAD = Head(2026, "2026年督查要点", "清委办发〔2026〕3号", "牵头负责", "推动落实", None)
POINTS = """1. 危险房屋排查整治｜安澜县｜市发展改革委
2. 招商引资｜市发展改革委
3. 老旧燃气管网改造｜松屏县"""
WORDS = SummaryWords("推进有序", "个别滞后", "逐项盯办")


def issued(one: Levels) -> Any:
    """The city's list, issued; its key."""
    officer = one.officer
    with one.on(C) as at:
        found = start_list(head=HEAD, actor=officer, at=at)
        add_points(points_list=found, points=read_points(POINTS), actor=officer, at=at)
        found.refresh_from_db()
        issue(points_list=found, actor=officer, at=at)
    return found.pk


def the_list(pk: Any) -> SupervisionPointsList:
    """In the books of the node at work."""
    return SupervisionPointsList.objects.select_related("office", "joint_office").get(pk=pk)


def browser_of(who: Actor) -> Client:
    """Somebody signed in at the node at work."""
    client = Client()
    sign_in(client, User.objects.get(pk=who.person_id))
    return client


def read_by(who: Actor, pk: Any) -> str:
    """The page of the list, its main part."""
    text: str = browser_of(who).get(f"/points-lists/{pk}/").content.decode()
    return text.partition("<main")[2].partition("</main>")[0]


def ended(one: Levels, pk: Any) -> None:
    """Both summaries sent, every matter ended, the list closed, at the city."""
    chief = one.who(C, "陈远", OFFICE, Role.SECRETARY_GENERAL)
    officer = one.officer
    with one.on(C) as at:
        for summary in the_list(pk).summaries.all():
            send_summary(summary=summary, words=WORDS, actor=chief, at=at)
        for matter in Matter.objects.filter(list_point__points_list=pk):
            revoke(matter=matter, reason="并入专项行动", actor=chief, at=at)
        close_list(points_list=the_list(pk), remark="全部办结", actor=officer, at=at)


def test_a_list_arrives_with_the_points_of_the_units_there(one: Levels) -> None:
    """Row 50, decision 8: title, number, year and its own points by the number of their matter, not
    those of others; row 52: the city sees that it was delivered and how many slips are signed."""
    pk = issued(one)
    with one.on(C):
        assert [(one_.mirror.node.code, one_.slips) for one_ in between(the_list(pk))] == [(X, 2)]
        assert between(the_list(pk))[0].mirror.sent.settled_at is None
    one.flow()
    liaison, outsider = one.liaison, one.who(X, "松屏联络员", "松屏县", Role.LIAISON)
    with one.on(X) as at:
        found = the_list(pk)
        assert (found.home, found.title, found.reference, found.year, found.state) == (
            C,
            HEAD.title,
            HEAD.reference,
            2026,
            "issued",
        )
        assert str(found.office) == OFFICE
        points = list(found.points.all())
        assert [(p.number, str(p.lead_unit), p.awaits) for p in points] == [
            (1, "安澜县", None),
            (3, "松屏县", None),
        ]
        assert [str(unit) for unit in points[0].joint_units.all()] == ["市发展改革委"]
        assert all(p.matter is not None and p.matter.home == C for p in points)
        assert SupervisionPointsList.objects.visible_to(liaison).get() == found
        assert [p.number for p in seen_points(found, liaison)] == [1]
        assert [p.number for p in seen_points(found, outsider)] == [3]
        assert Entry.objects.filter(action="lists.adopted").count() == 1
        sign_for(assignment=Assignment.objects.get(unit__short_name=COUNTY), actor=liaison, at=at)
    one.flow()
    with one.on(C):
        (told,) = between(the_list(pk))
        assert (told.slips, told.signed, told.refused) == (2, 1, "")
        assert told.mirror.sent is not None
        assert told.mirror.sent.state == "received"
    with one.on(P):
        assert not SupervisionPointsList.objects.exists()


def test_it_is_only_read_at_the_county(one: Levels) -> None:
    """No office of the county acts on the city's list, not even under the office's own name."""
    pk = issued(one)
    one.flow()
    officer = one.county_officer
    with one.on(X) as at:
        found = the_list(pk)
        stranger = replace(officer, unit_id=found.office_id, unit_name=str(found.office))
        for who in (officer, stranger):
            with pytest.raises(Forbidden):
                close_list(points_list=found, remark="完", actor=who, at=at)
            with pytest.raises(Forbidden):
                issue(points_list=found, actor=who, at=at)
            with pytest.raises(Forbidden):
                add_points(points_list=found, points=read_points(POINTS), actor=who, at=at)


def test_summaries_go_up_and_the_end_comes_down(one: Levels) -> None:
    """TR-05, S3-59, S3-60: the province has the summaries with their figures and no point; S2-93:
    the county sees how the list ended. What says nothing new is not sent."""
    pk = issued(one)
    one.flow()
    ended(one, pk)
    one.flow()
    with one.on(P):
        found = the_list(pk)
        assert (found.home, found.state, found.closing_remark) == (C, "closed", "全部办结")
        assert found.points.count() == 0
        rows = {row.period: row for row in found.summaries.all()}
        assert set(rows) == {"mid_year", "year_end"}
        for row in rows.values():
            assert (row.text, row.state, row.sent_by_name) == ("推进有序", "sent", "陈远")
            assert row.figures["total"] == 3
            assert row.trace
        xu = one.who(P, "许峰", "省委办公厅", Role.SUPERVISION_OFFICER)
    with one.on(P):
        assert SupervisionPointsList.objects.visible_to(xu).get().pk == pk
        page = read_by(xu, pk)
        assert ("本站只读" in page, "要点条目由印发单位掌握" in page, "<form" in page) == (
            True,
            True,
            False,
        )
        summary = rows["mid_year"].pk
        assert "推进有序" in browser_of(xu).get(f"/summaries/{summary}/").content.decode()
    with one.on(X):
        below = the_list(pk)
        assert (below.state, below.closing_remark) == ("closed", "全部办结")
        assert below.summaries.count() == 0
    with one.on(C) as at:
        sent = Outgoing.objects.filter(kind__startswith="lists.").count()
        assert ListMirror.objects.count() == 2
        assert say_lists_again(at=at) == 0
        assert Outgoing.objects.filter(kind__startswith="lists.").count() == sent


def test_a_list_that_overtakes_its_matters_waits_for_them(one: Levels) -> None:
    """The envelope of the list may come first: its points stand without a matter until the slip
    comes, and have it then."""
    pk = issued(one)
    with one.on(C):
        raw = bytes(Outgoing.objects.get(kind="lists.list").body or b"")
    with one.on(X) as at:
        receive(BytesIO(raw), at=at)
        points = list(the_list(pk).points.all())
        assert [(p.matter, p.awaits is not None) for p in points] == [(None, True)] * 2
    one.flow()
    with one.on(X):
        points = list(the_list(pk).points.all())
        assert [(p.matter.number if p.matter else "", p.awaits) for p in points] == [
            (p.matter.number, None) for p in points if p.matter
        ]
        assert len(points) == 2


def test_an_older_word_changes_nothing(one: Levels) -> None:
    """Each word is the whole: the closed list stays closed when the word of its issue comes late;
    the same envelope twice has one effect (row 51)."""
    pk = issued(one)
    with one.on(C):
        first = bytes(Outgoing.objects.get(kind="lists.list").body or b"")
    one.flow()
    ended(one, pk)
    one.flow()
    with one.on(X) as at:
        receive(BytesIO(first), at=at)
        assert the_list(pk).state == "closed"
        assert SupervisionPointsList.objects.count() == 1
        assert Entry.objects.filter(action="lists.adopted").count() == 2


NONSENSE: tuple[dict[str, Any], ...] = (
    {"list": None},
    {"list": {"id": "x"}},
    {"list": {"office": "01"}},
    {"list": {"office": "010101"}},
    {"list": {"state": "drafted"}},
    {"list": {"state": "nonsense"}},
    {"list": {"year": "long ago"}},
    {"list": {"year": None}},
    {"list": {"joint": "0101D01"}},
    {"list": {"issued_at": 7}},
    {"points": "none"},
    {"points": [{"number": 1}]},
    {"points": [{"id": "1" * 32, "number": None, "text": "x", "matter": "2" * 32}]},
    {"points": [{"id": "1" * 32, "number": 1, "text": "x" * 601, "matter": "2" * 32}]},
    {"points": [{"id": "1" * 32, "number": 1, "text": "x", "matter": "none"}]},
    {"points": [{"id": "1" * 32, "number": n, "text": "x", "matter": f"{n}" * 32} for n in (1, 2)]},
    {"points": [{"id": f"{n}" * 32, "number": 1, "text": "x", "matter": "3" * 32} for n in (1, 2)]},
    {"points": [{"id": f"{n}" * 32, "number": n, "text": "x", "matter": "3" * 32} for n in (1, 2)]},
)


def test_a_word_that_cannot_be_is_declined(one: Levels) -> None:
    """A node says nonsense, or speaks of what is not its own: each time declined with nothing
    written, and the sender learns of it."""
    pk = issued(one)
    with one.on(C):
        word = dict(read_row(Outgoing.objects.get(kind="lists.list")).payload)
    for number, change in enumerate(NONSENSE, 1):
        spoiled = {
            name: word[name] | value if isinstance(value, dict) else value
            for name, value in change.items()
        }
        with one.on(C) as at:
            spoil(one, pk, word | spoiled, at)
        one.flow()
        with one.on(X):
            states = Incoming.objects.filter(kind="lists.list").values_list("state", flat=True)
            assert list(states) == [InState.REFUSED] * number, change
            assert (SupervisionPointsList.objects.count(), ListPoint.objects.count()) == (0, 0)
        with one.on(C):
            assert str(between(the_list(pk))[0].refused)


def spoil(one: Levels, pk: Any, word: dict[str, Any], at: Any) -> None:
    """The city sends this instead of its word."""
    Outgoing.objects.filter(kind="lists.list").update(state="recalled", next_at=None)
    found = the_list(pk)
    with acting(actor=one.officer, at=at):
        node = nodes_of(found)[0]
        content = Content(word)
        put_out(
            mirror_of(found, node),
            "0",
            "lists.list",
            content,
            found.office.code,
            ["010101"],
            actor=one.officer,
            at=at,
        )


def test_points_that_are_named_no_more_go_unless_used_here(one: Levels) -> None:
    """The whole word each time: what the office lost goes here too; what this house's own list was
    copied from stays."""
    pk = issued(one)
    one.flow()
    officer = one.county_officer
    with one.on(C):
        word = dict(read_row(Outgoing.objects.get(kind="lists.list")).payload)
    with one.on(X) as at:
        copy_list(
            last=the_list(pk),
            head=replace(HEAD, year=2027),
            choices={},
            added=(),
            actor=officer,
            at=at,
        )
        used = set(the_list(pk).points.values_list("number", flat=True))
    with one.on(C) as at:
        spoil(one, pk, word | {"points": []}, at)
    one.flow()
    with one.on(X):
        assert set(the_list(pk).points.values_list("number", flat=True)) == used == {1, 3}
        ListPoint.objects.filter(carried_from__isnull=False).update(carried_from=None)
    with one.on(C) as at:
        spoil(one, pk, word | {"points": word["points"][:1]}, at)
    one.flow()
    with one.on(X):
        assert set(the_list(pk).points.values_list("number", flat=True)) == {1}


def test_after_a_restore_the_office_says_how_it_stands(one: Levels) -> None:
    """Security 5.7: a list known before the backup is said again in the new life, once."""
    pk = issued(one)
    one.flow()
    one.nodes[C].back_up()
    one.restore(C)
    one.flow()
    one.at += timedelta(hours=1)
    with one.on(C) as at:
        assert say_lists_again(at=at) == 1
        assert say_lists_again(at=at) == 0
    one.flow()
    with one.on(X):
        assert the_list(pk).state == "issued"
        assert Incoming.objects.filter(kind="lists.list", state=InState.APPLIED).count() == 2


def test_the_superior_of_an_office_is_found_by_tree_and_territory(one: Levels) -> None:
    """S3-112: one level up, at the node of the superior; the province has none."""
    with one.on(C):
        assert str(superior_of(Unit.objects.get(short_name=OFFICE))) == "省委办公厅"
    with one.on(X):
        assert str(superior_of(Unit.objects.get(short_name=COUNTY))) == "清源市"
    with one.on(P):
        assert superior_of(Unit.objects.get(short_name="省委办公厅")) is None
