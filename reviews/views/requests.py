"""A committee reads requests to look at a level again, answers them, or reopens one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from campaigns.views.written.pages import to_figures
from members import acts
from members.http import AccountRequest
from members.services.versions import ChangedMeanwhile
from members.views.confirming import weighty
from reviews.forms.files import FileForm
from reviews.forms.notices import AnswerForm, PaperRequestForm, ReopenForm
from reviews.models import LevelRequest, LevelRevision
from reviews.queries import notices as queries
from reviews.queries.files import level_words
from reviews.services import notifying, revising
from reviews.services.deciding import DecisionRefused
from reviews.services.notifying import NoticeRefused
from reviews.views.files import CHANGED, MEANWHILE

REFUSALS = (NoticeRefused, DecisionRefused)


def _committee(request: AccountRequest, campaign_id: int, unit_id: int) -> CampaignUnit:
    units = queries.looking_units(request.actor)
    return get_object_or_404(
        units.select_related("campaign", "custodian"),
        campaign=campaign_id,
        live_unit=unit_id,
    )


def _asked(request: AccountRequest, level_request_id: int) -> LevelRequest:
    """Return a request of somebody else that came to a committee of the actor's."""
    seen = LevelRequest.objects.visible_to(request.actor)
    came = seen.answerable_by(request.actor)
    related = ("goes_to__campaign", "goes_to__custodian", "decision__unit")
    return get_object_or_404(came.select_related(*related), pk=level_request_id)


def _to_list(unit: CampaignUnit) -> tuple[str, str]:
    args = [unit.campaign_id, unit.live_unit_id]
    address = reverse("reviews:request_list", args=args)
    return _("Requests to look at a level again"), address


@require_safe
def request_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show what was asked of a committee, and what it answered."""
    unit = _committee(request, campaign_id, unit_id)
    context = {
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "rows": queries.requests_to(unit, request.actor),
    }
    return render(request, "reviews/notices/request_list.html", context)


@acts.page_and_form
def request_paper(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Type a request that came on paper."""
    unit = _committee(request, campaign_id, unit_id)
    form = PaperRequestForm(acts.sent(request), campaign=unit.campaign)

    def ask() -> None:
        facts = {"text": ""} | form.cleaned_data
        notifying.ask_from_paper(
            unit=unit, actor=request.actor, now=timezone.now(), **facts
        )

    if acts.did(request, form, ask, refusals=REFUSALS):
        messages.success(request, _("Recorded. The person reads it here as well."))
        return redirect(_to_list(unit)[1])
    return acts.page(
        request,
        form,
        back=_to_list(unit),
        title=_("Request that came on paper"),
        lead=_(
            "Type what the signed paper says. The day on it counts, not the one on which "
            "it is typed."
        ),
        button=_("Record the request"),
    )


@require_safe
def request_detail(request: AccountRequest, level_request_id: int) -> HttpResponse:
    """Show one request to the committee that it goes to."""
    asked = _asked(request, level_request_id)
    (read,) = queries.read_requests([asked], asked.goes_to.campaign.rules)
    context = {
        "crumbs": [_to_list(asked.goes_to)],
        "asked": read,
        "unit": asked.goes_to,
        "is_waiting": asked.state in LevelRequest.WAITING,
        "may_receive": asked.state == LevelRequest.State.SENT,
    }
    return render(request, "reviews/notices/request_detail.html", context)


@acts.page_and_form
def request_receive(request: AccountRequest, level_request_id: int) -> HttpResponse:
    """Take a request over."""
    asked = _asked(request, level_request_id)
    (read,) = queries.read_requests([asked], asked.goes_to.campaign.rules)
    detail = reverse("reviews:request_detail", args=[asked.pk])
    form = FileForm(acts.sent(request), initial={"version": asked.version})
    code = 422

    def receive() -> None:
        notifying.receive(
            request=asked,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    try:
        if acts.did(request, form, receive, refusals=REFUSALS):
            messages.success(request, _("Received. The person reads it."))
            return redirect(detail)
    except ChangedMeanwhile:
        form.add_error(None, MEANWHILE)
        code = CHANGED
    return acts.page(
        request,
        form,
        back=(read.name, detail),
        title=_("Receive the request of %s") % read.name,
        lead=_(
            "From now on the cell reads that there is a request, and nothing of what it "
            "says."
        ),
        button=_("Receive the request"),
        status=code,
    )


@weighty
@acts.page_and_form
def request_answer(request: AccountRequest, level_request_id: int) -> HttpResponse:
    """Record what the committee decided on a request."""
    asked = _asked(request, level_request_id)
    rules = asked.goes_to.campaign.rules
    (read,) = queries.read_requests([asked], rules)
    detail = reverse("reviews:request_detail", args=[asked.pk])
    form = AnswerForm(
        acts.sent(request),
        rules=rules,
        now=level_words(rules).get(asked.level, ""),
        initial={"version": asked.version},
    )
    code = 422

    def answer() -> None:
        revising.answer(
            request=asked,
            version=form.cleaned_data["version"],
            papers=form.papers(),
            outcome=form.outcome(),
            actor=request.actor,
            now=timezone.now(),
        )

    try:
        if acts.did(request, form, answer, refusals=REFUSALS):
            messages.success(
                request, _("Recorded. The person is notified and reads why.")
            )
            return redirect(detail)
    except ChangedMeanwhile:
        form.add_error(None, MEANWHILE)
        code = CHANGED
    return acts.page(
        request,
        form,
        back=(read.name, detail),
        title=_("Answer the request of %s") % read.name,
        lead=_("The level before and the level after stay on record, with the reason."),
        texts=[
            _("%(level)s, by the decision %(number)s")
            % {"level": read.level, "number": asked.decision.document},
            *filter(None, [asked.text]),
        ],
        button=_("Record the committee’s answer"),
        status=code,
    )


@weighty
@acts.page_and_form
def level_reopen(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Record that somebody is rated anew, though nobody asked."""
    unit = _committee(request, campaign_id, unit_id)
    form = ReopenForm(acts.sent(request), rules=unit.campaign.rules)
    made: list[LevelRevision] = []

    def reopen() -> None:
        made.append(
            revising.reopen(
                unit=unit,
                code=form.cleaned_data["code"],
                papers=form.papers(),
                outcome=form.outcome(),
                actor=request.actor,
                now=timezone.now(),
            )
        )

    if acts.did(request, form, reopen, refusals=REFUSALS):
        messages.success(request, _("Recorded. The person is notified and reads why."))
        return redirect("reviews:decision_detail", made[0].decision_id)
    return acts.page(
        request,
        form,
        back=_to_list(unit),
        title=_("Rate somebody anew"),
        lead=_(
            "For somebody on whose level this committee decided and who was found in "
            "violation later. The level before stays on record, with the reason."
        ),
        button=_("Record the new level"),
    )
