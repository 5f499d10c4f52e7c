"""Download an attachment: never inline, never sniffed, only through what owns it."""

from uuid import UUID

from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.foundation.attachments import owners
from luoshi.foundation.attachments.domain.storing import stored_path
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.web.requests import OfficeRequest


@require_safe
def download(request: OfficeRequest, pk: UUID) -> FileResponse:
    """The bytes under the user's name; invisible is not found."""
    found = Attachment.objects.select_related("file").filter(pk=pk).first()
    own = found is not None and found.owner_kind == "" and found.uploaded_by_id == request.user.pk
    if found is None or not (
        own or owners.visible(request.actor, found.owner_kind, found.owner_id)
    ):
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    stream = stored_path(found.file.sha256).open("rb")
    response = FileResponse(stream, as_attachment=True, filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response
