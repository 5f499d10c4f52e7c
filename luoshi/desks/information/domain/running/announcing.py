"""A published score sheet is told to everybody it ranks: points and rank (S2-58). Part of the
caller's act; a sheet is told once."""

from datetime import datetime

from luoshi.desks.information.domain.items.telling import SENDERS
from luoshi.desks.information.domain.running.points import as_points
from luoshi.desks.information.models import EngagedOfficer, ScoreSheet
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.models import Unit


def tell_ranked(row: ScoreSheet, *, at: datetime) -> None:
    """A notice to those who answer for each unit, and to each officer with an account; the office
    that published it knows."""
    names = [line["who"].split(":", 1)[1] for line in row.lines]
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=names)}
    for line in row.lines:
        name = line["who"].split(":", 1)[1]
        if line["officer"]:
            held = EngagedOfficer.objects.filter(pk=name).select_related("person").first()
            people: list[User] = [held.person] if held and held.person else []
        else:
            unit = units.get(name)
            other = unit is not None and unit.pk != row.office_id
            people = people_in(unit.pk, SENDERS, office_date(at)) if unit and other else []
        shown, rank, among = as_points(line["points"]), line["rank"], len(row.lines)
        message = Message(
            kind="information",
            title_zh=f"{row.month.year}年{row.month.month}月信息得分：{shown}分，第{rank}名（共{among}）",
            title_en=f"Information scores {row}: {shown} points, rank {rank} of {among}",
            url=f"/information/scores/{row.pk}/",
            key=f"scores|{row.pk}|{line['who']}",
        )
        send(message, to=people, unit_id=row.office_id, at=at)
