"""Rolls that come in as workbooks."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from campaigns.forms.roll import RollConfirmationForm, RollUploadForm
from members import queries
from members.http import AccountRequest
from members.models import PartyUnit, RollImport
from members.policy import Area
from members.services import uploads
from members.sheets.annotated import FAULTS
from members.spreadsheets.cells import ROLL_LIMITS
from members.views.uploads import Pages

PAGES = Pages(
    template="campaigns/roll/roll_import_detail.html",
    listed="roll_import_list",
    detail="roll_import_detail",
    annotated="roll_import_refused",
    confirm="roll_import_confirm",
    retry="roll_import_retry",
)


@require_http_methods(["GET", "HEAD", "POST"])
def roll_import_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.ROLL_IMPORT):
        raise Http404
    units = PartyUnit.objects.visible_to(request.actor, Area.ROLL_IMPORT)
    is_sent = request.method == "POST"
    form = RollUploadForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        units=units.filter(path__in=request.actor.subtrees(Area.ROLL_IMPORT)),
    )
    if is_sent and form.is_valid():
        upload = uploads.receive(
            form.new_upload(language=get_language() or "vi"),
            file=form.cleaned_data["file"],
            actor=request.actor,
            now=timezone.now(),
        )
        return redirect("roll_import_detail", upload.pk)
    context = {
        "crumbs": [(_("Roll of members"), reverse("members:member_list"))],
        "form": form,
        "max_bytes": ROLL_LIMITS.max_bytes,
        "uploads": queries.roll_imports_of(request.actor),
    }
    status = 422 if is_sent else 200
    return render(
        request, "campaigns/roll/roll_import_list.html", context, status=status
    )


@require_safe
def roll_import_detail(request: AccountRequest, roll_import_id: int) -> HttpResponse:
    upload = _upload(request, roll_import_id)
    return _detail_page(request, upload, RollConfirmationForm(upload=upload))


def _detail_page(
    request: AccountRequest, upload: RollImport, confirmation: RollConfirmationForm
) -> HttpResponse:
    return PAGES.show(
        request,
        upload,
        confirmation,
        crumbs=[(_("Enter the roll from Excel"), reverse("roll_import_list"))],
        template_url=reverse("members:roll_template"),
        **queries.roll_import_page(upload, language=get_language() or "vi"),
    )


@require_POST
def roll_import_confirm(request: AccountRequest, roll_import_id: int) -> HttpResponse:
    upload = _upload(request, roll_import_id)
    confirmation = RollConfirmationForm(request.POST, upload=upload)
    return PAGES.confirmed(request, upload, confirmation, _detail_page)


@require_POST
def roll_import_retry(request: AccountRequest, roll_import_id: int) -> HttpResponse:
    return PAGES.retried(request, _upload(request, roll_import_id))


@require_safe
def roll_import_refused(request: AccountRequest, roll_import_id: int) -> FileResponse:
    return PAGES.handed_out(request, _upload(request, roll_import_id), FAULTS)


def _upload(request: AccountRequest, roll_import_id: int) -> RollImport:
    sent = RollImport.objects.visible_to(request.actor)
    related = sent.select_related("job__requested_by", "uploaded_by", "within")
    return get_object_or_404(related, pk=roll_import_id)
