"""Leaders in charge (分管领导): named by whom, from when; whom level L3 goes to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment, Unit
from luoshi.insight.figures.domain.minute import minute_of
from luoshi.supervision.chasing.domain.naming import Charge, name_leader
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.models import LeaderInCharge
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.settling import name_chief
from tests.counting import queries_of
from tests.security.world import sign_in
from tests.story import SYSTEM, actor, make_world
from tests.supervision.matters.test_circle import AT, assigned

pytestmark = pytest.mark.django_db
BASIS = "工作分工通知"
NIGHT = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)  # five working days after the limit have passed


class Chased:
    """A signed matter whose first report is due on 24 February, and two more leaders."""

    def __init__(self) -> None:
        self.world = make_world()
        self.share = sign_for(
            assignment=assigned(self.world), actor=self.world.liaison, at=AT + timedelta(days=1)
        )
        self.matter = Matter.objects.get(pk=self.share.matter_id)
        office = self.world.office
        self.deputy = actor("qin", "秦川", office, Role.LEADER, "副书记")
        self.third = actor("hua", "华岳", office, Role.LEADER, "常委")
        self.named = 0  # each said a minute after the other

    def name(self, leader: Actor | None, **more: Any) -> LeaderInCharge:
        """The secretary-general names a leader of the bureau, or as `more` says."""
        person = leader.person_id if leader else None
        said = Charge(self.world.bureau, None, person, AT.date(), BASIS)
        self.named += 1
        return name_leader(
            office_id=self.world.office.pk,
            charge=replace(said, **more),
            actor=self.world.chief,
            at=AT + timedelta(minutes=self.named),
        )

    def minutes(self) -> set[str]:
        """In whose one minute the escalation stands."""
        leaders = (self.world.leader, self.deputy, self.third)
        return {one.username for one in leaders if minute_of(one, NIGHT).escalated}

    def of_matter(self, leader: Actor | None) -> LeaderInCharge:
        """The same for the matter."""
        return self.name(leader, unit=None, matter=self.matter)


@pytest.fixture
def chased() -> Chased:
    return Chased()


def told() -> set[str]:
    """Who gets level L3."""
    sweep(actor=SYSTEM, at=NIGHT)
    rows = Notice.objects.filter(kind="reminder", level="L3")
    return set(rows.values_list("recipient__username", flat=True))


def client_of(one: Actor) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=one.person_id))
    return client


def test_without_a_leader_in_charge_l3_goes_where_it_went(chased: Chased) -> None:
    """rules.md 2.11: all leaders of the assigning office, and the page says so."""
    assert told() == chased.minutes() == {"wang", "qin", "hua"}
    for path in ("/urging/?show=escalations", f"/matters/{chased.matter.pk}/urging/"):
        page = client_of(chased.world.officer).get(path).content.decode()
        assert "未明确分管领导：发交办机关领导" in page


def test_l3_goes_to_the_leader_in_charge_of_the_unit(chased: Chased) -> None:
    """rules.md 2.11, item “escalation to the supervising leader”: that leader alone; the leader's
    minute and the lists say so."""
    chased.name(chased.deputy)
    assert told() == chased.minutes() == {"qin"}
    page = client_of(chased.world.officer).get("/urging/?show=escalations").content.decode()
    assert "发秦川（分管市住房城乡建设局）" in page


def test_the_leader_of_the_matter_goes_before_that_of_the_unit(chased: Chased) -> None:
    """rules.md 2.11: a matter may differ; naming nobody leaves the unit's leader."""
    chased.name(chased.deputy)
    chased.of_matter(chased.third)
    assert told() == chased.minutes() == {"hua"}
    page = client_of(chased.world.officer).get(f"/matters/{chased.matter.pk}/urging/")
    assert "发华岳（本事项分管领导）" in page.content.decode()
    entry = Entry.objects.get(action="chasing.leader_named")
    assert (entry.object_kind, entry.object_id) == ("matters.matter", str(chased.matter.pk))


def test_nobody_named_for_the_matter_leaves_the_leader_of_the_unit(chased: Chased) -> None:
    """rules.md 2.11: what was said is dated and stays; the latest day counts."""
    chased.name(chased.deputy)
    chased.of_matter(chased.third)
    chased.of_matter(None)
    assert told() == chased.minutes() == {"qin"}
    assert LeaderInCharge.objects.count() == 3


def test_a_part_follows_the_leader_of_the_whole(chased: Chased) -> None:
    """Features row 14: a part is the same matter."""
    whole = Matter.objects.create(
        office=chased.world.office, title="全市防汛", regime="document", created_at=AT
    )
    Matter.objects.filter(pk=chased.matter.pk).update(parent=whole, part_number=1)
    chased.name(chased.deputy)
    chased.name(chased.third, unit=None, matter=whole)
    assert told() == chased.minutes() == {"hua"}
    chased.of_matter(chased.deputy)
    assert chased.minutes() == {"qin"}


def test_before_its_day_and_after_the_post_a_charge_counts_for_nothing(chased: Chased) -> None:
    """Dated: from its day on, and as long as the leader holds the post."""
    chased.name(chased.deputy, from_on=office_date(NIGHT) + timedelta(days=1))
    chased.of_matter(chased.third)
    Appointment.objects.filter(pk=chased.third.appointment_id).update(ends_on=date(2026, 3, 1))
    assert told() == {"wang", "qin"}
    assert {"wang", "qin"} <= chased.minutes()


def test_the_leader_in_charge_goes_before_who_instructed(chased: Chased) -> None:
    """rules.md 2.11, decision 8: where none is named, L3 goes to every leader who instructed."""
    Matter.objects.update(
        instructed_by_id=chased.world.leader.person_id,
        also_instructed_by=[chased.third.person_id],
    )
    assert told() == {"wang", "hua"}


def test_refused_with_the_reason(chased: Chased) -> None:
    """Who may not, what cannot be: each fault at its field, and no row is made."""
    world = chased.world
    said = Charge(world.bureau, None, chased.deputy.person_id, AT.date(), BASIS)

    def fault(by: Actor = world.chief, **more: Any) -> list[str]:
        with pytest.raises(Invalid) as found:
            name_leader(office_id=world.office.pk, charge=replace(said, **more), actor=by, at=AT)
        return list(found.value.errors)

    for other in (world.officer, world.leader, world.liaison):
        with pytest.raises(Forbidden):
            name_leader(office_id=world.office.pk, charge=said, actor=other, at=AT)
    assert fault(unit=None) == ["unit"]
    assert fault(matter=chased.matter) == ["unit"]
    assert fault(basis=" ") == ["basis"]
    assert fault(from_on=AT.date() - timedelta(days=1)) == ["from_on"]
    assert fault(from_on=AT.date() + timedelta(days=400)) == ["from_on"]
    assert fault(person_id=world.officer.person_id) == ["leader"]
    assert fault(person_id=None) == ["leader"]
    bureau = Unit.objects.get(pk=world.bureau.pk)
    bureau.is_active = False
    assert fault(unit=bureau) == ["unit"]
    foreign = Matter(office=bureau, title="别的机关", regime="document", created_at=AT)
    foreign.save()
    assert "matter" in fault(unit=None, matter=foreign)
    revoke(matter=chased.matter, reason="不再办理", actor=world.chief, at=AT)
    chased.matter.refresh_from_db()
    assert fault(unit=None, matter=chased.matter) == ["matter"]
    assert LeaderInCharge.objects.count() == 0
    name_leader(office_id=world.office.pk, charge=said, actor=world.chief, at=AT)
    assert fault() == ["leader"]


def test_naming_opens_nothing(chased: Chased) -> None:
    """Decision 8: a leader whose post has no sight of the unit cannot be named for it."""
    world = chased.world
    above = Unit.objects.get(short_name="省委办公厅")
    far = actor("hao", "郝平", above, Role.LEADER)
    county = Unit.objects.get(short_name="安澜县")
    said = Charge(county, None, far.person_id, AT.date(), BASIS)
    with pytest.raises(Invalid) as found:
        name_leader(office_id=world.office.pk, charge=said, actor=world.chief, at=AT)
    assert list(found.value.errors) == ["leader"]
    chased.name(far)


def test_the_section_chief_names_through_the_page(chased: Chased) -> None:
    """Features row 22: the page names, keeps what was typed when it refuses, shows what holds; who
    may not reads without a form; the list is written out; queries do not grow with rows."""
    world = chased.world
    section = actor("ke", "柯诚", world.office, Role.SUPERVISION_OFFICER, "督查科科长")
    post = Appointment.objects.get(pk=section.appointment_id).post
    name_chief(office_id=world.office.pk, post=post, actor=world.chief, at=AT)
    second, officer = client_of(section), client_of(world.officer)
    form = {"unit": "市住房城乡建设局", "leader": str(chased.deputy.person_id), "basis": BASIS}
    form["from_on"] = office_date(datetime.now(UTC)).isoformat()
    refused = second.post("/urging/leaders/", form | {"unit": "没有这个局"})
    assert (refused.status_code, "没有这个局" in refused.content.decode()) == (422, True)
    assert second.post("/urging/leaders/", form).status_code == 302
    page = officer.get("/urging/leaders/").content.decode()
    assert "秦川" in page and "<select" not in page
    assert client_of(world.liaison).get("/urging/leaders/").status_code == 403
    _page, before = queries_of(lambda: second.get("/urging/leaders/"))
    matter = form | {"unit": "", "matter": chased.matter.number}
    assert second.post("/urging/leaders/", matter).status_code == 302
    assert second.post("/urging/leaders/", form | {"unit": "市水务局"}).status_code == 302
    shown, after = queries_of(lambda: second.get("/urging/leaders/"))
    assert (after, len(shown.context["page"].rows)) == (before, 3)
    written = second.get("/exports/leaders-in-charge/?format=csv")
    lines = b"".join(written.streaming_content).decode()  # type: ignore[attr-defined]
    assert lines.count("秦川") == 3
