"""Every periodic job on one page: work is rows, jobs only wake."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from luoshi.foundation.accounts.domain.clock import now
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.suspending import suspend_unused
from luoshi.site.domain.logs import forget_old
from luoshi.supervision.chasing.domain.sweeping import sweep


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sweep", pass_context=False)
def minute_sweep(timestamp: int) -> None:
    """Reminders, new duties, expired summaries; a missed run is caught up by the next."""
    at, _demo = now()
    sweep(actor=Actor.system("sweep"), at=at)


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
    forget_old(settings.CONFIG.var / "logs", months=months, on=timezone.now().date())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Jobs of a killed worker are taken up again."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
