"""Reminders: why one got them; a cell its people, an office the cells; the paper list."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from campaigns.queries import reminders as queries
from campaigns.queries.matters import (
    matter_of_people,
    matters_of_people,
    matters_told_upward,
)
from campaigns.queries.matters.base import Matter
from campaigns.queries.matters.people import OfPeople
from campaigns.reminding import Matter as Code
from campaigns.reminding import may_send
from campaigns.services.reminders import by_hand
from campaigns.views.pledges import shared
from campaigns.views.written import pages
from members.acts import new_key, page_and_form
from members.dates import display_day
from members.http import AccountRequest, back_to_first
from members.policy import Area

MOST_NAMED = 10  # more names than this nobody reads in one sentence


@require_safe
def reminder_list(request: AccountRequest) -> HttpResponse:
    """Show somebody what they were reminded of, and why."""
    context = {
        "crumbs": back_to_first(),
        "reminders": queries.own_reminders(request.actor),
        "sends_email": settings.SENDS_EMAIL,
        "gets_email": bool(request.user.email_confirmed_at),
    }
    return render(request, "reminders/reminder_list.html", context)


@page_and_form
def people_remind(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Remind all of a cell who have not done a matter; unless it says, their pledge."""
    unit = pages.cell(request, campaign_id, unit_id)
    matter = _matter_of_people(request)
    today = timezone.localdate()
    refusal = _refusal(request, lambda: _remind_people(request, unit, matter))
    if request.method == "POST" and not refusal:
        paper = reverse("reminders:paper_list", args=[campaign_id, unit_id])
        return redirect(f"{paper}?matter={matter.code}")
    people = queries.missing_people(unit, matter=matter, today=today)
    context = {
        "crumbs": [shared.PAGES.to_cell(unit)],
        "unit": unit,
        "today": today,
        "matter": matter,
        "matters": matters_of_people(),
        "people": people,
        "left": sum(not person.is_reminded for person in people),
        "refusal": refusal,
        "when": _when(),
        "key": new_key(),
    }
    status = 422 if refusal else 200
    return render(request, "reminders/people_remind.html", context, status=status)


def _remind_people(
    request: AccountRequest, unit: CampaignUnit, matter: OfPeople
) -> str:
    done = by_hand.remind_missing(
        unit=unit, matter=matter, actor=request.actor, now=timezone.now()
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
    """Show, to be printed, who of a cell has no e-mail and what they have not done."""
    unit = pages.cell(request, campaign_id, unit_id)
    today = timezone.localdate()
    lines = queries.paper_lines(unit, asked=_matter_of_people(request), today=today)
    context = {
        "crumbs": [shared.PAGES.to_cell(unit)],
        "unit": unit,
        "today": today,
        "lines": [
            (line, line.person.days_left(today))
            for line in lines
            if not line.person.has_email
        ],
        "with_email": len(
            {line.person.participant_id for line in lines if line.person.has_email}
        ),
    }
    return render(request, "reminders/paper_list.html", context)


@page_and_form
def cells_remind(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Remind the committees of the units below a unit that are not through."""
    units = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    unit = get_object_or_404(
        units.select_related("campaign", "custodian"),
        campaign=campaign_id,
        live_unit=unit_id,
    )
    matter = _matter_told_upward(request)
    refusal = _refusal(request, lambda: _remind_cells(request, unit, matter))
    if request.method == "POST" and not refusal:
        return redirect(request.get_full_path())
    in_reach = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    below = in_reach.in_subtree_of(unit).exclude(pk=unit.pk)
    context = {
        "crumbs": [pages.to_figures(unit)],
        "unit": unit,
        "matter": matter,
        "matters": matters_told_upward(),
        "waiting": len(
            {each.unit_id for each in matter.waiting(below.filter(closed_on=None))}
        ),
        "refusal": refusal,
        "when": _when(),
        "key": new_key(),
    }
    status = 422 if refusal else 200
    return render(request, "reminders/cells_remind.html", context, status=status)


def _remind_cells(request: AccountRequest, unit: CampaignUnit, matter: Matter) -> str:
    done = by_hand.remind_cells(
        unit=unit, matter=matter, actor=request.actor, now=timezone.now()
    )
    text = ngettext(
        "%(count)d unit is reminded. Of its committee get an e-mail: %(mail)d; read it on "
        "the first page: %(page)d.",
        "%(count)d units are reminded. Of their committees get an e-mail: %(mail)d; read "
        "it on the first page: %(page)d.",
        done.cells,
    ) % {"count": done.cells, "mail": done.by_email, "page": done.on_page}
    if not done.unreached:
        return text
    names, more = done.unreached[:MOST_NAMED], len(done.unreached[MOST_NAMED:])
    named = _("Nobody of these committees has an account: %s.") % ", ".join(names)
    if not more:
        return f"{text} {named}"
    also = ngettext(
        "Nor of %(count)d more: give their secretaries accounts, or call.",
        "Nor of %(count)d more: give their secretaries accounts, or call.",
        more,
    )
    return f"{text} {named} {also % {'count': more}}"


def _matter_of_people(request: AccountRequest) -> OfPeople:
    try:
        return matter_of_people(request.GET.get("matter", Code.PLEDGE))
    except LookupError as unknown:
        raise Http404 from unknown


def _matter_told_upward(request: AccountRequest) -> Matter:
    code = request.GET.get("matter", Code.PLEDGE)
    for matter in matters_told_upward():
        if matter.code == code:
            return matter
    raise Http404


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
    """Return when e-mails that are asked for now go out, or that none does."""
    if not settings.SENDS_EMAIL:
        return _("This site sends no e-mails.")
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
