"""Every periodic job on one page: work is rows, jobs only wake."""

from procrastinate.contrib.django import app

from luoshi.foundation.accounts.domain.clock import now
from luoshi.foundation.attachments.domain.storing import forget_leftovers
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.repeating import forget_old
from luoshi.supervision.chasing.domain.sweeping import sweep


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sweep", pass_context=False)
def minute_sweep(timestamp: int) -> None:
    """Reminders, new duties, expired summaries; a missed run is caught up by the next."""
    at, _demo = now()
    sweep(actor=Actor.system("sweep"), at=at)


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """What killed uploads left behind, and keys of requests older than seven days."""
    at, _demo = now()
    forget_leftovers(at=at)
    forget_old(at=at)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Jobs of a killed worker are taken up again."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
