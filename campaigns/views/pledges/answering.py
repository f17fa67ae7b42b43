"""What the cell does with a pledge: confirms, returns, records the paper."""

from django.http import HttpResponse

from campaigns.forms.written import PledgePaperForm
from campaigns.services.pledges import answering as services
from campaigns.views.pledges.shared import PAGES
from campaigns.views.written import answering
from campaigns.views.written.pages import kept
from members import acts
from members.http import AccountRequest


@acts.page_and_form
def pledge_confirm(request: AccountRequest, participant_id: int) -> HttpResponse:
    return answering.confirm(request, PAGES, kept(request, participant_id))


@acts.page_and_form
def pledge_return(request: AccountRequest, participant_id: int) -> HttpResponse:
    return answering.give_back(request, PAGES, kept(request, participant_id))


@acts.page_and_form
def pledge_acknowledge(request: AccountRequest, participant_id: int) -> HttpResponse:
    return answering.acknowledge(request, PAGES, participant_id)


@acts.page_and_form
def pledge_paper(request: AccountRequest, participant_id: int) -> HttpResponse:
    return answering.paper(
        request,
        PAGES,
        participant_id,
        form_class=PledgePaperForm,
        act=services.record_paper,
        counted=lambda found: {"items": services.items_on_paper(found)},
    )
