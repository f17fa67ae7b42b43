"""Study: what a unit studies, its sessions with who was there, and its essays."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from campaigns.forms import study as forms
from campaigns.forms.offers import TakeOverForm
from campaigns.models import (
    CampaignUnit,
    StudyAttendance,
    StudyDocument,
    StudySession,
)
from campaigns.queries import plan_readings
from campaigns.queries import study as queries
from campaigns.queries.work import own_documents
from campaigns.services import study
from campaigns.services.phases import StepClosed
from campaigns.services.work import NotRecordable
from campaigns.views.work import (
    address_of,
    home,
    kept_unit,
    may_edit,
    seen_unit,
)
from members import acts
from members.comparing import differences, took_up, values_of
from members.forms.decisions import VersionForm
from members.http import AccountRequest
from members.models import of_own_person
from members.services.versions import ChangedMeanwhile

REFUSALS = (NotRecordable, StepClosed)


@require_safe
def study_page(request: AccountRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """What the unit studies in the year, with how many have: "x of 22"."""
    unit = seen_unit(request, campaign_id, unit_id)
    edits = may_edit(request, unit)
    lines = queries.study_lines(unit)
    documents = [line.document for line in lines]
    context = {
        "crumbs": [home(unit)],
        "unit": unit,
        "may_edit": edits,
        "lines": lines,
        "documents": documents,
        "offered": plan_readings.offered_to(unit) if edits else [],
        "people": plan_readings.readings_by_person(unit, documents) if edits else [],
        "own": set(own_documents(unit).values_list("pk", flat=True)),
        "sessions": queries.session_lines(
            StudySession.objects.visible_to(request.actor).filter(unit=unit)
        ),
        "address": address_of(unit),
    }
    return render(request, "campaigns/work/study.html", context)


@require_POST
def documents_take(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Take over what the plan wants to be studied: what was pressed, or all of it."""
    unit = kept_unit(request, campaign_id, unit_id)
    offered = plan_readings.offered_to(unit)
    form = TakeOverForm(request.POST, name="documents", offered=offered)
    if not form.is_valid():
        messages.error(request, _("This is not offered any more, or taken over."))
        return redirect(_study(unit)[1])
    try:
        taken = study.take_over(
            unit=unit,
            documents=form.chosen(),
            actor=request.actor,
            now=timezone.now(),
        )
    except NotRecordable as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "%(count)d document is taken over from the plan.",
            "%(count)d documents are taken over from the plan.",
            len(taken),
        )
        messages.success(request, text % {"count": len(taken)})
    return redirect(_study(unit)[1])


@require_safe
def session_detail(request: AccountRequest, record_id: int) -> HttpResponse:
    """One session; whoever records for the unit sees who was there, others how many."""
    sessions = StudySession.objects.visible_to(request.actor)
    session = _with_unit(sessions, record_id)
    edits = may_edit(request, session.unit)
    line = queries.session_lines(sessions.filter(pk=session.pk))[0]
    own = StudyAttendance.objects.visible_to(request.actor).filter(
        of_own_person(request.actor, "participant__member"), session=session
    )
    context = {
        "crumbs": [home(session.unit), _study(session.unit)],
        "session": session,
        "line": line,
        "may_edit": edits,
        "people": _named(queries.attendance_of(session)) if edits else [],
        "own": own.first(),
    }
    return render(request, "campaigns/work/session_detail.html", context)


@acts.page_and_form
def session_add(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """A session of the unit: all were present but for the exceptions."""
    unit = kept_unit(request, campaign_id, unit_id)
    form = forms.SessionForm(
        acts.sent(request),
        instance=StudySession(unit=unit),
        initial={"on": timezone.localdate(), "documents": request.GET.getlist("of")},
        documents=_documents(unit),
        people=queries.people_of(unit),
    )
    return _record(request, form, unit, title=_("Record a study session"))


@acts.page_and_form
def body_session_add(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """A session of an authority or mass organisation, known by its headcount."""
    unit = kept_unit(request, campaign_id, unit_id)
    form = forms.BodySessionForm(
        acts.sent(request),
        instance=StudySession(unit=unit),
        initial={"on": timezone.localdate()},
        documents=_documents(unit),
        people=[],
    )
    title = _("Record a study session of another body")
    return _record(request, form, unit, title=title)


@acts.page_and_form
def session_make_up(request: AccountRequest, record_id: int) -> HttpResponse:
    """A session for those who missed another."""
    session = _kept(request, record_id)
    absent = [
        person
        for person, how in queries.attendance_of(session)
        if how not in StudyAttendance.STUDIED
    ]
    if not absent:
        raise Http404
    form = forms.SessionForm(
        acts.sent(request),
        instance=StudySession(unit=session.unit, makes_up_for=session),
        initial={
            "on": timezone.localdate(),
            "topic": session.topic,
            "rapporteur": session.rapporteur,
            "materials": session.materials,
            "documents": [str(each.pk) for each in session.documents.all()],
        },
        documents=_documents(session.unit),
        people=absent,
    )
    invited = {person.pk for person in absent}
    title = _("Record a make-up session")
    return _record(request, form, session.unit, title=title, invited=invited)


@acts.page_and_form
def session_edit(request: AccountRequest, record_id: int) -> HttpResponse:
    session = _kept(request, record_id)
    attended = queries.attendance_of(session)
    kind = forms.BodySessionForm if session.body_name else forms.SessionForm
    form = kind(
        acts.sent(request),
        instance=session,
        initial={"documents": [str(each.pk) for each in session.documents.all()]},
        documents=_documents(session.unit),
        people=[person for person, _how in attended],
        attended={person.pk: how for person, how in attended},
    )

    def correct() -> None:
        study.correct_session(
            session=session,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            documents=form.chosen(),
            exceptions=form.exceptions(),
            opened_at=acts.opened_at(request),
            actor=request.actor,
            now=timezone.now(),
        )

    title = _("Correct the study session")
    try:
        if acts.did(request, form, correct, refusals=REFUSALS):
            messages.success(request, _("The correction is recorded."))
            return redirect("work:session_detail", session.pk)
    except ChangedMeanwhile as changed:
        stored = values_of(changed.current, form)
        both = differences(form, stored)
        took_up(form, stored["version"])
        return _form_page(request, form, session.unit, title, both=both, status=409)
    return _form_page(request, form, session.unit, title)


@acts.page_and_form
def session_remove(request: AccountRequest, record_id: int) -> HttpResponse:
    session = _kept(request, record_id)
    form = VersionForm(acts.sent(request), initial={"version": session.version})

    def remove() -> None:
        study.remove_session(
            session=session,
            version=form.cleaned_data["version"],
            opened_at=acts.opened_at(request),
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        remove,
        refusals=REFUSALS,
        said=_("It is taken out."),
        then=_study(session.unit)[1],
        back=_study(session.unit),
        title=_("Take out the study session"),
        lead=session.topic,
        button=_("Take it out"),
        again=_("Take it out"),
        told=lambda now: [(_("Study session"), now, _("Take it out"))],
    )


@acts.page_and_form
def essays(
    request: AccountRequest, campaign_id: int, unit_id: int, study_document_id: int
) -> HttpResponse:
    """Who has handed in the essay on a document, on which day."""
    unit = kept_unit(request, campaign_id, unit_id)
    asked = [each for each in _documents(unit) if each.pk == study_document_id]
    if not asked or not asked[0].wants_essay:
        raise Http404
    document = asked[0]
    form = forms.EssaysForm(
        acts.sent(request),
        people=queries.people_of(unit),
        essays=queries.essays_of(unit, document),
    )

    def hand_in() -> None:
        study.hand_in(
            document=document,
            unit=unit,
            essays=form.essays(),
            opened_at=acts.opened_at(request),
            actor=request.actor,
            now=timezone.now(),
        )

    if acts.did(request, form, hand_in, refusals=REFUSALS):
        messages.success(request, _("The essays are recorded."))
        return redirect(_study(unit)[1])
    context = {
        "crumbs": [home(unit), _study(unit)],
        "form": form,
        "document": document,
        "key": acts.new_key(),
        "opened": acts.opened(request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/work/essays.html", context, status=status)


def _record(
    request: AccountRequest,
    form: forms.SessionForm,
    unit: CampaignUnit,
    *,
    title: str,
    invited: Collection[int] | None = None,
) -> HttpResponse:
    def record() -> None:
        study.record_session(
            session=form.instance,
            documents=form.chosen(),
            exceptions=form.exceptions(),
            invited=invited,
            opened_at=acts.opened_at(request),
            actor=request.actor,
            now=timezone.now(),
        )

    if acts.did(request, form, record, refusals=REFUSALS):
        messages.success(request, _("The study session is recorded."))
        return redirect("work:session_detail", form.instance.pk)
    return _form_page(request, form, unit, title)


def _form_page(
    request: AccountRequest,
    form: forms.SessionForm,
    unit: CampaignUnit,
    title: str,
    *,
    both: Collection[tuple[object, object, object]] = (),
    status: int = 422,
) -> HttpResponse:
    context = {
        "crumbs": [home(unit), _study(unit)],
        "form": form,
        "title": title,
        "unit": unit,
        "both": both,
        "has_documents": bool(form.documents),
        "add_document_url": reverse("work:document_add", args=address_of(unit)),
        "key": acts.new_key(),
        "opened": acts.opened(request),
    }
    code = status if form.is_bound else 200
    return render(request, "campaigns/work/session_form.html", context, status=code)


def _named(attended: list[tuple[Any, str]]) -> list[tuple[Any, str, bool]]:
    """Return each person with the word for how they were there, and if they studied."""
    words = dict(StudyAttendance.How.choices)
    return [
        (person, str(words[how]), how in StudyAttendance.STUDIED)
        for person, how in attended
    ]


def _kept(request: AccountRequest, record_id: int) -> StudySession:
    return _with_unit(StudySession.objects.editable_by(request.actor), record_id)


def _with_unit(sessions: Any, record_id: int) -> StudySession:
    related = sessions.select_related("unit__campaign", "unit__custodian")
    session: StudySession = get_object_or_404(related, pk=record_id)
    return session


def _documents(unit: CampaignUnit) -> list[StudyDocument]:
    return [line.document for line in queries.study_lines(unit)]


def _study(unit: CampaignUnit) -> tuple[str, str]:
    return _("Study"), reverse("work:study", args=address_of(unit))
