"""The steps of a plan of remediation: given, minuted, sent up, accepted, returned."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members import acts
from members.http import AccountRequest
from reviews.forms.remediation import StepForm
from reviews.models import RemediationPlan
from reviews.queries.remediation import reading
from reviews.remediation import Act
from reviews.services.remediation import plans
from reviews.views.remediation import (
    REFUSALS,
    detail_url,
    now_of,
    plan_taking,
    to_plan,
)


@acts.page_and_form
def remediation_give(request: AccountRequest, remediation_plan_id: int) -> HttpResponse:
    return _step(
        request,
        remediation_plan_id,
        Act.GIVE,
        title=_("Give the plan to the cell"),
        lead=_("The cell committee reads it, and speaks about it at a meeting."),
        button=_("Send to the cell"),
        said=_("The plan is sent to the cell."),
    )


@acts.page_and_form
def remediation_minute(
    request: AccountRequest, remediation_plan_id: int
) -> HttpResponse:
    return _step(
        request,
        remediation_plan_id,
        Act.MINUTE,
        title=_("Record the opinion of the collective"),
        lead=_("As it stands in the minutes. From now on the items are followed."),
        button=_("Record the opinion"),
        said=_("The opinion is recorded."),
    )


@acts.page_and_form
def remediation_send(request: AccountRequest, remediation_plan_id: int) -> HttpResponse:
    return _step(
        request,
        remediation_plan_id,
        Act.SEND,
        title=_("Send the plan up"),
        lead=_("The committee right above reads it, accepts it or returns it."),
        button=_("Send to the committee above"),
        said=_("The plan is sent up."),
    )


@acts.page_and_form
def remediation_accept(
    request: AccountRequest, remediation_plan_id: int
) -> HttpResponse:
    return _step(
        request,
        remediation_plan_id,
        Act.ACCEPT,
        title=_("Accept the plan"),
        lead=_("The items are followed until they end."),
        button=_("Accept the plan"),
        said=_("The plan is accepted."),
    )


@acts.page_and_form
def remediation_return(
    request: AccountRequest, remediation_plan_id: int
) -> HttpResponse:
    return _step(
        request,
        remediation_plan_id,
        Act.RETURN,
        title=_("Return the plan for completion"),
        lead=_("Who wrote it reads your remarks, completes it and sends it again."),
        button=_("Return with remarks"),
        said=_("The plan is returned."),
    )


def _step(
    request: AccountRequest,
    remediation_plan_id: int,
    act: Act,
    *,
    title: str,
    lead: str,
    button: str,
    said: str,
) -> HttpResponse:
    plan = plan_taking(request, remediation_plan_id, act)
    form = StepForm(
        acts.sent(request),
        act=act,
        initial={"on": timezone.localdate(), "version": plan.version},
    )

    def take() -> None:
        typed = dict(form.cleaned_data)
        plans.take_step(
            plan=plan, version=typed.pop("version"), act=act, **typed, **now_of(request)
        )

    return acts.change(
        request,
        form,
        take,
        refusals=REFUSALS,
        said=said,
        then=_after(plan, act),
        back=to_plan(plan),
        title=title,
        lead=lead,
        button=button,
        stored=lambda now: {"version": now.version},
        told=_new_items,
    )


def _after(plan: RemediationPlan, act: Act) -> str:
    """Where one goes on: what a committee returned, it does not read any more."""
    if act is Act.RETURN and plan.goes_to_id:
        return reverse("reviews:remediation_unit", args=[plan.goes_to_id])
    return detail_url(plan)


def _new_items(plan: RemediationPlan) -> list[tuple[object, object, object]]:
    """Return the items as they are now, where a form was shown an earlier version."""
    now = "\n".join(each["shortcoming"] for each in reading.contents_of(plan))
    return [(_("Items of the plan"), now, _("as the page showed them"))]
