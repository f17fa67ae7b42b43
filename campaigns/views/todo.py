"""The first page of everybody: what is to be done; and the guide to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.queries import todo
from campaigns.queries.steps_taken import spans_of_unit
from members.http import AccountRequest, back_to_first
from members.policy import Area
from members.queries import due_items


@require_safe
def home(request: AccountRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    place = todo.place_of(actor, today=today)
    spans = spans_of_unit(place.unit) if place.unit else {}
    context = {
        "today": today,
        "weekday": todo.weekday(today),
        "place": place,
        "present": todo.present_step(spans, today),
        "cards": todo.cards_of(
            due_items(actor, today=today),
            today=today,
            here=place.unit.campaign.name if place.unit else "",
        ),
        "year": todo.year_of(place.unit, actor, spans, today) if place.unit else [],
        "helper": todo.helper_of(place),
        "has_post": bool(actor.posts),
        "is_member": actor.member_id is not None,
    }
    return render(request, "todo/home.html", context)


@require_safe
def guide(request: AccountRequest) -> HttpResponse:
    actor = request.actor
    context = {
        "crumbs": back_to_first(),
        "is_member": actor.member_id is not None,
        "keeps_cell": actor.reaches(Area.PLEDGES),
        "leads": bool(actor.subtrees(Area.PROGRESS)),
    }
    return render(request, "todo/guide.html", context)
