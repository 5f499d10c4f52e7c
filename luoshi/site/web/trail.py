"""The auditor's page: verify, filter, and the offline package (ui.md 5.15)."""

import hashlib
import tempfile
import zipfile
from datetime import date
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.foundation.accounts.domain.clock import now
from luoshi.foundation.audit import rules
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.checking import begin_check, finish_check, unanchored_since
from luoshi.foundation.audit.domain.exporting import exported_lines
from luoshi.foundation.audit.domain.queries.finding import Sought, neighbours, shown, sought_rows
from luoshi.foundation.audit.domain.queries.head import head_fingerprint
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.domain.wording import told
from luoshi.foundation.audit.models import Verification
from luoshi.foundation.audit.registry import ACTIONS
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest

AT_ONCE = 20_000
READ_ME = (
    "trail.jsonl: every entry as stored and hashed, one JSON object a line.\n"
    "Verify without a database: luoshi audit verify trail.jsonl\n"
)


@require_http_methods(["GET", "POST"])
def trail(request: OfficeRequest) -> HttpResponse:
    """The trail with its last check; POST begins a check, which a long trail leaves to the
    worker."""
    ensure(rules.may_read(request.actor))
    if request.method == "POST":
        begun = begin_check(actor=request.actor, at=request.now)
        if begun.total <= AT_ONCE:
            finish_check(begun, clock=lambda: now()[0])
        return redirect(reverse("site:trail"))
    sought = sought_from(request)
    found = page(sought_rows(sought), order=("-id",), cursor=request.GET.get("cursor", ""))
    run = Verification.objects.first()
    broken = run is not None and bool(run.code)
    context: dict[str, Any] = {
        "page": found,
        "rows": [shown(row) for row in found.rows],
        "run": run,
        "result": told(run) if run is not None and run.finished_at else "",
        "around": [shown(row) for row in neighbours(run)] if run is not None and broken else [],
        "head": head_fingerprint(),
        "unanchored": unanchored_since(),
        "actions": sorted((name, one.label) for name, one in ACTIONS.items()),
        "sought": sought,
    }
    return render(request, "site/trail.html", context)


def sought_from(request: OfficeRequest) -> Sought:
    """The filter of the address."""
    get = request.GET.get
    try:
        first, last = (
            date.fromisoformat(get(key, "")) if get(key) else None for key in ("from", "to")
        )
    except ValueError as error:
        raise Invalid(_("Not filtered."), {"from": [_("Write dates as 2026-03-06.")]}) from error
    return Sought(
        action=get("action", ""),
        person=get("person", "").strip(),
        obj=get("object", "").strip(),
        first=first,
        last=last,
    )


@require_POST
def export(request: OfficeRequest) -> FileResponse:
    """The offline package: the trail as JSON lines with its checksum beside it. Fetching it is an
    act and leaves an entry, which is the last one inside."""
    ensure(rules.may_read(request.actor))
    with acting(actor=request.actor, at=request.now):
        record(
            "audit.exported",
            actor=request.actor,
            at=request.now,
            object_kind="audit",
            object_id="trail",
        )
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    checksum = hashlib.sha256()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("trail.jsonl", "w", force_zip64=True) as lines:
            for line in exported_lines():
                text = f"{line}\n".encode()
                checksum.update(text)
                lines.write(text)
        archive.writestr("SHA256SUMS", f"{checksum.hexdigest()}  trail.jsonl\n")
        archive.writestr("README.txt", READ_ME)
    file.seek(0)
    name = f"luoshi-trail-{request.now:%Y%m%d-%H%M%S}.zip"
    response = FileResponse(file, as_attachment=True, filename=name)
    response["X-Trail-SHA256"] = checksum.hexdigest()
    return response
