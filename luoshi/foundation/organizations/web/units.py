"""The tree of units: list, and import from XLSX with a preview before anything is written."""

import io

import xlsxwriter
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.importing import HEADER, write_tree
from luoshi.foundation.organizations.domain.workbooks import (
    forget_workbook,
    keep_workbook,
    kept_workbook,
)
from luoshi.foundation.organizations.models import Unit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXAMPLES = (
    ("330200", "中共某市委办公室", "市委办公室", "市委办", "市", "党委", ""),
    ("330200-ZJ", "某市住房和城乡建设局", "市住建局", "市住房城乡建设局", "市", "政府", "330200"),
)


@require_safe
def units(request: OfficeRequest) -> HttpResponse:
    """Units by pinyin, narrowed by a part of the name."""
    ensure(rules.may_change_units(request.actor))
    text = request.GET.get("text", "")[:60].replace("\x00", "")
    rows = Unit.objects.select_related("parent")
    if text:
        rows = rows.filter(name__contains=text) | rows.filter(short_name__contains=text)
    found = page(rows, order=("sort_key", "code"), cursor=request.GET.get("cursor", ""))
    return render(request, "organizations/units.html", {"page": found, "text": text})


@require_http_methods(["GET", "POST"])
def importing(request: OfficeRequest) -> HttpResponse:
    """Upload a workbook, look at what it would do, confirm."""
    ensure(rules.may_change_units(request.actor))
    refusal, preview = None, None
    if request.method == "POST":
        try:
            if request.POST.get("act") == "confirm":
                kept = kept_workbook(request.session.get("import", ""))
                write_tree(kept, actor=request.actor, at=request.now)
                forget_workbook(request.session.pop("import"))
                return redirect("organizations:units")
            name, preview = keep_workbook(request.FILES.get("file"))
            request.session["import"] = name
        except Invalid as found:
            refusal = found
    context = {"refusal": refusal, "preview": preview}
    status = 422 if refusal else 200
    return render(request, "organizations/import.html", context, status=status)


@require_safe
def example(request: OfficeRequest) -> HttpResponse:
    """A workbook with the right first row and two example rows."""
    ensure(rules.may_change_units(request.actor))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("单位")
    for line, row in enumerate((HEADER, *EXAMPLES)):
        sheet.write_row(line, 0, row)
    groups = book.add_worksheet("集合名称")
    groups.write_row(0, 0, ("集合名称", "成员编码", "说明"))
    book.close()
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="units.xlsx"'
    return response
