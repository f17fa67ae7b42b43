"""Opinions of other bodies: asked for, waited for; and who needs none."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from campaigns.queries.written.people import people_of
from campaigns.services.written.states import WritingRefused
from campaigns.views.written.pages import to_figures
from members import acts
from members.http import AccountRequest
from reviews.forms.opinions import AskForm, ExemptForm, Versioned
from reviews.models import Opinion, OpinionRequest
from reviews.queries import opinions as queries
from reviews.services.opinions import asking

REFUSALS = (WritingRefused,)


def asking_unit(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> tuple[CampaignUnit, bool]:
    """Return a unit that asks for opinions, and whether as a cell; else 404."""
    units = queries.asking_units(request.actor).select_related(
        "campaign", "custodian", "parent", "grassroots"
    )
    unit = get_object_or_404(units, campaign=campaign_id, live_unit=unit_id)
    return unit, asking.keeps_as_cell(unit, request.actor)


def kept_request(request: AccountRequest, opinion_request_id: int) -> OpinionRequest:
    """Return a request that the actor keeps, else 404."""
    kept = OpinionRequest.objects.editable_by(request.actor).select_related(
        "unit__campaign", "unit__custodian"
    )
    return get_object_or_404(kept, pk=opinion_request_id)


def to_list(unit: CampaignUnit) -> tuple[str, str]:
    """Return the list of a unit as the page above."""
    address = reverse(
        "reviews:opinion_list", args=[unit.campaign_id, unit.live_unit_id]
    )
    return _("Opinions of other bodies"), address


def to_request(asked: OpinionRequest) -> tuple[str, str]:
    """Return a request as the page above."""
    return asked.body_name, reverse("reviews:opinion_request", args=[asked.pk])


@require_safe
def opinion_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show what a unit has asked for, and of a cell everybody with what has come."""
    unit, is_cell = asking_unit(request, campaign_id, unit_id)
    actor, today = request.actor, timezone.localdate()
    context = {
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "is_cell": is_cell,
        "lines": (lines := queries.requests_of(unit, actor, today=today)),
        "waits": any(line.waits for line in lines),
        "below": ([] if is_cell else queries.requests_below(unit, actor, today=today)),
        "people": queries.people_lines(unit, actor, today=today) if is_cell else [],
    }
    return render(request, "reviews/opinions/opinion_list.html", context)


@acts.page_and_form
def opinion_ask(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Ask one body about people and collectives of one unit."""
    unit, is_cell = asking_unit(request, campaign_id, unit_id)
    places = {
        each.live_unit_id: each for each in queries.asked_about(unit, is_cell=is_cell)
    }
    of = request.GET.get("of", "")
    place = unit if is_cell else places.get(int(of)) if of.isdecimal() else None
    if place is None:
        return _choose_place(request, unit, list(places.values()))
    people, bodies = queries.subjects_of(place, unit, is_cell=is_cell)
    form = AskForm(
        acts.sent(request),
        people=people,
        bodies=bodies,
        initial={"asked_on": timezone.localdate()},
    )
    made: list[OpinionRequest] = []

    def ask() -> None:
        made.append(
            asking.ask(
                unit=unit,
                asked=form.asked(),
                people=form.people(),
                bodies=form.bodies(),
                actor=request.actor,
                now=timezone.now(),
            )
        )

    if acts.did(request, form, ask, refusals=REFUSALS):
        messages.success(
            request, _("Recorded. Print the sheets, or send the workbook.")
        )
        return redirect(to_request(made[0])[1])
    return acts.page(
        request,
        form,
        back=to_list(unit),
        title=_("Ask a body for its opinion"),
        lead=_(
            "One body at a time. Its sheets are printed, or one Excel workbook is sent; "
            "the body needs no account."
        ),
        button=_("Record that it is asked"),
    )


def _choose_place(
    request: AccountRequest, unit: CampaignUnit, places: list[CampaignUnit]
) -> HttpResponse:
    def found(q: str) -> acts.Choices:
        sought = q.casefold()
        return [
            (each.live_unit_id, each.name, each.code)
            for each in places
            if sought in each.name.casefold() or sought in each.code.casefold()
        ][: acts.MOST_CHOICES + 1]

    return acts.choose(
        request,
        found,
        back=to_list(unit),
        title=_("Ask a body for its opinion"),
        lead=_("Choose the unit about whose people or collectives it is asked."),
        label=_("Name or code of the unit"),
        nothing=_("No unit is called so."),
        key="of",
    )


@acts.page_and_form
def residence_exempt(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Note of whom no opinion of the place of residence is asked for."""
    unit, is_cell = asking_unit(request, campaign_id, unit_id)
    if not is_cell:
        raise Http404
    people = {
        each.pk: each
        for each in people_of(unit)
        if each.member_id != request.actor.member_id
    }
    form = ExemptForm(acts.sent(request), people=list(people.values()))

    def exempt() -> None:
        asking.exempt(
            unit=unit,
            people=[people[pk] for pk in form.cleaned_data["people"]],
            category=form.code(),
            actor=request.actor,
            now=timezone.now(),
        )

    if acts.did(request, form, exempt, refusals=REFUSALS):
        messages.success(request, _("Recorded."))
        return redirect(to_list(unit)[1])
    return acts.page(
        request,
        form,
        back=to_list(unit),
        title=_("No opinion of the place of residence"),
        lead=_(
            "For those whom the rules exempt from activity at the place of residence. A "
            "sheet that has not come is taken out of its request."
        ),
        button=_("Record it"),
    )


@require_safe
def opinion_request(request: AccountRequest, opinion_request_id: int) -> HttpResponse:
    """Show one request: about whom, what has come, and the files for the body."""
    asked = kept_request(request, opinion_request_id)
    actor, today = request.actor, timezone.localdate()
    rows = Opinion.objects.visible_to(actor).filter(request=asked)
    keyable = set(
        Opinion.objects.receivable_by(actor)
        .filter(request=asked)
        .values_list("pk", flat=True)
    )
    reads = queries.reads_of(rows, today=today)
    received = sum(each.latest is not None for each in reads)
    context = {
        "crumbs": [to_list(asked.unit)],
        "asked": asked,
        "unit": asked.unit,
        "source": queries.source_in_words(asked.source),
        "reads": reads,
        "keyable": keyable,
        "received": received,
        "waits": asked.ended_on is None and received < len(reads),
        "is_late": any(each.is_late for each in reads),
    }
    return render(request, "reviews/opinions/opinion_request.html", context)


@acts.page_and_form
def opinion_request_end(
    request: AccountRequest, opinion_request_id: int
) -> HttpResponse:
    """Wait no longer for what has not come."""
    asked = kept_request(request, opinion_request_id)
    form = Versioned(acts.sent(request), initial={"version": asked.version})

    def end() -> None:
        asking.end(
            request=asked,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        end,
        refusals=REFUSALS,
        then=to_request(asked)[1],
        back=to_request(asked),
        title=_("Wait no longer"),
        lead=_(
            "What has not come stays marked as not received, and nobody is reminded of it"
            " any more. A paper that comes later can still be entered."
        ),
        button=_("Wait no longer"),
        said=_("Recorded."),
    )
