"""A campaign is closed: first what stays as it is and what goes on, then the act."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.services import closing
from campaigns.views.plan_acts import act_on_whole
from members import acts
from members.http import AccountRequest
from members.views.confirming import weighty
from reviews.queries.closing import closing_preview


@weighty
@acts.page_and_form
def campaign_close(request: AccountRequest, campaign_id: int) -> HttpResponse:
    """Show what is still open; then close."""

    def shown(campaign: Campaign) -> dict[str, object]:
        return {
            "may_close": campaign.state == Campaign.State.ROLL_FIXED,
            "preview": closing_preview(campaign, today=timezone.localdate()),
        }

    return act_on_whole(
        request,
        campaign_id,
        closing.close_campaign,
        said=_("“%s” is closed."),
        template="reviews/campaign_close.html",
        shown=shown,
    )
