"""Say a reminder in the words the relation allows, to the audience of its level (decision 9)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.time import date_text, last_day, office_date
from luoshi.foundation.notifications.domain.sending import Message, notices, send_all
from luoshi.foundation.organizations.domain.queries.holders import current, people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.chasing.domain.dues import Due, Reached
from luoshi.supervision.chasing.domain.queries.charges import Charges
from luoshi.supervision.chasing.enums import Audience, Tone

ROLES = {
    Audience.HANDLERS: (Role.LIAISON,),
    Audience.PRINCIPAL: (Role.PRINCIPAL,),
    Audience.SUPERVISING_LEADER: (Role.LEADER,),
    Audience.ASSIGNER_LEADER: (Role.SECRETARY_GENERAL,),
}
ASKED = [role for roles in ROLES.values() for role in roles]


class Holders:
    """Who holds which role in the units of these levels on a day, the leaders of instructions, and
    the leaders in charge; a query for each."""

    def __init__(self, said: Sequence[Reached], at: datetime) -> None:
        self.at = at
        dues = [one.due for one in said]
        units = {due.unit_id for due in dues} | {due.office_id for due in dues}
        rows = current(office_date(at)).filter(post__unit_id__in=units, post__role__in=ASKED)
        self.known: dict[tuple[UUID, str], dict[UUID, User]] = {}
        for row in rows.order_by("person__sort_key"):
            place = (row.post.unit_id, row.post.role)
            self.known.setdefault(place, {})[row.person_id] = row.person
        leaders = {key for due in dues for key in due.instructors}
        self.leaders: dict[UUID, User] = User.objects.in_bulk(leaders)
        self.charges = charges_of(said)

    def of(self, unit_id: UUID, roles: Iterable[str]) -> dict[UUID, User]:
        """The people holding one of these roles in a unit, by key."""
        found: dict[UUID, User] = {}
        for role in roles:
            found |= self.known.get((unit_id, role), {})
        return found

    def supervising(self, due: Due) -> dict[UUID, User]:
        """The leader in charge of the matter or unit; where none is named, who gave the matter's
        instructions; without any, the leaders of the office."""
        chain = (due.matter_id, due.parent_id)
        row = self.charges.over(due.office_id, due.unit_id, chain, self.at)
        if row is not None and row.leader is not None:
            return {row.leader.person_id: row.leader.person}
        given = {key: self.leaders[key] for key in due.instructors}
        return given or self.of(due.office_id, ROLES[Audience.SUPERVISING_LEADER])


def charges_of(said: Sequence[Reached]) -> Charges:
    """The leaders in charge of what goes to a supervising leader; most nights have nothing."""
    dues = [one.due for one in said if Audience.SUPERVISING_LEADER in one.step.audiences]
    if not dues:
        return Charges({})
    matters = {key for due in dues for key in (due.matter_id, due.parent_id)}
    return Charges.about({due.unit_id for due in dues}, matters)


def audience(one: Reached, holders: Holders) -> list[User]:
    """The people a level addresses; the principal where a unit has no handler."""
    due = one.due
    found: dict[UUID, User] = {}
    for who in one.step.audiences:
        if who == Audience.SUPERVISING_LEADER:
            found |= holders.supervising(due)
            continue
        own = who in {Audience.HANDLERS, Audience.PRINCIPAL}
        place = due.unit_id if own else due.office_id
        people = holders.of(place, ROLES[who])
        if who == Audience.HANDLERS and not people:
            people = holders.of(place, ROLES[Audience.PRINCIPAL])
        found |= people
    return list(found.values())


def handlers(unit_id: UUID, tone: str, on: datetime) -> list[User]:
    """Everybody a nudge by hand reaches: all handlers of the unit, and its principal from urging
    on or where it has no handler."""
    day = office_date(on)
    found = people_in(unit_id, (Role.LIAISON,), day)
    if tone in {Tone.URGE, Tone.PRESS} or not found:
        found = people_in(unit_id, HANDLING_ROLES, day)
    return found


def tell(said: Sequence[Reached], *, at: datetime) -> None:
    """Send the notices of these levels; the key makes each once per reminder and person."""
    if not said:
        return
    holders = Holders(said, at)
    addressed = ((one, audience(one, holders)) for one in said)
    send_all(
        notice
        for one, people in addressed
        if people
        for notice in notices(words_of(one), to=people, unit_id=one.due.unit_id, at=at)
    )


def words_of(one: Reached) -> Message:
    """What a level says."""
    due, step, polite = one.due, one.step, one.courteous
    day = last_day(one.limit_at)
    word_zh = "商请" if polite else step.word_zh
    word_en = "Courteous request" if polite else step.word_en
    tail_zh = "为盼；如已报送，敬请忽略" if polite else ""
    return Message(
        kind="reminder",
        level=step.level.value,
        title_zh=(
            f"{word_zh}：{due.number}《{due.title}》{due.title_zh}"
            f"应于{date_text(day, 'zh')}前报送{tail_zh}"
        ),
        title_en=f"{word_en}: {due.number} {due.title_en}, due {date_text(day, 'en')}",
        url=f"/matters/{due.matter_id}/",
        key=f"reminder|{one.pk}",
        urgent=due.hourly,
    )
