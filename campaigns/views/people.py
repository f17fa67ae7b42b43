"""Admission, correction, full membership, pauses, leaving."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms import roll as forms
from campaigns.services import movements
from campaigns.views import choosing, roll
from members import acts, queries
from members.http import AccountRequest
from members.models import CorrectionRequest, Member
from members.periods import periods
from members.services import corrections, people, versions
from members.workbook.plausibility import is_too_young


@acts.page_and_form
def member_add(request: AccountRequest) -> HttpResponse:
    units = queries.kept_cells(request.actor).select_related("parent")
    if not units.exists():
        raise Http404
    form = forms.AdmissionForm(
        acts.sent(request),
        initial={"on": timezone.localdate()},
        units=units,
        people=Member.objects.visible_to(request.actor),
    )
    back = (_("Roll of members"), reverse("members:member_list"))
    title = _("Enter a person on the roll")
    if first := choosing.unit_first(request, form, "unit", back=back, title=title):
        return first
    made: list[Member] = []

    def admit() -> None:
        made.append(
            movements.admit_member(
                unit=form.cleaned_data["unit"],
                on=form.cleaned_data["on"],
                actor=request.actor,
                now=timezone.now(),
                **form.facts(),
            )
        )

    if acts.did(request, form, admit, refusals=roll.REFUSALS):
        messages.success(request, _("%s is on the roll.") % made[0].full_name)
        is_known = made[0].version > 1  # who is new begins with the first
        if is_known:
            messages.info(
                request,
                _("The register knows %s from before: the record goes on.")
                % made[0].full_name,
            )
        _note_odd(request, made[0])
        return redirect("members:member_detail", made[0].pk)
    return acts.page(
        request,
        form,
        title=title,
        button=_("Enter on the roll"),
        back=back,
    )


@acts.page_and_form
def member_edit(request: AccountRequest, member_id: int) -> HttpResponse:
    member = roll.kept(request, member_id)
    shown = Member.objects.editable_by(request.actor).get(pk=member_id)
    asked = _asked(request, shown)
    form = forms.CorrectionForm(
        acts.sent(request),
        instance=member,
        initial=_wanted(asked),
    )

    def correct() -> None:
        data = {
            "version": form.cleaned_data["version"],
            "facts": form.facts(),
            "actor": request.actor,
            "now": timezone.now(),
        }
        if asked:
            corrections.correct(request=asked, **data)
        else:
            people.correct_member(member=shown, **data)

    try:
        if acts.did(request, form, correct, refusals=roll.REFUSALS):
            messages.success(
                request,
                _("The correction is recorded, and the request is answered.")
                if asked
                else _("The correction is recorded."),
            )
            _note_odd(request, form.instance)
            return redirect("members:member_detail", member_id)
    except versions.ChangedMeanwhile:
        return _conflict(request, form, shown)
    return acts.page(
        request,
        form,
        title=_("Correct what is known of %s") % shown.full_name,
        lead=_lead(asked),
        button=_("Record the correction"),
        back=roll.person(shown),
    )


@acts.page_and_form
def member_full(request: AccountRequest, member_id: int) -> HttpResponse:
    member = roll.kept(request, member_id)
    return roll.answer(
        request,
        forms.FullMemberForm(
            acts.sent(request), initial={"on": queries.probation_ends(member)}
        ),
        member,
        people.make_full_member,
        title=_("Full membership of %s") % member.full_name,
        button=_("Record full membership"),
        said=_("%s is a full member.") % member.full_name,
    )


@acts.page_and_form
def member_pause(request: AccountRequest, member_id: int) -> HttpResponse:
    member = roll.kept(request, member_id)
    return roll.answer(
        request,
        forms.PauseForm(acts.sent(request), initial={"from_on": timezone.localdate()}),
        member,
        movements.begin_pause,
        title=_("Exempt or suspend %s") % member.full_name,
        button=_("Record it for %s") % member.full_name,
        said=_("It is recorded for %s.") % member.full_name,
    )


@acts.page_and_form
def member_resume(request: AccountRequest, member_id: int) -> HttpResponse:
    member = roll.kept(request, member_id)
    return roll.answer(
        request,
        forms.ResumeForm(acts.sent(request), initial={"on": timezone.localdate()}),
        member,
        movements.end_pause,
        title=_("%s takes part again") % member.full_name,
        button=_("Record the return of %s") % member.full_name,
        said=_("%s takes part again.") % member.full_name,
    )


@acts.page_and_form
def member_end(request: AccountRequest, member_id: int) -> HttpResponse:
    member = roll.kept(request, member_id)
    return roll.answer(
        request,
        forms.EndingForm(acts.sent(request), initial={"on": timezone.localdate()}),
        member,
        movements.end_membership,
        title=_("%s leaves the roll") % member.full_name,
        lead=_(
            "Every membership and every post of the person ends. This cannot be taken "
            "back: enter the person anew where it was a mistake."
        ),
        button=_("Take off the roll"),
        said=_("%s is on the roll no more.") % member.full_name,
        then=reverse("members:member_list"),
    )


def _note_odd(request: AccountRequest, member: Member) -> None:
    """Say what is recorded and yet looks odd, as the workbook of the roll does."""
    if is_too_young(member.born_on, member.admitted_on):
        messages.warning(
            request,
            _("Admitted under the age of %(age)s.")
            % {"age": periods().age_of_admission.length},
        )


def _asked(request: AccountRequest, member: Member) -> CorrectionRequest | None:
    """Return the person's request that the address names, where it waits for us."""
    number = queries.number_in(request.GET.get("request", ""))
    if not number:
        return None
    mine = CorrectionRequest.objects.editable_by(request.actor).filter(member=member)
    return get_object_or_404(mine.select_related("member"), pk=number)


def _wanted(asked: CorrectionRequest | None) -> dict[str, str]:
    """Return what the form is filled with beforehand; a choice cannot be, by words."""
    if asked is None or not asked.is_of_a_column:
        return {}
    if asked.subject == CorrectionRequest.Subject.GENDER:
        return {}
    return {asked.subject: asked.wanted}


def _lead(asked: CorrectionRequest | None) -> str:
    if asked is None:
        return ""
    return _("Asked for: %(subject)s should be “%(wanted)s”. Recording answers it.") % {
        "subject": asked.get_subject_display(),
        "wanted": asked.wanted,
    }


def _conflict(
    request: AccountRequest, form: forms.CorrectionForm, shown: Member
) -> HttpResponse:
    """Show what somebody else has changed, with what was typed where both did.

    What is sent next is made upon the later version, which keeps what the other changed
    alone.
    """
    current = Member.objects.editable_by(request.actor).get(pk=shown.pk)
    stored = forms.CorrectionForm(instance=current)
    typed, mine, data = form.facts(), form.touched(), request.POST.copy()
    was = form.cleaned_data["shown"] or {}
    both = []
    for name in forms.PERSON_FIELDS:
        if name not in mine:
            data[name] = stored[name].value()
        theirs = getattr(current, name)
        if theirs not in (was.get(name), typed[name]):
            wrote = form[name].value() if name in mine else _("left as it was")
            both.append((form[name].label, stored[name].value(), wrote))
    for name in ("version", "shown"):
        data[name] = stored[name].value()
    form.data = data
    return acts.page(
        request,
        form,
        title=_("Correct what is known of %s") % current.full_name,
        button=_("Record my version"),
        back=roll.person(current),
        both=both,
        status=409,
    )
