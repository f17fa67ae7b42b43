"""How pledges are kept: the list of a meeting, one item, the results of the year."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import pledges as forms
from campaigns.models import (
    PLEDGES,
    Campaign,
    CampaignUnit,
    CheckRound,
    Meeting,
    Participant,
    PledgeItem,
)
from campaigns.queries import pledges as queries
from campaigns.queries.written import keepers
from campaigns.services.pledges import checks
from campaigns.services.written import openings, states
from campaigns.views.pledges import shared
from campaigns.views.written import answering, pages
from members import acts
from members.http import AccountRequest
from members.policy import Area


@require_safe
def check_list(request: AccountRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """Show all items of the cell: on track, but for what was found otherwise."""
    unit = pages.cell(request, campaign_id, unit_id)
    people = queries.items_of_unit(unit, actor=request.actor)
    openings.note_print(
        PLEDGES,
        participants=[each.participant for each in people if each.lines],
        unit=unit,
        actor=request.actor,
        now=timezone.now(),
    )
    rounds = CheckRound.objects.visible_to(request.actor, Area.PLEDGES)
    context = {
        "crumbs": [shared.PAGES.to_cell(unit)],
        "unit": unit,
        "people": people,
        "behind": queries.behind_at(people),
        "rounds": rounds.filter(unit=unit).order_by("-on")[:12],
        "on": _meeting_day(request, unit),
    }
    return render(request, "pledges/check_list.html", context)


@acts.page_and_form
def check_round(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Record that the cell went through everything on a day."""
    unit = pages.cell(request, campaign_id, unit_id)
    form = forms.RoundForm(
        acts.sent(request), initial={"on": _meeting_day(request, unit)}
    )

    def record() -> None:
        on = form.cleaned_data["on"]
        checks.record_round(
            unit=unit,
            on=on,
            meeting=_meeting(request, unit, on),
            actor=request.actor,
            now=timezone.now(),
            opened_at=acts.opened_at(request),
        )

    if acts.did(request, form, record, refusals=pages.REFUSALS):
        messages.success(request, _("The check of the meeting is recorded."))
        return redirect(shared.address_of(unit, "check_list"))
    return acts.page(
        request,
        form,
        back=(_("Checks of the pledges"), shared.address_of(unit, "check_list")),
        title=_("Record the check of the pledges"),
        lead=_("What was not changed is on track."),
        button=_("Record the check of this meeting"),
    )


@acts.page_and_form
def item_check(request: AccountRequest, pledge_item_id: int) -> HttpResponse:
    """Record what is behind, or done."""
    item = _item(request, pledge_item_id)
    participant = pages.kept(request, item.sent.pledge.participant_id)
    _note_reading(request, participant)
    unit = states.unit_of(participant)
    form = forms.CheckForm(
        acts.sent(request),
        initial={"on": _day_of_check(request, unit, item), "state": item.progress},
        is_on_paper=unit.campaign.mode == Campaign.Mode.RESULTS_ONLY,
    )

    def record() -> None:
        on = form.cleaned_data["on"]
        checks.record_check(
            item=item,
            meeting=_meeting(request, unit, on),
            actor=request.actor,
            now=timezone.now(),
            opened_at=acts.opened_at(request),
            **form.cleaned_data,
        )

    if acts.did(request, form, record, refusals=pages.REFUSALS):
        messages.success(request, _("Recorded for %s.") % participant.full_name)
        return redirect(
            f"{shared.address_of(unit, 'check_list')}#person-{participant.pk}"
        )
    return acts.page(
        request,
        form,
        back=(_("Checks of the pledges"), shared.address_of(unit, "check_list")),
        title=participant.full_name,
        lead=f"{item.text}: {item.goal}",
        button=_("Record how the item stands"),
    )


@acts.page_and_form
def item_report(request: AccountRequest, pledge_item_id: int) -> HttpResponse:
    """Tell the cell how one's own item stands, before its meeting."""
    item = _item(request, pledge_item_id)
    participant = pages.own(request, item.sent.pledge.participant_id)
    form = forms.ProgressForm(
        acts.sent(request),
        initial={"state": item.progress},
        is_on_paper=participant.campaign.mode == Campaign.Mode.RESULTS_ONLY,
    )

    def report() -> None:
        checks.report_progress(
            item=item, actor=request.actor, now=timezone.now(), **form.cleaned_data
        )

    if acts.did(request, form, report, refusals=pages.REFUSALS):
        messages.success(request, _("The cell reads this at its next meeting."))
        return redirect("pledges:pledge_detail", participant.pk)
    return acts.page(
        request,
        form,
        back=shared.PAGES.to_detail(participant),
        title=_("Report progress"),
        lead=f"{item.text}: {item.goal}",
        button=_("Tell the cell"),
    )


@acts.page_and_form
def pledge_results(request: AccountRequest, participant_id: int) -> HttpResponse:
    """Give each item its result of the year."""
    participant, above = pages.paper_author(request, participant_id)
    if above:  # who reads numbers alone
        items, back = keepers.items_of(participant), answering.to_keepers(above)
    else:
        items = queries.current_items(participant)
        back = shared.PAGES.to_detail(participant)
        _note_reading(request, participant)
    form = forms.ResultsForm(
        acts.sent(request),
        items=items,
        is_on_paper=participant.campaign.mode == Campaign.Mode.RESULTS_ONLY,
    )

    def record() -> None:
        checks.record_results(
            participant=participant,
            results=form.results(),
            actor=request.actor,
            now=timezone.now(),
            is_from_above=above is not None,
        )

    if acts.did(request, form, record, refusals=pages.REFUSALS):
        messages.success(request, _("The results are recorded."))
        return redirect(back[1])
    return acts.page(
        request,
        form,
        back=back,
        title=_("Results of the year: %s") % participant.full_name,
        lead=_("They stand at the beginning of the self-review."),
        button=_("Record the results"),
    )


def _note_reading(request: AccountRequest, participant: Participant) -> None:
    """Record that the page of an act was opened, which shows what somebody promised."""
    if request.method == "GET":
        openings.note(
            PLEDGES, participant=participant, actor=request.actor, now=timezone.now()
        )


def _item(request: AccountRequest, item_id: int) -> PledgeItem:
    seen = PledgeItem.objects.visible_to(request.actor)
    return get_object_or_404(
        seen.select_related("sent__pledge__participant__campaign"), pk=item_id
    )


def _meetings(request: AccountRequest, unit: CampaignUnit) -> list[Meeting]:
    """Return the meetings of the cell itself up to today, the latest first."""
    seen = Meeting.objects.visible_to(request.actor).filter(unit=unit, body=None)
    held = seen.filter(on__lte=timezone.localdate()).exclude(state="CANCELLED")
    return list(held.order_by("-on", "-pk")[:12])


def _meeting(request: AccountRequest, unit: CampaignUnit, on: date) -> Meeting | None:
    """Return the meeting of that day, if the cell keeps one here."""
    found = [each for each in _meetings(request, unit) if each.on == on]
    return found[0] if found else None


def _meeting_day(request: AccountRequest, unit: CampaignUnit) -> date:
    """Return the day of the last meeting, else today."""
    found = _meetings(request, unit)
    return found[0].on if found else timezone.localdate()


def _day_of_check(
    request: AccountRequest, unit: CampaignUnit, item: PledgeItem
) -> date:
    """Return the day of the last meeting, but none before the pledge was sent."""
    sent_on = timezone.localdate(item.sent.sent_at)
    return max(_meeting_day(request, unit), sent_on)
