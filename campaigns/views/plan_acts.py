"""The acts of a campaign that runs: opening, "Chốt danh sách", longer times, peaks."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.forms import plans as forms
from campaigns.forms.peaks import PeakDayForm
from campaigns.models import Campaign, CampaignBody, CampaignUnit, Peak, PeakDay, Phase
from campaigns.queries import peaks as peak_queries
from campaigns.queries import plans as queries
from campaigns.services import extensions, opening, peaks
from campaigns.services.opening import CampaignNotChangeable
from campaigns.services.plans import PlanNotChangeable
from campaigns.steps import Step
from campaigns.views import choosing
from campaigns.views import plans as pages
from members import acts
from members.comparing import took_up
from members.forms.decisions import VersionForm
from members.http import AccountRequest
from members.policy import Area
from members.queries import number_in
from members.services.versions import ChangedMeanwhile
from members.views.confirming import weighty

REFUSALS = (PlanNotChangeable, CampaignNotChangeable)
CONFLICT = 409


@weighty
@acts.page_and_form
def campaign_open(request: AccountRequest, campaign_id: int) -> HttpResponse:
    """Show who comes in and who does not; then open."""

    def shown(campaign: Campaign) -> dict[str, object]:
        return {
            "is_draft": campaign.state == Campaign.State.DRAFT,
            "missing": queries.missing_in_plan(campaign),
            "preview": queries.opening_preview(campaign),
        }

    return act_on_whole(
        request,
        campaign_id,
        opening.open_campaign,
        said=_("“%s” is open."),
        template="campaigns/plans/campaign_open.html",
        shown=shown,
    )


@weighty
@acts.page_and_form
def roll_fix(request: AccountRequest, campaign_id: int) -> HttpResponse:
    """Show what changed since the opening; then fix who counts."""

    def shown(campaign: Campaign) -> dict[str, object]:
        return {
            "is_open": campaign.state == Campaign.State.OPEN,
            "preview": queries.roll_preview(campaign),
        }

    return act_on_whole(
        request,
        campaign_id,
        opening.fix_roll,
        said=_("The roll of “%s” is fixed."),
        template="campaigns/plans/roll_fix.html",
        shown=shown,
    )


def act_on_whole(
    request: AccountRequest,
    campaign_id: int,
    service: Callable[..., object],
    *,
    said: str,
    template: str,
    shown: Callable[[Campaign], dict[str, object]],
) -> HttpResponse:
    """Show what an act does to the whole campaign; then do it, and go home.

    What is `shown` is read of the campaign as it is then.
    """
    campaign = pages.run_campaign(request, campaign_id)
    form = VersionForm(acts.sent(request), initial={"version": campaign.version})

    def act() -> None:
        service(
            campaign=campaign,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    status = 422 if form.is_bound else 200
    try:
        if acts.did(request, form, act, refusals=REFUSALS):
            messages.success(request, said % campaign.name)
            return redirect("plans:campaign_home", campaign.pk)
    except ChangedMeanwhile:
        campaign, status = _shown_anew(request, form, campaign_id), CONFLICT
    context = {
        "crumbs": [pages.list_link(), pages.home_link(campaign)],
        "campaign": campaign,
        "form": form,
        "key": acts.new_key(),
        **shown(campaign),
    }
    return render(request, template, context, status=status)


def _shown_anew(
    request: AccountRequest,
    form: VersionForm,
    campaign_id: int,
) -> Campaign:
    """Let the form go on from the campaign as it is now, which the page shows."""
    campaign = pages.run_campaign(request, campaign_id)
    took_up(form, campaign.version)
    form.add_error(
        None,
        _("Somebody else has changed this campaign meanwhile: read the page again."),
    )
    return campaign


@acts.page_and_form
def extension_add(request: AccountRequest, campaign_id: int) -> HttpResponse:
    """Give a longer time, or open a closed phase again: one act."""
    campaign = pages.read_campaign(request, campaign_id)
    reached = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    units = reached.filter(campaign=campaign, closed_on=None).order_by("path")
    if not units.exists():
        raise Http404
    phases = Phase.objects.visible_to(request.actor).of_plan(campaign)
    steps = [
        (phase.step, str(phase)) for phase in phases.order_by("from_on", "until_on")
    ]
    form = forms.LongerTimeForm(
        acts.sent(request),
        units=units,
        steps=steps,
        initial={"step": request.GET.get("step"), "scope": "SUBTREE"},
    )
    back, title = pages.plan_link(campaign), _("Give a longer time")
    if first := choosing.unit_first(request, form, "unit", back=back, title=title):
        return first

    if acts.did(
        request, form, lambda: _extend(request, campaign, form), refusals=REFUSALS
    ):
        return redirect(f"{pages.plan_link(campaign)[1]}#phases")
    return acts.page(
        request,
        form,
        back=back,
        title=title,
        lead=_(
            "What depends on this step, and would be over before, moves along. Never "
            "earlier: of several last days the latest counts."
        ),
        button=_("Give the longer time"),
    )


def _extend(
    request: AccountRequest, campaign: Campaign, form: forms.LongerTimeForm
) -> None:
    data = form.cleaned_data
    what = {
        "step": Step(data["step"]),
        "last_day": data["last_day"],
        "reason": data["reason"],
        "actor": request.actor,
        "now": timezone.now(),
    }
    if data["scope"] == form.Scope.PEOPLE:
        given = extensions.extend_people(campaign=campaign, codes=data["codes"], **what)
        text = ngettext(
            "%(count)d person has a longer time.",
            "%(count)d people have a longer time.",
            len(given),
        )
        messages.success(request, text % {"count": len(given)})
        return
    below = data["scope"] == form.Scope.SUBTREE
    extensions.extend_unit(unit=data["unit"], with_below=below, **what)
    messages.success(request, _("%s has a longer time.") % data["unit"])


@acts.page_and_form
def peak_day(
    request: AccountRequest, campaign_id: int, peak_id: int, unit_id: int
) -> HttpResponse:
    """Set the day of a unit, or of a body at it (`?body=`), and record what was done."""
    campaign = pages.read_campaign(request, campaign_id)
    seen = Peak.objects.visible_to(request.actor)
    peak = get_object_or_404(seen, pk=peak_id, campaign=campaign)
    units = CampaignUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    unit = get_object_or_404(
        units.select_related("custodian"), campaign=campaign, live_unit=unit_id
    )
    body = _body(request, unit)
    days = PeakDay.objects.visible_to(request.actor).filter(peak=peak, unit=unit)
    day = days.filter(body=body).first()
    shown = {"on": peak.from_on, "version": 0}
    if day:
        names = ("meeting", "on", "is_held", "attendance", "outcome", "version")
        shown = {name: getattr(day, name) for name in names}
    meetings = peak_queries.meetings_for(peak, unit, body, request.actor)
    form = PeakDayForm(acts.sent(request), meetings=meetings, initial=shown)

    def act() -> None:
        peaks.set_day(
            peak=peak,
            unit=unit,
            body=body,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    return acts.change(
        request,
        form,
        act,
        refusals=REFUSALS,
        said=_("The day is recorded."),
        then=reverse("plans:peak_detail", args=[campaign.pk, peak.pk, unit_id]),
        back=pages.plan_link(campaign),
        title=_("Day of the peak: %s") % (body.name if body else unit.name),
        lead=f"{peak.occasion}. {peak.expected}",
        button=_("Record the day"),
        again=_("Record the day"),
    )


def _body(request: AccountRequest, unit: CampaignUnit) -> CampaignBody | None:
    asked = request.GET.get("body", "")
    if not asked:
        return None
    bodies = CampaignBody.objects.visible_to(request.actor, Area.WORK_EDIT)
    return get_object_or_404(bodies, unit=unit, pk=number_in(asked))
