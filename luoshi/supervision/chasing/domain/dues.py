"""A duty as the sweep reads it: one flat row. A night may look at a hundred thousand of them, and
five model objects for each took longer than everything that is decided about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from luoshi.foundation.core.rows.keys import in_turn
from luoshi.foundation.core.time import end_of_day, office_date
from luoshi.supervision.chasing.enums import Step
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.models import ReportDuty

COLUMNS = (
    *("pk", "due_at", "redo_due_at", "trigger_at", "hourly", "title_zh", "title_en"),
    *("assignment__assigned_at", "assignment__courteous", "assignment__unit_id"),
    *("assignment__unit__name", "assignment__unit__short_name"),
    *("assignment__matter_id", "assignment__matter__number", "assignment__matter__title"),
    *("assignment__matter__office_id", "assignment__matter__parent_id"),
    *("assignment__matter__instructed_by_id", "assignment__matter__also_instructed_by"),
)


@dataclass(frozen=True, slots=True)
class Due:
    """A dated duty with what its ladder and its notices need of share, unit and matter."""

    pk: UUID
    due_at: datetime
    redo_due_at: datetime | None
    trigger_at: datetime | None
    hourly: bool
    title_zh: str
    title_en: str
    assigned_at: datetime
    courteous: bool
    unit_id: UUID
    unit_name: str
    unit_short_name: str
    matter_id: UUID
    number: str
    title: str
    office_id: UUID
    parent_id: UUID | None
    instructed_by_id: UUID | None
    also_instructed_by: list[UUID]

    @property
    def instructors(self) -> list[UUID]:
        """The leaders whose instructions the matter carries."""
        first = [] if self.instructed_by_id is None else [self.instructed_by_id]
        return [*first, *self.also_instructed_by]

    @property
    def limit(self) -> datetime:
        """The limit that runs now: the redo limit after a return, else the due instant."""
        return self.redo_due_at or self.due_at

    @property
    def born_late(self) -> bool:
        """Whether the limit had passed before the unit was given the work (a ledger taken over, a
        list issued late)."""
        return self.limit <= self.assigned_at

    @property
    def ladder_from(self) -> datetime:
        """What the ladder counts from: the limit, but never an instant before the unit had the
        work, or a whole ladder up to the leaders would fall on its first morning (S3-68)."""
        return end_of_day(office_date(self.assigned_at)) if self.born_late else self.limit

    @property
    def unit(self) -> str:
        """The unit as pages name it."""
        return self.unit_short_name or self.unit_name


@dataclass(slots=True)
class Reached:
    """A level of the ladder that a duty has reached, on its way to becoming a `Reminder`."""

    due: Due
    step: Step
    limit_at: datetime
    stands_for: datetime
    courteous: bool
    held_reason: str = ""
    sent_at: datetime | None = None
    possible_at: datetime | None = None
    pk: UUID = field(default_factory=in_turn)

    @classmethod
    def recorded(cls, row: Reminder, due: Due, step: Step) -> "Reached":
        """A level that was held and is a row already."""
        return cls(
            due=due,
            step=step,
            limit_at=row.limit_at,
            stands_for=row.stands_for,
            courteous=row.courteous,
            held_reason=row.held_reason,
            sent_at=row.sent_at,
            possible_at=row.possible_at,
            pk=row.pk,
        )


def read(rows: "QuerySet[ReportDuty]") -> Iterator[Due]:
    """The duties of a query, in its order."""
    for values in rows.values_list(*COLUMNS):
        yield Due(*values)
