"""A carried-out decision enters a campaign, after a look at what it changes there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.queries.plans import MOST_NAMES
from campaigns.services import previewing, reorganising
from campaigns.services.opening import CampaignNotChangeable
from campaigns.views import decisions as pages
from members import acts, queries
from members.forms.decisions import VersionForm
from members.http import AccountRequest
from members.models import Member, UnitDecision
from members.services.versions import ChangedMeanwhile
from members.views.confirming import weighty


@weighty
@acts.page_and_form
def decision_apply(
    request: AccountRequest, decision_id: int, campaign_id: int
) -> HttpResponse:
    """Show what would change in the campaign, by the act itself taken back; then do it."""
    decision = pages.seen_decision(request, decision_id)
    campaign = _campaign(request, campaign_id)
    if reorganising.is_applied(campaign, decision):
        return redirect("decision_detail", decision.pk)  # the same button, twice
    status = 200
    if request.method == "POST":
        form, status = VersionForm(request.POST), 422
        try:
            if form.is_valid():
                reorganising.apply_reorganisation(
                    campaign=campaign,
                    decision=decision,
                    version=form.cleaned_data["version"],
                    actor=request.actor,
                    now=timezone.now(),
                )
                messages.success(
                    request, _("The decision is applied in “%s”.") % campaign.name
                )
                return redirect("decision_detail", decision.pk)
        except ChangedMeanwhile:
            status = 409
        except CampaignNotChangeable:
            if reorganising.is_applied(campaign, decision):
                return redirect("decision_detail", decision.pk)
    return _page(request, decision, _campaign(request, campaign_id), status=status)


def _campaign(request: AccountRequest, campaign_id: int) -> Campaign:
    campaigns = Campaign.objects.editable_by(request.actor).running()
    return get_object_or_404(campaigns.select_related("root_unit"), pk=campaign_id)


def _page(
    request: AccountRequest, decision: UnitDecision, campaign: Campaign, *, status: int
) -> HttpResponse:
    context: dict[str, Any] = {
        "crumbs": [*pages.crumbs(), pages.link(decision)],
        "decision": decision,
        "campaign": campaign,
        "changes": queries.change_lines(decision, request.actor),
        "is_stale": status == 409,
    }
    try:
        trial = previewing.try_reorganisation(
            campaign=campaign,
            decision=decision,
            actor=request.actor,
            now=timezone.now(),
        )
    except CampaignNotChangeable as refusal:
        context |= {"refusal": str(refusal), "refused_id": refusal.change_id}
    else:
        context |= {
            "trial": trial,
            "figures": _figures(trial),
            "units": [
                (_("Units that come"), trial.units.added),
                (_("Units that end here"), trial.units.closed),
                (
                    _("Units that are called otherwise or stand elsewhere"),
                    trial.units.changed,
                ),
            ],  # fmt: skip
            "people": [
                _people(request, _("People who join"), trial.people.joined),
                _people(request, _("People who leave"), trial.people.left),
                _people(
                    request, _("People who go to another unit"), trial.people.moved
                ),
            ],  # fmt: skip
        }
    return render(
        request, "campaigns/decisions/decision_apply.html", context, status=status
    )


def _figures(trial: previewing.Trial) -> list[tuple[str, int, int]]:
    before, after = trial.before, trial.after
    return [
        (_("Units"), before.units, after.units),
        (_("Grassroots units"), before.grassroots, after.grassroots),
        (_("Cells under grassroots committees"), before.cells, after.cells),
        (_("Members"), before.members, after.members),
        (_("Members assessed"), before.members_assessed, after.members_assessed),
    ]


def _people(
    request: AccountRequest, label: str, member_ids: set[int]
) -> tuple[str, int, list[str]]:
    """Return how many, and the names of those on rolls in reach."""
    seen = Member.objects.visible_to(request.actor).filter(pk__in=member_ids)
    names = seen.in_name_order().values_list("full_name", flat=True)
    return label, len(member_ids), list(names[:MOST_NAMES])
