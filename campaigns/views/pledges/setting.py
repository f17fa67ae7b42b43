"""How a campaign has its pledges written."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.forms import pledges as forms
from campaigns.models import CampaignUnit, PledgeSetup
from campaigns.services.pledges import drafts, setups
from campaigns.services.written.states import WritingRefused
from members import acts
from members.http import AccountRequest
from members.policy import Area
from members.services.versions import ChangedMeanwhile

CONFLICT = 409


@acts.page_and_form
def pledge_setup(request: AccountRequest, campaign_id: int) -> HttpResponse:
    """Set forms, preamble, guidance, and who reads confirmed pledges."""
    roots = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    root = get_object_or_404(
        roots.select_related("campaign__root_unit"), campaign=campaign_id, parent=None
    )
    setup = drafts.setup_of(root.campaign)
    form = forms.SetupForm(acts.sent(request), instance=setup, language=get_language())

    def change() -> None:
        setups.change_setup(
            campaign=root.campaign,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            actor=request.actor,
            now=timezone.now(),
        )

    page = partial(
        acts.page,
        request,
        form,
        back=(
            root.campaign.name,
            reverse("unit_figures", args=[campaign_id, root.live_unit_id]),
        ),
        title=_("Pledges of the campaign"),
        lead=_("Pledges that are begun keep the form in which they were begun."),
        button=_("Record how pledges are written"),
    )
    try:
        is_done = acts.did(request, form, change, refusals=(WritingRefused,))
    except ChangedMeanwhile as meanwhile:
        current = meanwhile.current
        assert isinstance(current, PledgeSetup)
        data = request.POST.copy()
        data["version"] = str(current.version)
        form.data = data
        both = [
            (form.fields[name].label, getattr(current, name), form.cleaned_data[name])
            for name in form.Meta.fields
            if getattr(current, name) != form.cleaned_data[name]
        ]
        return page(both=both, status=CONFLICT)
    if is_done:
        messages.success(request, _("Recorded."))
        return redirect("pledges:pledge_setup", campaign_id)
    return page()
