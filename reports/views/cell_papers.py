"""All papers of a cell in one file: asked for, followed, taken."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.models import CampaignUnit
from campaigns.views.written.pages import cell, to_figures
from members.http import AccountRequest, attachment, page_or_fragment
from reports.models import CellPapers
from reports.services import cell_papers as papers_service


@require_http_methods(["GET", "HEAD", "POST"])
def cell_papers(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show how far the file is that one asked for, and have it made."""
    unit = cell(request, campaign_id, unit_id)
    if request.method == "POST":
        papers_service.request_papers(
            unit=unit,
            language=get_language() or "vi",
            actor=request.actor,
            now=timezone.now(),
        )
        return redirect("cell_papers", campaign_id, unit_id)
    context = {
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "papers": _papers(request, unit),
        "file_url": reverse("cell_papers_file", args=[campaign_id, unit_id]),
    }
    return page_or_fragment(request, "reports/cell_papers.html", context, "progress")


@require_safe
def cell_papers_file(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> FileResponse:
    """Give the file to who asked for it; whose texts are in it reads that."""
    unit = cell(request, campaign_id, unit_id)
    papers = _papers(request, unit)
    if papers is None or not papers.file:
        raise Http404
    papers_service.note_download(papers, unit, actor=request.actor, now=timezone.now())
    return attachment(
        papers.file,
        name=f"{_('cell-papers-%s') % unit.code}.pdf",
        content_type="application/pdf",
    )


def _papers(request: AccountRequest, unit: CampaignUnit) -> CellPapers | None:
    found = CellPapers.objects.visible_to(request.actor).filter(
        campaign=unit.campaign_id, unit=unit.live_unit_id
    )
    return found.select_related("job").first()
