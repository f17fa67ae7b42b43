"""The roll as a workbook: the empty one, and one with everybody on it."""

import io

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members import acts, queries
from members.forms.accounts import ConfirmForm
from members.http import CONFIRMED_AT, XLSX, AccountRequest, attachment, is_fresh
from members.models import PartyUnit
from members.policy import Area
from members.queries import number_in
from members.services.bulk_reading import QuotaUsed
from members.services.rolls import exporting
from members.sheets.roll import write_roll

TEMPLATE_NAME = "danh-sach-dang-vien-mau.xlsx"
MOST_UNITS = 100  # in a select; of more, one is found by name first


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


@require_http_methods(["GET", "HEAD", "POST"])
def roll_export(request: AccountRequest) -> HttpResponse | FileResponse:
    """Ask of which unit, and for the password where many are on it; give out its roll.

    Source: docs/rules/accounts.md § 7.
    """
    if not request.actor.reaches(Area.ROLL_EDIT):
        raise Http404
    units = PartyUnit.objects.visible_to(request.actor, Area.ROLL_EDIT).open()
    if request.method != "POST":
        return _of_which(request, units)
    chosen = request.POST.get("unit", "")
    if not chosen:
        return _choice(request, units, refusal=_("Choose a unit."))
    unit = get_object_or_404(units, pk=number_in(chosen))
    now = timezone.now()
    is_asked = exporting.asks_again(within=unit, actor=request.actor)
    form = ConfirmForm(
        request.POST if "old" in request.POST or not is_asked else None,
        account=request.user,
        is_fresh=not is_asked or is_fresh(request, now),
    )
    if form.fields and not form.is_valid():
        return _choice(request, units, chosen=unit, form=form)
    if form.fields:
        request.session[CONFIRMED_AT] = now.timestamp()
    try:
        content = exporting.export_roll(
            within=unit, actor=request.actor, now=now, most=exporting.MOST_PEOPLE
        )
    except (exporting.RollTooLong, QuotaUsed) as refusal:
        return _choice(request, units, chosen=unit, refusal=str(refusal))
    name = f"danh-sach-dang-vien-{unit.code}.xlsx"
    return attachment(io.BytesIO(content), name=name, content_type=XLSX)


def _of_which(request: AccountRequest, units: QuerySet[PartyUnit]) -> HttpResponse:
    """Offer the units where they are few; of many the one that was found by name.

    Cells of different communes carry the same names: many in one select tell nobody
    which is which.
    """
    found = request.GET.get("to", "")
    if found.isascii() and found.isdigit():
        return _choice(request, units, chosen=get_object_or_404(units, pk=int(found)))
    if len(_outermost(units, MOST_UNITS + 1)) <= MOST_UNITS:
        return _choice(request, units)
    return acts.choose(
        request,
        lambda text: queries.unit_choices(units, text),
        back=(_("Roll of members"), reverse("members:member_list")),
        title=_("Take out the roll as an Excel workbook"),
        lead=_("First find the unit."),
        label=_("Name or code of the unit, with or without accents"),
        nothing=_("No unit is found. Accents may be left out."),
        most=queries.MOST_CHOICES,
    )


def _outermost(units: QuerySet[PartyUnit], most: int) -> list[PartyUnit]:
    return list(units.order_by(Length("path"), "path")[:most])


def _choice(
    request: AccountRequest,
    units: QuerySet[PartyUnit],
    *,
    chosen: PartyUnit | None = None,
    form: ConfirmForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    offered = _outermost(units, MOST_UNITS + 1)
    if chosen is not None and len(offered) > MOST_UNITS:
        offered = [chosen]
    context = {
        "crumbs": [(_("Roll of members"), reverse("members:member_list"))],
        "units": offered[:MOST_UNITS],
        "may_find_another": chosen is not None and offered == [chosen],
        "chosen": chosen,
        "form": form,
        "refusal": refusal,
    }
    is_refused = refusal or (form is not None and form.is_bound)
    status = 422 if is_refused else 200
    return render(request, "members/roll_export.html", context, status=status)
