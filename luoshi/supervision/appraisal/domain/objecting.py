"""A unit objects to its published score; somebody of the office who did not publish answers."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import end_of_day, last_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.models import Objection, Publication, PublishedScore
from luoshi.supervision.matters.domain.transitions import locked


def objections_until(publication: Publication) -> datetime:
    """24:00 of the last working day on which a unit may object."""
    days = publication.version.objection_workdays
    return end_of_day(current_calendar().add_workdays(office_date(publication.published_at), days))


def object_to(*, score: PublishedScore, text: str, actor: Actor, at: datetime) -> Objection:
    """Object. Refused: other units, after the limit, to a corrected ranking, twice at once."""
    ensure(rules.may_object(actor, score))
    errors = too_long(Objection, {"text": text})
    if not text.strip():
        errors["text"] = [_("Say which fact is wrong, and why.")]
    if errors:
        raise Invalid(pgettext_lazy("answer", "Not sent."), errors)
    with acting(actor=actor, at=at):
        score = locked(PublishedScore.objects.select_related("publication__version"), score.pk)
        refuse_closed(score, at)
        objection = Objection.objects.create(
            score=score, text=text.strip(), made_by_name=actor.person_name, made_at=at
        )
        after = {"unit": score.unit_name, "reason": objection.text}
        record("appraisal.objected", actor=actor, at=at, obj=score.publication, after=after)
    return objection


def refuse_closed(score: PublishedScore, at: datetime) -> None:
    """Refuse what comes too late, twice, or about a ranking that no longer stands."""
    publication = score.publication
    if Publication.objects.filter(corrects=publication).exists():
        raise Refused(
            _("Not sent: this ranking was corrected."),
            next_steps=(_("Object to the newer one."),),
            code="ranking-corrected",
        )
    limit = objections_until(publication)
    if limit <= at:
        raise Refused(
            _("Not sent: the time for objections has passed."),
            _("It ended on %(day)s.") % {"day": last_day(limit)},
            code="objection-late",
        )
    if score.objections.filter(answered_at=None).exists():
        raise Refused(_("Not sent: your objection waits for its answer."), code="objection-waiting")


def answer(
    *, objection: Objection, upheld: bool, words: str, actor: Actor, at: datetime
) -> Objection:
    """Uphold or dismiss, with reasons. Refused: the publisher, a second answer, no reasons."""
    ensure(rules.may_answer(actor, objection))
    errors = too_long(Objection, {"answer": words})
    if not words.strip():
        errors["answer"] = [_("Give the reasons; the unit reads these words.")]
    if errors:
        raise Invalid(_("Not answered."), errors)
    with acting(actor=actor, at=at):
        rows = Objection.objects.select_related("score__publication")
        objection = locked(rows, objection.pk)
        ensure(rules.may_answer(actor, objection))
        objection.upheld, objection.answer = upheld, words.strip()
        objection.answered_by_name, objection.answered_at = actor.person_name, at
        objection.save()
        score = objection.score
        message = Message(
            kind="objection",
            title_zh=f"考核异议已答复：{'采纳' if upheld else '未采纳'}",
            title_en=f"Objection answered: {'upheld' if upheld else 'dismissed'}",
            url=f"/appraisal/publications/{score.publication_id}/units/{score.unit_id}/",
            key=f"objection|{objection.pk}",
        )
        people = people_in(score.unit_id, HANDLING_ROLES, office_date(at))
        send(message, to=people, unit_id=score.unit_id, at=at)
        after = {"unit": score.unit_name, "upheld": upheld, "reason": objection.answer}
        record("appraisal.answered", actor=actor, at=at, obj=score.publication, after=after)
    return objection
