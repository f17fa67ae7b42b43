"""Reports of collectives: written by whoever records the work, answered from above."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from campaigns.forms.written import WrittenForm
from campaigns.lifecycle import TAKES_ACTS
from campaigns.models import Campaign, CampaignBody, CampaignUnit
from campaigns.queries.written.reading import NoteBeside
from campaigns.services.written import states
from campaigns.views.written import answering, writing
from campaigns.views.written.pages import Pages, Words
from members import acts
from members.http import AccountRequest
from members.policy import Area
from reviews.models import (
    COLLECTIVE_REPORTS,
    CollectiveReport,
    CollectiveReportDraft,
    CollectiveReportStatement,
)
from reviews.queries import collective_reports as queries
from reviews.queries.collective_turns import turns_of
from reviews.services import collective_reports as services

State = CampaignBody.Report
PAGES = Pages(
    kind=COLLECTIVE_REPORTS,
    names="reviews:collective_report",
    save="reviews:collective_report_save",
    own="self_review_own",
    listed="unit_collective_reports",
    printed="collective_report_print",
    templates="reviews/collective_reports",
    words=Words(
        name=_("Collective report"),
        of=_("Report of %s"),
        of_unit=_("Collective reports of %s"),
        begin=_("Begin the collective report"),
        sent=_("The report is sent to the level above."),
        changed=_("The report was changed meanwhile: read it over again."),
        confirm=_("Accept the report of %s"),
        confirmed=_("The report of %s is accepted."),
        confirm_lead=_(
            "The level above takes the report over as it stands, and nothing of it can "
            "be changed."
        ),
        give_back=_("Return the report of %s for completion"),
        open=_("Open the report"),
        my=_("Our report"),
        to_print=_("Print the report (PDF)"),
        confirm_button=_("Accept the report"),
        confirmed_on=_("Accepted by the level above on"),
        send_button=_("Send to the level above"),
        after_sending=_(
            "After sending nothing can be changed until the level above returns it."
        ),
        unread=_(
            "Whoever records the work of the unit writes here together; the level above "
            "reads it once it is sent."
        ),
        nothing=_(
            "Nothing is sent up yet. What is being written is read by those who write it."
        ),
    ),
)


@require_safe
def unit_collective_reports(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show the reports of a unit's collectives, and of the units below."""
    unit = get_object_or_404(
        queries.report_units(request.actor), campaign=campaign_id, live_unit=unit_id
    )
    below = queries.lines_below(unit, request.actor)
    waiting = next((each.body for each in below if each.state == State.SENT), None)
    may_write = _runs(unit) and _kept(request).filter(unit=unit).exists()
    suggests = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    context = {
        **PAGES.shown_in_lists(),
        "crumbs": [_to_work(unit)],
        "unit": unit,
        "lines": queries.lines_of(unit, request.actor),
        "below": below,
        "may_write": may_write,
        "is_first": may_write and waiting is None,
        "may_suggest": suggests.filter(pk=unit.pk).exists(),
        "waiting": waiting,
    }
    return render(request, "reviews/collective_reports/list.html", context)


@require_safe
def collective_report_detail(request: AccountRequest, body_id: int) -> HttpResponse:
    """Show what was sent up, what the level above said, what is to be answered."""
    body = get_object_or_404(queries.read_bodies(request.actor), pk=body_id)
    reports = CollectiveReport.objects.visible_to(request.actor)
    report = reports.filter(body=body).first()
    found = queries.texts_of(report) if report else []
    is_running = _runs(body.unit)
    is_kept = is_running and _kept(request).filter(pk=body.pk).exists()
    has_texts = body.campaign.mode == Campaign.Mode.FULL_TEXT
    may_answer = is_running and _answered(request).filter(pk=body.pk).exists()
    context = {
        **PAGES.shown(body, report),
        "crumbs": [PAGES.to_cell(body.unit)],
        "body": body,
        "texts": found,
        "suggestions": queries.suggestions_to(body, request.actor),
        "turns": turns_of(body, request.actor),
        "comments": queries.comments_on(body, request.actor) if is_kept else (),
        "is_own": False,
        "may_begin": is_kept and has_texts and body.report_state == State.NONE,
        "may_write": is_kept and has_texts and body.report_state in states.WRITABLE,
        "may_answer": may_answer and bool(found) and body.report_state == State.SENT,
        "may_state": may_answer
        and bool(found)
        and body.report_state in (State.SENT, State.ACCEPTED),
        "statements": CollectiveReportStatement.objects.visible_to(request.actor)
        .of_body(body)
        .select_related("suggestion"),
        "may_keep_paper": may_answer and not has_texts,
        "closed": "",
        "language": get_language(),
    }
    return render(request, PAGES.template("detail"), context)


@acts.page_and_form
def collective_report_begin(request: AccountRequest, body_id: int) -> HttpResponse:
    body = get_object_or_404(_kept(request), pk=body_id)
    codes = services.forms_for(body)
    return writing.begin(request, PAGES, body, codes=codes, act=services.begin)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def collective_report_write(request: AccountRequest, body_id: int) -> HttpResponse:
    draft = _draft(request, body_id)
    return writing.write(
        request,
        PAGES,
        draft,
        beside=partial(_sections, request, draft),
        change=partial(writing.take, partial(_notes, request, draft)),
    )


@never_cache
@require_POST
def collective_report_save(request: AccountRequest, body_id: int) -> HttpResponse:
    return writing.save(request, PAGES, _draft(request, body_id))


@never_cache
@acts.page_and_form
def collective_report_send(request: AccountRequest, body_id: int) -> HttpResponse:
    draft = _draft(request, body_id)
    return writing.send(
        request,
        PAGES,
        draft,
        beside=partial(_sections, request, draft),
        as_read=partial(queries.draft_as_read, draft),
        act=services.send,
    )


@acts.page_and_form
def collective_report_confirm(request: AccountRequest, body_id: int) -> HttpResponse:
    return answering.confirm(request, PAGES, waiting_body(request, body_id))


@acts.page_and_form
def collective_report_return(request: AccountRequest, body_id: int) -> HttpResponse:
    return answering.give_back(request, PAGES, waiting_body(request, body_id))


@acts.page_and_form
def collective_report_paper(request: AccountRequest, body_id: int) -> HttpResponse:
    body = waiting_body(request, body_id)
    reports = CollectiveReport.objects.visible_to(request.actor)
    found = reports.filter(body=body).first()
    return answering.paper_page(request, PAGES, body, found)


def _kept(request: AccountRequest) -> Any:
    """The collectives whose report the actor writes."""
    kept = CampaignBody.objects.editable_by(request.actor)
    return queries.with_unit(kept).filter(unit__closed_on=None)


def _answered(request: AccountRequest) -> Any:
    """The collectives whose report the actor answers, from above."""
    return queries.with_unit(CampaignBody.objects.receivable_by(request.actor))


def waiting_body(request: AccountRequest, body_id: int) -> CampaignBody:
    """Return a collective whose report the actor answers, else 404."""
    body: CampaignBody = get_object_or_404(_answered(request), pk=body_id)
    return body


def _draft(request: AccountRequest, body_id: int) -> CollectiveReportDraft:
    """Return what the actor may write on, else 404; a sent one is no draft."""
    seen = CollectiveReportDraft.objects.visible_to(request.actor)
    return get_object_or_404(
        seen.select_related("body__unit__campaign", "body__unit__custodian"),
        body=body_id,
        body__report_state__in=states.WRITABLE,
    )


def _notes(
    request: AccountRequest, draft: CollectiveReportDraft
) -> Mapping[str, tuple[NoteBeside, ...]]:
    return queries.beside(draft.body, request.actor)


def _sections(
    request: AccountRequest, draft: CollectiveReportDraft, form: WrittenForm
) -> Mapping[str, Any]:
    notes = _notes(request, draft)
    sections = form.sections(language=get_language(), guidance={}, beside=notes)
    return {"sections": sections}


def _runs(unit: CampaignUnit) -> bool:
    return unit.campaign.state in TAKES_ACTS


def _to_work(unit: CampaignUnit) -> tuple[str, str]:
    address = reverse("work:unit_work", args=[unit.campaign_id, unit.live_unit_id])
    return unit.name, address
