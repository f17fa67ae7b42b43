"""What self-reviews wait for: of the person who writes one, of the cell that reads them.

Source: docs/rules/reminders.md § 1.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.queries.due import kept_cells, own_parts
from campaigns.queries.phases import Span, spans_of_people
from campaigns.steps import Step
from members.due import DueItem, several
from members.models import of_own_person
from members.policy import Actor, Area
from members.queries.due import uploads_to_confirm
from reviews.models import Ballot, LevelRequest, ResultsImport
from reviews.queries.meetings import round_name
from reviews.queries.notices import notices_of

Review = Participant.Review


def imports_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the results that one has sent in and not confirmed yet; one query."""
    if actor.reaches(Area.IMPORT):
        yield from uploads_to_confirm(
            ResultsImport.objects.visible_to(actor), actor, page="reviews:import_detail"
        )


def own_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield one's own self-reviews of running campaigns in their time; two queries."""
    if actor.member_id is None:
        return
    parts = own_parts(actor)
    rows = list(parts.values_list("pk", "review_state", "campaign__name"))
    spans = spans_of_people([pk for pk, *_rest in rows], step=Step.SELF_REVIEW)
    for pk, state, name in rows:
        span = spans.get(pk)
        if state in (Review.SENT, Review.CONFIRMED):
            yield _done(pk, state, name)
        elif state != Review.REVIEWED and span and today in span:
            yield _own(pk, state, span, name)


def cell_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the self-reviews that wait for a cell committee; two queries."""
    if not actor.reaches(Area.PLEDGES):
        return
    cells = {unit.pk: unit for unit in kept_cells(actor)}
    waiting = Placement.objects.visible_to(actor, Area.PLEDGES).filter(
        unit__in=list(cells), participant__review_state=Review.SENT
    )
    others = waiting.exclude(of_own_person(actor, "participant__member"))
    counts = Counter(others.values_list("unit", flat=True))
    for pk, unit in cells.items():
        if count := counts[pk]:
            yield _to_read(unit, count)


def teller_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the rounds that one counts; one query.

    Source: docs/rules/ballots.md § 6.7.
    """
    if actor.member_id is None:
        return
    rounds = Ballot.objects.countable_by(actor).filter(
        meeting__unit__campaign__in=Campaign.objects.running()
    )
    for each in rounds.select_related("meeting__unit__campaign").order_by("pk"):
        yield _to_count(each, actor, today)


def _to_count(ballot: Ballot, actor: Actor, today: date) -> DueItem:
    is_own = ballot.entered_by_id == actor.account_id
    if ballot.state == Ballot.State.COUNTING:
        sentence, button = _("You count the ballots: %s."), _("Enter the counts")
        page = "ballot_enter"
    elif is_own:
        sentence, button, page = (
            _("You have entered the counts; another teller confirms them: %s."),
            _("Look at the counts"),
            "ballot_detail",
        )
    else:
        sentence, button, page = (
            _("Counts wait for you to confirm them: %s."),
            _("Look at the counts"),
            "ballot_detail",
        )
    return DueItem(
        key=f"reviews.ballot_to_count/{ballot.pk}",
        sentence=sentence % round_name(ballot),
        url=reverse(f"reviews:{page}", args=[ballot.pk]),
        button=button,
        due_on=max(ballot.meeting.on, today),
        is_own=True,
        is_done=ballot.state == Ballot.State.ENTERED and is_own,
        campaign=ballot.meeting.unit.campaign.name,
    )


def notices_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the own notice that is not read, and what waits for a committee.

    Four queries. A request has no last day of its own, and hides behind nothing; both
    go on after the campaign is closed.
    Source: docs/rules/notices.md § 4.
    """
    for notice in notices_of(actor):
        campaign = notice.decision.unit.campaign
        if notice.is_latest and notice.given is None:
            yield DueItem(
                key=f"reviews.own_notice/{notice.decision.pk}",
                sentence=_("There is a notice on your level."),
                url=reverse(
                    "reviews:notice_detail",
                    args=[notice.participant.pk, notice.decision.pk],
                ),
                button=_("Read the notice"),
                is_own=True,
                campaign=campaign.name,
            )
    asked = LevelRequest.objects.answerable_by(actor).waiting()
    counts = Counter(asked.values_list("goes_to", flat=True))
    units = CampaignUnit.objects.filter(pk__in=counts).select_related("campaign")
    for unit in units.order_by("-campaign__year", "path"):
        yield several(
            key=f"reviews.level_requests/{unit.pk}",
            text=ngettext(
                "%(count)d request to look at a level again waits for the committee.",
                "%(count)d requests to look at a level again wait for the committee.",
                counts[unit.pk],
            ),
            count=counts[unit.pk],
            url=reverse(
                "reviews:request_list", args=[unit.campaign_id, unit.live_unit_id]
            ),
            button=_("Look at each"),
            campaign=unit.campaign.name,
        )


def _own(pk: int, state: str, span: Span, name: str) -> DueItem:
    sentence, button = {
        Review.NONE: (_("Your self-review is not begun."), _("Write it")),
        Review.DRAFT: (_("Your self-review is being written."), _("Go on writing")),
        Review.RETURNED: (
            _("The cell has returned your self-review for completion."),
            _("Complete it"),
        ),
    }[Review(state)]
    return DueItem(
        key=f"reviews.own_self_review/{pk}",
        sentence=sentence,
        url=reverse("reviews:self_review_detail", args=[pk]),
        button=button,
        due_on=span.last_day,
        is_own=True,
        campaign=name,
    )


def _done(pk: int, state: str, name: str) -> DueItem:
    sentence = {
        Review.SENT: _("Your self-review is sent; the cell confirms it."),
        Review.CONFIRMED: _("Your self-review is confirmed by the cell."),
    }[Review(state)]
    return DueItem(
        key=f"reviews.own_self_review/{pk}",
        sentence=sentence,
        url=reverse("reviews:self_review_detail", args=[pk]),
        is_own=True,
        is_done=True,
        campaign=name,
    )


def _to_read(unit: CampaignUnit, count: int) -> DueItem:
    return several(
        key=f"reviews.self_reviews_to_confirm/{unit.pk}",
        text=ngettext(
            "%(count)d self-review waits for you to look at it.",
            "%(count)d self-reviews wait for you to look at them.",
            count,
        ),
        count=count,
        url=reverse("unit_self_reviews", args=[unit.campaign_id, unit.live_unit_id]),
        button=_("Look at each"),
        campaign=unit.campaign.name,
    )
