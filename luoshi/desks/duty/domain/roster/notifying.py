"""Tell people of their duty: a published roster, a changed shift, a swap. Part of the caller's
act."""

from collections.abc import Iterable
from datetime import datetime

from luoshi.desks.duty.enums import Post
from luoshi.desks.duty.models import DutyPerson, Shift
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.notifications.domain.sending import Message, send

URL = "/duty/"
ZH, EN = "zh-hans", "en"


def tell_people(
    people: Iterable[DutyPerson],
    *,
    key: str,
    title_zh: str,
    title_en: str,
    at: datetime,
    url: str = URL,
) -> None:
    """A notice to those of them who have an account."""
    with_account = {p.account_id: p.office_id for p in people if p.account_id}
    users = list(User.objects.filter(pk__in=with_account))
    message = Message(kind="duty", title_zh=title_zh, title_en=title_en, url=url, key=key)
    for user in users:
        send(message, to=[user], unit_id=with_account[user.pk], at=at)


def notify(shift: Shift, people: Iterable[DutyPerson], *, at: datetime) -> None:
    """The shift of a published roster changed hands."""
    post = Post(shift.post)
    zh = {Post.LEADER: "带班", Post.OFFICER: "值班"}[post]
    who = shift.person.name if shift.person else "—"
    tell_people(
        people,
        key=f"shift|{shift.pk}|{at.isoformat()}",
        title_zh=f"值班调整：{instant_text(shift.starts_at, ZH)}起{zh}改为{who}",
        title_en=f"Duty changed: from {instant_text(shift.starts_at, EN)} {post.value}: {who}",
        at=at,
        url=f"{URL}?day={shift.day}",
    )
