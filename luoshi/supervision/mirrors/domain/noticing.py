"""Tell a unit what the leading office's word changed for it: found by comparing, so that no kind of
change needs a message of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.supervision.matters.domain.share.stages import as_rows, stages_of
from luoshi.supervision.matters.domain.share.staging import WORDS as PLANNED
from luoshi.supervision.matters.domain.telling import tell_unit
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN
from luoshi.supervision.matters.models import Assignment, Extension, Matter, Objection, Review

Plans = Mapping[UUID, list[dict[str, Any]]]


@dataclass(frozen=True)
class Before:
    """A share before a word: whether it was there, its state, its decisions by number."""

    known: bool = False
    state: str = ""
    stopped: bool = False
    decided: frozenset[str] = frozenset()

    @classmethod
    def of(cls, share: Assignment | None) -> "Before":
        """As it stands."""
        if share is None:
            return cls()
        return cls(True, share.state, share.stopped_at is not None, decisions(share))


def decisions(share: Assignment) -> frozenset[str]:
    """Every decision of the office on what the unit asked or sent."""
    reviews = Review.objects.filter(report__assignment=share)
    answers = Extension.objects.filter(duty__assignment=share, decided_at__isnull=False)
    objections = Objection.objects.filter(assignment=share, answered_at__isnull=False)
    found = {f"{one.verdict}|{one.report_id}" for one in reviews}
    found |= {f"extension-{one.state}|{one.pk}" for one in answers}
    return frozenset(found | {f"objection-{one.state}|{one.pk}" for one in objections})


WORDS = {
    "accepted": ("报告已审核通过", "Report accepted"),
    "returned": ("报告退回重报", "Report returned for redo"),
    "supplement": ("商请补充报告", "Asked to supplement the report"),
    "extension-granted": ("同意延期", "Extension granted"),
    "extension-refused": ("未同意延期", "Extension refused"),
    "objection-rejected": ("交办异议未予采纳", "Objection rejected"),
}


def notice(share: Assignment, before: Before, *, at: datetime) -> None:
    """One notice for each change the unit has to know."""
    if not before.known:
        zh = "商请办理" if share.courteous else "重新交办" if share.reopening_id else "交办"
        en = "Courteous request" if share.courteous else "Assigned"
        tell_unit(share, kind="assigned", words=(zh, en), key=share.pk, at=at)
        return
    for one in sorted(decisions(share) - before.decided):
        word, _mark, pk = one.partition("|")
        if word in WORDS:
            tell_unit(share, kind=word, words=WORDS[word], key=pk, at=at)
    if share.state not in ASSIGNMENT_OPEN and before.state in ASSIGNMENT_OPEN:
        words = {
            "concluded": ("事项已办结", "Matter concluded"),
            "revoked": ("交办已撤销", "Assignment revoked"),
            "reassigned": ("已改由其他单位办理", "Now handled by another unit"),
        }.get(share.state, ("交办已并入其他事项", "Merged into another matter"))
        tell_unit(share, kind="ended", words=words, key=share.pk, at=at)
    elif (share.stopped_at is not None) != before.stopped:
        stopped = share.stopped_at is not None
        words = ("中止计时", "Clock stopped") if stopped else ("恢复计时", "Clock runs again")
        key = f"{share.pk}|{at.isoformat()}"
        tell_unit(share, kind="stop", words=words, key=key, at=at)


def plans_of(matter: Matter) -> Plans:
    """What the open shares of a matter are held against; one query."""
    found = {}
    for share in matter.assignments.filter(state__in=ASSIGNMENT_OPEN):
        share.matter = matter
        found[share.pk] = as_rows(stages_of(share))
    return found


def notice_plans(matter: Matter, before: Plans, *, at: datetime) -> None:
    """Tell the units whose planned progress the office changed; nothing for shares that are new."""
    now = plans_of(matter) if before else {}
    shares = matter.assignments.filter(pk__in=[pk for pk in now if now[pk] != before.get(pk)])
    for share in shares.filter(pk__in=before):
        key = f"{share.pk}|{at.isoformat()}"
        tell_unit(share, kind="planned", words=PLANNED, key=key, at=at)
