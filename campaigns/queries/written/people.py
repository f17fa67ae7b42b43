"""Lists of documents: one's own over the years, and the roll of a cell."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from campaigns.models import (
    CampaignUnit,
    DraftByPerson,
    Participant,
    PersonKind,
    Placement,
    WrittenByPerson,
)
from campaigns.queries.phases import spans_of_people
from campaigns.steps import Step
from members.dates import display_day
from members.policy import Actor

# Why each of these people cannot begin now, by participant.
WhyClosed = Callable[[Sequence[Participant]], Mapping[int, str]]


def out_of_time(
    people: Sequence[Participant], *, step: Step, is_keeper: bool, today: date
) -> dict[int, str]:
    """Return for each of those who cannot begin today why, by participant; two queries.

    `is_keeper`: the reader is of the cell's committee, and is sent to the office above.
    """
    spans = spans_of_people([each.pk for each in people], step=step)
    why = {}
    for person, span in spans.items():
        if span and span.last_day < today:
            why[person] = _over(span.last_day, is_keeper=is_keeper)
        elif span and today < span.from_on:
            why[person] = _("This begins on %(day)s.") % {
                "day": display_day(span.from_on)
            }
    return why


def _over(last_day: date, *, is_keeper: bool) -> str:
    text = (
        _("The last day was %(day)s. The office of the committee gives a longer time.")
        if is_keeper
        else _(
            "The last day was %(day)s. Ask the secretary of your cell for a longer time."
        )
    )
    return text % {"day": display_day(last_day)}


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """One's document of one campaign."""

    participant: Participant
    document: WrittenByPerson | None
    draft: DraftByPerson | None
    state: str
    state_in_words: str
    closed: str = ""  # why it cannot be begun now


def own_documents(
    kind: PersonKind, actor: Actor, *, why_closed: WhyClosed
) -> list[OwnDocument]:
    """Return one's own, the latest campaign first; three queries, and why."""
    own = Participant.objects.own(actor).select_related("campaign")
    people = [
        each
        for each in own.order_by("-campaign__year", "-campaign")
        if each.campaign.opened_at
    ]
    why = why_closed(people)
    mine = kind.document._default_manager.filter(participant__in=people)
    drafts = kind.draft._default_manager.filter(participant__in=people)
    documents = {row.participant_id: row for row in mine}
    written = {row.participant_id: row for row in drafts}
    return [
        OwnDocument(
            each,
            documents.get(each.pk),
            written.get(each.pk),
            kind.state_of(each),
            kind.state_in_words(each),
            why.get(each.pk, ""),
        )
        for each in people
    ]


@dataclass(frozen=True, slots=True)
class RollLine:
    """One person of the cell with the state of the document."""

    participant: Participant
    document: WrittenByPerson | None
    state: str
    state_in_words: str
    is_own: bool
    is_typed_here: bool  # on behalf, and not sent yet
    closed: str = ""  # why it cannot be begun now


@dataclass(frozen=True, slots=True)
class RollCounts:
    """How far a roll is, on the base that boards and the first page have too.

    Source: docs/rules/progress.md § 1.
    """

    owed: int
    confirmed: int  # of those who owe one
    free: int  # owe none


def counts_of(lines: Sequence[RollLine], *, done: Collection[str]) -> RollCounts:
    """Count the lines of a roll; `done` are the states that count as confirmed."""
    owing = [line for line in lines if line.participant.owes_pledge]
    return RollCounts(
        owed=len(owing),
        confirmed=sum(line.state in done for line in owing),
        free=len(lines) - len(owing),
    )


def roll_of(
    kind: PersonKind, unit: CampaignUnit, *, actor: Actor, why_closed: WhyClosed
) -> list[RollLine]:
    """Return everybody of a cell in the order of the roll; three queries, and why.

    Nobody stands first for being late.
    """
    people = people_of(unit)
    documents = {
        row.participant_id: row
        for row in kind.document._default_manager.visible_to(actor).filter(
            participant__in=people
        )
    }
    typed = kind.draft._default_manager.visible_to(actor).filter(
        participant__in=people, is_on_behalf=True
    )
    on_behalf = set(typed.values_list("participant", flat=True))
    why = why_closed(people)
    return [
        RollLine(
            each,
            documents.get(each.pk),
            kind.state_of(each),
            kind.state_in_words(each),
            each.member_id == actor.member_id,
            each.pk in on_behalf,
            why.get(each.pk, ""),
        )
        for each in people
    ]


def people_of(unit: CampaignUnit) -> Sequence[Participant]:
    """Return who counts in the unit now, in the order of the roll."""
    placed = Placement.objects.open().filter(unit=unit)
    people = Participant.objects.counted().filter(pk__in=placed.values("participant"))
    return list(people.order_by("sort_key", "pk"))
