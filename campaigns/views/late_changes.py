"""The roll of a campaign after "Chốt danh sách": who waits, and the act for one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns import queries
from campaigns.forms import roll as forms
from campaigns.services import late_changes
from campaigns.services.opening import CampaignNotChangeable
from members import acts
from members.http import AccountRequest
from members.policy import Area


@require_safe
def late_change_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.subtrees(Area.ROLL_EDIT):
        raise Http404
    context = {
        "crumbs": [(_("Roll of members"), reverse("members:member_list"))],
        "waiting": queries.waiting_for(request.actor),
    }
    return render(request, "campaigns/roll/late_change_list.html", context)


@acts.page_and_form
def late_change(
    request: AccountRequest, campaign_id: int, member_id: int
) -> HttpResponse:
    """Answer for those who wait; for everybody else there is no such page."""
    waiting = queries.waiting_for(request.actor)
    who = next((each for each in waiting if each.url == request.path), None)
    if who is None:
        raise Http404
    form = forms.LateChangeForm(
        acts.sent(request), initial={"on": timezone.localdate()}
    )

    def follow() -> None:
        late_changes.follow_roll(
            campaign_id=campaign_id,
            member_id=member_id,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    if acts.did(request, form, follow, refusals=(CampaignNotChangeable,)):
        messages.success(request, _("The campaign counts %s so now.") % who.name)
        return redirect("late_change_list")
    return acts.page(
        request,
        form,
        title=_("Change after the roll was fixed: %s") % who.name,
        lead=who.sentence,
        button=_("Let the campaign follow the roll"),
        back=(_("Changes after the roll was fixed"), reverse("late_change_list")),
    )
