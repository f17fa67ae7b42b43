"""The campaign's pages for all its people, and for whoever makes and runs it."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, CampaignUnit, Peak, Phase, PlanDocument, PlanTask
from campaigns.queries import peaks as peak_queries
from campaigns.queries import plans as queries
from campaigns.queries.conference_tasks import tasks_offered
from campaigns.steps import Step
from campaigns.views import files
from members.attachments.kinds import content_type_of
from members.http import AccountRequest, attachment, back_to_first
from members.policy import Actor, Area

Link = tuple[str, str]


def list_link() -> Link:
    return _("Campaigns"), reverse("plans:campaign_list")


def home_link(campaign: Campaign) -> Link:
    return campaign.name, reverse("plans:campaign_home", args=[campaign.pk])


def plan_link(campaign: Campaign, unit: CampaignUnit | None = None) -> Link:
    if unit is None:
        page = reverse("plans:plan_detail", args=[campaign.pk])
        return _("Plan and documents"), page
    page = reverse("plans:local_plan", args=[campaign.pk, unit.live_unit_id])
    return unit.name, page


def read_campaign(request: AccountRequest, campaign_id: int) -> Campaign:
    """Return a campaign whose plan the reader reads; 404 for anybody else."""
    seen = Campaign.objects.readable_by(request.actor).select_related("root_unit")
    return get_object_or_404(seen, pk=campaign_id)


def run_campaign(request: AccountRequest, campaign_id: int) -> Campaign:
    """Return a campaign that the reader makes and runs; 404 for anybody else."""
    run = Campaign.objects.run_by(request.actor).select_related("root_unit")
    return get_object_or_404(run, pk=campaign_id)


def runs(actor: Actor, campaign: Campaign) -> bool:
    return Campaign.objects.run_by(actor).filter(pk=campaign.pk).exists()


@require_safe
def campaign_list(request: AccountRequest) -> HttpResponse:
    actor = request.actor
    if not (actor.member_id or actor.reaches(Area.PROGRESS)):
        raise Http404
    seen = Campaign.objects.readable_by(actor).select_related("root_unit")
    context = {
        "crumbs": back_to_first(),
        "campaigns": seen.order_by("-year", "-pk"),
        "may_make": bool(actor.subtrees(Area.CAMPAIGN)),
    }
    return render(request, "campaigns/plans/campaign_list.html", context)


@require_safe
def campaign_home(request: AccountRequest, campaign_id: int) -> HttpResponse:
    """Show what the year is, which step runs, and where everything is."""
    campaign = read_campaign(request, campaign_id)
    today = timezone.localdate()
    phases = Phase.objects.visible_to(request.actor).of_plan(campaign)
    units = CampaignUnit.objects.visible_to(request.actor, Area.WORK)
    own_unit = units.filter(campaign=campaign).order_by("path").first()
    context = {
        "crumbs": [list_link()],
        "campaign": campaign,
        "formats": _formats(campaign),
        "today": today,
        "now": queries.phases_now(campaign, request.actor, today, unit=own_unit),
        "next": phases.filter(from_on__gt=today).order_by("from_on").first()
        if campaign.state != Campaign.State.CLOSED
        else None,
        "is_draft": campaign.state == Campaign.State.DRAFT,
        "is_secretary": request.actor.reaches(Area.PLEDGES),
        "is_member": request.actor.member_id is not None,
        "may_run": runs(request.actor, campaign),
        "own_unit": own_unit,
        "has_figures": Campaign.objects.visible_to(request.actor)
        .filter(pk=campaign.pk)
        .exists(),
    }
    return render(request, "campaigns/plans/campaign_home.html", context)


@require_safe
def plan_detail(request: AccountRequest, campaign_id: int) -> HttpResponse:
    return _plan(request, read_campaign(request, campaign_id), None)


@require_safe
def local_plan(request: AccountRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    campaign = read_campaign(request, campaign_id)
    unit = get_object_or_404(queries.units_of(campaign), live_unit=unit_id)
    return _plan(request, campaign, unit)


def _plan(
    request: AccountRequest, campaign: Campaign, unit: CampaignUnit | None
) -> HttpResponse:
    actor = request.actor
    crumbs = [list_link(), home_link(campaign)]
    if unit:
        crumbs.append(plan_link(campaign))
        may_edit = (
            CampaignUnit.objects.visible_to(actor, Area.CAMPAIGN)
            .filter(pk=unit.pk)
            .exists()
        )
    else:
        may_edit = runs(actor, campaign)
    is_closed = campaign.state == Campaign.State.CLOSED
    context = {
        "crumbs": crumbs,
        "campaign": campaign,
        "unit": unit,
        "plan": queries.plan_of(campaign, unit, actor),
        "formats": _formats(campaign),
        "may_edit": may_edit and not is_closed,
        "key_tasks": tasks_offered(campaign, actor)
        if may_edit and not is_closed and unit is None
        else [],
        "is_draft": campaign.state == Campaign.State.DRAFT,
        "local_units": [] if unit else queries.local_units(campaign, actor),
        "today": timezone.localdate(),
        "reportable": set(
            PlanTask.objects.reportable_by(actor)
            .of_plan(campaign, unit)
            .values_list("pk", flat=True)
        ),
        "board_unit": CampaignUnit.objects.visible_to(actor, Area.WORK)
        .filter(campaign=campaign)
        .order_by("path")
        .first(),
    }
    return render(request, "campaigns/plans/plan_detail.html", context)


@require_safe
def document_file(request: AccountRequest, plan_document_id: int) -> HttpResponseBase:
    seen = (
        PlanDocument.objects.visible_to(request.actor)
        .exclude(file="")
        .select_related("campaign", "unit")
    )
    document = get_object_or_404(seen, pk=plan_document_id)
    if not document.is_given_out:
        return files.told_why_not(
            request, document, plan_link(document.campaign, document.unit)[1]
        )
    ending = str(document.file.name).rpartition(".")[2]
    name = f"{document.number or document.title}.{ending}".replace("/", "-")
    return attachment(document.file, name=name, content_type=content_type_of(name))


@require_safe
def plan_preview(request: AccountRequest, campaign_id: int) -> HttpResponse:
    """Show what a member and a cell secretary will see, step by step."""
    campaign = run_campaign(request, campaign_id)
    phases = Phase.objects.editable_by(request.actor).of_plan(campaign)
    context = {
        "crumbs": [list_link(), home_link(campaign)],
        "campaign": campaign,
        "formats": _formats(campaign),
        "steps": [
            (
                phase,
                phase.last_day,
                *queries.duties_in(Step(phase.step), campaign),
            )
            for phase in phases.order_by("from_on", "until_on")
        ],
        "may_open": campaign.state == Campaign.State.DRAFT,
    }
    return render(request, "campaigns/plans/plan_preview.html", context)


@require_safe
def peak_detail(
    request: AccountRequest, campaign_id: int, peak_id: int, unit_id: int
) -> HttpResponse:
    """Show how far a peak is held at a unit and below."""
    campaign = read_campaign(request, campaign_id)
    peak = get_object_or_404(
        Peak.objects.visible_to(request.actor), pk=peak_id, campaign=campaign
    )
    units = CampaignUnit.objects.visible_to(request.actor, Area.WORK)
    unit = get_object_or_404(units, campaign=campaign, live_unit=unit_id)
    writes = CampaignUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    context = {
        "crumbs": [list_link(), home_link(campaign), plan_link(campaign)],
        "campaign": campaign,
        "peak": peak,
        "unit": unit,
        "board": peak_queries.peak_board(peak, unit, request.actor),
        "may_write": campaign.state != Campaign.State.CLOSED
        and writes.filter(pk=unit.pk).exists(),
    }
    return render(request, "campaigns/plans/peak_detail.html", context)


def _formats(campaign: Campaign) -> list[str]:
    labels = dict(Campaign.Format.choices)
    return [str(labels[code]) for code in campaign.formats if code in labels]
