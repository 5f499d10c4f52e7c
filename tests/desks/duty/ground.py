"""An office that keeps duty: people on its list, a roster made of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

from luoshi.desks.duty.domain.posting.listing import Entry, add_person
from luoshi.desks.duty.domain.roster.approving import approve, publish
from luoshi.desks.duty.domain.roster.drafting import begin
from luoshi.desks.duty.domain.roster.working_out import ask, go_on
from luoshi.desks.duty.enums import Post
from luoshi.desks.duty.models import DutyPerson, Roster, Shift
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from tests.story import World, actor, make_world

NOW = datetime(2026, 1, 20, 2, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
HOUR = timedelta(hours=1)
LEADERS = ("王建国", "陈远", "周岚", "许正")
OFFICERS = ("孔亮", "李文清", "何晓", "施洋", "吕文", "梅岚", "高原", "秦川", "陆平")


class Ground:
    """The office, its keeper, its secretary-general, its people by name."""

    def __init__(self) -> None:
        self.world: World = make_world()
        self.office = self.world.office
        self.keeper: Actor = actor("kong", "孔亮", self.office, Role.DUTY_OFFICER)
        self.chief = self.world.chief
        own = {"孔亮": self.keeper, "李文清": self.world.officer, "何晓": self.world.second_officer}
        own |= {"王建国": self.world.leader, "陈远": self.chief}
        self.actors = own
        self.people: dict[str, DutyPerson] = {}
        for post, names in ((Post.LEADER, LEADERS), (Post.OFFICER, OFFICERS)):
            for name in names:
                self.people[name] = self.listed(name, (post.value,))

    def listed(self, name: str, posts: Sequence[str]) -> DutyPerson:
        """Put somebody on the list."""
        account = self.actors[name].person_id if name in self.actors else None
        entry = Entry(name, tuple(posts), account, phone="13900001111", starts_on=date(2026, 1, 1))
        return add_person(entry, actor=self.keeper, at=NOW)

    def draft(self, first: date = FIRST, last: date = LAST) -> Roster:
        """A draft that the solver has filled."""
        row = begin(first, last, actor=self.keeper, at=NOW)
        ask(row, actor=self.keeper, at=NOW)
        go_on(lambda: NOW)
        row.refresh_from_db()
        return row

    def in_turn(self, first: date = FIRST, last: date = LAST) -> Roster:
        """A draft filled by hand, one after another; quicker than the solver."""
        row = begin(first, last, actor=self.keeper, at=NOW)
        names = {Post.LEADER: cycle(LEADERS), Post.OFFICER: cycle(OFFICERS)}
        for shift in row.shifts.order_by("starts_at", "post"):
            shift.person = self.people[next(names[Post(shift.post)])]
            shift.save()
        return row

    def published(self, first: date = FIRST, last: date = LAST, solved: bool = False) -> Roster:
        """A roster in force."""
        row = self.draft(first, last) if solved else self.in_turn(first, last)
        approve(row, actor=self.chief, at=NOW)
        row.refresh_from_db()
        return publish(row, actor=self.keeper, at=NOW)

    def shift(self, day: date, post: Post = Post.OFFICER) -> Shift:
        """Who is on duty from the morning of a day."""
        rows = Shift.objects.select_related("roster", "person", "office")
        found: Shift = rows.get(office=self.office, day=day, post=post)
        return found

    def of(self, shift: Shift) -> Actor:
        """The actor behind a shift, or the keeper for who has no account."""
        name = shift.person.name if shift.person else ""
        return self.actors.get(name, self.keeper)
