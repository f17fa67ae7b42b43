"""A round on paper: opened, entered by one teller, confirmed and locked by another.

Source: docs/rules/ballots.md § 3, § 5 and § 6.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import LEVEL_COLUMNS, CampaignUnit, Meeting
from campaigns.rulesets.model import MEMBER_LEVELS
from campaigns.services.meetings.shared import demand_running, held_in_place
from campaigns.services.proposals import propose_levels
from members import events
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import versions
from reviews.ballots import Fault, Papers, faults_of
from reviews.models import Ballot, BallotDraft, BallotLine, Teller, UnitFile
from reviews.queries.ballots import (
    concerned,
    levels_after,
    reaches_quorum,
    voters_at,
    voters_there,
)
from reviews.services.tellers import BallotNotChangeable, secretaries_of
from reviews.steps import BALLOT, Act, states_for

COUNTABLE = states_for(BALLOT, Act.ENTER)
WITH_CELL = (UnitFile.State.DRAFT, UnitFile.State.RETURNED)
PAPERS = ("convoked", "present", "issued", "returned", "valid", "invalid")
COUNTED = (*(LEVEL_COLUMNS[level] for level in MEMBER_LEVELS), "against", "unmarked")


class CountsDoNotAdd(Exception):
    """Papers or lines do not sum; `missing` by occasion, negative: too many."""

    def __init__(self, faults: Sequence[Fault], missing: Mapping[int, int]) -> None:
        super().__init__(_("The counts do not add up. Nothing was recorded."))
        self.faults, self.missing = tuple(faults), dict(missing)


@opened_for(Purpose.ACT)
def open_ballot(
    *, meeting: Meeting, version: int, kind: str, actor: Actor, now: datetime
) -> Ballot:
    """Open the next round at a review meeting, on the persons whom it concerns.

    Raises: BallotNotChangeable if a round is not locked yet, if tellers are not named,
        without a quorum, while the file of the cell is with the committee, or if the
        round concerns nobody; as `held_in_place`.
    """
    with transaction.atomic():
        current = held_in_place(meeting, version=version)
        _demand_with_cell(current.unit)
        _demand_rounds_locked(current)
        if not Teller.objects.filter(meeting=current).exists():
            raise BallotNotChangeable(_("Name the tellers first."))
        voters = voters_at(current)
        _demand_quorum(current, voters_there(current, voters), len(voters))
        people = concerned(current, kind)
        if not people:
            raise BallotNotChangeable(_("This round concerns nobody."))
        rounds = Ballot.objects.filter(meeting=current, kind=kind, edition=1)
        ballot = Ballot.objects.create(
            meeting=current,
            kind=kind,
            number=rounds.count() + 1,
            convoked=len(voters),
        )
        BallotLine.objects.bulk_create(
            BallotLine(ballot=ballot, occasion=occasion) for occasion in people
        )
        _record(ballot, "opened", actor, now)
    return ballot


@opened_for(Purpose.ACT)
def enter_counts(
    *,
    ballot: Ballot,
    version: int,
    papers: Papers,
    lines: Mapping[int, Mapping[str, int]],
    actor: Actor,
    now: datetime,
) -> Ballot:
    """Enter what a teller counted; until it is locked, as often as needed.

    Shape: `lines` by occasion, of each the columns in COUNTED; a missing one is 0.
    Raises: CountsDoNotAdd; BallotNotChangeable for anybody but a teller of the meeting,
        for other persons than the round concerns, for another number of convoked,
        without a quorum, or once it is locked; versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        current = _countable(ballot, version=version, actor=actor)
        known = {
            line.occasion_id: line for line in BallotLine.objects.filter(ballot=current)
        }
        if known.keys() != lines.keys() or papers.convoked != current.convoked:
            raise BallotNotChangeable(
                _("These are not the persons and voters of this round.")
            )
        _demand_sums(papers, lines)
        _demand_quorum(
            current.meeting, papers.present, papers.convoked, column="present"
        )
        for column in PAPERS:
            setattr(current, column, getattr(papers, column))
        for pk, line in known.items():
            line.valid = papers.valid
            for column in COUNTED:
                setattr(line, column, lines[pk].get(column, 0))
        BallotLine.objects.bulk_update(known.values(), [*COUNTED, "valid"])
        current.state = Ballot.State.ENTERED
        current.entered_by_id = actor.account_id
        entered = _saved(current, "entered", actor, now)
        BallotDraft.objects.filter(ballot=current, account=actor.account_id).delete()
    return entered


@opened_for(Purpose.ACT)
def confirm_counts(
    *, ballot: Ballot, version: int, actor: Actor, now: datetime
) -> Ballot:
    """Lock what another teller entered; the proposed levels follow.

    Raises: BallotNotChangeable for whoever entered it, for anybody but a teller, if
        there is nothing to confirm, or while the file of the cell is with the
        committee; versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        current = _countable(ballot, version=version, actor=actor)
        _demand_with_cell(current.meeting.unit)
        if current.state not in states_for(BALLOT, Act.CONFIRM):
            raise BallotNotChangeable(_("No counts are entered yet."))
        if current.entered_by_id == actor.account_id:
            raise BallotNotChangeable(
                _("Another teller confirms what you have entered.")
            )
        current.state = Ballot.State.LOCKED
        current.confirmed_by_id = actor.account_id
        current.locked_at = now
        saved = _saved(current, "locked", actor, now)
        BallotDraft.objects.filter(ballot=current).delete()
        propose_levels(levels_after(current.meeting))
    return saved


@opened_for(Purpose.ACT)
def correct_counts(
    *, ballot: Ballot, version: int, paragraph: str, actor: Actor, now: datetime
) -> Ballot:
    """Open a new edition of a locked round, for the tellers to count in; the old stays.

    `paragraph` is that of the minutes which says why. Until the new edition is locked
    the proposed levels stay as they are.
    Raises: BallotNotChangeable without a paragraph, for a round that is not locked, or
        while the file of the cell is with the committee; versions.ChangedMeanwhile,
        also where a later edition is there.
    """
    with transaction.atomic():
        current = _of_version(ballot, version=version)
        _demand_with_cell(current.meeting.unit)
        later = Ballot.objects.filter(replaces=current).first()
        if later is not None:
            raise versions.ChangedMeanwhile(later)
        if current.state not in states_for(BALLOT, Act.CORRECT):
            raise BallotNotChangeable(_("Only a locked round is corrected."))
        if not paragraph.strip():
            raise BallotNotChangeable(
                _("Say which paragraph of the minutes corrects."), column="paragraph"
            )
        _demand_rounds_locked(current.meeting)
        edition = Ballot.objects.create(
            meeting=current.meeting,
            kind=current.kind,
            number=current.number,
            edition=current.edition + 1,
            replaces=current,
            paragraph=paragraph,
            convoked=current.convoked,
        )
        BallotLine.objects.bulk_create(
            BallotLine(ballot=edition, occasion_id=pk)
            for pk in BallotLine.objects.filter(ballot=current)
            .order_by("pk")
            .values_list("occasion", flat=True)
        )
        _record(edition, "corrected", actor, now)
    return edition


def why_not_signed(meeting: Meeting) -> str:
    """Return why the minutes of a meeting that is held cannot be signed yet, or nothing.

    Source: docs/rules/ballots.md § 5.5.
    """
    with opened_for(Purpose.MEETING):
        return _("a round of the ballot that is not locked") if _runs(meeting) else ""


def _runs(meeting: Meeting) -> bool:
    rounds = Ballot.objects.filter(meeting=meeting)
    return rounds.exclude(state=Ballot.State.LOCKED).exists()


def _demand_rounds_locked(meeting: Meeting) -> None:
    if _runs(meeting):
        raise BallotNotChangeable(_("A round of this meeting is not locked yet."))


def _demand_with_cell(unit: CampaignUnit) -> None:
    """Hold the unit, as whoever sends its file, and refuse once that is on its way.

    Source: docs/rules/ballots.md § 5.4 and § 6.5.
    """
    units = CampaignUnit.objects.select_for_update(of=("self",), no_key=True)
    units.get(pk=unit.pk)
    last = UnitFile.objects.filter(unit=unit).order_by("-number").first()
    if last is not None and last.state not in WITH_CELL:
        raise BallotNotChangeable(
            _("The file of this cell is “%s”: its ballots stay as they are.")
            % last.get_state_display()
        )


def _demand_quorum(
    meeting: Meeting, present: int, convoked: int, *, column: str | None = None
) -> None:
    if not reaches_quorum(meeting, present=present, convoked=convoked):
        raise BallotNotChangeable(
            _("Without a quorum nobody votes: %(present)d of %(convoked)d are there.")
            % {"present": present, "convoked": convoked},
            column=column,
        )


def _demand_sums(papers: Papers, lines: Mapping[int, Mapping[str, int]]) -> None:
    faults = list(faults_of(papers))
    counts = [count for line in lines.values() for count in line.values()]
    if min(counts, default=0) < 0 and Fault.NEGATIVE not in faults:
        faults.append(Fault.NEGATIVE)
    missing = {
        pk: papers.valid - sum(line.values())
        for pk, line in lines.items()
        if papers.valid != sum(line.values())
    }
    if faults or missing:
        raise CountsDoNotAdd(faults, missing)


def _of_version(ballot: Ballot, *, version: int) -> Ballot:
    """Hold the meeting, as every act on it does, so that its rounds come one by one."""
    Meeting.objects.select_for_update(no_key=True).get(pk=ballot.meeting_id)
    rows = Ballot.objects.select_related(
        "meeting__unit__campaign", "meeting__unit__custodian"
    )
    current = versions.locked_version(rows, ballot, version=version)
    demand_running(current.meeting.unit)
    return current


def _countable(ballot: Ballot, *, version: int, actor: Actor) -> Ballot:
    current = _of_version(ballot, version=version)
    if current.state not in COUNTABLE:
        raise BallotNotChangeable(_("This round is locked."))
    is_teller = Teller.objects.own(actor).filter(meeting=current.meeting).exists()
    if not is_teller or actor.member_id in secretaries_of(current.meeting):
        raise BallotNotChangeable(_("Only the tellers of this meeting count."))
    return current


def _saved(ballot: Ballot, action: str, actor: Actor, now: datetime) -> Ballot:
    ballot.version += 1
    ballot.save()
    _record(ballot, action, actor, now)
    return ballot


def _record(ballot: Ballot, action: str, actor: Actor, now: datetime) -> None:
    events.record(
        action=f"ballots.{action}",
        subject=ballot,
        actor=actor,
        now=now,
        unit=ballot.meeting.unit.custodian,
        area=Area.WORK_EDIT,
        data={"campaign": ballot.meeting.unit.campaign_id},
    )
