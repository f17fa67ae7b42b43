"""Self-reviews to be read, listed, and what stands beside them while they are written."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, Participant, Pledge
from campaigns.queries import pledges
from campaigns.queries.written import people, reading
from campaigns.queries.written.people import OwnDocument, RollLine, out_of_time
from campaigns.queries.written.reading import NoteBeside
from campaigns.steps import Step
from members.policy import Actor, Area
from reviews.models import SELF_REVIEWS, SelfReview, SelfReviewText
from reviews.queries import texts
from reviews.queries.remediation.beside import named_for, put_right

# What last year's text says that this year begins with.
CARRIED_OVER = ("shortcomings", "remedied", "direction")


openings_of = partial(reading.openings_of, SELF_REVIEWS)
draft_as_read = partial(texts.draft_as_read, SELF_REVIEWS)
texts_of = partial(texts.texts_of, SELF_REVIEWS)
all_texts = partial(texts.all_texts, SELF_REVIEWS)
latest_texts = partial(texts.latest_texts, SELF_REVIEWS)


def why_closed(
    participants: Sequence[Participant], *, is_keeper: bool, today: date
) -> dict[int, str]:
    """Return for each of those who cannot begin today why; two queries."""
    step = Step.SELF_REVIEW
    return out_of_time(participants, step=step, is_keeper=is_keeper, today=today)


def own_self_reviews(actor: Actor, *, today: date) -> list[OwnDocument]:
    """Return one's own, the latest campaign first; five queries."""
    why = partial(why_closed, is_keeper=False, today=today)
    return people.own_documents(SELF_REVIEWS, actor, why_closed=why)


def roll_of(unit: CampaignUnit, *, actor: Actor, today: date) -> list[RollLine]:
    """Return everybody of a cell in the order of the roll; five queries."""
    why = partial(why_closed, is_keeper=True, today=today)
    return people.roll_of(SELF_REVIEWS, unit, actor=actor, why_closed=why)


def following(unit: CampaignUnit, participant: Participant) -> Participant | None:
    """Return who comes next on the roll with a self-review that waits for an answer."""
    waiting = [
        each
        for each in people.people_of(unit)
        if each.review_state == Participant.Review.SENT
        and each.member_id != participant.member_id
    ]
    place = (participant.sort_key, participant.pk)
    later = (each for each in waiting if (each.sort_key, each.pk) > place)
    return next(later, waiting[0] if waiting else None)


# ---- Beside what is written ------------------------------------------------


def beside(participant: Participant, actor: Actor) -> dict[str, tuple[NoteBeside, ...]]:
    """Return what stands beside the sections; at most fifteen queries.

    The items of this year's pledge with what became of them; of the plans of
    remediation and of last year's self-review what was to be mended; shortcomings of
    collectives for which the person is named.
    """
    notes: dict[str, tuple[NoteBeside, ...]] = {}
    kept = _pledge_of(participant, actor)
    if kept:
        notes["strengths"] = (
            NoteBeside(_("This year's pledge, and what became of it"), kept, "pledge"),
        )
    before = last_year(participant, actor)
    planned = put_right(participant, actor)
    if before or planned:
        title = (
            _("From your plans of remediation, and from an earlier self-review")
            if planned
            else _("From your self-review of an earlier year")
        )
        notes["remedied"] = (NoteBeside(title, (*planned, *before), "remedied"),)
    if named := named_for(participant, actor):
        title = _("Shortcomings of collectives for which you are named")
        notes["collective"] = (NoteBeside(title, named, "collective"),)
    return notes


def _pledge_of(participant: Participant, actor: Actor) -> tuple[str, ...]:
    pledge = Pledge.objects.visible_to(actor).filter(participant=participant).first()
    text = pledges.read_text(pledge) if pledge else None
    return tuple(map(_promise, text.items)) if text else ()


def _promise(read: pledges.ItemRead) -> str:
    item = read.item
    target = f"{item.goal} {item.unit_of_measure}".strip()
    state = item.get_result_display() if item.result else item.get_progress_display()
    said = item.result_note or next(
        (check.note for check in reversed(read.checks) if check.note), ""
    )
    line = f"{item.text} ({target}): {state}"
    return f"{line}. {said}" if said else line


def last_year(participant: Participant, actor: Actor) -> tuple[str, ...]:
    """Return what an earlier self-review left to be mended; two queries."""
    before = SelfReview.objects.visible_to(actor).filter(
        participant__member=participant.member_id,
        participant__campaign__year__lt=participant.campaign.year,
    )
    review = before.order_by("-participant__campaign__year").first()
    if review is None:
        return ()
    text = SelfReviewText.objects.filter(self_review=review).order_by("-number").first()
    answers = text.answers if text else {}
    return tuple(answers[key] for key in CARRIED_OVER if answers.get(key))


def are_printable(people: Sequence[Participant], actor: Actor) -> bool:
    """Tell whether there is a text to be printed of one of these; one query, or none.

    A level that came with a file has none.
    """
    if not people:
        return False
    seen = SelfReview.objects.visible_to(actor, Area.PLEDGES)
    texts = SelfReviewText.objects.filter(
        self_review__in=seen.filter(participant__in=people)
    )
    return texts.exists()
