"""Say a reminder in the words the relation allows, to the audience of its level (decision 9)."""

from datetime import datetime
from uuid import UUID

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.time import date_text, last_day, office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.chasing.enums import Audience, Step, Tone
from luoshi.supervision.chasing.models import Reminder

ROLES = {
    Audience.HANDLERS: (Role.LIAISON,),
    Audience.PRINCIPAL: (Role.PRINCIPAL,),
    Audience.SUPERVISING_LEADER: (Role.LEADER,),
    Audience.ASSIGNER_LEADER: (Role.SECRETARY_GENERAL,),
}


def audience(row: Reminder, step: Step, on: datetime) -> list[User]:
    """The people a level addresses; the supervising leader is who gave the instruction, if any."""
    share = row.duty.assignment
    found: dict[object, User] = {}
    for who in step.audiences:
        leader = share.matter.instructed_by
        if who == Audience.SUPERVISING_LEADER and leader is not None:
            found[leader.pk] = leader
            continue
        own = who in {Audience.HANDLERS, Audience.PRINCIPAL}
        unit = share.unit_id if own else share.matter.office_id
        for person in people_in(unit, ROLES[who], office_date(on)):
            found[person.pk] = person
    return list(found.values())


def handlers(unit_id: UUID, tone: str, on: datetime) -> list[User]:
    """Everybody a nudge by hand reaches: all handlers of the unit, and its principal from urging
    on or where it has no handler."""
    day = office_date(on)
    found = people_in(unit_id, (Role.LIAISON,), day)
    if tone in {Tone.URGE, Tone.PRESS} or not found:
        found = people_in(unit_id, HANDLING_ROLES, day)
    return found


def tell(row: Reminder, step: Step, *, at: datetime) -> None:
    """Send the level's notice; the key makes it once per reminder and person."""
    duty = row.duty
    matter = duty.assignment.matter
    day = last_day(row.limit_at)
    polite = row.courteous
    word_zh = "商请" if polite else step.word_zh
    word_en = "Courteous request" if polite else step.word_en
    tail_zh = "为盼；如已报送，敬请忽略" if polite else ""
    message = Message(
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
    send(message, to=audience(row, step, at), unit_id=duty.assignment.unit_id, at=at)
