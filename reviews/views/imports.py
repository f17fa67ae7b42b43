"""Pages where results come in."""

import io

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

from campaigns import rulesets
from campaigns.models import Campaign
from members.http import XLSX, AccountRequest
from members.models import PartyUnit
from members.policy import Area
from members.queries import findings_in, number_in
from members.sheets.annotated import FAULTS, NOTES
from members.spreadsheets.cells import ROLL_LIMITS
from members.views.uploads import Pages
from members.vocabulary import vocabulary
from reviews.forms.imports import ConfirmationForm, ResultsUploadForm, entered_for
from reviews.models import ResultsImport
from reviews.queries import imports as queries
from reviews.services.workbooks import receiving
from reviews.sheets.template import write_template

TEMPLATE_NAME = "ket-qua-danh-gia-xep-loai.xlsx"
PAGES = Pages(
    template="reviews/import_detail.html",
    listed="reviews:import_list",
    detail="reviews:import_detail",
    annotated="reviews:import_annotated",
    confirm="reviews:import_confirm",
    retry="reviews:import_retry",
)


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.IMPORT):
        raise Http404
    units = PartyUnit.objects.visible_to(request.actor, Area.IMPORT)
    is_sent = request.method == "POST"
    form = ResultsUploadForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        units=units.filter(path__in=request.actor.subtrees(Area.IMPORT)),
        initial=_entered_before(request),
    )
    if is_sent and form.is_valid():
        upload = receiving.receive(
            form.new_upload(language=get_language()),
            actor=request.actor,
            now=timezone.now(),
        )
        return redirect("reviews:import_detail", upload.pk)
    context = {
        "crumbs": [(_("Summaries and reports"), reverse("figures_home"))],
        "form": form,
        "campaigns": Campaign.objects.visible_to(request.actor, Area.IMPORT)
        .filter(only_imported=True)
        .order_by("-year", "code"),
        "max_bytes": ROLL_LIMITS.max_bytes,
        "template_url": reverse("reviews:import_template"),
        "uploads": queries.uploads_of(request.actor),
    }
    status = 422 if is_sent else 200
    return render(request, "reviews/import_list.html", context, status=status)


def _entered_before(request: AccountRequest) -> dict[str, object]:
    """Return what the form held for the upload that the new one is to mend."""
    mended = request.GET.get("from")
    if mended is None:
        return {}
    return entered_for(_upload(request, number_in(mended)))


@require_safe
def import_template(request: AccountRequest) -> FileResponse:
    if not request.actor.reaches(Area.IMPORT):
        raise Http404
    content = io.BytesIO()
    write_template(
        content,
        vocabulary=vocabulary(),
        rule_sets=[rulesets.load(code) for code in rulesets.available()],
    )
    content.seek(0)
    return FileResponse(
        content, as_attachment=True, filename=TEMPLATE_NAME, content_type=XLSX
    )


@require_safe
def import_detail(request: AccountRequest, import_id: int) -> HttpResponse:
    upload = _upload(request, import_id)
    return _detail_page(request, upload, ConfirmationForm(upload=upload))


def _detail_page(
    request: AccountRequest, upload: ResultsImport, confirmation: ConfirmationForm
) -> HttpResponse:
    list_url = reverse("reviews:import_list")
    rule_set = rulesets.load(upload.rule_set_code)
    replacement = upload.summary.get("replacement")
    return PAGES.show(
        request,
        upload,
        confirmation,
        crumbs=[(_("Enter results from Excel"), list_url)],
        template_url=reverse("reviews:import_template"),
        mended_url=f"{list_url}?from={upload.pk}",
        rule_set=rule_set.label.text(get_language()),
        **findings_in(upload.summary, language=get_language()),
        preview=queries.preview_lines(upload),
        levels=queries.level_lines(upload.summary.get("levels", {}), rule_set),
        replacement=replacement and queries.replacement_lines(replacement, rule_set),
        result_url=_result_url(upload),
    )


@require_POST
def import_confirm(request: AccountRequest, import_id: int) -> HttpResponse:
    upload = _upload(request, import_id)
    confirmation = ConfirmationForm(request.POST, upload=upload)
    return PAGES.confirmed(request, upload, confirmation, _detail_page)


@require_POST
def import_retry(request: AccountRequest, import_id: int) -> HttpResponse:
    return PAGES.retried(request, _upload(request, import_id))


@require_safe
def import_annotated(request: AccountRequest, import_id: int) -> FileResponse:
    upload = _upload(request, import_id)
    marking = FAULTS if "faults" in upload.summary else NOTES
    return PAGES.handed_out(request, upload, marking)


def _upload(request: AccountRequest, import_id: int) -> ResultsImport:
    uploads = ResultsImport.objects.visible_to(request.actor)
    related = uploads.select_related("job", "uploaded_by", "within", "campaign")
    return get_object_or_404(related, pk=import_id)


def _result_url(upload: ResultsImport) -> str:
    if upload.campaign is None:
        return ""
    unit = upload.campaign.root_unit_id
    return reverse("unit_figures", args=[upload.campaign.pk, unit])
