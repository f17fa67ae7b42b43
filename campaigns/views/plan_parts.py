"""Making a plan: the campaign as a whole, and each part by its short form."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns import rulesets
from campaigns.forms import plans as forms
from campaigns.forms.offers import TakeOverForm
from campaigns.models import Campaign, CampaignUnit, PlanPart, PlanTask
from campaigns.queries import plans as queries
from campaigns.queries.conference_tasks import tasks_offered
from campaigns.services import opening, plans
from campaigns.services.plans import PlanNotChangeable
from campaigns.views import choosing
from campaigns.views import plans as pages
from members import acts
from members.forms.decisions import VersionForm
from members.http import AccountRequest
from members.policy import Area

REFUSALS = (PlanNotChangeable, opening.CampaignNotChangeable)
WHOLE = (
    "name",
    "theme",
    "study_topic",
    "focus",
    "year",
    "rule_set_code",
    "formats",
    "mode",
)


@acts.page_and_form
def campaign_add(request: AccountRequest) -> HttpResponse:
    reached = request.actor.subtrees(Area.CAMPAIGN)
    if not reached:
        raise Http404
    latest = _latest(request)
    year = timezone.localdate().year
    proposed = {
        "year": year,
        "copy_from": latest,
        "rule_set_code": rulesets.in_force_at_the_end_of(year),
    }
    if latest:
        proposed["mode"] = latest.mode
    form = forms.CampaignMakingForm(
        acts.sent(request),
        units=queries.open_units_at(reached),
        campaigns=Campaign.objects.run_by(request.actor).order_by("-year", "name"),
        initial=proposed,
    )
    made: list[Campaign] = []

    def make() -> None:
        made.append(
            plans.make_campaign(
                actor=request.actor, now=timezone.now(), **form.cleaned_data
            )
        )

    if acts.did(request, form, make, refusals=REFUSALS):
        messages.success(request, _("The campaign is a draft. Now complete its plan."))
        return redirect("plans:plan_detail", made[0].pk)
    return acts.page(
        request,
        form,
        back=pages.list_link(),
        title=_("Prepare a campaign"),
        lead=_("Nobody but those who make it sees it before it is opened."),
        button=_("Prepare the campaign"),
    )


def _latest(request: AccountRequest) -> Campaign | None:
    return Campaign.objects.run_by(request.actor).order_by("-year", "-pk").first()


@acts.page_and_form
def campaign_edit(request: AccountRequest, campaign_id: int) -> HttpResponse:
    campaign = pages.run_campaign(request, campaign_id)
    shown = {name: getattr(campaign, name) for name in (*WHOLE, "version")}
    form = forms.CampaignChangeForm(acts.sent(request), initial=shown)

    def change() -> None:
        plans.change_campaign(
            campaign=campaign,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    back = pages.plan_link(campaign)
    return acts.change(
        request,
        form,
        change,
        refusals=REFUSALS,
        said=_("The plan is changed."),
        then=back[1],
        back=back,
        title=_("The campaign as a whole: %s") % campaign.name,
        button=_("Record the change"),
    )


@require_POST
def tasks_take(request: AccountRequest, campaign_id: int) -> HttpResponse:
    """Take key tasks of the summary conference into the plan: one, or all."""
    campaign = pages.run_campaign(request, campaign_id)
    offered = tasks_offered(campaign, request.actor)
    form = TakeOverForm(request.POST, name="tasks", offered=offered)
    back = pages.plan_link(campaign)[1]
    if not form.is_valid():
        messages.error(request, _("This is not offered any more, or taken over."))
        return redirect(back)
    try:
        plans.take_over_tasks(
            campaign=campaign,
            tasks=form.chosen(),
            actor=request.actor,
            now=timezone.now(),
        )
    except plans.PlanNotChangeable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The plan is changed."))
    return redirect(back)


@acts.page_and_form
def part_add(request: AccountRequest, campaign_id: int, part_kind: str) -> HttpResponse:
    """Add a part to the campaign's plan."""
    campaign = pages.run_campaign(request, campaign_id)
    return _add(request, campaign, None, part_kind, list(forms.PARTS))


@acts.page_and_form
def local_part_add(
    request: AccountRequest, campaign_id: int, unit_id: int, part_kind: str
) -> HttpResponse:
    """Add a part to a unit's local plan."""
    reached = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    units = reached.select_related("campaign__root_unit", "live_unit")
    unit = get_object_or_404(units, campaign=campaign_id, live_unit=unit_id)
    return _add(request, unit.campaign, unit, part_kind, list(forms.LOCAL))


def _add(
    request: AccountRequest,
    campaign: Campaign,
    unit: CampaignUnit | None,
    part_kind: str,
    kinds: list[str],
) -> HttpResponse:
    if part_kind not in kinds:
        raise Http404
    form_of = forms.PARTS[part_kind]
    part = form_of._meta.model(campaign=campaign, unit=unit)
    form = form_of(acts.sent(request), request.FILES or None, instance=part)

    def add() -> None:
        plans.add_part(
            part=form.instance,
            documents=form.cleaned_data.get("documents", ()),
            actor=request.actor,
            now=timezone.now(),
        )

    back = pages.plan_link(campaign, unit)
    title = _("Add to the plan: %s") % part._meta.verbose_name
    if first := _unit_first(request, form, back=back, title=title):
        return first
    if acts.did(request, form, add, refusals=REFUSALS):
        messages.success(request, _("The plan is changed."))
        return redirect(f"{back[1]}#{part_kind}")
    return acts.page(
        request,
        form,
        back=back,
        title=title,
        button=_("Add to the plan"),
    )


@acts.page_and_form
def part_edit(request: AccountRequest, part_kind: str, part_id: int) -> HttpResponse:
    part = _part(request, part_kind, part_id)
    form = forms.PARTS[part_kind](
        acts.sent(request), request.FILES or None, instance=part
    )

    def change() -> None:
        plans.change_part(
            part=form.instance,
            version=form.cleaned_data["version"] or 0,
            documents=form.cleaned_data.get("documents", ()),
            actor=request.actor,
            now=timezone.now(),
        )

    back = pages.plan_link(part.campaign, part.unit)
    title = _("Change in the plan: %s") % part._meta.verbose_name
    if first := _unit_first(request, form, back=back, title=title):
        return first
    return acts.change(
        request,
        form,
        change,
        refusals=REFUSALS,
        said=_("The plan is changed."),
        then=f"{back[1]}#{part_kind}",
        back=back,
        title=title,
        button=_("Record the change"),
    )


@acts.page_and_form
def part_remove(request: AccountRequest, part_kind: str, part_id: int) -> HttpResponse:
    part = _part(request, part_kind, part_id)
    form = VersionForm(acts.sent(request), initial={"version": part.version})

    def remove() -> None:
        plans.remove_part(
            part=part,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    back = pages.plan_link(part.campaign, part.unit)
    return acts.change(
        request,
        form,
        remove,
        refusals=REFUSALS,
        said=_("The plan is changed."),
        then=back[1],
        back=back,
        title=_("Take out of the plan: %s") % part,
        button=_("Take it out"),
        again=_("Take it out"),
        told=lambda now: [(part._meta.verbose_name, str(now), _("Take it out"))],
    )


@acts.page_and_form
def task_report(request: AccountRequest, plan_task_id: int) -> HttpResponse:
    """Record whether a task was done: the unit that answers for it, or who runs it."""
    seen = PlanTask.objects.reportable_by(request.actor)
    task = get_object_or_404(seen.select_related("campaign", "unit"), pk=plan_task_id)
    shown = {name: getattr(task, name) for name in ("result", "note", "version")}
    form = forms.TaskReportForm(acts.sent(request), initial=shown)

    def report() -> None:
        plans.report_task(
            task=task, actor=request.actor, now=timezone.now(), **form.cleaned_data
        )

    back = pages.plan_link(task.campaign, task.unit)
    return acts.change(
        request,
        form,
        report,
        refusals=REFUSALS,
        said=_("The result is recorded."),
        then=f"{back[1]}#tasks",
        back=back,
        title=_("Result of a task"),
        lead=task.text,
        button=_("Record the result"),
    )


def _unit_first(
    request: AccountRequest, form: BaseForm, *, back: pages.Link, title: str
) -> HttpResponse | None:
    if "responsible" not in form.fields:
        return None
    return choosing.unit_first(request, form, "responsible", back=back, title=title)


def _part(request: AccountRequest, part_kind: str, part_id: int) -> PlanPart:
    if part_kind not in forms.PARTS:
        raise Http404
    model = forms.PARTS[part_kind]._meta.model
    mine = model.objects.editable_by(request.actor)
    part: PlanPart = get_object_or_404(
        mine.select_related("campaign__root_unit", "unit__live_unit"), pk=part_id
    )
    return part
