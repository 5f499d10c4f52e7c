"""A run of the verifier: begun by the auditor or by the night, counted while it runs."""

from collections.abc import Callable
from datetime import datetime

from luoshi.foundation.audit import rules
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.queries.head import newest_head
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.domain.stored import verify_stored
from luoshi.foundation.audit.domain.verifying import Anchor
from luoshi.foundation.audit.models import Checkpoint, Entry, Verification
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure


def begin_check(*, actor: Actor, at: datetime) -> Verification:
    """Open a run and leave the entry that says who asked for it; an open one is joined."""
    if actor.kind == "person":
        ensure(rules.may_read(actor))
    running = Verification.objects.filter(finished_at=None).first()
    if running is not None:
        return running
    with acting(actor=actor, at=at):
        run = Verification.objects.create(
            started_at=at, by_name=actor.person_name, total=Entry.objects.count()
        )
        record("audit.verified", actor=actor, at=at, obj=run)
    return run


def finish_check(run: Verification, *, clock: Callable[[], datetime], full: bool = True) -> None:
    """Walk the trail, counting, and keep the result with the run. Not full: since the newest
    checkpoint only."""
    last = None if full else Checkpoint.objects.order_by("-pk").first()
    since = Anchor(last.chain_id, last.seq, last.head) if last else None

    def progress(done: int) -> None:
        Verification.objects.filter(pk=run.pk).update(done=done)

    found = verify_stored(since=since, progress=progress)
    run.done, run.code, run.chain, run.seq = found.count, found.code, found.chain, found.seq
    run.head, run.why, run.finished_at = found.head, found.why, clock()
    run.save()


def unanchored_since() -> datetime | None:
    """When the newest head was last written down, if entries were added since; else None."""
    head, last = newest_head(), Checkpoint.objects.order_by("-pk").first()
    if head is None or (
        last is not None and (last.chain_id, last.seq) == (head.chain_id, head.seq)
    ):
        return None
    return last.at if last else Entry.objects.order_by("pk").values_list("at", flat=True).first()
