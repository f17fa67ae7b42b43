"""A committee looks at a decided level again: it is kept or changed, both are kept.

Source: docs/rules/notices.md § 3.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, Participant
from campaigns.rulesets import RuleSet
from campaigns.services import running, tallies
from members import events
from members.models import Member
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services.versions import locked_version
from reviews.models import Decision, DecisionLine, LevelRequest, LevelRevision
from reviews.queries.notices import place_of
from reviews.queries.rating import decider_of
from reviews.queries.verifying import breaches_of_change
from reviews.services.deciding import (
    LOWEST,
    DecisionRefused,
    Papers,
    demand_papers,
)
from reviews.services.notifying import (
    NoticeRefused,
    demand_of_another,
    person_of,
    tell_the_cell,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands after it: "" keeps the level as it is."""

    level: str
    note: str
    reason: str = ""


@opened_for(Purpose.ACT)  # a committee that reaches the level by the request alone
def answer(
    *,
    request: LevelRequest,
    version: int,
    papers: Papers,
    outcome: Outcome,
    actor: Actor,
    now: datetime,
) -> LevelRevision:
    """Answer a request: the level is kept or changed, with the reason.

    One transaction with the figures of the unit where the person counts.
    Raises: DecisionRefused if the papers, the level or the reasons do not fit, or a
        number is exceeded without a reason; NoticeRefused if it is one's own, answered
        already, or the level has changed since; versions.ChangedMeanwhile.
    """
    unit, participant = request.goes_to, request.participant
    demand_papers(papers, now)
    running.demand_opened(unit.campaign, NoticeRefused)
    place = place_of(participant)
    with tallies.changing([place.pk] if place else []):
        held = locked_version(LevelRequest.objects.all(), request, version=version)
        demand_of_another(held, actor)
        if held.state not in LevelRequest.WAITING:
            raise NoticeRefused(
                _("It is “%s” by now: reload the page.") % held.get_state_display()
            )
        person = _hold(participant)
        if (person.level, person.reason) != (held.level, held.reason):
            raise NoticeRefused(_("The level has changed since it was asked about."))
        revision = _revise(unit, person, place, papers, outcome, held, actor, now)
        states = LevelRequest.State
        held.state = states.KEPT if revision.is_kept else states.CHANGED
        held.received_at = held.received_at or now
        held.received_by_id = held.received_by_id or actor.account_id
        held.version += 1
        held.save()
        tell_the_cell(held)
    return revision


@opened_for(Purpose.ACT)  # found by the code, as it stands on papers
def reopen(
    *,
    unit: CampaignUnit,
    code: str,
    papers: Papers,
    outcome: Outcome,
    actor: Actor,
    now: datetime,
) -> LevelRevision:
    """Rate somebody anew whose level the committee decided, though nobody asked.

    Also after the campaign was closed: what is found in violation later.
    Raises: DecisionRefused as for `answer`, if nothing changes, a request waits, it is
        the own case, or the committee did not decide on anybody of this code.
    """
    demand_papers(papers, now)
    running.demand_opened(unit.campaign, DecisionRefused)
    found = person_of(unit, code)
    place = place_of(found) if found else None
    if found is None or not _is_decided_by(found, unit, place):
        raise DecisionRefused(
            _("This committee has decided on the level of nobody of this code."),
            column="code",
        )
    if found.member_id == actor.member_id:
        raise DecisionRefused(
            _("Somebody else of the committee records your own case."), column="code"
        )
    with tallies.changing([place.pk] if place else []):
        person = _hold(found)
        if LevelRequest.objects.filter(participant=person).waiting().exists():
            raise DecisionRefused(
                _("This person has asked for another look: answer that."),
                column="code",
            )
        return _revise(unit, person, place, papers, outcome, None, actor, now)


def _is_decided_by(
    person: Participant, unit: CampaignUnit, place: CampaignUnit | None
) -> bool:
    """An imported level counts as decided by the unit that the rule set names."""
    if not person.level:
        return False
    if person.decided_by_id:
        return person.decided_by_id == unit.pk
    return place is not None and decider_of(place) == unit


def _hold(participant: Participant) -> Participant:
    people = Participant.objects.select_for_update(of=("self",), no_key=True)
    return people.get(pk=participant.pk)


def _revise(
    unit: CampaignUnit,
    person: Participant,
    place: CampaignUnit | None,
    papers: Papers,
    outcome: Outcome,
    request: LevelRequest | None,
    actor: Actor,
    now: datetime,
) -> LevelRevision:
    rules = unit.campaign.rules
    level, reason = outcome.level or person.level, outcome.reason
    if not outcome.level:
        reason = person.reason
    _demand_outcome(rules, person, level, reason, outcome, request)
    if level != person.level and place and not papers.breach_reason:
        breaches = breaches_of_change(rules, person, place, level)
        if breaches:
            raise DecisionRefused(
                _("This needs a reason of the deciding body: %s") % "; ".join(breaches),
                column="breach_reason",
            )
    decision = _decision(unit, papers, person, actor, now)
    revision = LevelRevision.objects.create(
        participant=person,
        decision=decision,
        request=request,
        previous_level=person.level,
        previous_reason=person.reason,
        previous_decided_by_id=person.decided_by_id,
        level=level,
        reason=reason,
        note=outcome.note,
    )
    if not revision.is_kept:
        person.level, person.reason, person.decided_by = level, reason, unit
        person.version += 1
        person.save(update_fields=["level", "reason", "decided_by", "version"])
    _record(revision, unit, person, actor, now)
    return revision


def _demand_outcome(
    rules: RuleSet,
    person: Participant,
    level: str,
    reason: str,
    outcome: Outcome,
    request: LevelRequest | None,
) -> None:
    if level not in rules.members.codes:
        raise DecisionRefused(_("Choose a level of this campaign."), column="level")
    if (level == LOWEST) != bool(reason):
        raise DecisionRefused(
            _("%s: give the reason with the lowest level, and only with it.")
            % person.full_name,
            column="reason",
        )
    if not outcome.note:
        raise DecisionRefused(_("Say why."), column="note")
    if request is None and (level, reason) == (person.level, person.reason):
        raise DecisionRefused(_("This is the level that stands."), column="level")


def _decision(
    unit: CampaignUnit,
    papers: Papers,
    person: Participant,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Return the document; one that answers several people is recorded once."""
    known = Decision.objects.filter(unit=unit, document=papers.document).first()
    if known is None:
        return Decision.objects.create(
            unit=unit,
            recorded_at=now,
            recorded_by_id=actor.account_id,
            **asdict(papers),
        )
    is_same = all(
        getattr(known, name) == value
        for name, value in asdict(papers).items()
        if name != "breach_reason"
    )
    is_taken = (
        DecisionLine.objects.filter(decision=known, participant=person).exists()
        or LevelRevision.objects.filter(decision=known, participant=person).exists()
    )
    if not is_same or is_taken:
        raise DecisionRefused(_("This number is recorded already."), column="document")
    if papers.breach_reason and papers.breach_reason != known.breach_reason:
        reasons = filter(None, (known.breach_reason, papers.breach_reason))
        known.breach_reason = "\n".join(reasons)
        known.save(update_fields=["breach_reason"])
    return known


def _record(
    revision: LevelRevision,
    unit: CampaignUnit,
    person: Participant,
    actor: Actor,
    now: datetime,
) -> None:
    events.record(
        action="levels.kept" if revision.is_kept else "levels.revised",
        subject=revision,
        member=Member(pk=person.member_id),
        actor=actor,
        now=now,
        unit=unit.custodian,
        area=Area.LEVELS,
        data={"campaign": unit.campaign_id, "decision": revision.decision_id},
    )
