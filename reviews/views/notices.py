"""Notices of levels: of the person, of the cell that hands them over."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.models import CampaignUnit, Participant
from campaigns.views.written.pages import to_figures
from members import acts
from members.http import AccountRequest
from reviews.forms.notices import HandOverForm, RequestForm
from reviews.models import Decision
from reviews.queries import notices as queries
from reviews.queries.files import proposing_units
from reviews.queries.notices import Notice
from reviews.services import notifying
from reviews.services.notifying import NoticeRefused


def seen_notice(
    request: AccountRequest, participant_id: int, level_decision_id: int
) -> Notice:
    """Return the notice of one decision to one person, as far as both are seen."""
    people = Participant.objects.visible_to(request.actor)
    person = get_object_or_404(people, pk=participant_id)
    decisions = Decision.objects.visible_to(request.actor)
    decision = get_object_or_404(decisions, pk=level_decision_id)
    if notice := queries.notice_of(person, decision, request.actor):
        return notice
    raise Http404


def notified_cell(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> CampaignUnit:
    """Return a cell whose notices the actor hands over, else 404."""
    units = proposing_units(request.actor).select_related("campaign", "custodian")
    return get_object_or_404(units, campaign=campaign_id, live_unit=unit_id)


def _own(
    request: AccountRequest, participant_id: int, level_decision_id: int
) -> Notice:
    notice = seen_notice(request, participant_id, level_decision_id)
    if notice.participant.member_id != request.actor.member_id:
        raise Http404
    return notice


def _address(name: str, notice: Notice) -> str:
    return reverse(f"reviews:{name}", args=[notice.participant.pk, notice.decision.pk])


@require_safe
def notice_detail(
    request: AccountRequest, participant_id: int, level_decision_id: int
) -> HttpResponse:
    """Show the notice to the person, and to who hands it over."""
    notice = seen_notice(request, participant_id, level_decision_id)
    is_own = notice.participant.member_id == request.actor.member_id
    today = timezone.localdate()
    days = notice.decision.unit.campaign.rules.procedure.request_days
    answers = (
        queries.read_requests([notice.request], notice.decision.unit.campaign.rules)
        if notice.request and is_own
        else []
    )
    context = {
        "crumbs": [
            (_("My yearly classifications"), reverse("own_results"))
            if is_own
            else to_figures(notice.decision.unit)
        ],
        "notice": notice,
        "is_own": is_own,
        "asked": answers[0] if answers else None,
        "goes_to": queries.goes_to(notice.decision, notice.participant),
        "why_not": queries.why_not_asked(notice, on=today),
        "days": days,
    }
    return render(request, "reviews/notices/notice_detail.html", context)


@require_POST
def notice_read(
    request: AccountRequest, participant_id: int, level_decision_id: int
) -> HttpResponse:
    """Record that the person has read it."""
    notice = _own(request, participant_id, level_decision_id)
    notifying.read(notice=notice, actor=request.actor, now=timezone.now())
    messages.success(request, _("Recorded. The days to answer count from today."))
    return redirect(_address("notice_detail", notice))


@acts.page_and_form
def request_add(
    request: AccountRequest, participant_id: int, level_decision_id: int
) -> HttpResponse:
    """Let the person ask for another look."""
    notice = _own(request, participant_id, level_decision_id)
    back = (_("Notice of the result"), _address("notice_detail", notice))
    to = queries.goes_to(notice.decision, notice.participant)
    if to is None or notice.request:
        raise Http404
    campaign = notice.decision.unit.campaign
    form = RequestForm(acts.sent(request), campaign=campaign)

    def ask() -> None:
        notifying.ask(
            notice=notice,
            text=form.cleaned_data.get("text", ""),
            actor=request.actor,
            now=timezone.now(),
            opened_at=acts.opened_at(request),
        )

    if acts.did(request, form, ask, refusals=(NoticeRefused,)):
        messages.success(
            request, _("Sent to %s. Nobody of your cell can hold it up.") % to.name
        )
        return redirect(back[1])
    words = _("It goes straight to %s; your cell does not read it.") % to.name
    return acts.page(
        request,
        form,
        back=back,
        title=_("Ask for another look"),
        lead=words
        if "text" in form.fields
        else _("%s Hand your reasons in there on paper.") % words,
        texts=[
            _("%(level)s, by the decision %(number)s")
            % {"level": notice.level, "number": notice.decision.document}
        ],
        button=_("Send the request"),
    )


@acts.page_and_form
def notice_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show the notices of a cell, and record who was given theirs on paper."""
    unit = notified_cell(request, campaign_id, unit_id)
    notices = queries.notices_in(unit, request.actor)
    waiting = [each for each in notices if each.given is None]
    form = HandOverForm(acts.sent(request), waiting=waiting)

    def hand_over() -> None:
        notifying.hand_over(
            unit=unit, actor=request.actor, now=timezone.now(), **form.cleaned_data
        )

    if acts.did(request, form, hand_over, refusals=(NoticeRefused,)):
        messages.success(request, _("Recorded. Each of them can answer from that day."))
        return redirect("reviews:notice_list", campaign_id, unit_id)
    context = {
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "notices": notices,
        "waiting": waiting,
        "form": form,
        "key": acts.new_key(),
    }
    code = 422 if form.is_bound else 200
    return render(request, "reviews/notices/notice_list.html", context, status=code)
