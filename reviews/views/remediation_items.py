"""What becomes of the items of plans: checks, repetitions, the persons responsible."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members import acts
from members.http import AccountRequest
from members.models import PartyUnit
from members.policy import Area
from members.services.versions import ChangedMeanwhile
from reviews.forms.remediation import (
    AnswerForm,
    CheckForm,
    FollowForm,
    PersonForm,
    RepeatForm,
)
from reviews.models import NamedPerson, RemediationItem
from reviews.queries.remediation import lists, reading
from reviews.remediation import Act
from reviews.services.remediation import following
from reviews.views.remediation import (
    REFUSALS,
    change_item,
    item_taking,
    now_of,
    to_own,
    to_unit,
)


@acts.page_and_form
def remediation_check(
    request: AccountRequest, remediation_item_id: int
) -> HttpResponse:
    """Record how an item stood; put right or referred, it ends."""
    item = item_taking(request, remediation_item_id, Act.FOLLOW)
    if item.state != RemediationItem.State.OPEN:
        raise Http404
    form = CheckForm(
        acts.sent(request),
        initial={"on": timezone.localdate(), "version": item.version},
    )

    def check() -> None:
        following.check(
            item=item,
            version=form.cleaned_data["version"],
            found=form.found(),
            **now_of(request),
        )

    return change_item(
        request,
        item,
        form,
        check,
        said=_("Recorded."),
        title=_("How does it stand?"),
        lead=item.shortcoming,
        button=_("Record how it stood"),
        told=_latest,
    )


@acts.page_and_form
def remediation_follow(request: AccountRequest, unit_id: int) -> HttpResponse:
    """Record at a meeting how the items of a unit stand, what is behind first."""
    kept = PartyUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    unit = get_object_or_404(kept, pk=unit_id)
    lines = lists.followed_at(unit, request.actor, today=timezone.localdate())
    form = FollowForm(
        acts.sent(request), lines=lines, initial={"on": timezone.localdate()}
    )
    code = 422 if form.is_bound else 200

    def check() -> None:
        following.check_all(found=form.found(), **now_of(request))

    try:
        if acts.did(request, form, check, refusals=REFUSALS):
            messages.success(request, _("Recorded."))
            return redirect(to_unit(unit)[1])
    except ChangedMeanwhile as changed:
        now: Any = changed.current
        form.take_up(now)
        code = 409
    context = {
        "crumbs": [to_unit(unit)],
        "unit": unit,
        "form": form,
        "key": acts.new_key(),
    }
    return render(request, "reviews/remediation/follow.html", context, status=code)


def _latest(item: RemediationItem) -> list[tuple[object, object, object]]:
    [read] = reading.items_read([item], today=timezone.localdate())
    now = read.latest.get_state_display() if read.latest else ""
    return [(_("Recorded meanwhile"), now, "")]


@acts.page_and_form
def remediation_repeat(
    request: AccountRequest, remediation_item_id: int
) -> HttpResponse:
    """Mark a concluded shortcoming as the repetition of an earlier one."""
    item = item_taking(request, remediation_item_id, Act.MARK)
    earlier = reading.earlier_of(item, request.actor)
    if not earlier:
        raise Http404
    form = RepeatForm(
        acts.sent(request), rows=earlier, initial={"version": item.version}
    )

    def mark() -> None:
        following.mark_repeated(
            item=item,
            version=form.cleaned_data["version"],
            earlier=form.rows[form.cleaned_data["earlier"]],
            **now_of(request),
        )

    return change_item(
        request,
        item,
        form,
        mark,
        said=_("Marked as a repetition."),
        title=_("Mark as a repetition"),
        lead=item.shortcoming,
        button=_("Mark as a repetition"),
    )


@acts.page_and_form
def remediation_person_add(
    request: AccountRequest, remediation_item_id: int
) -> HttpResponse:
    """Name somebody who was responsible for a collective's concluded shortcoming."""
    item = item_taking(request, remediation_item_id, Act.NAME)
    if item.source != RemediationItem.Source.CONCLUDED:
        raise Http404
    form = PersonForm(acts.sent(request), initial={"version": item.version})

    def name() -> None:
        following.name_person(
            item=item,
            version=form.cleaned_data["version"],
            named=form.named(),
            **now_of(request),
        )

    return change_item(
        request,
        item,
        form,
        name,
        said=_("Recorded. The person is told on their first page."),
        title=_("Name who was responsible"),
        lead=_(
            "Also somebody who has moved or left since: with the post at that time."
        ),
        button=_("Record the person"),
    )


@acts.page_and_form
def remediation_answer(request: AccountRequest, named_person_id: int) -> HttpResponse:
    """Show somebody for what they are named, and let them answer once."""
    own = NamedPerson.objects.own(request.actor)
    named = get_object_or_404(own, pk=named_person_id)
    form = AnswerForm(acts.sent(request))

    def answer() -> None:
        following.answer(named=named, text=form.cleaned_data["text"], **now_of(request))

    if acts.did(request, form, answer, refusals=REFUSALS):
        messages.success(request, _("Your answer is sent."))
        return redirect(request.path)
    context = {
        "crumbs": [to_own()],
        "named": named,
        "item": reading.item_of(named),
        "form": form,
        "key": acts.new_key(),
    }
    code = 422 if form.is_bound else 200
    return render(request, "reviews/remediation/answer.html", context, status=code)
