"""A pledge is written: begun, saved while one types, read over, sent."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.form_definitions import Content
from campaigns.forms.written import WrittenForm
from campaigns.models import DraftByPerson
from campaigns.queries import pledges as queries
from campaigns.services.pledges import drafts, sending
from campaigns.services.written import states
from campaigns.views.pledges import changing
from campaigns.views.pledges.shared import PAGES
from campaigns.views.written import writing
from campaigns.views.written.pages import writer
from members import acts
from members.http import AccountRequest
from members.services import device_keys

DUTY = "duty"  # the section of work, where a form has one


@acts.page_and_form
def pledge_begin(request: AccountRequest, participant_id: int) -> HttpResponse:
    participant = writer(request, participant_id)
    codes = drafts.setup_of(participant.campaign).forms
    return writing.begin(request, PAGES, participant, codes=codes, act=drafts.begin)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_write(request: AccountRequest, participant_id: int) -> HttpResponse:
    draft = PAGES.draft(request, participant_id)
    beside = Beside(request, draft)

    def change(content: Content, button: str) -> str:
        return changing.change(content, button, beside.offered())

    return writing.write(request, PAGES, draft, beside=beside, change=change)


@never_cache
@require_POST
def draft_save(request: AccountRequest, participant_id: int) -> HttpResponse:
    return writing.save(request, PAGES, PAGES.draft(request, participant_id))


@never_cache
@acts.page_and_form
def pledge_send(request: AccountRequest, participant_id: int) -> HttpResponse:
    draft = PAGES.draft(request, participant_id)
    return writing.send(
        request,
        PAGES,
        draft,
        beside=Beside(request, draft),
        as_read=partial(_as_read, draft),
        act=sending.send,
    )


@never_cache
@require_http_methods(["GET"])
def draft_key(request: AccountRequest) -> HttpResponse:
    """Give a live session the key to what its account keeps on this device."""
    try:
        day = date.fromisoformat(request.GET.get("day", "")[:10])
        key = device_keys.key_for(
            device=request.GET.get("device", ""),
            day=day,
            actor=request.actor,
            now=timezone.now(),
        )
    except (ValueError, device_keys.NoKey) as refusal:
        raise Http404 from refusal
    # After a log-in in another window the token of the open page counts no more.
    return JsonResponse({"key": key, "token": get_token(request)})


def _as_read(draft: DraftByPerson) -> queries.FullText:
    level = draft.participant.exemplarity
    return queries.draft_as_read(draft.definition, level, draft.content)


class Beside:
    """What stands beside a pledge that is written: what its items can be taken from."""

    def __init__(self, request: AccountRequest, draft: DraftByPerson) -> None:
        self._actor, self._draft = request.actor, draft

    def offered(self) -> dict[str, list[queries.Suggestion]]:
        """Return what items can be taken from, by kind."""
        person = self._draft.participant
        unit = states.unit_of(person)
        return queries.suggestions_for(person, unit, actor=self._actor)

    def __call__(self, form: WrittenForm) -> Mapping[str, Any]:
        offered = self.offered()
        setup = drafts.setup_of(self._draft.participant.campaign)
        return {
            "sections": form.sections(
                language=get_language(),
                guidance=setup.guidance,
                offered=offered["last"],
            ),
            "criteria": offered["criterion"],
            "programme": offered["programme"],
            "tasks": offered["task"],
            "target": _target(form),
        }


def _target(form: WrittenForm) -> str:
    """Return the section to which criteria and items of the programme go."""
    sections = form.definition.sections_with_items(form.level)
    return DUTY if DUTY in sections else sections[0]
