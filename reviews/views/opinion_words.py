"""What other bodies say: entered from paper, read, replied to."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, CampaignUnit
from members import acts
from members.http import AccountRequest
from reviews.forms.opinions import PaperForm, ReplyForm
from reviews.models import Opinion, OpinionRequest, ResidenceExemption
from reviews.queries import opinions as queries
from reviews.queries.collective_reports import read_bodies
from reviews.queries.rating import decider_of
from reviews.services.opinions import asking, recording
from reviews.views.opinions import REFUSALS, to_list, to_request


@acts.page_and_form
def opinion_record(request: AccountRequest, opinion_id: int) -> HttpResponse:
    """Enter what a body says on paper."""
    keyable = Opinion.objects.receivable_by(request.actor).select_related(
        "request__unit__campaign", "request__unit__custodian", "participant",
        "body__unit__campaign",
    )  # fmt: skip
    opinion = get_object_or_404(keyable, pk=opinion_id)
    back = _back(request, opinion)
    has_texts = opinion.request.unit.campaign.mode == Campaign.Mode.FULL_TEXT
    form = PaperForm(
        acts.sent(request),
        has_texts=has_texts,
        initial={"came_on": timezone.localdate(), **_stands(opinion)},
    )

    def record() -> None:
        recording.record(
            opinion=opinion,
            version=form.cleaned_data["version"],
            paper=form.paper(),
            came_on=form.cleaned_data["came_on"],
            actor=request.actor,
            now=timezone.now(),
        )

    lead = _("Opinion of %(body)s, asked for by %(day)s") % {
        "body": opinion.request.body_name,
        "day": f"{opinion.request.due_on:%d/%m/%Y}",
    }
    return acts.change(
        request,
        form,
        record,
        refusals=REFUSALS,
        then=back[1],
        back=back,
        title=_("Enter the opinion on %s") % opinion.subject.full_name,
        lead=lead,
        button=_("Enter the opinion"),
        said=_("Recorded. The person reads it."),
        stored=_stands,
    )


def _stands(opinion: Opinion) -> dict[str, object]:
    """Return what is entered now, by the names of the fields."""
    stands: dict[str, object] = {"version": opinion.version}
    if last := queries.last_entry(opinion):
        stands |= {
            "text": last.text,
            "document": last.document,
            "signed_on": last.signed_on,
            "came_on": last.came_on,
        }
    return stands


def _back(request: AccountRequest, opinion: Opinion) -> tuple[str, str]:
    kept = OpinionRequest.objects.editable_by(request.actor)
    if kept.filter(pk=opinion.request_id).exists():
        return to_request(opinion.request)
    return _to_subject(opinion)


def _to_subject(opinion: Opinion) -> tuple[str, str]:
    name = opinion.subject.full_name
    page = "opinion_person" if opinion.participant_id else "opinion_body"
    return name, reverse(f"reviews:{page}", args=[opinion.subject.pk])


@require_safe
def opinion_person(request: AccountRequest, participant_id: int) -> HttpResponse:
    """Show everything that other bodies say of somebody to whoever may read it."""
    found = queries.read_person(request.actor, participant_id)
    if found is None:
        raise Http404
    person, place = found
    seen = Opinion.objects.visible_to(request.actor).filter(participant=person)
    reads = queries.reads_of(seen, today=timezone.localdate())
    if place and any(each.latest for each in reads):
        recording.note_read(person, place, request.actor, timezone.now())
    exempt = ResidenceExemption.objects.visible_to(request.actor)
    exemption = exempt.filter(participant=person).first()
    context = {
        "crumbs": [
            (
                _("Self-review of %s") % person.full_name,
                reverse("reviews:self_review_detail", args=[person.pk]),
            )
            if place is None
            else to_list(_keeper(place, request))
        ],
        "name": person.full_name,
        "campaign": person.campaign,
        "reads": reads,
        "is_own": place is None,
        "exemption": (
            queries.exemption_in_words(exemption.category) if exemption else ""
        ),
    }
    return render(request, "reviews/opinions/opinion_person.html", context)


def _keeper(place: CampaignUnit, request: AccountRequest) -> CampaignUnit:
    """Return as which unit somebody reads about the people of a place."""
    as_cell = asking.keeps_as_cell(place, request.actor)
    return place if as_cell else decider_of(place)


@require_safe
def opinion_body(request: AccountRequest, body_id: int) -> HttpResponse:
    """Show what other bodies say of a collective to whoever reads its report."""
    body = get_object_or_404(read_bodies(request.actor), pk=body_id)
    seen = Opinion.objects.visible_to(request.actor).filter(body=body)
    context = {
        "crumbs": [
            (
                body.full_name,
                reverse("reviews:collective_report_detail", args=[body.pk]),
            )
        ],
        "name": body.full_name,
        "campaign": body.campaign,
        "reads": queries.reads_of(seen, today=timezone.localdate()),
        "is_own": False,
        "exemption": "",
    }
    return render(request, "reviews/opinions/opinion_person.html", context)


@acts.page_and_form
def opinion_reply(request: AccountRequest, opinion_id: int) -> HttpResponse:
    """Add what the person says to an opinion on them."""
    own = Opinion.objects.own(request.actor).filter(state=Opinion.State.RECEIVED)
    opinion = get_object_or_404(
        own.select_related("request__unit__campaign", "participant"), pk=opinion_id
    )
    last = queries.last_entry(opinion)
    form = ReplyForm(acts.sent(request))

    def reply() -> None:
        recording.reply(
            opinion=opinion,
            text=form.cleaned_data["text"],
            actor=request.actor,
            now=timezone.now(),
        )

    if acts.did(request, form, reply, refusals=REFUSALS):
        messages.success(request, _("Recorded. Whoever reads the opinion reads it."))
        return redirect(_to_subject(opinion)[1])
    return acts.page(
        request,
        form,
        back=_to_subject(opinion),
        title=_("Reply to the opinion of %s") % opinion.request.body_name,
        texts=[last.text] if last and last.text else [],
        button=_("Record the reply"),
    )
