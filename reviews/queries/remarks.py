"""What was said at somebody's turn, and what is read beside it.

Source: docs/rules/review-meetings.md § 3.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Meeting, Participant, Pledge
from campaigns.queries import pledges
from campaigns.queries.pledges import FullText as PledgeRead
from campaigns.queries.written.reading import FullText
from members.policy import Actor
from reviews import steps
from reviews.models import (
    CollectiveRemark,
    Remark,
    ReviewOccasion,
    ReviewSuggestion,
    SaidVersion,
    SelfReview,
)
from reviews.models.remarks import RemarkQuerySet
from reviews.queries import opinions, self_reviews
from reviews.queries.opinions import OpinionRead
from reviews.queries.remediation.beside import put_right


@dataclass(frozen=True, slots=True)
class Said:
    """What was said at one turn; each remark is its text and who said it, or ""."""

    remarks: Sequence[tuple[str, str]] = ()
    answer: str = ""
    comment: str = ""
    chaired_by: str = ""

    @property
    def fit(self) -> "Said":
        """The same without remarks that say nothing."""
        return replace(self, remarks=[each for each in self.remarks if each[0]])


@dataclass(frozen=True, slots=True)
class TurnRead:
    """What was said at one turn with what the person replied, to be read."""

    occasion: ReviewOccasion
    said: Said
    replies: Sequence[Remark]
    why_no_reply: str = ""
    versions: Sequence[SaidVersion] = ()  # as it stood before it was corrected


@dataclass(frozen=True, slots=True)
class Beside:
    """What is read at somebody's turn: no level and no points of it."""

    self_review: FullText | None
    pledge: PledgeRead | None
    last_year: Sequence[str]
    suggestions: Sequence[ReviewSuggestion]
    opinions: Sequence[OpinionRead]  # of other bodies, as far as they have come


def said_at(occasion: ReviewOccasion) -> Said:
    """Return what is kept of a turn that was got by a scope; one query."""
    rows = Remark.objects.filter(occasion=occasion)
    return said_of(rows, chaired_by=occasion.chaired_by)


def turns_read(participant: Participant, actor: Actor) -> list[TurnRead]:
    """Return what the actor reads of somebody's turns, once published; three queries.

    Of a turn that was put off after it was published its versions are read.
    Source: docs/rules/review-meetings.md § 3.5.
    """
    return _turns(
        ReviewOccasion.objects.visible_to(actor).filter(participant=participant),
        Remark.objects.visible_to(actor),
        SaidVersion.objects.visible_to(actor).filter(occasion__participant=participant),
    )


def turns_of(people: Collection[Participant]) -> list[TurnRead]:
    """Return what was published of people whom the caller got by a scope; three queries."""
    return _turns(
        ReviewOccasion.objects.filter(participant__in=people),
        Remark.objects.all(),
        SaidVersion.objects.filter(occasion__participant__in=people),
    )


def _turns(
    seen: QuerySet[ReviewOccasion],
    remarks: RemarkQuerySet,
    versions: QuerySet[SaidVersion],
) -> list[TurnRead]:
    earlier = list(versions)
    published = Q(state=ReviewOccasion.State.REVIEWED)
    said = seen.filter(published | Q(pk__in={each.occasion_id for each in earlier}))
    occasions = list(
        said.select_related("participant", "body__unit", "meeting").order_by(
            "meeting__on", "pk"
        )
    )
    rows = list(remarks.published().filter(occasion__in=occasions))
    return [
        replace(
            _read(each, [row for row in rows if row.occasion_id == each.pk]),
            versions=[row for row in earlier if row.occasion_id == each.pk],
        )
        for each in occasions
    ]


def turns_said(meeting: Meeting) -> list[TurnRead]:
    """Return what was said at a meeting whose minutes one reads, in its order.

    Two queries.
    """
    occasions = list(
        ReviewOccasion.objects.filter(meeting=meeting).select_related("participant")
    )
    rows = list(Remark.objects.filter(occasion__in=occasions))
    return [
        _read(each, [row for row in rows if row.occasion_id == each.pk])
        for each in occasions
    ]


def why_no_reply(occasion: ReviewOccasion) -> str:
    """Return why the person cannot reply to what was said at a turn; "" if they can."""
    if occasion.state not in steps.states_for(steps.TURN, steps.Act.REPLY):
        return _("The review is not recorded yet.")
    if occasion.participant.level:
        return _("The level is decided already.")
    return ""


def beside_turn(participant: Participant, actor: Actor) -> Beside:
    """Return the texts of a person that are read while they are reviewed.

    Source: docs/rules/review-meetings.md § 3.2.
    """
    reviews = SelfReview.objects.visible_to(actor).filter(participant=participant)
    latest = self_reviews.latest_texts(reviews).get(participant.pk)
    kept = Pledge.objects.visible_to(actor).filter(participant=participant).first()
    return Beside(
        self_review=in_words(latest) if latest else None,
        pledge=pledges.read_text(kept) if kept else None,
        last_year=(
            *put_right(participant, actor),
            *self_reviews.last_year(participant, actor),
        ),
        suggestions=list(
            ReviewSuggestion.objects.visible_to(actor).filter(participant=participant)
        ),
        opinions=opinions.received(participant, actor),
    )


def in_words(text: FullText) -> FullText:
    """Leave the words alone: no level, degree or points that the author gives."""
    sections = (
        replace(
            section,
            answers=tuple(each for each in section.answers if each.question.is_written),
            marks=(),
            total="",
        )
        for section in text.sections
    )
    return replace(text, sections=tuple(sections))


def said_of(rows: Iterable[Remark | CollectiveRemark], *, chaired_by: str = "") -> Said:
    """Return what the rows of one turn say, in the order of the remarks."""
    kept = list(rows)
    single = {each.kind: each.text for each in kept}
    kinds = Remark.Kind
    return Said(
        remarks=[
            (each.text, each.critic) for each in kept if each.kind == kinds.REMARK
        ],
        answer=single.get(kinds.ANSWER, ""),
        comment=single.get(kinds.COMMENT, ""),
        chaired_by=chaired_by,
    )


def _read(occasion: ReviewOccasion, rows: Sequence[Remark]) -> TurnRead:
    replies = [each for each in rows if each.kind == Remark.Kind.REPLY]
    return TurnRead(
        occasion,
        said_of(rows, chaired_by=occasion.chaired_by),
        replies,
        why_no_reply(occasion),
    )
