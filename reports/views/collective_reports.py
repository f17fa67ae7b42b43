"""The report of a collective on paper, to be signed."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import AccountRequest
from reports.queries.written import sheet_of_body
from reports.views.written import written_file
from reviews.models import COLLECTIVE_REPORTS, CollectiveReport
from reviews.queries import collective_reports as queries


@require_safe
def collective_report_print(
    request: AccountRequest, body_id: int, extension: str
) -> HttpResponseBase:
    """Give the report that was sent last, to whoever reads it."""
    reports = CollectiveReport.objects.visible_to(request.actor)
    related = ("body__unit__campaign", "body__unit__parent", "body__unit__custodian")
    report = get_object_or_404(reports.select_related(*related), body=body_id)
    text = queries.latest_texts([report]).get(body_id)
    return written_file(
        request,
        COLLECTIVE_REPORTS,
        [sheet_of_body(report.body, text)] if text else [],
        [],
        unit=report.body.unit,
        title=_("Collective report"),
        extension=extension,
        name=f"bao-cao-kiem-diem-{body_id}",
        back=reverse("reviews:collective_report_detail", args=[body_id]),
    )
