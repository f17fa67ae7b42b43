"""What somebody wrote and what was said of them, read for a stated reason.

Source: docs/policy.md § 5.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, QuerySet

from campaigns.models import Campaign, Participant, Pledge
from campaigns.queries import pledges
from campaigns.queries.written.reading import FullText
from members.models import Member, Membership, within
from members.policy import Area, PostInForce, Reach, reach_of
from members.row_security import Purpose, opened_for
from reviews.models import (
    RemediationItem,
    RemediationPlan,
    ReviewSuggestion,
    SelfReview,
    SelfReviewStatement,
)
from reviews.queries import remarks, self_reviews
from reviews.queries.remarks import TurnRead
from reviews.queries.remediation.reading import ItemRead, items_read


@dataclass(slots=True)
class TextsRead:
    """The texts of one person in one campaign; no draft is among them."""

    participant: Participant
    pledge: Sequence[FullText] = ()
    self_review: Sequence[FullText] = ()
    turns: list[TurnRead] = field(default_factory=list)
    suggestions: list[ReviewSuggestion] = field(default_factory=list)
    statements: list[SelfReviewStatement] = field(default_factory=list)

    @property
    def campaign(self) -> Campaign:
        """The campaign in which they were written."""
        return self.participant.campaign

    @property
    def is_on_paper(self) -> bool:
        """Whether the campaign keeps no words of a pledge."""
        return self.campaign.mode == Campaign.Mode.RESULTS_ONLY

    @property
    def is_empty(self) -> bool:
        """Whether nothing was sent, said or suggested."""
        return not (
            self.pledge
            or self.self_review
            or self.turns
            or self.suggestions
            or self.statements
        )


@opened_for(Purpose.REASON)
def texts_read(
    post: PostInForce, participants: QuerySet[Participant]
) -> list[TextsRead]:
    """Return the texts of one person, the latest campaign first; fourteen queries.

    None where the post reads no texts. The caller recorded the reading.
    """
    if reach_of(post.standing, Area.TEXTS) is not Reach.REASON:
        return []
    rows = participants.select_related("campaign").order_by(
        "-campaign__year", "-campaign"
    )
    found = {each.pk: TextsRead(each) for each in rows}
    people = [each.participant for each in found.values()]
    _add_written(found, people)
    for turn in remarks.turns_of(people):
        found[turn.occasion.participant_id].turns.append(turn)
    for suggestion in ReviewSuggestion.objects.filter(participant__in=people):
        found[suggestion.participant_id].suggestions.append(suggestion)
    stated = SelfReviewStatement.objects.filter(occasion__participant__in=people)
    for statement in stated.select_related("suggestion", "occasion"):
        found[statement.occasion.participant_id].statements.append(statement)
    return [each for each in found.values() if not each.is_empty]


def _add_written(found: dict[int, TextsRead], people: Collection[Participant]) -> None:
    promised = {
        each.pk: each.participant_id
        for each in Pledge.objects.filter(participant__in=people)
    }
    for pledge_id, sent in pledges.all_texts(promised).items():
        found[promised[pledge_id]].pledge = sent
    reviews = SelfReview.objects.filter(participant__in=people)
    for participant_id, texts in self_reviews.all_texts(reviews).items():
        found[participant_id].self_review = texts


def plans_below(post: PostInForce, member: Member) -> QuerySet[RemediationPlan]:
    """Return what somebody on a roll below a post gave the cell; one query with it."""
    below = Membership.objects.filter(
        within([post.unit_path], "unit__path"),
        member=member,
        kind=Membership.Kind.OFFICIAL,
        until_on=None,
    )
    draft = RemediationPlan.State.DRAFT
    return RemediationPlan.objects.filter(Exists(below), member=member).exclude(
        state=draft
    )


@opened_for(Purpose.REASON)
def plans_read(
    post: PostInForce, member: Member, *, today: date
) -> list[tuple[RemediationPlan, list[ItemRead]]]:
    """Return the plans of remediation of somebody on a roll below a post; four queries.

    The latest first; none that is not given to the cell, and none where the post reads
    no texts. The caller recorded the reading.
    """
    is_read = reach_of(post.standing, Area.TEXTS) is Reach.REASON
    if not is_read:
        return []
    plans = plans_below(post, member)
    items = RemediationItem.objects.filter(plan__in=plans).order_by("due_on", "pk")
    of: dict[int, list[ItemRead]] = defaultdict(list)
    for read in items_read(items, today=today):
        of[read.item.plan_id].append(read)
    return [(plan, of[plan.pk]) for plan in plans.order_by("-opened_at", "-pk")]
