"""Who votes at a review meeting, and which levels its locked rounds leave.

Source: docs/rules/ballots.md § 2, § 4 and § 5.
"""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from campaigns.models import Attendance, CampaignUnit, Meeting, Participant
from campaigns.queries.meetings import NOT_EXPECTED, expected_at
from campaigns.rulesets import RuleSet
from members.row_security import Purpose, opened_for
from reviews.ballots import Outcome, has_quorum, is_kept, outcome_of
from reviews.models import Ballot, BallotLine, ReviewOccasion

KINDS = tuple(Ballot.Kind)


def voters_at(meeting: Meeting) -> list[Participant]:
    """Return who is convoked to vote at a meeting that was got by a scope.

    Source: docs/rules/ballots.md § 2.1.
    """
    return [
        person
        for person in expected_at(meeting)
        if person.official_on
        and person.official_on <= meeting.on.isoformat()
        and person.status not in NOT_EXPECTED
    ]


@opened_for(Purpose.MEETING)
def voters_there(meeting: Meeting, voters: Iterable[Participant]) -> int:
    """Return how many of the voters are at a meeting that was got by a scope."""
    there = Attendance.objects.filter(
        meeting=meeting, state__in=Attendance.THERE, participant__in=list(voters)
    )
    return there.count()


def reaches_quorum(meeting: Meeting, *, present: int, convoked: int) -> bool:
    """Tell whether so many may vote by the rules of the campaign.

    Source: docs/rules/ballots.md § 2.2.
    """
    share = meeting.unit.campaign.rules.procedure.ballot.quorum.value
    return has_quorum(present, convoked, share)


@opened_for(Purpose.MEETING)
def levels_after(meeting: Meeting) -> dict[int, str]:
    """Return the levels by participant that all locked rounds of a meeting leave.

    A later round replaces what an earlier one said of its persons; "" where none has
    the majority. One query.
    Source: docs/rules/ballots.md § 4, § 5 and § 6.4.
    """
    lines = BallotLine.objects.filter(ballot__meeting=meeting)
    return _folded(standing(lines), meeting.unit.campaign.rules)


@opened_for(Purpose.MEETING)
def levels_by_ballot(unit: CampaignUnit) -> dict[int, str]:
    """Return the same of all review meetings of a unit that was got by a scope.

    Who was reviewed at a later meeting was voted on there alone. One query.
    """
    lines = BallotLine.objects.filter(ballot__meeting__unit=unit)
    return _folded(standing(lines), unit.campaign.rules)


def concerned(meeting: Meeting, kind: str) -> list[ReviewOccasion]:
    """Return whom the next round of a kind is on, in the order of the meeting.

    Source: docs/rules/ballots.md § 5.
    """
    reviewed = ReviewOccasion.objects.filter(
        meeting=meeting, state=ReviewOccasion.State.REVIEWED
    ).select_related("participant")
    levels, rules = levels_after(meeting), meeting.unit.campaign.rules
    if kind == Ballot.Kind.LEVELS:
        return [each for each in reviewed if each.participant_id not in levels]
    wanted = ""
    if kind == Ballot.Kind.BEST:
        if rules.procedure.ballot.rounds.value == 1:
            return []
        voted = BallotLine.objects.filter(ballot__meeting=meeting, ballot__kind=kind)
        reviewed = reviewed.exclude(pk__in=voted.values("occasion"))
        wanted = rules.members.codes[0]
    return [each for each in reviewed if levels.get(each.participant_id) == wanted]


def standing(lines: QuerySet[BallotLine]) -> list[BallotLine]:
    """Return the lines of locked rounds that stand, in the order of the rounds.

    Of each round and person those of the last locked edition.
    """
    locked = BallotLine.objects.filter(
        pk__in=lines, ballot__state=Ballot.State.LOCKED
    ).select_related("ballot", "occasion")
    found = {
        (KINDS.index(Ballot.Kind(each.ballot.kind)), each.ballot.number, each.occasion_id): each
        for each in locked.order_by("ballot__edition", "pk")
    }  # fmt: skip
    return [found[key] for key in sorted(found)]


def outcome_on(line: BallotLine, rules: RuleSet) -> Outcome:
    """Return what follows from one line of a round of levels."""
    majority = rules.procedure.ballot.majority.value
    return outcome_of(
        line.votes, line.ballot.papers, majority=majority, levels=rules.members.codes
    )


def keeps_the_best(line: BallotLine, rules: RuleSet) -> bool:
    """Tell whether one line of the round of the best leaves the best level."""
    majority = rules.procedure.ballot.majority.value
    return is_kept(line.excellent, line.ballot.papers, majority=majority)


def _folded(lines: Iterable[BallotLine], rules: RuleSet) -> dict[int, str]:
    levels: dict[int, str] = {}
    best, next_one = rules.members.codes[:2]
    for line in lines:
        person = line.occasion.participant_id
        if line.ballot.kind != Ballot.Kind.BEST:
            levels[person] = outcome_on(line, rules).level or ""
        elif levels.get(person) == best:
            levels[person] = best if keeps_the_best(line, rules) else next_one
    return levels


def open_kinds(meeting: Meeting) -> Iterator[tuple[str, list[ReviewOccasion]]]:
    """Yield the kinds of round that concern somebody now, with whom, in their order."""
    for kind in KINDS:
        if people := concerned(meeting, kind):
            yield kind, people
