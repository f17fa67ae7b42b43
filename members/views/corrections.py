"""Requests for corrections: asked by the person, answered by who keeps the roll."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import acts, queries
from members.forms import corrections as forms
from members.http import AccountRequest
from members.models import CorrectionRequest, Member
from members.policy import Area
from members.services import corrections, memberships, people

REFUSALS = (corrections.CorrectionNotPossible, memberships.MemberNotMovable)


@acts.page_and_form
def correction_add(request: AccountRequest) -> HttpResponse:
    own = Member.objects.visible_to(request.actor)
    member = get_object_or_404(own, pk=request.actor.member_id)
    form = forms.RequestForm(
        acts.sent(request), initial={"subject": request.GET.get("subject", "")}
    )

    def ask() -> None:
        corrections.ask(
            member=member,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    if acts.did(request, form, ask, refusals=REFUSALS):
        messages.success(
            request, _("Your request is sent. The answer will stand on this page.")
        )
        return redirect("members:own_record")
    return acts.page(
        request,
        form,
        back=(_("My information"), reverse("members:own_record")),
        title=_("Ask for a correction"),
        lead=_("Who keeps the roll of your cell reads this and answers."),
        button=_("Send the request"),
    )


@require_safe
def correction_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.ROLL_EDIT):
        raise Http404
    waiting = CorrectionRequest.objects.editable_by(request.actor)
    context = {
        "crumbs": [(_("Roll of members"), reverse("members:member_list"))],
        "rows": queries.request_rows(
            waiting.order_by("due_on", "pk"), today=timezone.localdate()
        ),
    }
    return render(request, "members/correction_list.html", context)


@require_safe
def correction_detail(request: AccountRequest, correction_id: int) -> HttpResponse:
    seen = CorrectionRequest.objects.visible_to(request.actor)
    asked = _request(seen, correction_id)
    is_own = asked.member_id == request.actor.member_id
    if not is_own:
        people.note_opening(
            member=asked.member, actor=request.actor, now=timezone.now()
        )
    mine = CorrectionRequest.objects.editable_by(request.actor)
    context = {
        "crumbs": [_back(asked, is_own=is_own)],
        "asked": asked,
        "is_own": is_own,
        "is_late": asked.is_late(timezone.localdate()),
        "may_answer": mine.filter(pk=asked.pk).exists(),
        "may_take_back": is_own and asked.state == CorrectionRequest.State.WAITING,
    }
    return render(request, "members/correction_detail.html", context)


@require_POST
def correction_take_back(request: AccountRequest, correction_id: int) -> HttpResponse:
    asked = _request(CorrectionRequest.objects.own(request.actor), correction_id)
    try:
        corrections.take_back(request=asked, actor=request.actor, now=timezone.now())
    except corrections.CorrectionNotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The request is taken back."))
    return redirect("members:own_record")


@acts.page_and_form
def correction_refuse(request: AccountRequest, correction_id: int) -> HttpResponse:
    return _answer(
        request,
        correction_id,
        corrections.refuse,
        label=_("Why it stays as it is"),
        title=_("Refuse the request of %s"),
        button=_("Refuse, with this reason"),
    )


@acts.page_and_form
def correction_settle(request: AccountRequest, correction_id: int) -> HttpResponse:
    return _answer(
        request,
        correction_id,
        corrections.settle,
        label=_("What was corrected, and how"),
        title=_("Tell %s that it is corrected"),
        button=_("Send the answer"),
    )


def _answer(
    request: AccountRequest,
    correction_id: int,
    act: Callable[..., None],
    *,
    label: str,
    title: str,
    button: str,
) -> HttpResponse:
    asked = _request(
        CorrectionRequest.objects.editable_by(request.actor), correction_id
    )
    form: BaseForm = forms.AnswerForm(acts.sent(request), label=label)

    def do() -> None:
        act(
            request=asked,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    if acts.did(request, form, do, refusals=REFUSALS):
        messages.success(request, _("The person reads the answer."))
        return redirect("members:correction_list")
    return acts.page(
        request,
        form,
        back=(
            asked.member.full_name,
            reverse("members:correction_detail", args=[asked.pk]),
        ),
        title=title % asked.member.full_name,
        lead=_("%(subject)s should be: %(wanted)s")
        % {"subject": asked.get_subject_display(), "wanted": asked.wanted},
        button=button,
    )


def _request(
    within: QuerySet[CorrectionRequest], correction_id: int
) -> CorrectionRequest:
    related = within.select_related("member", "answered_by")
    return get_object_or_404(related, pk=correction_id)


def _back(asked: CorrectionRequest, *, is_own: bool) -> tuple[str, str]:
    if is_own:
        return _("My information"), reverse("members:own_record")
    return _("Requests for corrections"), reverse("members:correction_list")
