"""Every periodic job on one page: work is rows, jobs only wake."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from luoshi.desks.duty.tasks import carry_on as work_out_rosters
from luoshi.desks.ledgers.tasks import SLICE, go_on, until
from luoshi.desks.lessons.tasks import go_on as train
from luoshi.desks.meetings.tasks import carry_on as advise
from luoshi.desks.meetings.tasks import read_waiting
from luoshi.foundation.accounts.domain.clock import now
from luoshi.foundation.attachments.domain.storing import forget_leftovers
from luoshi.foundation.audit.domain.checking import begin_check, finish_check
from luoshi.foundation.audit.domain.checkpointing import take_checkpoint
from luoshi.foundation.audit.models import Verification
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.foundation.exchange.domain.anchoring.sending import send_checkpoint, something_happened
from luoshi.foundation.exchange.relay.passing import pass_local
from luoshi.foundation.organizations.domain.repeating import forget_old
from luoshi.foundation.organizations.domain.suspending import suspend_unused
from luoshi.insight.horizons.domain.running import run_waiting
from luoshi.site.domain.logs import forget_old as forget_old_logs
from luoshi.site.domain.manifests import sign, signing_key
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.commitments.domain.coming import come
from luoshi.supervision.lists.domain.mirroring.telling import say_lists_again
from luoshi.supervision.mirrors.domain.telling import resync
from luoshi.supervision.rulebook.domain.correcting import tell_corrections

HALF_AN_HOUR = timedelta(minutes=30)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sweep", pass_context=False)
def minute_sweep(timestamp: int) -> None:
    """Reminders, new duties, expired summaries; a missed run is caught up by the next."""
    at, _demo = now()
    sweep(actor=Actor.system("sweep"), at=at)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="commitments", pass_context=False)
def commitments_come(timestamp: int) -> None:
    """Occurrences that come near, their notices; a missed night is caught up by the next run."""
    come(actor=Actor.system("commitments"), at=now()[0])


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="ledgers", lock="ledgers", pass_context=False)
def carry_on_ledgers(timestamp: int) -> None:
    """Imports that are confirmed and not finished; a job lost or run twice changes nothing."""
    go_on(until(SLICE))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="lessons", lock="lessons", pass_context=False)
def carry_on_training(timestamp: int) -> None:
    """Trainings that are asked for and not finished."""
    train()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="advice", lock="advice", pass_context=False)
def carry_on_advice(timestamp: int) -> None:
    """Doubtful drafts the local model was not asked about yet; none where it is off."""
    advise()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="readings", pass_context=False)
def carry_on_readings(timestamp: int) -> None:
    """Long documents whose reading is not finished; a job lost or run twice changes nothing."""
    read_waiting()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rosters", lock="rosters", pass_context=False)
def carry_on_rosters(timestamp: int) -> None:
    """Rosters that wait for the solver; what a killed job left is begun again."""
    work_out_rosters()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="what-if", pass_context=False)
def asked_whatifs(timestamp: int) -> None:
    """What-if questions over more limits than a page waits for."""
    run_waiting(at=now()[0])


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="exchange", lock="exchange", pass_context=False)
def carry_on_local_mail(timestamp: int) -> None:
    """Envelopes between units of this node; those to other nodes are the relay's. After a restore,
    what is shared with other nodes is said again."""
    at, _demo = now()
    pass_local(at=at)
    resync(at=at)
    say_lists_again(at=at)


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """What killed uploads left behind, and keys of requests older than seven days."""
    at, _demo = now()
    forget_leftovers(at=at)
    forget_old(at=at)


@app.periodic(cron="10 3 * * *")
@app.task(queueing_lock="corrections", pass_context=False)
def nightly_corrections(timestamp: int) -> None:
    """Offices hear of rules the product corrected since they took them over, each once."""
    tell_corrections(at=now()[0])


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="unused", pass_context=False)
def nightly_suspension(timestamp: int) -> None:
    """Accounts unused for 90 real days are suspended; a missed night is caught up by the next."""
    suspend_unused(actor=Actor.system("unused accounts"), at=timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="logs", pass_context=False)
def forget_logs(timestamp: int) -> None:
    """Log files older than the set months go; the trail stays for ever."""
    months = settings.CONFIG.log_months
    forget_old_logs(settings.CONFIG.var / "logs", months=months, on=timezone.now().date())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Jobs of a killed worker are taken up again."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron="0 * * * *")
@app.task(queueing_lock="checkpoint", pass_context=False)
def hourly_checkpoint(timestamp: int) -> None:
    """The head is written down, signed, when something happened, and at midnight; the superior gets
    it."""
    key = signing_key(Path(settings.CONFIG.var))
    at, _demo = now()
    if something_happened() or office_date(at) > office_date(at - HALF_AN_HOUR):
        take_checkpoint(at=at, sign=lambda text: sign(text, key))
    send_checkpoint(at=at)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="verify", pass_context=False)
def asked_verification(timestamp: int) -> None:
    """A check the auditor asked for and the page did not finish itself."""
    run = Verification.objects.filter(finished_at=None).first()
    if run is not None:
        finish_check(run, clock=lambda: now()[0])


@app.periodic(cron="30 1 * * *")
@app.task(queueing_lock="verify", pass_context=False)
def nightly_verification(timestamp: int) -> None:
    """Since the newest checkpoint each night, in full in the night to Sunday."""
    at = now()[0]
    run = begin_check(actor=Actor.system("verifier"), at=at)
    finish_check(run, clock=lambda: now()[0], full=at.isoweekday() == 6)
