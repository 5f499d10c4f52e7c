"""Nudge a unit by hand (催办), in the tone the relation and what was sent before allow.

Changes: a row, sent or held by the governor with its reason; a notice to every handler; a numbered
slip where one was asked for. Refused: by others than the assigning office; after the end, or when
it is not the unit's turn; a tone above what the former brought; words of command without command
power, scolding words (S2-89, S2-90, S3-69); a second attempt while one is held.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import kept, record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import date_text, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.open_hours import next_open
from luoshi.foundation.exchange.domain.queries.neighbours import lives_elsewhere
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.governing import decide, next_chance, week_of
from luoshi.supervision.chasing.domain.standing import Standing, standings
from luoshi.supervision.chasing.domain.telling import handlers
from luoshi.supervision.chasing.domain.wording import check, soften
from luoshi.supervision.chasing.enums import (
    COLOUR_TONE,
    TONE_EN,
    TONE_ZH,
    Colour,
    Held,
    Tone,
    UrgeState,
)
from luoshi.supervision.chasing.models import ColourSlip, SlipSeries, Urge
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.rulebook.domain.queries.settings import settings_of

LONGEST = 600


@dataclass(frozen=True)
class Wording:
    """What is to be said: the tone, the text ("" = the proposed one), the slip ("" = none)."""

    tone: str = ""
    text: str = ""
    colour: str = ""


def urge(
    *,
    share: Assignment,
    wording: Wording,
    actor: Actor,
    at: datetime,
    batch: UUID | None = None,
) -> Urge:
    """Send the nudge, or hold it and say why and until when; a `batch` nudges a share once."""
    ensure(rules.may_urge(actor, share))
    with acting(actor=actor, at=at):
        share = locked(Assignment.objects.select_related("matter__office", "unit"), share.pk)
        done = Urge.objects.filter(batch=batch, assignment=share).first() if batch else None
        if done is not None:
            return done
        ensure(rules.may_urge(actor, share))
        standing = standings([share])[0]
        tone, text = settled(standing, wording, at)
        refuse_second_held(share, at)
        people = handlers(share.unit_id, tone, at)
        refuse_nobody(share, people)
        why, after = decide(share, wording.colour, at)
        row = Urge(
            assignment=share,
            duty=standing.duty,
            tone=tone,
            colour=wording.colour,
            text=text,
            batch=batch,
            made_by_id=actor.person_id,
            made_by_name=actor.person_name,
            made_at=at,
            week_on=week_of(at),
            state=UrgeState.HELD if why else UrgeState.SENT,
            held_reason=why,
            held_after=after,
            possible_at=next_chance(at) if why else None,
            sent_at=None if why else at,
        )
        row.save()
        if why:
            told = {"unit": str(share.unit), "reason": kept(lambda: Held(why).label)}
            record("chasing.held", actor=actor, at=at, obj=share.matter, after=told)
        else:
            deliver(row, people, actor=actor, at=at)
    return row


def settled(standing: Standing, wording: Wording, at: datetime) -> tuple[str, str]:
    """The tone and the text that will go out; refuses what may not be said."""
    allowed = standing.tones(at)
    if wording.colour:
        refuse_colour(standing, wording.colour, at)
        tone = COLOUR_TONE[Colour(wording.colour)]
    else:
        tone = Tone(wording.tone) if wording.tone in Tone.values else allowed[-1]
        if tone not in allowed:
            raise Refused(
                _("Not sent: this tone is too high yet."),
                _("A higher tone comes only when the former brought nothing; now: %(tone)s.")
                % {"tone": allowed[-1].label},
                next_steps=(_("Choose the proposed tone."),),
                source="R-SUP-5",
                code="tone-too-high",
            )
    text = wording.text.strip()
    if not text or text in {standing.text(one, at) for one in Tone}:
        text = standing.text(tone, at)  # words proposed for another tone are not of this one
    refuse_words(text, courteous=standing.share.courteous)
    return tone, text


def refuse_colour(standing: Standing, colour: str, at: datetime) -> None:
    """A slip comes in its order, and never where only a request is possible."""
    if standing.colour(at) == colour:
        return
    why: object = _(
        "Blue near the limit or behind plan, yellow when blue brought nothing, then red."
    )
    if standing.share.courteous:
        why = _("There is no command relation; a courteous request can be sent.")
    raise Refused(
        _("No %(colour)s can be issued now.")
        % {"colour": Colour(colour).label if colour in Colour.values else colour[:10]},
        str(why),
        next_steps=(_("Send a nudge without a slip."),),
        source="R-SUP-5",
        code="slip-out-of-order",
    )


def refuse_words(text: str, *, courteous: bool) -> None:
    """Words of command without command power, and scolding words with or without."""
    found = check(text, courteous=courteous)
    errors: list[object] = []
    if len(text) > LONGEST:
        errors.append(_("At most %(n)d characters.") % {"n": LONGEST})
    for word in found.commands:
        errors.append(
            _("Orders (“%(word)s”) cannot be sent to this unit from here.") % {"word": word}
        )
    for word in found.scolding:
        errors.append(_("“%(word)s” is not civil.") % {"word": word})
    if found.no_courtesy:
        errors.append(_("A nudge asks: say 请, or 商请 without command relation."))
    if errors:
        raise Invalid(
            _("Not sent: the wording does not fit."),
            {"text": errors},  # type: ignore[dict-item]
            next_steps=(
                _("The text has been put into a request; please check it and send."),
                _("Proposed: %(text)s") % {"text": soften(text, courteous=courteous)},
            ),
            code="wording",
        )


def refuse_second_held(share: Assignment, at: datetime) -> None:
    """One held nudge a week is enough: the way on is the exception."""
    held = Urge.objects.filter(assignment=share, week_on=week_of(at)).exclude(held_reason="")
    row = held.first()
    if row is not None and row.possible_at is not None:
        raise Refused(
            _("Held already: a nudge to this unit waits since %(day)s.")
            % {"day": date_text(office_date(row.made_at), get_language() or "zh-hans")},
            _("Possible again from %(day)s.")
            % {"day": date_text(office_date(row.possible_at), get_language() or "zh-hans")},
            next_steps=(_("If it cannot wait, ask for an exception with a reason."),),
            source="S3-68",
            code="held-already",
        )


def refuse_nobody(share: Assignment, people: list[User]) -> None:
    """A nudge that reaches nobody is none; people of another node are told over there."""
    if not people and not lives_elsewhere(share.unit_id):
        raise Refused(
            _("Not sent: nobody of %(unit)s would get it.") % {"unit": share.unit},
            _("No liaison and no principal holds a post there."),
            next_steps=(_("Ask the security administrator to appoint one."),),
            code="nobody-there",
        )


def deliver(row: Urge, people: list[User], *, actor: Actor, at: datetime) -> None:
    """Tell every handler, number the slip, leave the trace; quiet hours hold the delivery."""
    share, matter = row.assignment, row.assignment.matter
    slip = numbered_slip(row, issued_by=actor.person_name, at=at) if row.colour else None
    zh, en = TONE_ZH[Tone(row.tone)], TONE_EN[Tone(row.tone)]
    message = Message(
        kind="urge",
        level=row.tone[:4],
        title_zh=f"{zh}：{matter.number} {row.text}",
        title_en=f"{en}: {matter.number} {row.text}",
        url=f"/matters/{matter.pk}/urging/",
        key=f"urge|{row.pk}",
    )
    row.deliver_at = next_open(at, current_calendar())
    row.reached = send(message, to=people, unit_id=share.unit_id, at=at)
    row.save(update_fields=("deliver_at", "reached"))
    after = {"unit": str(share.unit), "level": zh, "text": row.text}
    if slip is not None:
        after["reason"] = f"{kept(slip.get_colour_display)} {slip.number}"
    record("chasing.urged", actor=actor, at=at, obj=matter, after=after)


def numbered_slip(row: Urge, *, issued_by: str, at: datetime) -> ColourSlip:
    """The numbered slip of a nudge; the series is locked until commit."""
    standing = standings([row.assignment])[0]
    duty, limit = standing.duty, standing.limit_at
    if duty is None or limit is None:
        raise Refused(_("No slip: the duty has no date."), code="slip-out-of-order")
    office, year = row.assignment.matter.office, office_date(at).year
    SlipSeries.objects.get_or_create(office=office, year=year)
    series = SlipSeries.objects.select_for_update().get(office=office, year=year)
    series.last += 1
    series.save(update_fields=("last",))
    prefix = settings_of(office.pk).number_prefix
    return ColourSlip.objects.create(
        urge=row,
        duty=duty,
        colour=row.colour,
        former=standing.slip,
        office=office,
        year=year,
        serial=series.last,
        number=f"{prefix}单〔{year}〕{series.last}号",
        limit_at=limit,
        behind=standing.slipping(at),
        issued_by_name=issued_by,
        issued_at=at,
    )
