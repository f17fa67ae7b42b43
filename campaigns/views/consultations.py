"""Comments of a body on a draft: its workbook out, in again, and the answers back."""

import io

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from campaigns.forms import work as forms
from campaigns.models import Campaign, Draft
from campaigns.queries import work as queries
from campaigns.services.consultations import receive_comments
from campaigns.services.work import NotRecordable
from campaigns.sheets.comments import write_answers, write_comments
from campaigns.views.work import address_of
from members import acts
from members.http import XLSX, AccountRequest, attachment


@require_safe
def comments_file(
    request: AccountRequest, record_id: int
) -> HttpResponse | FileResponse:
    """Ask for which body, then give out its workbook."""
    draft = _draft(request, record_id)
    form = forms.BodyForm(request.GET or None)
    if not form.is_valid():
        return _body_first(
            request,
            draft,
            form,
            title=_("Workbook for comments"),
            lead=_(
                "The body writes one comment a row and sends the workbook back; you "
                "receive it on the page of the draft."
            ),
        )
    content = io.BytesIO()
    write_comments(content, draft, body_name=form.cleaned_data["body_name"])
    content.seek(0)
    return attachment(content, name=f"gop-y-{draft.pk}.xlsx", content_type=XLSX)


@require_safe
def comments_answers(
    request: AccountRequest, record_id: int
) -> HttpResponse | FileResponse:
    """Ask for which body, then give out the committee's answers to its comments."""
    draft = _draft(request, record_id)
    bodies = queries.bodies_of(draft)
    if not bodies:
        raise Http404
    form = forms.AnsweredBodyForm(request.GET or None, bodies=bodies)
    if not form.is_valid():
        return _body_first(
            request,
            draft,
            form,
            title=_("Workbook of the answers"),
            lead=_(
                "Each comment of the body with what was accepted and why: to be sent "
                "back to it."
            ),
        )
    name = form.cleaned_data["body_name"]
    content = io.BytesIO()
    write_answers(content, draft, queries.comments_of(draft, name), body_name=name)
    content.seek(0)
    return attachment(content, name=f"tra-loi-{draft.pk}.xlsx", content_type=XLSX)


@acts.page_and_form
def comments_receive(request: AccountRequest, record_id: int) -> HttpResponse:
    """Record the comments of a workbook that has come back."""
    draft = _draft(request, record_id)
    form = forms.CommentsForm(
        acts.sent(request),
        request.FILES or None,
        initial={"received_on": timezone.localdate()},
    )
    found: list[int] = []

    def receive() -> None:
        found.append(
            receive_comments(
                draft=draft,
                **form.cleaned_data,
                actor=request.actor,
                now=timezone.now(),
            )
        )

    if acts.did(request, form, receive, refusals=(NotRecordable,)):
        said = ngettext("%s comment recorded.", "%s comments recorded.", found[0])
        messages.success(request, said % found[0])
        return redirect(_back(draft)[1])
    return acts.page(
        request,
        form,
        back=_back(draft),
        title=_("Receive a workbook of comments"),
        lead=draft.title,
        button=_("Record the comments"),
    )


def _body_first(
    request: AccountRequest, draft: Draft, form: Form, *, title: str, lead: str
) -> HttpResponse:
    context = {"crumbs": [_back(draft)], "form": form, "title": title, "lead": lead}
    status = 422 if form.is_bound else 200
    page = "campaigns/work/comments_file.html"
    return render(request, page, context, status=status)


def _draft(request: AccountRequest, record_id: int) -> Draft:
    drafts = Draft.objects.editable_by(request.actor)
    draft = get_object_or_404(
        drafts.select_related("unit__campaign", "unit__custodian"), pk=record_id
    )
    if draft.unit.campaign.mode != Campaign.Mode.FULL_TEXT:
        raise Http404
    return draft


def _back(draft: Draft) -> tuple[str, str]:
    return draft.title, reverse("work:drafts", args=address_of(draft.unit))
