"""Reminders: why one got them; a cell its people, an office the cells; the paper list."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from campaigns.queries import reminders as queries
from campaigns.reminding import may_send
from campaigns.services.reminders import by_hand
from campaigns.steps import Step
from campaigns.views.pledges import shared
from campaigns.views.written import pages
from members.acts import new_key, page_and_form
from members.dates import display_day
from members.http import AccountRequest
from members.policy import Area

STEP = Step.PLEDGE


@require_safe
def reminder_list(request: AccountRequest) -> HttpResponse:
    """Show somebody what they were reminded of, and why."""
    context = {
        "crumbs": [(_("To do"), reverse("home"))],
        "reminders": queries.own_reminders(request.actor),
        "gets_email": bool(request.user.email_confirmed_at),
    }
    return render(request, "reminders/reminder_list.html", context)


@page_and_form
def people_remind(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Remind all of a cell who have not sent their pledge."""
    unit = pages.cell(request, campaign_id, unit_id)
    today = timezone.localdate()
    refusal = _refusal(request, lambda: _remind_people(request, unit))
    if request.method == "POST" and not refusal:
        return redirect("reminders:paper_list", campaign_id, unit_id)
    context = {
        "crumbs": [shared.PAGES.to_cell(unit)],
        "unit": unit,
        "today": today,
        "people": queries.missing_people(unit, step=STEP, today=today),
        "refusal": refusal,
        "when": _when(),
        "key": new_key(),
    }
    status = 422 if refusal else 200
    return render(request, "reminders/people_remind.html", context, status=status)


def _remind_people(request: AccountRequest, unit: CampaignUnit) -> str:
    done = by_hand.remind_missing(
        unit=unit, step=STEP, actor=request.actor, now=timezone.now()
    )
    count = done.by_email + done.on_paper
    text = ngettext(
        "%(count)d comrade is reminded: by e-mail %(mail)d, on the printed list %(paper)d.",
        "%(count)d comrades are reminded: by e-mail %(mail)d, on the printed list "
        "%(paper)d.",
        count,
    ) % {"count": count, "mail": done.by_email, "paper": done.on_paper}
    return f"{text} {_when()}" if done.by_email else text


@require_safe
def paper_list(request: AccountRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """Show, to be printed, who of a cell has no e-mail and has not sent the pledge."""
    unit = pages.cell(request, campaign_id, unit_id)
    today = timezone.localdate()
    missing = queries.missing_people(unit, step=STEP, today=today)
    context = {
        "crumbs": [shared.PAGES.to_cell(unit)],
        "unit": unit,
        "today": today,
        "what": queries.subject_of(STEP),
        "people": [
            (person, person.days_left(today))
            for person in missing
            if not person.has_email
        ],
        "with_email": sum(person.has_email for person in missing),
    }
    return render(request, "reminders/paper_list.html", context)


@page_and_form
def cells_remind(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Remind the committees of the cells below a unit that are not through."""
    units = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    unit = get_object_or_404(
        units.select_related("campaign", "custodian"),
        campaign=campaign_id,
        live_unit=unit_id,
    )
    refusal = _refusal(request, lambda: _remind_cells(request, unit))
    if request.method == "POST" and not refusal:
        return redirect("reminders:cells_remind", campaign_id, unit_id)
    in_reach = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    below = in_reach.in_subtree_of(unit).exclude(pk=unit.pk)
    context = {
        "crumbs": [pages.to_figures(unit)],
        "unit": unit,
        "waiting": len(queries.not_through(below.filter(closed_on=None), step=STEP)),
        "refusal": refusal,
        "when": _when(),
        "key": new_key(),
    }
    status = 422 if refusal else 200
    return render(request, "reminders/cells_remind.html", context, status=status)


def _remind_cells(request: AccountRequest, unit: CampaignUnit) -> str:
    done = by_hand.remind_cells(
        unit=unit, step=STEP, actor=request.actor, now=timezone.now()
    )
    text = ngettext(
        "%(count)d cell is reminded. Of its committee get an e-mail: %(mail)d; read it on "
        "the first page: %(page)d.",
        "%(count)d cells are reminded. Of their committees get an e-mail: %(mail)d; read "
        "it on the first page: %(page)d.",
        done.cells,
    ) % {"count": done.cells, "mail": done.by_email, "page": done.on_page}
    if not done.unreached:
        return text
    return f"{text} " + _("Nobody of these committees has an account: %s.") % ", ".join(
        done.unreached
    )


def _refusal(request: AccountRequest, act: Callable[[], str]) -> str:
    """Do what a form asks for and tell what came of it; return why it was refused."""
    if request.method != "POST":
        return ""
    try:
        messages.success(request, act())
    except by_hand.NobodyReminded as refusal:
        return str(refusal)
    return ""


def _when() -> str:
    """Return when e-mails that are asked for now go out."""
    now, days = timezone.localtime(), queries.working_days()
    hours = queries.mail_hours()
    if may_send(now, hours, days):
        return _("E-mails go out within ten minutes.")
    today = now.date()
    day = days.at_or_after(today)
    if day == today and now.hour >= hours.until:
        day = days.at_or_after(today + queries.DAY)
    return _("E-mails go out on %(day)s from %(hour)d o'clock on.") % {
        "day": display_day(day),
        "hour": hours.first,
    }
