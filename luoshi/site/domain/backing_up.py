"""Make a backup: dump → files by digest → manifest → signature; complete or not there at all.

The dump is one snapshot. Files are written before their rows and never changed, so copying them
after the dump is consistent (security.md 10).
"""

import json
import os
import shutil
import tempfile
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.models import StoredFile
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.checkpointing import take_checkpoint
from luoshi.foundation.audit.domain.queries.head import newest_head
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.domain.anchoring.sending import send_checkpoint
from luoshi.site.domain import postgres
from luoshi.site.domain.manifests import (
    DUMP,
    FILES,
    MANIFEST,
    SIGNATURE,
    Manifest,
    digest,
    sign,
    signer,
    signing_key,
)

ACTOR = Actor.system("backup", via="cli")


def backups_folder() -> Path:
    """Where backups go unless another folder is named."""
    return Path(settings.CONFIG.var) / "backups"


def stored_path(sha256: str, base: Path | None = None) -> Path:
    """Where a stored file lies under `base` (default: the site's files)."""
    return (base or Path(settings.FILES)) / sha256[:2] / sha256


def create(*, at: datetime, to: Path | None = None) -> Path:
    """Write one backup into a new folder and return it; before it, the head of the trail is
    written down and sent to the superior (security.md 6). Refused: too little room, a failing dump;
    nothing half made stays behind."""
    base = to or backups_folder()
    base.mkdir(parents=True, exist_ok=True)
    refuse_full(base)
    final = base / f"{at:%Y%m%d-%H%M%S}"
    if final.exists():
        raise Refused(_("Not made: a backup of this second is there already."), code="same-second")
    with acting(actor=ACTOR, at=at):
        record(
            "site.backed_up",
            actor=ACTOR,
            at=at,
            object_kind="site",
            object_id="backup",
            after={"folder": final.name},
        )
    key = signing_key(Path(settings.CONFIG.var))
    take_checkpoint(at=at, sign=lambda text: sign(text, key))
    send_checkpoint(at=at)
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=base))
    try:
        dump = part / DUMP
        postgres.run("pg_dump", settings.CONFIG.owner_database, "--format=custom", f"--file={dump}")
        files, missing = copy_files(part / FILES)
        text = manifest(at, dump, files, missing).text()
        (part / MANIFEST).write_text(text, encoding="utf-8")
        (part / SIGNATURE).write_text(sign(text, key), encoding="utf-8")
        sync(part)
        part.rename(final)
        sync(base)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return final


def refuse_full(base: Path) -> None:
    """Refuse when what is to be copied would leave less than 5 % of the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        needed = int(cursor.fetchone()[0])
    needed += sum(StoredFile.objects.values_list("size", flat=True))
    room = shutil.disk_usage(base)
    if room.free - needed < room.total * 0.05:
        raise Refused(
            _("Not made: the disk has too little room."),
            _("Needed %(needed)d MiB, free %(free)d MiB.")
            % {"needed": needed >> 20, "free": room.free >> 20},
            next_steps=(_("Free some room, or name another folder: --to"),),
            code="disk-full",
        )


def copy_files(target: Path) -> tuple[dict[str, int], list[str]]:
    """Copy every stored file; returns sizes by digest and the digests that are not on disk."""
    target.mkdir()
    sizes: dict[str, int] = {}
    missing = []
    rows = StoredFile.objects.order_by("sha256").values_list("sha256", "size")
    for sha256, size in rows.iterator(chunk_size=2000):
        source = stored_path(sha256)
        if not source.exists():
            missing.append(sha256)
            continue
        goal = stored_path(sha256, target)
        goal.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, goal)
        sizes[sha256] = size
    return sizes, missing


def manifest(at: datetime, dump: Path, files: dict[str, int], missing: list[str]) -> Manifest:
    """What this backup holds."""
    head = newest_head()
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        version=version("luoshi"),
        made_at=at.isoformat(),
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        rows=row_counts(),
        chain=head.chain_id if head else 0,
        seq=head.seq if head else 0,
        head=head.hash if head else "",
        dump_sha256=digest(dump),
        files=files,
        missing=missing,
    )


def row_counts() -> dict[str, int]:
    """Rows of each of our tables."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("luoshi.")]
    return {m._meta.db_table: m._default_manager.count() for m in ours}


def sync(folder: Path) -> None:
    """Flush every file and the folder itself to the disk."""
    for path in (*folder.rglob("*"), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_backup(folder: Path) -> Manifest:
    """The manifest of a complete, unchanged backup; refuses anything else and says why."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        signature = (folder / SIGNATURE).read_text(encoding="utf-8")
        made = Manifest(**json.loads(text))
    except (OSError, ValueError, TypeError) as error:
        raise Refused(_("This folder is no backup."), str(folder), code="no-backup") from error
    if signer(text, signature) is None:
        raise damaged(MANIFEST)
    if not (folder / DUMP).exists() or digest(folder / DUMP) != made.dump_sha256:
        raise damaged(DUMP)
    for sha256 in made.files:
        path = stored_path(sha256, folder / FILES)
        if not path.exists() or digest(path) != sha256:
            raise damaged(f"{FILES}/{sha256[:2]}/{sha256}")
    return made


def damaged(name: str) -> Refused:
    """A part of the backup is not what was written."""
    return Refused(
        _("This backup is damaged: %(name)s") % {"name": name},
        next_steps=(_("Use another copy or an older backup."),),
        code="backup-damaged",
    )


def newest() -> Path:
    """The newest backup in the usual folder."""
    found = sorted(backups_folder().glob("[0-9]*-[0-9]*"))
    if not found:
        raise Refused(
            _("There is no backup yet."),
            next_steps=(_("Make one: luoshi backup create"),),
            code="no-backup",
        )
    return found[-1]
