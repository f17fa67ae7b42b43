"""Opinions of other bodies as they are asked for, read and listed.

Source: docs/rules/opinions.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import get_language

from campaigns.models import Campaign, CampaignBody, CampaignUnit, Participant
from campaigns.models.campaign import CampaignUnitQuerySet, in_reach
from campaigns.queries.written.people import people_of
from campaigns.vocabulary.opinions import opinion_lists
from members.models import Membership
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from reviews.models import (
    Opinion,
    OpinionEntry,
    OpinionRequest,
    ResidenceExemption,
)
from reviews.models.opinions import deciding_posts
from reviews.queries.notices import place_of
from reviews.queries.rating import decider_of


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request with how much of it has come."""

    request: OpinionRequest
    source: str  # in words
    asked: int
    received: int
    is_late: bool

    @property
    def waits(self) -> bool:
        """Whether something of it is still waited for."""
        return self.request.ended_on is None and self.received < self.asked


@dataclass(frozen=True, slots=True)
class OpinionRead:
    """One opinion with its words: the last that was entered, the earlier, the replies."""

    opinion: Opinion
    source: str  # in words
    is_late: bool
    latest: OpinionEntry | None = None
    earlier: list[OpinionEntry] = field(default_factory=list)
    replies: list[OpinionEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a cell: the opinion of the place of residence, and of others."""

    participant: Participant
    exemption: str  # why none is asked for, in words, or ""
    residence: OpinionRead | None
    asked: int  # of other bodies
    received: int
    old_cell: (
        str  # where the person was half of the year, if that cell says nothing yet
    )


def source_in_words(code: str) -> str:
    """Return what a kind of body is called; the code itself where a list lost it."""
    term = opinion_lists().askable.get(code)
    return term.label.text(_language()) if term else code


def exemption_in_words(code: str) -> str:
    """Return why no opinion of the place of residence is asked for."""
    term = opinion_lists().exemptions.get(code)
    return term.label.text(_language()) if term else code


def _language() -> str:
    return get_language() or "vi"


# ---- Whose -----------------------------------------------------------------


def asking_units(actor: Actor) -> CampaignUnitQuerySet:
    """Return the units for which the actor asks: as cell committee, or as committee."""
    kept = Q(in_reach(actor, Area.PLEDGES))
    committee = Q(custodian__in=deciding_posts(actor))
    return CampaignUnit.objects.filter(kept | committee, closed_on=None)


def own_committees(actor: Actor) -> list[CampaignUnit]:
    """Return the units as whose committee the actor asks, of running campaigns."""
    units = CampaignUnit.objects.filter(
        custodian__in=deciding_posts(actor),
        closed_on=None,
        campaign__in=Campaign.objects.running(),
    )
    related = units.select_related("campaign")
    return list(related.order_by("-campaign__year", "path"))


def asked_about(unit: CampaignUnit, *, is_cell: bool) -> list[CampaignUnit]:
    """Return the units about which a unit asks: a cell itself, a committee those below.

    Those whose levels it decides on, and what stands right below it; at most two
    queries.
    """
    if is_cell:
        return [unit]
    below = CampaignUnit.objects.in_subtree_of(unit).filter(closed_on=None)
    related = below.select_related("campaign", "parent", "grassroots")
    return [
        each
        for each in related.order_by("path")
        if each == unit or each.parent_id == unit.pk or decider_of(each) == unit
    ]


def subjects_of(
    place: CampaignUnit, unit: CampaignUnit, *, is_cell: bool
) -> tuple[list[Participant], list[CampaignBody]]:
    """Return about which people and collectives of a place a unit may ask."""
    decides = is_cell or decider_of(place) == unit
    bodies = CampaignBody.objects.filter(unit=place).select_related("unit")
    return (
        list(people_of(place)) if decides else [],
        list(bodies.order_by("kind", "pk")),
    )


def read_person(
    actor: Actor, participant_id: int
) -> tuple[Participant, CampaignUnit | None] | None:
    """Return somebody about whom the actor reads opinions, and where others count.

    None: out of scope. Oneself; whose texts one reads; on whose level the committee of
    one's post decides. At most five queries.
    """
    people = Participant.objects.select_related("campaign")
    found = people.visible_to(actor, Area.LEVELS).filter(pk=participant_id).first()
    if found is None:
        return None
    if actor.member_id is not None and found.member_id == actor.member_id:
        return found, None
    place = place_of(found)
    if place is None:
        return None
    if decider_of(place).custodian_id in deciding_posts(actor):
        return found, place
    texts = people.visible_to(actor, Area.TEXTS)
    return (found, place) if texts.filter(pk=found.pk).exists() else None


# ---- Lists -----------------------------------------------------------------


def requests_of(unit: CampaignUnit, actor: Actor, *, today: date) -> list[RequestLine]:
    """Return what a unit has asked for, what is waited for first; two queries."""
    rows = OpinionRequest.objects.editable_by(actor).filter(unit=unit)
    return _lines(rows, today=today)


def requests_below(
    unit: CampaignUnit, actor: Actor, *, today: date
) -> list[RequestLine]:
    """Return what cells have asked about people on whom a unit decides; two queries."""
    rows = OpinionRequest.objects.visible_to(actor).filter(goes_to=unit)
    return _lines(rows.exclude(unit=unit), today=today)


def _lines(requests: Iterable[OpinionRequest], *, today: date) -> list[RequestLine]:
    rows = list(requests.select_related("unit__campaign"))  # type: ignore[attr-defined]  # a queryset
    came = Q(state=Opinion.State.RECEIVED)
    counts = {
        request: (asked, received)
        for request, asked, received in Opinion.objects.filter(request__in=rows)
        .order_by()
        .values("request")
        .annotate(asked=Count("pk"), received=Count("pk", filter=came))
        .values_list("request", "asked", "received")
    }
    lines = []
    for each in rows:
        asked, received = counts.get(each.pk, (0, 0))
        waits = each.ended_on is None and received < asked
        source = source_in_words(each.source)
        is_late = waits and each.due_on < today
        lines.append(RequestLine(each, source, asked, received, is_late))
    return sorted(lines, key=lambda line: not line.waits)


def people_lines(unit: CampaignUnit, actor: Actor, *, today: date) -> list[PersonLine]:
    """Return the people of a cell with what is said of them, in the order of the roll.

    Six queries.
    """
    people = people_of(unit)
    seen = Opinion.objects.visible_to(actor).filter(participant__in=people)
    reads: dict[int, list[OpinionRead]] = defaultdict(list)
    for read in reads_of(seen, today=today):
        assert read.opinion.participant_id is not None  # as it was asked for
        reads[read.opinion.participant_id].append(read)
    exempt = dict(
        ResidenceExemption.objects.filter(participant__in=people).values_list(
            "participant", "category"
        )
    )
    came_from = _half_a_year_elsewhere(unit, people, today=today)
    lists = opinion_lists().askable
    lines = []
    for each in people:
        own = reads[each.pk]
        of_home = [r for r in own if lists[r.opinion.request.source].is_residence]
        others = [r for r in own if r not in of_home]
        told = any(
            lists[r.opinion.request.source].is_old_cell and r.latest for r in others
        )
        lines.append(
            PersonLine(
                each,
                exemption=(
                    exemption_in_words(exempt[each.pk]) if each.pk in exempt else ""
                ),
                residence=of_home[-1] if of_home else None,
                asked=len(others),
                received=sum(r.latest is not None for r in others),
                old_cell="" if told else came_from.get(each.member_id, ""),
            )
        )
    return lines


@opened_for(Purpose.RECORD)  # where people of a cell got by a scope were before
def _half_a_year_elsewhere(
    unit: CampaignUnit, people: Sequence[Participant], *, today: date
) -> dict[int, str]:
    """Return by member the other cell that owes its comment; one query.

    Source: docs/rules/opinions.md § 1.4.
    """
    year = unit.campaign.year
    first, last = date(year, 1, 1), min(date(year + 1, 1, 1), today)
    before = Membership.objects.official().filter(
        member__in=[each.member_id for each in people],
        until_on__gt=first,
    )
    owed = {}
    for row in before.exclude(unit=unit.live_unit_id).select_related("unit"):
        assert row.until_on is not None  # as it was asked for
        since = max(row.from_on or first, first)
        days = (min(row.until_on, last) - since).days
        if days >= opinion_lists().old_cell_days:
            owed[row.member_id] = row.unit.name
    return owed


# ---- What was said ---------------------------------------------------------


def reads_of(opinions: Iterable[Opinion], *, today: date) -> list[OpinionRead]:
    """Return opinions got by a scope with their words, as they were asked; two queries."""
    rows = list(
        opinions.select_related(  # type: ignore[attr-defined]  # a queryset
            "request__unit__campaign",
            "request__unit__custodian",
            "participant",
            "body__unit",
        ).order_by("request__asked_on", "pk")
    )
    entries: dict[int, list[OpinionEntry]] = defaultdict(list)
    for entry in OpinionEntry.objects.filter(opinion__in=rows).order_by("at", "pk"):
        entries[entry.opinion_id].append(entry)
    return [_read(each, entries[each.pk], today) for each in rows]


def received(participant: Participant, actor: Actor) -> list[OpinionRead]:
    """Return what has come on somebody, as far as the actor reads it; two queries."""
    seen = Opinion.objects.visible_to(actor).filter(participant=participant)
    came = seen.filter(state=Opinion.State.RECEIVED)
    return reads_of(came, today=date.max)


def _read(opinion: Opinion, entries: list[OpinionEntry], today: date) -> OpinionRead:
    said = [each for each in entries if each.kind == OpinionEntry.Kind.OPINION]
    waits = opinion.state == Opinion.State.ASKED and opinion.request.ended_on is None
    return OpinionRead(
        opinion,
        source_in_words(opinion.request.source),
        is_late=waits and opinion.request.due_on < today,
        latest=said[-1] if said else None,
        earlier=said[:-1],
        replies=[each for each in entries if each.kind == OpinionEntry.Kind.REPLY],
    )


def last_entry(opinion: Opinion) -> OpinionEntry | None:
    """Return the words that count of an opinion got by a scope; one query."""
    said = OpinionEntry.objects.filter(opinion=opinion, kind=OpinionEntry.Kind.OPINION)
    return said.order_by("at", "pk").last()
