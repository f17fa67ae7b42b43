"""The roll as a workbook: the empty one, and one with everybody on it."""

import io

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import XLSX, AccountRequest
from members.models import PartyUnit
from members.policy import Area
from members.services.rolls import exporting
from members.sheets.roll import write_roll

TEMPLATE_NAME = "danh-sach-dang-vien-mau.xlsx"
MOST_UNITS = 500


@require_safe
def roll_template(request: AccountRequest) -> FileResponse:
    if not request.actor.reaches(Area.ROLL_IMPORT):
        raise Http404
    content = io.BytesIO()
    cells = exporting.cells_of(request.actor, Area.ROLL_IMPORT, within=None)
    write_roll(content, cells)
    content.seek(0)
    return FileResponse(
        content, as_attachment=True, filename=TEMPLATE_NAME, content_type=XLSX
    )


@require_safe
def roll_export(request: AccountRequest) -> HttpResponse | FileResponse:
    """Ask of which unit, then give out its roll."""
    if not request.actor.reaches(Area.ROLL_EDIT):
        raise Http404
    units = PartyUnit.objects.visible_to(request.actor, Area.ROLL_EDIT).open()
    chosen = request.GET.get("unit")
    if chosen is None:
        return _choice(request, units)
    if not chosen.isdecimal():
        raise Http404
    unit = get_object_or_404(units, pk=int(chosen))
    try:
        content = exporting.export_roll(
            within=unit,
            actor=request.actor,
            now=timezone.now(),
            most=exporting.MOST_PEOPLE,
        )
    except exporting.RollTooLong as refusal:
        return _choice(request, units, chosen=unit, refusal=str(refusal))
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=f"danh-sach-dang-vien-{unit.code}.xlsx",
        content_type=XLSX,
        headers={"Cache-Control": "no-store", "Content-Security-Policy": "sandbox"},
    )


def _choice(
    request: AccountRequest,
    units: QuerySet[PartyUnit],
    *,
    chosen: PartyUnit | None = None,
    refusal: str = "",
) -> HttpResponse:
    outermost_first = units.order_by(Length("path"), "path")
    context = {
        "crumbs": [(_("Roll of members"), reverse("members:member_list"))],
        "units": outermost_first[:MOST_UNITS],
        "chosen": chosen,
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "members/roll_export.html", context, status=status)
