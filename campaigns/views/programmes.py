"""The action programme of a unit: its page, and the acts from draft to approval."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import programmes as forms
from campaigns.lifecycle import TAKES_ACTS
from campaigns.models import Campaign, CoChair, Meeting, Programme, ProgrammeItem
from campaigns.queries import programmes as queries
from campaigns.queries.work import units_of_work
from campaigns.services import programmes
from campaigns.services.phases import StepClosed
from campaigns.services.work import NotRecordable
from campaigns.views.work import (
    address_of,
    home,
    kept_unit,
    may_edit,
    seen_unit,
    start,
)
from members import acts
from members.comparing import values_of
from members.forms.decisions import VersionForm
from members.http import AccountRequest
from members.views.confirming import weighty

REFUSALS = (NotRecordable, StepClosed)
State = Programme.State


@require_safe
def programme(request: AccountRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """The programme as every member of the unit reads it."""
    unit = seen_unit(request, campaign_id, unit_id)
    found = Programme.objects.visible_to(request.actor).filter(unit=unit).first()
    context: dict[str, Any] = {
        "crumbs": [home(unit)],
        "unit": unit,
        "may_edit": may_edit(request, unit),
        "begin_url": reverse("work:programme_begin", args=address_of(unit)),
    }
    if found is not None:
        context |= _page_of(request, found)
    return render(request, "campaigns/work/programme.html", context)


@require_safe
def programme_named(request: AccountRequest, programme_id: int) -> HttpResponse:
    """The programme for its co-chair, who need not belong to the unit."""
    found = _of(request, Programme.objects.visible_to(request.actor), programme_id)
    is_mine = units_of_work(request.actor).filter(pk=found.unit_id).exists()
    context = {
        "crumbs": [home(found.unit) if is_mine else start(request)],
        "unit": found.unit,
        "may_edit": may_edit(request, found.unit),
        **_page_of(request, found),
    }
    return render(request, "campaigns/work/programme.html", context)


@acts.page_and_form
def programme_begin(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    unit = kept_unit(request, campaign_id, unit_id)
    form = forms.EmptyForm(acts.sent(request))

    def begin() -> None:
        programmes.begin(unit=unit, actor=request.actor, now=timezone.now())

    back = reverse("work:programme", args=address_of(unit))
    if acts.did(request, form, begin, refusals=REFUSALS):
        return redirect(back)
    return acts.page(
        request,
        form,
        back=(unit.name, back),
        title=_("Begin the action programme of %s") % unit.name,
        lead=_("Next come its items, then the day on which it is adopted."),
        button=_("Begin the programme"),
    )


@acts.page_and_form
def programme_write(request: AccountRequest, programme_id: int) -> HttpResponse:
    found = _of(request, Programme.objects.editable_by(request.actor), programme_id)
    return _act(
        request,
        found,
        forms.WriteForm(
            acts.sent(request),
            initial={"version": found.version, "application": found.application},
        ),
        programmes.write,
        title=_("How the programme applies the study topic"),
        button=_("Record the application"),
    )


@acts.page_and_form
def programme_adopt(request: AccountRequest, programme_id: int) -> HttpResponse:
    found = _of(request, Programme.objects.editable_by(request.actor), programme_id)
    return _act(
        request,
        found,
        forms.AdoptForm(acts.sent(request), initial=_shown(found)),
        partial(programmes.adopt, opened_at=acts.opened_at(request)),
        title=_("Adopt the action programme"),
        lead=_("From then on it is checked at the meetings, and no item changes."),
        button=_("Record the adoption"),
    )


@acts.page_and_form
def programme_amend(request: AccountRequest, programme_id: int) -> HttpResponse:
    found = _of(request, Programme.objects.editable_by(request.actor), programme_id)
    return _act(
        request,
        found,
        VersionForm(acts.sent(request), initial={"version": found.version}),
        programmes.amend,
        title=_("Change the adopted programme"),
        lead=_("It is a draft again until it is adopted by a new document."),
        button=_("Change the programme"),
    )


@acts.page_and_form
def programme_check(request: AccountRequest, programme_id: int) -> HttpResponse:
    """All items are on track; whoever records changes the exceptions only."""
    found = _of(request, Programme.objects.editable_by(request.actor), programme_id)
    meetings = queries.meetings_of(found.unit)
    form = forms.CheckForm(
        acts.sent(request),
        initial=_at_meeting(request, meetings),
        lines=queries.programme_page(found, request.actor).lines,
        meetings=meetings,
    )

    def check() -> None:
        programmes.check(
            programme=found,
            on=form.cleaned_data["on"],
            meeting=form.meeting_chosen(),
            found=form.found(),
            actor=request.actor,
            now=timezone.now(),
        )

    if acts.did(request, form, check, refusals=REFUSALS):
        messages.success(request, _("The check is recorded."))
        return redirect(_url(found))
    return acts.page(
        request,
        form,
        back=_back(found),
        title=_("Check the action programme at a meeting"),
        lead=_("Change only what is behind or done, with a note."),
        button=_("Record the check"),
    )


@acts.page_and_form
def programme_result(request: AccountRequest, programme_id: int) -> HttpResponse:
    """The result, drafted by whoever records the unit's work and by its co-chair."""
    found = _of(request, _drafted(request), programme_id)
    form = forms.ResultForm(
        acts.sent(request),
        initial={"version": found.version, "result": found.result},
        items=_items(request, found),
        mode=found.unit.campaign.mode,
    )
    return _act(
        request,
        found,
        form,
        lambda **facts: programmes.draft_result(
            programme=facts["programme"],
            version=facts["version"],
            result=facts.get("result", ""),
            results=form.results(),
            actor=facts["actor"],
            now=facts["now"],
        ),
        title=_("Result of the year"),
        lead=_("What is changed here has to be signed again by the co-chair.")
        if form.visible_fields()
        else _("Items and result stand on paper; here one says that they are written."),
        button=_("Record the result"),
    )


@weighty
@acts.page_and_form
def co_chair_sign(request: AccountRequest, record_id: int) -> HttpResponse:
    """The co-chair signs; nobody else can here."""
    mine = CoChair.objects.own(request.actor).in_force()
    chair = get_object_or_404(_with_unit(mine), pk=record_id)
    form = VersionForm(acts.sent(request), initial={"version": chair.version})
    return _sign(request, chair, form, is_on_paper=False)


@acts.page_and_form
def co_chair_paper(request: AccountRequest, record_id: int) -> HttpResponse:
    """Record the signature on paper of a co-chair without an account."""
    chairs = CoChair.objects.editable_by(request.actor).filter(member=None)
    chair = get_object_or_404(_with_unit(chairs), pk=record_id)
    form = forms.SignForm(
        acts.sent(request),
        initial={"version": chair.version, "on": timezone.localdate()},
    )
    return _sign(request, chair, form, is_on_paper=True)


@acts.page_and_form
def programme_send(request: AccountRequest, programme_id: int) -> HttpResponse:
    found = _of(request, Programme.objects.editable_by(request.actor), programme_id)
    form = forms.SendForm(
        acts.sent(request),
        initial=_shown(found),
        meetings=queries.meetings_of(found.unit),
    )
    return _act(
        request,
        found,
        form,
        lambda **facts: programmes.send_result(
            **{**facts, "meeting": form.meeting_chosen()}
        ),
        title=_("Send the result up"),
        lead=_("A meeting of the unit has discussed it before."),
        button=_("Send to the level above"),
    )


@weighty
@acts.page_and_form
def programme_answer(request: AccountRequest, programme_id: int) -> HttpResponse:
    """The unit above approves the result, or returns it with remarks."""
    waiting = Programme.objects.receivable_by(request.actor)
    found = _of(request, waiting, programme_id)
    form = forms.AnswerForm(acts.sent(request), initial={"version": found.version})

    def answer(**facts: Any) -> None:
        is_approval = facts.pop("decision") == form.APPROVED
        programmes.answer_result(is_approval=is_approval, **facts)

    return _act(
        request,
        found,
        form,
        answer,
        title=_("Answer the result of %s") % found.unit.name,
        button=_("Record the answer"),
    )


def _page_of(request: AccountRequest, found: Programme) -> dict[str, Any]:
    actor = request.actor
    is_running = found.unit.campaign.state in TAKES_ACTS
    page = queries.programme_page(found, actor)
    waits = is_running and found.state == State.REPORTED
    signing = CoChair.objects.own(actor).in_force().filter(signed_on=None)
    own = list(signing.filter(programme=found)) if waits and actor.member_id else []
    return {
        "programme": found,
        "page": page,
        "has_texts": found.unit.campaign.mode == Campaign.Mode.FULL_TEXT,
        "may_draft": is_running
        and found.state in Programme.RUNNING
        and _drafted(request).filter(pk=found.pk).exists(),
        "own_chairs": own,
        "may_answer": is_running
        and found.state == State.SENT
        and Programme.objects.receivable_by(actor).filter(pk=found.pk).exists(),
    }


def _act(
    request: AccountRequest,
    found: Programme,
    form: BaseForm,
    act: Callable[..., object],
    *,
    title: str,
    button: str,
    lead: str = "",
) -> HttpResponse:
    """Answer a page of one act on the version of a programme that was shown."""

    def do() -> None:
        act(
            programme=found,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    return acts.change(
        request,
        form,
        do,
        refusals=REFUSALS,
        said=_("It is recorded."),
        then=_url(found),
        back=_back(found),
        title=title,
        lead=lead,
        button=button,
        again=button,
        stored=partial(_stored, form),
        told=lambda now: [(_("State"), now.get_state_display(), "")],
    )


def _stored(form: BaseForm, current: Programme) -> dict[str, object]:
    """Return what is recorded now of a programme, item by item."""
    values = values_of(current, form)
    for item in queries.items_of(current):
        values[f"result_{item.pk}"] = item.result
        values[f"note_{item.pk}"] = item.result_note
    return values


def _sign(
    request: AccountRequest, chair: CoChair, form: BaseForm, *, is_on_paper: bool
) -> HttpResponse:
    def sign() -> None:
        programmes.sign(
            co_chair=chair,
            version=form.cleaned_data["version"],
            on=form.cleaned_data.get("on", timezone.localdate()),
            is_on_paper=is_on_paper,
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        sign,
        refusals=REFUSALS,
        said=_("The signature is recorded."),
        then=_url(chair.programme),
        back=_back(chair.programme),
        title=_("Sign the result of %s") % chair.programme.unit.name,
        lead=f"{chair.name}, {chair.title}",
        button=_("Record the signature"),
        again=_("Record the signature"),
        told=lambda now: [(_("Signed"), now, chair)],
    )


def _drafted(request: AccountRequest) -> Any:
    return Programme.objects.visible_to(request.actor).drafted_by(request.actor)


def _of(request: AccountRequest, rows: Any, programme_id: int) -> Programme:
    related = rows.select_related("unit__campaign", "unit__custodian")
    found: Programme = get_object_or_404(related, pk=programme_id)
    return found


def _with_unit(chairs: Any) -> Any:
    return chairs.select_related("programme__unit__campaign")


def _items(request: AccountRequest, found: Programme) -> list[ProgrammeItem]:
    return [line.item for line in queries.programme_page(found, request.actor).lines]


def _at_meeting(request: AccountRequest, meetings: list[Meeting]) -> dict[str, Any]:
    """Return the meeting from whose page somebody comes, with its day; else today."""
    today = timezone.localdate()
    for each in meetings:
        if str(each.pk) == request.GET.get("meeting") and each.on <= today:
            return {"on": each.on, "meeting": str(each.pk)}
    return {"on": today}


def _shown(found: Programme) -> dict[str, object]:
    names = ("version", "adopted_on", "document", "items_on_paper", "discussed_on")
    shown = {name: getattr(found, name) for name in (*names, "minutes")}
    today = timezone.localdate()
    return {**shown, **{name: today for name in names if name.endswith("_on") and not shown[name]}}  # fmt: skip


def _url(found: Programme) -> str:
    return reverse("work:programme_named", args=[found.pk])


def _back(found: Programme) -> tuple[str, str]:
    return _("Action programme"), _url(found)
