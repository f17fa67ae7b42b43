"""From what an item of a plan may come: suggestions answered, remarks, and the rest.

Source: docs/rules/remediation.md § 4.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from campaigns.models import Participant
from members.policy import Actor
from reviews.models import (
    Remark,
    RemediationItem,
    RemediationPlan,
    ReviewSuggestion,
    SelfReviewText,
)

Source = RemediationItem.Source
SAID = (Remark.Kind.REMARK, Remark.Kind.COMMENT)
MOST = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be taken into a plan, with the words that it brings."""

    key: str  # in the address: "s12" a suggestion, "r5" a remark, else the source
    source: Source
    text: str = ""
    told: str = ""  # by which document, or on which day
    suggestion: ReviewSuggestion | None = None
    remark: Remark | None = None


def offers_for(plan: RemediationPlan, actor: Actor) -> list[Offer]:
    """Return what can be taken into a plan and is in none yet; four queries.

    Of a collective's plan: what it names itself, and what was concluded.
    """
    found: list[Offer] = []
    if plan.member_id:
        taken = RemediationItem.objects.filter(plan__member=plan.member_id)
        pairs = list(taken.values_list("suggestion", "remark"))
        found += _suggested(plan, actor, {pk for pk, _other in pairs if pk})
        found += _said(plan, actor, {pk for _other, pk in pairs if pk})
    return [*found, Offer("own", Source.OWN), Offer("concluded", Source.CONCLUDED)]


def _suggested(plan: RemediationPlan, actor: Actor, taken: set[int]) -> Iterator[Offer]:
    rows = (
        ReviewSuggestion.objects.visible_to(actor)
        .filter(participant__member=plan.member_id)
        .exclude(pk__in=taken)
    )
    answered = _answered([row.participant_id for row in rows])
    for row in rows.order_by("-on", "-pk")[:MOST]:
        if row.pk in answered:
            yield Offer(
                f"s{row.pk}", Source.SUGGESTION, row.text, row.document, suggestion=row
            )


def _said(plan: RemediationPlan, actor: Actor, taken: set[int]) -> Iterator[Offer]:
    rows = (
        Remark.objects.visible_to(actor)
        .published()
        .filter(occasion__participant__member=plan.member_id, kind__in=SAID)
        .exclude(pk__in=taken)
        .select_related("occasion__meeting")
    )
    for row in rows.order_by("-occasion__meeting__on", "occasion", "position")[:MOST]:
        yield Offer(f"r{row.pk}", Source.REMARK, row.text, remark=row)


def _answered(people: list[int]) -> set[int]:
    """Return the ids of the suggestions that texts of these people answer."""
    texts = SelfReviewText.objects.filter(self_review__participant__in=people)
    return {
        int(key.partition(".")[2])
        for answers in texts.values_list("answers", flat=True)
        for key, said in answers.items()
        if key.startswith("suggested.") and said
    }


def is_source_of(
    plan: RemediationPlan,
    source: Source,
    *,
    suggestion: ReviewSuggestion | None,
    remark: Remark | None,
) -> bool:
    """Tell whether an item of the plan may come from this."""
    if source == Source.SUGGESTION:
        return suggestion is not None and (
            _is_of(plan, suggestion.participant)
            and suggestion.pk in _answered([suggestion.participant_id])
        )
    if source == Source.REMARK:
        return remark is not None and (
            _is_of(plan, remark.occasion.participant)
            and remark.kind in SAID
            and remark.occasion.state == remark.occasion.State.REVIEWED
        )
    return suggestion is None and remark is None


def _is_of(plan: RemediationPlan, participant: Participant) -> bool:
    return plan.member_id is not None and participant.member_id == plan.member_id
