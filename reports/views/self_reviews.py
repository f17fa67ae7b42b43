"""Self-reviews on paper, to be signed."""

from collections.abc import Sequence

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from campaigns.services.written import states
from campaigns.views.written.pages import cell
from members.http import AccountRequest
from reports.queries.cell_papers import confirmed_self_reviews
from reports.queries.written import sheets_of
from reports.views.written import written_file
from reviews.models import SELF_REVIEWS, SelfReview
from reviews.queries import self_reviews as queries


@require_safe
def self_review_print(
    request: AccountRequest, participant_id: int, extension: str
) -> HttpResponseBase:
    """Give one self-review, to its author and whoever reads it."""
    seen = SelfReview.objects.visible_to(request.actor).select_related("participant")
    review = get_object_or_404(seen, participant=participant_id)
    unit = states.unit_read_at(review.participant)
    back = reverse("reviews:self_review_detail", args=[participant_id])
    return _file(
        request,
        [review],
        unit,
        extension,
        name=f"kiem-diem-{participant_id}",
        back=back,
    )


@require_safe
def unit_self_reviews_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give all confirmed self-reviews of a cell, in the order of the roll."""
    unit = cell(request, campaign_id, unit_id)
    reviews = confirmed_self_reviews(unit, request.actor)
    back = reverse("unit_self_reviews", args=[campaign_id, unit_id])
    name = f"kiem-diem-{unit.code}"
    return _file(request, reviews, unit, extension, name=name, back=back)


def _file(
    request: AccountRequest,
    reviews: Sequence[SelfReview],
    unit: CampaignUnit,
    extension: str,
    *,
    name: str,
    back: str,
) -> HttpResponseBase:
    people = [review.participant for review in reviews]
    texts = queries.latest_texts(reviews)
    return written_file(
        request,
        SELF_REVIEWS,
        sheets_of(people, texts, unit),
        people,
        unit=unit,
        title=_("Self-review"),
        extension=extension,
        name=name,
        back=back,
    )
