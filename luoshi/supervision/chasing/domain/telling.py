"""Say a reminder in the words the relation allows, to the audience of its level (decision 9)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.time import date_text, last_day, office_date
from luoshi.foundation.notifications.domain.sending import Message, notices, send_all
from luoshi.foundation.organizations.domain.queries.holders import current, people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.chasing.enums import Audience, Step, Tone
from luoshi.supervision.chasing.models import Reminder

ROLES = {
    Audience.HANDLERS: (Role.LIAISON,),
    Audience.PRINCIPAL: (Role.PRINCIPAL,),
    Audience.SUPERVISING_LEADER: (Role.LEADER,),
    Audience.ASSIGNER_LEADER: (Role.SECRETARY_GENERAL,),
}
ASKED = [role for roles in ROLES.values() for role in roles]


class Holders:
    """Who holds which role in some units on a day; one query for all of them."""

    def __init__(self, units: Iterable[UUID], on: date) -> None:
        rows = current(on).filter(post__unit_id__in=set(units), post__role__in=ASKED)
        self.known: dict[tuple[UUID, str], dict[UUID, User]] = {}
        for row in rows.order_by("person__sort_key"):
            place = (row.post.unit_id, row.post.role)
            self.known.setdefault(place, {})[row.person_id] = row.person

    def of(self, unit_id: UUID, roles: Iterable[str]) -> dict[UUID, User]:
        """The people holding one of these roles in a unit, by key."""
        found: dict[UUID, User] = {}
        for role in roles:
            found |= self.known.get((unit_id, role), {})
        return found


def audience(row: Reminder, step: Step, holders: Holders) -> list[User]:
    """The people a level addresses; the supervising leader is who gave the instruction, if any."""
    share = row.duty.assignment
    found: dict[UUID, User] = {}
    for who in step.audiences:
        leader = share.matter.instructed_by
        if who == Audience.SUPERVISING_LEADER and leader is not None:
            found[leader.pk] = leader
            continue
        own = who in {Audience.HANDLERS, Audience.PRINCIPAL}
        found |= holders.of(share.unit_id if own else share.matter.office_id, ROLES[who])
    return list(found.values())


def handlers(unit_id: UUID, tone: str, on: datetime) -> list[User]:
    """Everybody a nudge by hand reaches: all handlers of the unit, and its principal from urging
    on or where it has no handler."""
    day = office_date(on)
    found = people_in(unit_id, (Role.LIAISON,), day)
    if tone in {Tone.URGE, Tone.PRESS} or not found:
        found = people_in(unit_id, HANDLING_ROLES, day)
    return found


def tell(said: Sequence[tuple[Reminder, Step]], *, at: datetime) -> None:
    """Send the notices of these levels; the key makes each once per reminder and person."""
    shares = [row.duty.assignment for row, _step in said]
    units = {share.unit_id for share in shares} | {share.matter.office_id for share in shares}
    holders = Holders(units, office_date(at))
    send_all(
        notice
        for row, step in said
        for notice in notices(
            words_of(row, step),
            to=audience(row, step, holders),
            unit_id=row.duty.assignment.unit_id,
            at=at,
        )
    )


def words_of(row: Reminder, step: Step) -> Message:
    """What a level says."""
    duty = row.duty
    matter = duty.assignment.matter
    day = last_day(row.limit_at)
    polite = row.courteous
    word_zh = "商请" if polite else step.word_zh
    word_en = "Courteous request" if polite else step.word_en
    tail_zh = "为盼；如已报送，敬请忽略" if polite else ""
    return Message(
        kind="reminder",
        level=row.level,
        title_zh=(
            f"{word_zh}：{matter.number}《{matter.title}》{duty.title_zh}"
            f"应于{date_text(day, 'zh')}前报送{tail_zh}"
        ),
        title_en=f"{word_en}: {matter.number} {duty.title_en}, due {date_text(day, 'en')}",
        url=f"/matters/{matter.pk}/",
        key=f"reminder|{row.pk}",
        urgent=duty.hourly,
    )
