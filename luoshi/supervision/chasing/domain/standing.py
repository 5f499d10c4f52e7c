"""Where a share stands on the ladder: its duty that is owed next, what was sent already, and so
which tone and which slip may come now (rules.md 2.11, R-SUP-5). Two queries for any number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from luoshi.foundation.core.time import last_day, office_date
from luoshi.supervision.chasing.domain.wording import drafted
from luoshi.supervision.chasing.enums import RANKS, Colour, Level, Tone, UrgeState
from luoshi.supervision.chasing.models import ColourSlip, Reminder, Urge
from luoshi.supervision.matters.domain.share.stages import behind_words, is_behind
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import Assignment, ReportDuty
from luoshi.supervision.rulebook.enums import DutyKind

LEVEL_TONE = {Level.L1: Tone.REMIND, Level.L2: Tone.URGE, Level.L3: Tone.URGE}
NEVER = datetime.max.replace(tzinfo=UTC)
AFTER = {0: Tone.REMIND, 1: Tone.URGE, 2: Tone.PRESS, 3: Tone.PRESS}


@dataclass
class Standing:
    """One share: the duty owed next, the highest tone sent since the unit was last heard."""

    share: Assignment
    duty: ReportDuty | None
    limit_at: datetime | None
    rank: int = 0
    slip: ColourSlip | None = None
    urges: list[Urge] = field(default_factory=list)

    def overdue(self, at: datetime) -> bool:
        """Whether the running limit has passed."""
        return self.limit_at is not None and self.limit_at <= at

    def behind(self, at: datetime) -> bool:
        """Whether a planned stage has passed without its progress (R-SUP-5)."""
        return is_behind(self.share, at)

    def slipping(self, at: datetime) -> str:
        """What was planned and what is reported, in Chinese as on every paper; "" = not behind."""
        return behind_words(self.share, "zh-hans") if self.behind(at) else ""

    def tones(self, at: datetime) -> list[Tone]:
        """The tones allowed now, the proposed one last: 商请 alone without command relation; else
        one step above what was sent; before the limit nothing above a reminder, or above urging
        where the progress is behind its plan and a reminder brought nothing."""
        if self.share.courteous:
            return [Tone.REQUEST]
        highest = AFTER[self.rank] if self.overdue(at) else Tone.REMIND
        if highest == Tone.REMIND and self.behind(at) and self.rank:
            highest = Tone.URGE
        return [tone for tone in Tone if 0 < RANKS[tone] <= RANKS[highest]]

    def colour(self, at: datetime) -> Colour | None:
        """The slip that may be issued now: blue near the limit or behind the planned progress,
        yellow when behind and blue brought nothing, red when overdue and yellow brought nothing;
        none without command relation."""
        if self.share.courteous or self.duty is None or self.limit_at is None:
            return None
        overdue, behind = self.overdue(at), self.behind(at)
        if self.slip is None:
            warned = self.duty.warn_at is None or self.duty.warn_at <= at
            return Colour.BLUE if warned or overdue or behind else None
        if office_date(self.slip.issued_at) >= office_date(at):
            return None
        if self.slip.colour == Colour.BLUE:
            return Colour.YELLOW if overdue or behind else None
        return Colour.RED if self.slip.colour == Colour.YELLOW and overdue else None

    def asked(self, at: datetime) -> str:
        """What is asked for; of who is behind plan while no report is owed not the final one."""
        if self.duty is None or (self.limit_at is None and self.behind(at) and is_final(self.duty)):
            return ""
        return self.duty.title_zh

    def text(self, tone: str, at: datetime) -> str:
        """The proposed words of this tone."""
        due = last_day(self.limit_at) if self.limit_at else None
        return drafted(
            tone=tone,
            unit=str(self.share.unit),
            matter=self.share.matter.title,
            duty=self.asked(at),
            due=due,
            late_days=late_days(due, at),
            behind=self.slipping(at),
        )


def late_days(due: date | None, at: datetime) -> int:
    """Calendar days since the due day, 0 before."""
    return max(0, (office_date(at) - due).days) if due else 0


def owed(duty: ReportDuty) -> datetime | None:
    """The limit that runs now."""
    return duty.redo_due_at or duty.due_at


def is_final(duty: ReportDuty) -> bool:
    """Whether it is the report after the end."""
    return duty.kind == DutyKind.FINAL


def in_turn(duty: ReportDuty) -> tuple[bool, datetime, bool, str]:
    """The earliest limit first; of those without a date the final report last."""
    limit = owed(duty)
    return limit is None, limit or NEVER, is_final(duty), str(duty.pk)


def standings(shares: Sequence[Assignment]) -> list[Standing]:
    """Where each share stands; shares come with their matter and unit."""
    keys = [share.pk for share in shares]
    duties = ReportDuty.objects.filter(assignment__in=keys, state__in=DUTY_AWAITING_UNIT)
    next_of: dict[UUID, ReportDuty] = {}
    for duty in sorted(duties, key=in_turn):
        next_of.setdefault(duty.assignment_id, duty)
    found = {
        share.pk: Standing(
            share,
            next_of.get(share.pk),
            owed(next_of[share.pk]) if share.pk in next_of else None,
        )
        for share in shares
    }
    read_sent(found)
    return [found[share.pk] for share in shares]


def read_sent(found: dict[UUID, Standing]) -> None:
    """Fill in what was sent: reminders of the duty under its limit, urges since last heard."""
    duties = {one.duty.pk: one for one in found.values() if one.duty is not None}
    for row in Reminder.objects.filter(duty__in=duties, sent_at__isnull=False):
        one = duties[row.duty_id]
        tone = LEVEL_TONE.get(Level(row.level))
        if tone and row.limit_at == one.limit_at:
            one.rank = max(one.rank, RANKS[tone])
    urges = Urge.objects.filter(assignment__in=found, state=UrgeState.SENT)
    for urge in urges.select_related("slip").order_by("sent_at"):
        one = found[urge.assignment_id]
        heard = one.share.last_heard_at
        one.urges.append(urge)
        if heard is None or (urge.sent_at and urge.sent_at > heard):
            one.rank = max(one.rank, RANKS[Tone(urge.tone)])
        slip = getattr(urge, "slip", None)
        if slip and one.duty and slip.duty_id == one.duty.pk and slip.limit_at == one.limit_at:
            one.slip = slip
