"""What an organisation department gets about one person, for a stated reason.

Source: docs/policy.md § 5.7; docs/rules/consequences.md § 3.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Participant
from members.dates import display_day
from members.models import Member
from members.policy import Actor, PostInForce
from members.row_security import Purpose, opened_for
from reports.queries.reasoned_texts import plans_below
from reports.queries.records import results_of
from reviews.models import DecisionLine, LevelRevision, RemediationItem
from reviews.queries.files import level_words, reason_words
from reviews.queries.remediation.reading import ItemRead, items_read

State = RemediationItem.State


@dataclass(frozen=True, slots=True)
class ExtractLevel:
    """A decided level: of which year, where the person was, who decided, by what."""

    year: int
    where: str
    level: str
    reason: str  # for the lowest level
    decided_by: str
    document: str  # "" where the reader does not see the decision


@dataclass(frozen=True, slots=True)
class Extract:
    """Decided levels, shortcomings that were concluded, and how far they are put right.

    `others` counts what else of the person's plans is open, put right or referred.
    """

    levels: Sequence[ExtractLevel]
    items: Sequence[ItemRead]
    others: Sequence[tuple[str, int]]


@opened_for(Purpose.REASON)
def extract_of(
    post: PostInForce, member: Member, actor: Actor, *, today: date
) -> Extract:
    """Return the extract about one person, the latest year first; eight queries.

    The caller recorded the reading. Plans of remediation are read while the person
    stands on a roll below the post.
    """
    items = items_read(
        RemediationItem.objects.filter(plan__in=plans_below(post, member)).order_by(
            "document_on", "pk"
        ),
        today=today,
    )
    concluded = RemediationItem.Source.CONCLUDED
    counts = Counter(
        State(each.item.state) for each in items if each.item.source != concluded
    )
    return Extract(
        levels=_levels(Participant.objects.filter(member=member), actor),
        items=[each for each in items if each.item.source == concluded],
        others=[(str(state.label), counts[state]) for state in State if counts[state]],
    )


def _levels(people: QuerySet[Participant], actor: Actor) -> list[ExtractLevel]:
    decided = results_of(people.exclude(level=""))
    documents = _documents([each.participant for each in decided], actor)
    found = []
    for result in decided:
        person = result.participant
        rules = person.campaign.rules
        found.append(
            ExtractLevel(
                year=person.campaign.year,
                where=result.placements[-1].unit.name if result.placements else "",
                level=level_words(rules)[person.level],
                reason=reason_words(rules).get(person.reason, ""),
                decided_by=person.decided_by.name
                if person.decided_by
                else _("taken over from a file of results"),
                document=documents.get(person.pk, ""),
            )
        )
    return found


def _documents(people: Sequence[Participant], actor: Actor) -> dict[int, str]:
    """Return number and day of the decision that holds, by the number of the person."""
    lines = DecisionLine.objects.visible_to(actor).filter(participant__in=people)
    again = LevelRevision.objects.visible_to(actor).filter(participant__in=people)
    return {
        each.participant_id: f"{each.decision.document}, "
        f"{display_day(each.decision.on)}"
        for rows in (lines, again.order_by("decision__on", "pk"))
        for each in rows.select_related("decision")
    }
