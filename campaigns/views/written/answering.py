"""What is done with a document: it is confirmed, returned, its paper recorded."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms import written as forms
from campaigns.models import Author, CampaignUnit, Written
from campaigns.queries.written import keepers, reading
from campaigns.services.written import answering, states
from campaigns.views.written.pages import REFUSALS, Pages, is_own, paper_author
from members import acts
from members.http import AccountRequest
from members.policy import Area


def confirm(request: AccountRequest, pages: Pages, author: Author) -> HttpResponse:
    """Confirm the text that was read, of an author who was got by a scope."""
    form = forms.TextNumberForm(acts.sent(request), initial=_number(pages, author))

    def confirm() -> None:
        answering.confirm(
            pages.kind,
            author=author,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    if acts.did(request, form, confirm, refusals=REFUSALS):
        messages.success(request, str(pages.words.confirmed) % author.full_name)
        return redirect(pages.address("detail", author.pk))
    return acts.page(
        request,
        form,
        back=pages.to_detail(author),
        title=str(pages.words.confirm) % author.full_name,
        lead=str(pages.words.confirm_lead),
        button=str(pages.words.confirm_button),
    )


def give_back(request: AccountRequest, pages: Pages, author: Author) -> HttpResponse:
    """Return the text that was read, with what is to be completed."""
    form = forms.ReturnForm(acts.sent(request), initial=_number(pages, author))

    def give_back() -> None:
        answering.give_back(
            pages.kind,
            author=author,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    if acts.did(request, form, give_back, refusals=REFUSALS):
        messages.success(
            request, _("Returned. %s reads the remark.") % author.full_name
        )
        return redirect(pages.address("detail", author.pk))
    return acts.page(
        request,
        form,
        back=pages.to_detail(author),
        title=str(pages.words.give_back) % author.full_name,
        button=_("Return for completion"),
    )


def acknowledge(
    request: AccountRequest, pages: Pages, participant_id: int
) -> HttpResponse:
    """Let the author stand by what was typed, or record the signature on the print."""
    document = get_object_or_404(
        pages.documents(request, Area.PLEDGES).select_related("participant"),
        participant=participant_id,
        signed_on__isnull=False,
        acknowledged_on=None,
    )
    participant = document.participant
    is_mine = is_own(request, participant)
    form = (
        forms.NothingForm(acts.sent(request))
        if is_mine
        else forms.AcknowledgeForm(acts.sent(request))
    )

    def acknowledge() -> None:
        now = timezone.now()
        answering.acknowledge(
            pages.of_persons,
            document=document,
            on=form.cleaned_data.get("on") or timezone.localdate(now),
            is_on_paper=not is_mine,
            actor=request.actor,
            now=now,
        )

    if acts.did(request, form, acknowledge, refusals=REFUSALS):
        messages.success(request, _("Recorded."))
        return redirect(pages.address("detail", participant.pk))
    return acts.page(
        request,
        form,
        back=pages.to_detail(participant),
        title=_("What was typed is what was signed"),
        lead=str(pages.words.typed_from) % document.signed_on.strftime("%d/%m/%Y"),
        button=_("It is what I signed") if is_mine else _("Record the signature"),
    )


def paper(
    request: AccountRequest,
    pages: Pages,
    participant_id: int,
    *,
    form_class: type[forms.PaperForm] = forms.PaperForm,
    act: Callable[..., None] | None = None,
    counted: Callable[[Written | None], dict[str, object]] = lambda _found: {},
) -> HttpResponse:
    """Record the days of a person's document on paper.

    `act` records what a kind keeps besides, as `counted` has it by the fields' names.
    """
    author, above = paper_author(request, participant_id)
    found = (
        keepers.paper_of(pages.kind, author)
        if above
        else pages.documents(request, Area.TEXTS).filter(participant=author).first()
    )
    return paper_page(
        request,
        pages,
        author,
        found,
        form_class=form_class,
        act=partial(
            act or partial(answering.record_paper, pages.kind),
            is_from_above=above is not None,
        ),
        counted=counted(found),
        back=to_keepers(above) if above else None,
    )


def paper_page(
    request: AccountRequest,
    pages: Pages,
    author: Author,
    found: Written | None,
    *,
    form_class: type[forms.PaperForm] = forms.PaperForm,
    act: Callable[..., None] | None = None,
    counted: Mapping[str, object] = MappingProxyType({}),
    back: tuple[str, str] | None = None,
) -> HttpResponse:
    """Record the days of a document on paper; `found` is what there is of it."""
    initial = {
        **counted,
        "received_on": (found and found.received_on) or timezone.localdate(),
        "confirmed_on": found and found.confirmed_on,
    }
    form = form_class(
        acts.sent(request), confirmed=pages.words.confirmed_on, initial=initial
    )

    def record() -> None:
        (act or partial(answering.record_paper, pages.kind))(
            author=author,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    back = back or pages.to_cell(states.unit_of(author))
    if acts.did(request, form, record, refusals=REFUSALS):
        messages.success(request, _("Recorded for %s.") % author.full_name)
        return redirect(back[1])
    return acts.page(
        request,
        form,
        back=back,
        title=_("Paper of %s") % author.full_name,
        button=_("Record the paper of %s") % author.full_name,
    )


def to_keepers(unit: CampaignUnit) -> tuple[str, str]:
    """Return name and address of the list of those who keep their cells' papers alone."""
    address = reverse("keeper_papers", args=[unit.campaign_id, unit.live_unit_id])
    return _("Papers of those who keep them alone"), address


def _number(pages: Pages, author: Author) -> dict[str, int]:
    return {"number": reading.last_number(pages.kind, author)}
