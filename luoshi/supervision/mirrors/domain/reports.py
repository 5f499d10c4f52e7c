"""A report of a unit on another node: its words, figures, provenance and files, sent at the instant
the unit sent it; and what units below have corrected since (B17 across nodes)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.exchange.domain.mail.unpacking import attach
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.kinds import Declined
from luoshi.supervision.matters.domain.indexing import index_report
from luoshi.supervision.matters.domain.report.reporting import previous_figures
from luoshi.supervision.matters.domain.report.sending import attached, heard, send
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.domain.share.stages import stages_of
from luoshi.supervision.matters.domain.transitions import REPORT_MOVES, move
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    DUTY_AWAITING_UNIT,
    AssignmentState,
    ReportState,
)
from luoshi.supervision.matters.models import (
    Assignment,
    OutdatedRow,
    Report,
    ReportDuty,
    ReportFigure,
    RollUpRow,
)
from luoshi.supervision.mirrors.domain import columns
from luoshi.supervision.mirrors.domain.plain import checked, instant, key, put, rows, texts
from luoshi.supervision.mirrors.domain.settling import rule_of, settle
from luoshi.supervision.mirrors.enums import ENDED, NOT_OWED, STOPPED, Fact

OWNER = "report"
NOBODY = Actor.system("mirrors")


@dataclass(frozen=True)
class Heard:
    """An act of a unit with the share it is about, who did it and when."""

    share: Assignment
    said: Mapping[str, Any]
    actor: Actor
    at: datetime

    LEAST: ClassVar[timedelta] = timedelta(minutes=1)

    def duty(self, name: str) -> ReportDuty:
        """The duty of this share by rule and period ("TR-06|-")."""
        code, _mark, period = name.partition("|")
        found = ReportDuty.objects.select_for_update(of=("self",)).filter(
            assignment=self.share, rule_code=code, period=period
        )
        row = found.first()
        if row is None:
            raise Refused("", code="nothing-owed")
        return row


def take_report(word: Heard, opened: Opened, *, at: datetime) -> None:
    """Keep the report and let it take effect, or file it by rule where the share has ended or
    nothing it reports on is asked for any more."""
    share, said = word.share, word.said
    duties = named_duties(share, texts(said, "duties"))
    row = written(word, opened)
    corrected = row.corrects
    row.duties.set(duties)
    live = [one for one in duties if one.state in DUTY_AWAITING_UNIT]
    if share.state not in ASSIGNMENT_OPEN:
        return filed(row, word, ENDED, at=at)
    owed = corrected.state == ReportState.ACCEPTED if corrected else bool(live)
    owed = owed or (row.percent is not None and not texts(said, "duties") and held(share))
    if not owed:
        return filed(row, word, NOT_OWED, at=at)
    if share.stopped_at is not None:
        settle(share, said, rule_of(Fact.REPORT, STOPPED), None, at=at)
    if share.state == AssignmentState.UNSIGNED and share.stopped_at is None:
        sign_for(assignment=share, actor=word.actor, at=word.at)
        share.refresh_from_db()
    row.assignment = share
    if corrected is None:
        send(row, live, actor=word.actor, at=word.at)
        row.duties.set(duties)
        return None
    move(row, ReportState.SUBMITTED, REPORT_MOVES)
    numbered(row)
    heard(row, at=word.at)
    after = {"receipt": row.receipt_number, "reason": row.correction_reason}
    before = {"receipt": corrected.receipt_number}
    record(
        "matters.corrected",
        actor=word.actor,
        at=word.at,
        obj=share.matter,
        before=before,
        after=after,
    )
    return None


def held(share: Assignment) -> bool:
    """Whether planned progress may be stated without a duty (R-SUP-5)."""
    return bool(stages_of(share))


def named_duties(share: Assignment, names: Iterable[str]) -> list[ReportDuty]:
    """The duties of a share by rule and period, locked; unknown names are left out."""
    wanted = set(names)
    rows_ = ReportDuty.objects.select_for_update(of=("self",)).filter(assignment=share)
    return [one for one in rows_.order_by("due_at", "pk") if one_name(one) in wanted]


def one_name(duty: ReportDuty) -> str:
    """A duty's name, the same on both sides."""
    return f"{duty.rule_code}|{duty.period}"


def written(word: Heard, opened: Opened) -> Report:
    """The report's row with its words, figures, rows and files; a draft still."""
    share, said = word.share, word.said
    mine = Report.objects.filter(assignment=share)
    row = Report(
        pk=key(str(said["name"]).partition(":")[2]),
        assignment=share,
        corrects=found(mine, said.get("corrects")),
        follows=found(mine, said.get("follows")),
        created_at=word.at,
        saved_at=word.at,
        submitted_at=word.at,
    )
    put(row, said, columns.REPORT)
    earlier = previous_figures(share)
    row.save(force_insert=True)
    for one in rows(said, "figures"):
        figure = ReportFigure(report=row, previous=earlier.get(str(one.get("name"))))
        put(figure, one, ("name", "value", "measure"))
        figure.save()
    for one in rows(said, "rows"):
        part = RollUpRow(report=row)
        put(part, one, columns.ROW)
        part.source_receipt = str(one.get("receipt", ""))[:24]
        part.save()
    hang_files(row, texts(said, "files"), word, opened)
    return row


def found(mine: Any, value: Any) -> Report | None:
    """Another report of the same share."""
    return mine.filter(pk=key(value)).first() if value else None


def hang_files(row: Report, digests: Iterable[str], word: Heard, opened: Opened) -> None:
    """The files of the report out of the envelope, by their digests."""
    places = {file.sha256: n for n, file in enumerate(opened.manifest.files, start=1)}
    wanted = [places[one] for one in digests if one in places]
    attach(
        opened,
        wanted,
        owner_kind=OWNER,
        owner_id=row.pk,
        unit_id=word.share.unit_id,
        by_name=word.actor.person_name,
        at=word.at,
    )
    # a correction stands on the papers of what it corrects, here as there
    row.files = attached(row) or (row.corrects.files if row.corrects else 0)


def numbered(row: Report) -> None:
    """The receipt number every report has on both sides."""
    at = row.submitted_at or row.saved_at
    row.receipt_number = f"{office_date(at):%Y%m%d}-{row.pk.hex[:8].upper()}"
    row.save()
    index_report(row)


def filed(row: Report, word: Heard, why: str, *, at: datetime) -> None:
    """Keep it on file: it is read, not reviewed."""
    move(row, ReportState.FILED, REPORT_MOVES)
    numbered(row)
    settle(word.share, word.said, rule_of(Fact.REPORT, why), None, at=at)


def report_again(word: Heard, opened: Opened) -> None:
    """A report of this house entered again after a restore: the office's next word brings what was
    decided on it."""
    row = written(word, opened)
    row.duties.set(named_duties(word.share, texts(word.said, "duties")))
    move(row, ReportState.SUBMITTED, REPORT_MOVES)
    numbered(row)


def take_stale(share: Assignment, said: Iterable[Mapping[str, Any]], *, at: datetime) -> int:
    """Note rows of the unit's reports that a unit below has corrected; returns how many are new."""
    made = 0
    for one in said:
        row = RollUpRow.objects.filter(
            report__assignment=share,
            report=key(one.get("report")),
            source_receipt=str(one.get("receipt")),
            name=str(one.get("name")),
        ).first()
        newer = str(one.get("newer", ""))[:24]
        if row is None or row.outdated.filter(newer_receipt=newer).exists():
            continue
        change = OutdatedRow(row=row, newer_receipt=newer)
        change.noticed_at = min(instant(one.get("noticed_at")), at)
        value = checked(change, "value", one.get("value"))
        if value is not None and not isinstance(value, Decimal):
            raise Declined("value")
        change.value = value
        change.save()
        made += 1
    if made:
        after = {"unit": str(share.unit), "rows": made}
        record("matters.outdated", actor=NOBODY, at=at, obj=share.matter, after=after)
    return made
