"""A report that was read is issued: number, day, and a code that proves it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit
from members import acts
from members.http import AccountRequest
from members.policy import Area
from members.views.confirming import weighty
from reports.forms.issues import IssueForm
from reports.models import RollupReport
from reports.services import issuing


@weighty
@acts.page_and_form
def report_issue(request: AccountRequest, report_id: int) -> HttpResponse:
    reports = RollupReport.objects.visible_to(request.actor)
    read = get_object_or_404(
        reports.filter(finished_at__isnull=False).select_related("unit"), pk=report_id
    )
    units = CampaignUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    unit = get_object_or_404(
        units.select_related("campaign", "live_unit", "custodian"),
        campaign=read.campaign_id,
        live_unit=read.unit_id,
    )
    form = IssueForm(acts.sent(request))
    made: list[RollupReport] = []

    def issue() -> None:
        made.append(
            issuing.issue_report(
                read=read,
                unit=unit,
                number=form.cleaned_data["number"],
                issued_on=form.cleaned_data["issued_on"],
                actor=request.actor,
                now=timezone.now(),
            )
        )

    if acts.did(request, form, issue, refusals=(issuing.IssueRefused,)):
        return redirect("reports:report_detail", made[0].pk)
    return acts.page(
        request,
        form,
        back=(
            _("Summary report") + f": {read.unit.name}",
            reverse("reports:report_detail", args=[read.pk]),
        ),
        title=_("Issue the report"),
        lead=_(
            "The report is made once more with number, date and a code, just as it was "
            "read; nothing of it is changed afterwards. A later one replaces it."
        ),
        button=_("Issue the report"),
    )
