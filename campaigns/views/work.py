"""The home of a unit's work, and the way to it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.lifecycle import TAKES_ACTS
from campaigns.models import CampaignUnit, Programme
from campaigns.queries import plan_readings
from campaigns.queries import study as counts
from campaigns.queries import work as queries
from campaigns.queries.meeting_glance import meetings_at_a_glance
from members.http import AccountRequest, back_to_first, way_back
from members.policy import Actor, Area


@require_safe
def work_list(request: AccountRequest) -> HttpResponse:
    """Lead to one's unit, or let one choose among several."""
    if not opens(request):
        raise Http404
    homes = queries.homes_of(request.actor)
    if len(homes) == 1:
        return redirect(home(homes[0])[1])
    context = {
        "crumbs": back_to_first(),
        "title": _title(request.actor),
        "homes": homes,
    }
    return render(request, "campaigns/work/work_list.html", context)


@require_safe
def unit_work(request: AccountRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """The unit's home: its programme, study, meetings, seminars and the rest."""
    unit = seen_unit(request, campaign_id, unit_id)
    programmes = Programme.objects.visible_to(request.actor)
    is_whole = _sees_below(request, unit)
    edits = may_edit(request, unit)
    context = {
        "crumbs": _crumbs_above(request, unit),
        "unit": unit,
        "campaign": unit.campaign,
        "may_edit": edits,
        "offered": len(plan_readings.offered_to(unit)) if edits else 0,
        "programme": programmes.filter(unit=unit).first(),
        "study_lines": counts.study_lines(unit),
        "meetings": meetings_at_a_glance(
            unit, request.actor, today=timezone.localdate()
        ),
        "sections": sections(unit),
        "visits": queries.visits_to(unit),
        "reads_reports": queries.reads_reports(unit, request.actor),
        "below": counts.progress_below(unit) if is_whole else [],
    }
    return render(request, "campaigns/work/unit_work.html", context)


def sections(unit: CampaignUnit) -> list[tuple[str, str, int]]:
    """Return name, address and count of each kind of plain rows of a unit."""
    found = queries.counts_of_records(unit)
    names = {
        "activities": _("Seminars, commissioned studies, initiatives"),
        "rules": _("Review of internal rules"),
        "teams": _("Working teams that attend cells"),
        "drafts": _("Drafts sent to mass organisations for comment"),
        "findings": _("Supervision by mass organisations"),
    }
    return [
        (name, reverse(f"work:{kind}", args=address_of(unit)), found[kind])
        for kind, name in names.items()
    ]


def opens(request: AccountRequest) -> bool:
    """Tell whether somebody has work to see: by a post, or as a member here."""
    return request.actor.member_id is not None or request.actor.reaches(Area.WORK)


def seen_unit(request: AccountRequest, campaign_id: int, unit_id: int) -> CampaignUnit:
    """Return a unit whose work the actor reads; 404 for everybody else."""
    units = queries.units_of_work(request.actor)
    return get_object_or_404(units, campaign=campaign_id, live_unit=unit_id)


def kept_unit(request: AccountRequest, campaign_id: int, unit_id: int) -> CampaignUnit:
    """Return a unit whose work the actor records; 404 for everybody else."""
    units = CampaignUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    related = units.select_related("campaign", "live_unit", "custodian")
    return get_object_or_404(related, campaign=campaign_id, live_unit=unit_id)


def may_edit(request: AccountRequest, unit: CampaignUnit) -> bool:
    """Tell whether the actor records the work of a unit, in a campaign that runs."""
    kept = CampaignUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    is_running = unit.campaign.state in TAKES_ACTS
    return is_running and kept.filter(pk=unit.pk).exists()


def address_of(unit: CampaignUnit) -> list[int]:
    """Return what stands in the addresses of a unit's work."""
    return [unit.campaign_id, unit.live_unit_id]


def home(unit: CampaignUnit) -> tuple[str, str]:
    """Return name and address of a unit's home, for the way back."""
    return unit.name, reverse("work:unit_work", args=address_of(unit))


def start(request: AccountRequest) -> tuple[str, str]:
    """Return the way back from a home: the list, unless it has this one alone."""
    is_passed_over = len(queries.homes_of(request.actor)) == 1
    url = reverse("work:work_list")
    return way_back(_title(request.actor), url, is_passed_over=is_passed_over)


def _title(actor: Actor) -> str:
    """Return how the list is called, as the menu calls it."""
    return _("Work of the units") if actor.subtrees(Area.WORK) else _("Party cell")


def _sees_below(request: AccountRequest, unit: CampaignUnit) -> bool:
    below = CampaignUnit.objects.visible_below_to(request.actor, Area.WORK)
    return below.filter(pk=unit.pk).exists()


def _crumbs_above(request: AccountRequest, unit: CampaignUnit) -> list[tuple[str, str]]:
    crumbs = [start(request)]
    if unit.parent_id is None:
        return crumbs
    above = queries.units_of_work(request.actor).filter(pk=unit.parent_id).first()
    return [*crumbs, home(above)] if above else crumbs
