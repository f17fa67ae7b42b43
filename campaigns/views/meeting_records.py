"""What happened at a meeting: one screen, guests, signing, correction."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from campaigns.forms import meeting_records
from campaigns.forms import meetings as forms
from campaigns.models import (
    Campaign,
    Meeting,
    MeetingDraft,
    MeetingGuest,
    MeetingTask,
    Minutes,
)
from campaigns.queries import meetings as queries
from campaigns.services.meetings import drafts, holding, planning, signing
from campaigns.views.meeting_scopes import (
    REFUSALS,
    act_on,
    kept_meeting,
    list_url,
    open_one,
    title_of,
    url_of,
)
from campaigns.views.typed import DRAFT_VERSION, draft_shown, keep_typed
from members import acts
from members.comparing import Both, differences, shown_by, took_up
from members.http import AccountRequest
from members.services.versions import ChangedMeanwhile
from members.views.confirming import weighty

ALL_PRESENT = "all_present"  # the name of the button


@acts.page_and_form
def meeting_hold(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Record the whole meeting on one screen, as often as wanted until it is signed."""
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))
    draft = _draft_of(request, meeting)
    build = partial(_hold_form, request, meeting)
    form = build(acts.sent(request), draft=draft)
    is_all_present = ALL_PRESENT in request.POST

    def hold() -> None:
        holding.hold_meeting(
            meeting=meeting,
            version=form.cleaned_data["version"],
            proceedings=form.proceedings(all_present=is_all_present),
            draft_version=draft_shown(request),
            actor=request.actor,
            now=timezone.now(),
        )

    try:
        if acts.did(request, form, hold, refusals=REFUSALS):
            if is_all_present:
                messages.success(
                    request, _("All are present. Now change the exceptions.")
                )
                return redirect(url_of(meeting, "meeting_hold"))
            messages.success(request, _("The meeting is recorded."))
            return redirect(url_of(meeting))
    except ChangedMeanwhile as meanwhile:
        is_own = isinstance(meanwhile.current, MeetingDraft)
        stored = shown_by(build(draft=draft if is_own else None))
        both = differences(form, stored)
        took_up(form, stored["version"])
        return _hold_page(request, meeting, form, draft, both=both, status=409)
    return _hold_page(request, meeting, form, draft)


@never_cache
@require_POST
def meeting_draft(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Keep what is being typed: 204 with the new version, 409 if another has written.

    422 says in words what does not fit; then nothing is kept.
    """
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))

    def save(version: int, draft_version: int, content: dict[str, str]) -> int:
        return drafts.save_draft(
            meeting=meeting,
            meeting_version=version,
            version=draft_version,
            content=content,
            actor=request.actor,
            now=timezone.now(),
        )

    return keep_typed(request, save, refusals=REFUSALS, buttons={ALL_PRESENT})


@require_POST
def draft_remove(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Give up what was typed and not recorded."""
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))
    drafts.forget_draft(meeting, request.actor)
    messages.success(request, _("What was not recorded is taken away."))
    return redirect(url_of(meeting, "meeting_hold"))


@acts.page_and_form
def guest_add(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))

    def add(form: forms.GuestForm) -> None:
        planning.add_guest(
            meeting=meeting,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            actor=request.actor,
            now=timezone.now(),
        )

    return act_on(
        request,
        meeting,
        partial(forms.GuestForm, initial={"version": meeting.version}),
        add,
        title=_("A guest from above"),
        button=_("Record the guest"),
    )


@acts.page_and_form
def guest_edit(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    guest_id: int,
) -> HttpResponse:
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))
    guests = MeetingGuest.objects.editable_by(request.actor).filter(meeting=meeting)
    guest = get_object_or_404(guests, pk=guest_id)
    stored = {
        name: getattr(guest, name) for name in ("name", "post", "decision", "direction")
    }

    def change(form: forms.GuestForm) -> None:
        planning.change_guest(
            guest=guest,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            actor=request.actor,
            now=timezone.now(),
        )

    return act_on(
        request,
        meeting,
        partial(forms.GuestForm, initial={**stored, "version": meeting.version}),
        change,
        title=_("The guest and the direction given"),
        button=_("Record the guest"),
    )


@require_POST
def guest_remove(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    guest_id: int,
) -> HttpResponse:
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))
    guests = MeetingGuest.objects.editable_by(request.actor).filter(meeting=meeting)
    guest = get_object_or_404(guests.select_related("meeting"), pk=guest_id)
    remove = partial(planning.remove_guest, guest=guest)
    return _removed(request, meeting, remove, said=_("The guest is taken out."))


@require_POST
def task_remove(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    task_id: int,
) -> HttpResponse:
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))
    tasks = MeetingTask.objects.editable_by(request.actor).filter(meeting=meeting)
    task = get_object_or_404(tasks.select_related("meeting"), pk=task_id)
    remove = partial(holding.remove_task, task=task)
    return _removed(request, meeting, remove, said=_("The task is taken out."))


@weighty
@acts.page_and_form
def meeting_sign(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))
    minutes = _minutes_of(request, meeting)
    initial = {
        "version": meeting.version,
        "chair": minutes.chair if minutes else "",
        "recorder": minutes.recorder if minutes else "",
        "signed_on": timezone.localdate(),
    }

    def sign(form: forms.SignForm) -> None:
        signing.mark_signed(
            meeting=meeting,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    return act_on(
        request,
        meeting,
        partial(
            forms.SignForm,
            initial=initial,
            is_on_paper=meeting.unit.campaign.mode == Campaign.Mode.RESULTS_ONLY,
        ),
        sign,
        title=_("Mark the minutes as signed"),
        lead=_(
            "Chair and recorder have signed on paper. From then on nothing of the "
            "meeting changes; a correction with its reason can be added."
        ),
        button=_("Mark as signed"),
    )


@weighty
@acts.page_and_form
def meeting_correct(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    meeting = kept_meeting(request, campaign_id, unit_id, meeting_id)
    if meeting.state != Meeting.State.SIGNED:
        raise Http404
    initial = {"version": meeting.version}

    def correct(form: forms.MinutesCorrectionForm) -> None:
        signing.correct_minutes(
            meeting=meeting,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    return act_on(
        request,
        meeting,
        partial(forms.MinutesCorrectionForm, initial=initial),
        correct,
        title=_("Correct signed minutes"),
        lead=_("What was signed stays as it is; the correction stands below it."),
        button=_("Add the correction"),
    )


def _removed(
    request: AccountRequest, meeting: Meeting, remove: Callable[..., None], *, said: str
) -> HttpResponse:
    """Do a small act that a button of the meeting's page asks for."""
    form = forms.VersionedForm(request.POST)
    if form.is_valid():
        try:
            remove(
                version=form.cleaned_data["version"],
                actor=request.actor,
                now=timezone.now(),
            )
            messages.success(request, said)
        except ChangedMeanwhile:
            messages.error(request, _("Somebody else has changed this meanwhile."))
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
    return redirect(url_of(meeting))


def _minutes_of(request: AccountRequest, meeting: Meeting) -> Minutes | None:
    seen = Minutes.objects.visible_to(request.actor)
    return seen.filter(meeting=meeting).first()


def _draft_of(request: AccountRequest, meeting: Meeting) -> MeetingDraft | None:
    seen = MeetingDraft.objects.visible_to(request.actor)
    return seen.filter(meeting=meeting).first()


def _hold_form(
    request: AccountRequest,
    meeting: Meeting,
    data: object = None,
    *,
    draft: MeetingDraft | None = None,
) -> meeting_records.HoldForm:
    return meeting_records.HoldForm(
        data,
        meeting=meeting,
        minutes=_minutes_of(request, meeting),
        people=queries.expected_at(meeting),
        recorded=queries.recorded_at(meeting),
        tasks=queries.lines_of(queries.open_tasks_at(meeting), request.actor),
        dues=queries.asks_dues(meeting),
        draft=draft,
    )


def _hold_page(
    request: AccountRequest,
    meeting: Meeting,
    form: meeting_records.HoldForm,
    draft: MeetingDraft | None,
    *,
    both: Both | None = None,
    status: int = 422,
) -> HttpResponse:
    context = {
        "form": form,
        "both": both or (),
        "key": uuid4(),
        "crumbs": [
            (meeting.unit.name, list_url(meeting.unit)),
            (title_of(meeting), url_of(meeting)),
        ],
        "meeting": meeting,
        "title": title_of(meeting),
        "tasks": queries.tasks_of(meeting),
        "sections": queries.sections_of(meeting, request.actor),
        "all_present": ALL_PRESENT,
        "draft": draft,
        "draft_version": DRAFT_VERSION,
    }
    code = status if form.is_bound else 200
    return render(request, "campaigns/meetings/meeting_hold.html", context, status=code)
