"""Notices of levels: to whom, since when, until when one may ask to look again.

Source: docs/rules/notices.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.lifecycle import TAKES_ACTS, State
from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.models.campaign import CampaignUnitQuerySet
from campaigns.queries.written.people import people_of
from campaigns.rulesets import RuleSet
from members.dates import display_day
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.vocabulary import vocabulary
from reviews.models import (
    Decision,
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
)
from reviews.models.notices import committees_of
from reviews.queries.files import level_words, reason_words

CASE = "decision__unit__campaign"


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is told of one decision on the own level."""

    participant: Participant
    decision: Decision
    code: str
    level: str
    reason: str
    note: str
    revision: LevelRevision | None = None
    before: str = ""  # the level before a revision, in words
    given: LevelNotice | None = None
    last_day: date | None = None  # to ask for another look; None: no end is set
    request: LevelRequest | None = None  # only for the person, and who answers it
    is_latest: bool = True


def notices_of(actor: Actor) -> list[Notice]:
    """Return the decisions on oneself, the latest first; four queries."""
    return _notices(Participant.objects.own(actor), actor)


def notices_in(unit: CampaignUnit, actor: Actor) -> list[Notice]:
    """Return the latest decision on each person of a unit, in the order of the roll."""
    people = {each.pk: at for at, each in enumerate(people_of(unit))}
    found = [
        each
        for each in _notices(Participant.objects.filter(pk__in=people), actor)
        if each.is_latest
    ]
    return sorted(found, key=lambda each: people[each.participant.pk])


def notice_of(
    participant: Participant, decision: Decision, actor: Actor
) -> Notice | None:
    """Return what somebody is told of one decision, as far as the reader sees it."""
    people = Participant.objects.filter(pk=participant.pk)
    found = (each for each in _notices(people, actor) if each.decision == decision)
    return next(found, None)


def _notices(people: Iterable[Participant], actor: Actor) -> list[Notice]:
    lines = DecisionLine.objects.visible_to(actor).filter(participant__in=people)
    revisions = LevelRevision.objects.visible_to(actor).filter(participant__in=people)
    rows: list[DecisionLine | LevelRevision] = [
        *lines.select_related(CASE, "participant"),
        *revisions.select_related(CASE, "participant"),
    ]
    rows.sort(key=lambda row: (row.decision.on, row.decision.pk), reverse=True)
    given = {
        (each.participant_id, each.decision_id): each
        for each in LevelNotice.objects.visible_to(actor).filter(
            participant__in=[row.participant_id for row in rows]
        )
    }
    asked = {
        (each.participant_id, each.decision_id): each
        for each in LevelRequest.objects.visible_to(actor)
        .filter(participant__in=[row.participant_id for row in rows])
        .select_related("goes_to")
    }
    seen: set[int] = set()
    found = []
    for row in rows:
        key = (row.participant_id, row.decision_id)
        is_latest = row.participant_id not in seen
        seen.add(row.participant_id)
        found.append(_notice(row, given.get(key), asked.get(key), is_latest=is_latest))
    return found


def _notice(
    row: DecisionLine | LevelRevision,
    given: LevelNotice | None,
    request: LevelRequest | None,
    *,
    is_latest: bool,
) -> Notice:
    rules = row.decision.unit.campaign.rules
    words = level_words(rules)
    revision = row if isinstance(row, LevelRevision) else None
    return Notice(
        row.participant,
        row.decision,
        row.level,
        words.get(row.level, row.level),
        reason_words(rules).get(row.reason, ""),
        row.note,
        revision,
        words.get(revision.previous_level, "") if revision else "",
        given,
        last_day_of(rules, given),
        request,
        is_latest,
    )


def last_day_of(rules: RuleSet, given: LevelNotice | None) -> date | None:
    """Return the last day to ask for another look; None while no end is set.

    The days count from the day on which the notice was given, or was said to be given:
    whoever writes that down late takes nothing from anybody.
    Source: docs/rules/notices.md § 2.3.
    """
    days = rules.procedure.request_days
    if given is None or days is None:
        return None
    since = max(given.given_on, timezone.localdate(given.recorded_at))
    return since + timedelta(days=days.value)


def goes_to(decision: Decision, participant: Participant) -> CampaignUnit | None:
    """Return the unit that looks again at what a decision says of somebody.

    The rule set says whether it is the unit that decided or the one above it; never the
    unit where the person is, and never a cell. None: there is none in this campaign.
    Source: docs/rules/notices.md § 2.2.
    """
    unit, place = decision.unit, place_of(participant)
    asked = unit.campaign.rules.procedure.request_to
    is_own = place is not None and place.pk == unit.pk
    if is_own or asked is None or asked.value == "SUPERIOR":
        unit = unit.parent or unit
    is_cell = unit.kind in vocabulary().cells
    return None if is_cell or (place and unit.pk == place.pk) else unit


@opened_for(Purpose.RESULTS)  # of somebody who was got by a scope
def place_of(participant: Participant) -> CampaignUnit | None:
    """Return where somebody is counted; None once they have left."""
    placed = Placement.objects.open().filter(participant=participant)
    found = placed.select_related(
        "unit__custodian", "unit__grassroots", "unit__parent"
    ).first()
    return found.unit if found else None


def why_not_asked(notice: Notice, *, on: date) -> str:
    """Return why one may not ask for another look on this day; "" if one may.

    Source: docs/rules/notices.md § 2.
    """
    campaign = notice.decision.unit.campaign
    has_no_end = campaign.rules.procedure.request_days is None
    is_ended = has_no_end and State(campaign.state) not in TAKES_ACTS
    is_answer = notice.revision is not None and notice.revision.request_id is not None
    is_over = notice.last_day is not None and on > notice.last_day
    found = (
        (notice.request, _("You have asked for this already.")),
        (not notice.is_latest, _("A later decision stands in its place.")),
        (is_answer, _("This is the answer to your request; it is asked for once.")),
        (is_ended, _("The campaign is closed.")),
        (
            is_over,
            _("The last day to ask for it was %s.") % display_day(notice.last_day)
            if notice.last_day
            else "",
        ),
    )
    why = next((text for holds, text in found if holds), "")
    if not why and goes_to(notice.decision, notice.participant) is None:
        return _("No committee above takes part in this campaign.")
    return why


@dataclass(frozen=True, slots=True)
class RequestRead:
    """One request with whose it is, for the committee that it goes to."""

    request: LevelRequest
    name: str
    unit: CampaignUnit | None
    level: str
    reason: str
    answer: LevelRevision | None = None
    answered: str = ""  # the level that stands after it, in words


def looking_units(actor: Actor) -> CampaignUnitQuerySet:
    """Return the units as whose committee the actor looks at levels again.

    Source: docs/rules/notices.md § 2.2.
    """
    units = CampaignUnit.objects.visible_to(actor, Area.CAMPAIGN)
    return units.filter(custodian__in=committees_of(actor), closed_on=None)


def own_looking_units(actor: Actor) -> list[CampaignUnit]:
    """Return those of campaigns that run or are closed; one query."""
    units = looking_units(actor).filter(campaign__in=Campaign.objects.opened())
    return list(units.select_related("campaign").order_by("-campaign__year", "path"))


def requests_to(unit: CampaignUnit, actor: Actor) -> list[RequestRead]:
    """Return what was asked of a committee, waiting first, in the order of coming."""
    rows = LevelRequest.objects.answerable_by(actor).filter(goes_to=unit)
    read = read_requests(list(rows.order_by("filed_at", "pk")), unit.campaign.rules)
    return sorted(read, key=lambda each: each.answer is not None)


@opened_for(Purpose.RESULTS)  # whose requests these are, which were got by a scope
def read_requests(rows: Sequence[LevelRequest], rules: RuleSet) -> list[RequestRead]:
    """Return requests that were got by a scope with their people; three queries."""
    people = Participant.objects.in_bulk([each.participant_id for each in rows])
    placed = Placement.objects.open().filter(participant__in=people)
    places = {each.participant_id: each.unit for each in placed.select_related("unit")}
    answers = {
        each.request_id: each
        for each in LevelRevision.objects.filter(request__in=rows).select_related(
            "decision"
        )
    }
    words, reasons = level_words(rules), reason_words(rules)
    return [
        RequestRead(
            each,
            people[each.participant_id].full_name,
            places.get(each.participant_id),
            words.get(each.level, each.level),
            reasons.get(each.reason, ""),
            answers.get(each.pk),
            words.get(answers[each.pk].level, "") if each.pk in answers else "",
        )
        for each in rows
    ]
