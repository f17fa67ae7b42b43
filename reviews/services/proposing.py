"""A cell proposes levels by its minutes and sends them up; above they are received.

Source: docs/rules/decisions.md § 1 and § 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.services import running, tallies
from members import events
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services.versions import locked_version
from reviews.models import Ballot, Proposal, Remark, ReviewOccasion, UnitFile
from reviews.queries.ballots import levels_by_ballot
from reviews.queries.rating import OPEN, decider_of, why_not_rated
from reviews.steps import FILE, Act, states_for

State = UnitFile.State
LOWEST = "NOT_COMPLETED"


class ProposalRefused(Exception):
    """The act is not possible like this; the text says why, `column` where."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the minutes say of one person; no level: nothing is proposed."""

    participant_id: int
    level: str
    reason: str = ""
    note: str = ""


def record(
    *,
    unit: CampaignUnit,
    minutes: str,
    minutes_on: date,
    proposed: Sequence[Proposed],
    version: int,
    actor: Actor,
    now: datetime,
) -> UnitFile:
    """Record what the minutes of a cell propose for its people, in one act.

    `version` is of the file that was shown, 0 where there was none to be changed.
    Raises: ProposalRefused if the campaign takes no acts, the day is to come, a file is
        with the committee, somebody is not to be rated, a ballot gave another level or
        none, or the lowest level has no reason; versions.ChangedMeanwhile if somebody
        else has recorded since.
    """
    if minutes_on > timezone.localdate(now):
        raise ProposalRefused(_("This day is still to come."), column="minutes_on")
    with transaction.atomic():
        _hold(unit)
        file = _draft(unit, version)
        people = _people(unit)
        for each in proposed:
            _demand_ratable(people.get(each.participant_id), each, unit.campaign)
        _demand_as_voted(unit, people, proposed)
        file.minutes, file.minutes_on = minutes, minutes_on
        file.version += 1
        file.save()
        Proposal.objects.filter(file=file).delete()
        Proposal.objects.bulk_create(
            Proposal(
                file=file,
                participant_id=each.participant_id,
                level=each.level,
                reason=each.reason,
                note=each.note,
            )
            for each in proposed
            if each.level
        )
        _keep_levels(people, proposed)
        _record("proposals.recorded", file, actor, now, people=len(proposed))
    return file


def send(*, file: UnitFile, version: int, actor: Actor, now: datetime) -> None:
    """Send a file up; from then on nobody in the cell changes it.

    Raises: ProposalRefused if it is sent already, proposes nothing, a ballot is not
        locked or gave something else, something is noted of somebody that they have not
        read, or the campaign takes no acts; versions.ChangedMeanwhile if it was changed
        since it was shown.
    """
    with transaction.atomic():
        held = _held(file, version, states=states_for(FILE, Act.SEND))
        proposals = Proposal.objects.filter(file=held)
        people = list(proposals.select_related("participant"))
        if not people:
            raise ProposalRefused(_("Nobody has a proposed level yet."))
        rounds = Ballot.objects.filter(meeting__unit=held.unit)
        if rounds.exclude(state=Ballot.State.LOCKED).exists():
            raise ProposalRefused(_("A round of the ballot is not locked yet."))
        _demand_read([each.participant_id for each in people])
        placed = _people(held.unit)
        lines = [
            Proposed(each.participant_id, each.level, each.reason) for each in people
        ]
        try:
            for line in lines:
                person = placed.get(line.participant_id)
                _demand_ratable(person, line, held.unit.campaign)
            _demand_as_voted(held.unit, placed, lines)
        except ProposalRefused as refusal:  # here is no line to point to
            raise ProposalRefused(str(refusal)) from refusal
        held.state, held.sent_at, held.sent_by_id = State.SENT, now, actor.account_id
        held.version += 1
        held.save()
        _record("proposals.sent", held, actor, now, people=len(people))


def receive(*, file: UnitFile, version: int, actor: Actor, now: datetime) -> None:
    """Take a file over for the decision.

    Raises: ProposalRefused if it is not on its way; versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        held = _held(file, version, states=states_for(FILE, Act.RECEIVE))
        _answer(held, State.RECEIVED, actor, now)
        _record("proposals.received", held, actor, now)


def give_back(
    *, file: UnitFile, version: int, reason: str, actor: Actor, now: datetime
) -> None:
    """Send a whole file back down with a reason; it comes up as a new version.

    Raises: ProposalRefused if it is not with the committee, or decided in part;
        versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        held = _held(file, version, states=states_for(FILE, Act.RETURN))
        decided = Proposal.objects.filter(
            file=held, participant__status=Participant.Status.ASSESSED
        )
        if decided.exists():
            raise ProposalRefused(_("A part of this file is decided already."))
        held.reason = reason
        _answer(held, State.RETURNED, actor, now)
        _record("proposals.returned", held, actor, now)


def _answer(file: UnitFile, state: str, actor: Actor, now: datetime) -> None:
    file.state, file.answered_at, file.answered_by_id = state, now, actor.account_id
    file.version += 1
    file.save()


def _hold(unit: CampaignUnit) -> None:
    """Hold the unit of a campaign that takes acts, so that one writes after another."""
    running.demand_running(unit.campaign, ProposalRefused)
    tallies.keep_worked_on(unit.campaign)
    units = CampaignUnit.objects.select_for_update(of=("self",), no_key=True)
    units.get(pk=unit.pk)


def _held(file: UnitFile, version: int, *, states: Sequence[str]) -> UnitFile:
    unit = file.unit
    _hold(unit)
    held = locked_version(UnitFile.objects.all(), file, version=version)
    held.unit = unit
    if held.state not in states:
        raise ProposalRefused(
            _("It is “%s” by now: reload the page.") % held.get_state_display()
        )
    return held


def _draft(unit: CampaignUnit, version: int) -> UnitFile:
    """Return the file that is being put together, or a new one after the last."""
    last = UnitFile.objects.filter(unit=unit).order_by("-number").first()
    if last is not None and last.state in states_for(FILE, Act.RECORD):
        held = locked_version(UnitFile.objects.all(), last, version=version)
        held.unit = unit
        return held
    if last is not None and last.state in OPEN:
        raise ProposalRefused(
            _("It is “%s” by now: reload the page.") % last.get_state_display()
        )
    number = last.number + 1 if last is not None else 1
    return UnitFile(unit=unit, number=number, goes_to=decider_of(unit))


def _people(unit: CampaignUnit) -> dict[int, Participant]:
    placed = Placement.objects.open().filter(unit=unit)
    people = Participant.objects.counted().filter(pk__in=placed.values("participant"))
    return {each.pk: each for each in people}


def _demand_ratable(
    participant: Participant | None, line: Proposed, campaign: Campaign
) -> None:
    if not line.level:
        return
    if participant is None:
        raise ProposalRefused(_("Somebody is no longer on the roll of this cell."))
    field = f"level_{participant.pk}"
    if why := why_not_rated(participant, campaign):
        raise ProposalRefused(
            _("%(name)s is not to be rated. %(why)s")
            % {"name": participant.full_name, "why": why},
            column=field,
        )
    if line.level not in campaign.rules.members.codes:
        raise ProposalRefused(_("Choose a level of this campaign."), column=field)
    if (line.level == LOWEST) != bool(line.reason):
        raise ProposalRefused(
            _("%s: give the reason with the lowest level, and only with it.")
            % participant.full_name,
            column=f"reason_{participant.pk}",
        )


def _demand_as_voted(
    unit: CampaignUnit, people: dict[int, Participant], proposed: Sequence[Proposed]
) -> None:
    """Refuse another level than the ballot gave, or one where it gave none.

    Source: docs/rules/decisions.md § 1.5.
    """
    levels = {each.participant_id: each.level for each in proposed}
    for pk, voted in levels_by_ballot(unit).items():
        person = people.get(pk)
        if person is None or why_not_rated(person, unit.campaign):
            continue
        if levels.get(pk, "") != voted:
            text = (
                _("%s: the ballot gave another level, and that one is proposed.")
                if voted
                else _("%s: the ballot gave no level, so none is proposed.")
            )
            raise ProposalRefused(text % person.full_name, column=f"level_{pk}")


def _demand_read(people: Sequence[int]) -> None:
    """Refuse to send up somebody of whom something is noted that they have not read.

    Source: docs/rules/decisions.md § 1.7.
    """
    with opened_for(Purpose.ACT):  # also what another of the cell notes
        noted = Remark.objects.filter(occasion__participant__in=people)
        unread = noted.exclude(occasion__state=ReviewOccasion.State.REVIEWED)
        first = unread.select_related("occasion__participant").first()
    if first is not None:
        raise ProposalRefused(
            _(
                "%s: what was noted at the review meeting is not recorded, so that the "
                "person has not read it. Record the review, or take the note out."
            )
            % first.occasion.participant.full_name
        )


def _keep_levels(people: dict[int, Participant], proposed: Sequence[Proposed]) -> None:
    """Keep the levels beside the people; who left meanwhile without one is passed over."""
    still_here = [each for each in proposed if each.participant_id in people]
    for each in still_here:
        people[each.participant_id].proposed_level = each.level
    Participant.objects.bulk_update(
        [people[each.participant_id] for each in still_here], ["proposed_level"]
    )


def _record(
    action: str, file: UnitFile, actor: Actor, now: datetime, *, people: int = 0
) -> None:
    events.record(
        action=action,
        subject=file,
        actor=actor,
        now=now,
        unit=file.unit.custodian,
        area=Area.LEVELS,
        data={"campaign": file.unit.campaign_id, "people": people},
    )
