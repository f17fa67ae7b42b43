"""What the pages of a ballot show: tellers and rounds of a meeting, one round's counts.

People stand in the order of the meeting, before and after the count.
Source: docs/rules/ballots.md § 1.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.models import LEVEL_COLUMNS, Meeting
from campaigns.rulesets import RuleSet
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reviews import ballots
from reviews.models import Ballot, BallotLine, Teller, UnitFile
from reviews.queries.ballots import (
    KINDS,
    keeps_the_best,
    levels_after,
    open_kinds,
    outcome_on,
    reaches_quorum,
    voters_at,
    voters_there,
)
from reviews.queries.files import Total, ceiling_sentences, level_words, totals_of

UNSURE = "U"


@dataclass(frozen=True, slots=True)
class Column:
    """What is counted of one person: the field of the line, and its words."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """One person of a round, with what follows from the counts once they are locked."""

    line: BallotLine
    name: str
    counts: Sequence[int]
    follows: str = ""
    why: Sequence[str] = ()
    is_open: bool = False  # no level follows: they are voted on again

    @property
    def total(self) -> int:
        """On how many papers the line was read."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Convoked:
    """Who votes at a meeting, and whether enough of them are there."""

    present: int
    convoked: int
    may_vote: bool


@dataclass(frozen=True, slots=True)
class NextRound:
    """A round that could be opened, and on whom."""

    kind: str
    label: str
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class PersonResult:
    """What all locked rounds of a meeting leave somebody; no level: none follows."""

    name: str
    level: str


@opened_for(Purpose.MEETING)
def tellers_of(meeting: Meeting) -> list[Teller]:
    """Return the tellers of a meeting that was got by a scope, the head first."""
    rows = Teller.objects.filter(meeting=meeting).select_related("participant")
    return list(rows.order_by("-is_head", "participant__sort_key", "pk"))


@opened_for(Purpose.MEETING)
def convoked_at(meeting: Meeting) -> Convoked:
    """Return who votes at such a meeting, as its attendance is recorded."""
    voters = voters_at(meeting)
    present = voters_there(meeting, voters)
    may_vote = reaches_quorum(meeting, present=present, convoked=len(voters))
    return Convoked(present, len(voters), may_vote)


@opened_for(Purpose.MEETING)
def rounds_of(meeting: Meeting) -> list[Ballot]:
    """Return the rounds of such a meeting, all editions, in their order; one query.

    For their kind and state: the numbers are shown by a scope of their own.
    """
    rounds = Ballot.objects.filter(meeting=meeting)
    return sorted(
        rounds,
        key=lambda each: (
            KINDS.index(Ballot.Kind(each.kind)),
            each.number,
            each.edition,
        ),
    )


@opened_for(Purpose.MEETING)
def next_rounds(meeting: Meeting) -> list[NextRound]:
    """Return the rounds that concern somebody now."""
    return [
        NextRound(
            kind,
            str(Ballot.Kind(kind).label),
            [each.participant.full_name for each in people],
        )
        for kind, people in open_kinds(meeting)
    ]


@opened_for(Purpose.MEETING)
def results_of(meeting: Meeting) -> list[PersonResult]:
    """Return what the locked rounds leave everybody voted on, in the meeting's order."""
    levels = levels_after(meeting)
    words = level_words(meeting.unit.campaign.rules)
    lines = BallotLine.objects.filter(
        ballot__meeting=meeting, ballot__state=Ballot.State.LOCKED
    )
    people = {
        each.occasion.participant_id: each.occasion.participant.full_name
        for each in _in_order(lines)
    }
    return [
        PersonResult(name, words.get(levels.get(pk, ""), ""))
        for pk, name in people.items()
    ]


def summary_of(meeting: Meeting) -> tuple[list[Total], list[str]]:
    """Return how many have each level, and the sentences on the greatest number.

    Nothing before something is locked.
    Source: docs/rules/ceilings.md.
    """
    levels = list(levels_after(meeting).values())
    rules = meeting.unit.campaign.rules
    if not levels:
        return [], []
    totals = totals_of(rules, levels, people=len(levels))
    return totals, ceiling_sentences(rules, levels) if any(levels) else []


@opened_for(Purpose.MEETING)
def told_of(actor: Actor, ballot_id: int) -> Ballot | None:
    """Return a locked round that the actor counted, to be told that it is locked."""
    meetings = Teller.objects.own(actor).values("meeting")
    found = Ballot.objects.filter(
        pk=ballot_id, meeting__in=meetings, state=Ballot.State.LOCKED
    )
    return found.select_related("meeting__unit__campaign").first()


@opened_for(Purpose.MEETING)
def lines_of(ballot: Ballot) -> list[LineShown]:
    """Return the persons of a round that was got by a scope, in the meeting's order.

    What follows stands with the counts once they are locked; one query.
    """
    rules = ballot.meeting.unit.campaign.rules
    lines = _in_order(BallotLine.objects.filter(ballot=ballot))
    columns = [each.name for each in columns_of(ballot)]
    is_locked = ballot.state == Ballot.State.LOCKED
    return [
        LineShown(
            each,
            each.occasion.participant.full_name,
            [getattr(each, name) for name in columns],
            *(_following(each, rules) if is_locked else ()),
        )
        for each in lines
    ]


def papers_of(ballot: Ballot) -> list[tuple[str, int]]:
    """Return the papers of a round, with their words, in the order of the page."""
    return [
        (_("Voters convoked"), ballot.convoked),
        (_("Voters present"), ballot.present),
        (_("Papers issued"), ballot.issued),
        (_("Papers returned"), ballot.returned),
        (_("Valid"), ballot.valid),
        (_("Invalid"), ballot.invalid),
    ]


def columns_of(ballot: Ballot) -> list[Column]:
    """Return what is counted of each person in a round, in the order of the paper."""
    blank = Column("unmarked", _("Left blank"))
    if ballot.kind == Ballot.Kind.BEST:
        return [
            Column("excellent", _("In favour")),
            Column("against", _("Against")),
            blank,
        ]
    rules = ballot.meeting.unit.campaign.rules
    language = get_language() or "vi"
    levels = [
        Column(LEVEL_COLUMNS[each.code], each.label.text(language))
        for each in rules.members.levels
    ]
    return [*levels, blank]


def counts_above(file: UnitFile, actor: Actor) -> tuple[list[Ballot], str]:
    """Return the locked rounds behind a file whose counts its reader sees, in order.

    And why not, where the body is so small that the counts say what each one wrote.
    Source: docs/rules/ballots.md § 1.3.
    """
    seen = Ballot.objects.visible_to(actor).filter(meeting__unit=file.unit)
    rounds = list(_locked(seen).select_related("meeting").order_by("meeting__on", "pk"))
    with opened_for(Purpose.MEETING):
        held = Ballot.objects.filter(meeting__unit=file.unit)
        sizes = list(_locked(held).values_list("convoked", flat=True))
    if len(rounds) < len(sizes) and any(map(ballots.hides_counts, sizes)):
        return rounds, _(
            "The counts are not shown: where %(most)d or fewer vote they say what each "
            "one wrote. The levels that follow stand above."
        ) % {"most": ballots.SMALLEST_HIDDEN}
    return rounds, ""


def _locked(rounds: QuerySet[Ballot]) -> QuerySet[Ballot]:
    later = Ballot.objects.filter(replaces__isnull=False, state=Ballot.State.LOCKED)
    locked = rounds.filter(state=Ballot.State.LOCKED)
    return locked.exclude(pk__in=later.values("replaces"))


def _in_order(lines: QuerySet[BallotLine]) -> list[BallotLine]:
    rows = lines.select_related("occasion__participant", "ballot")
    return list(rows.order_by("occasion__position", "occasion", "pk"))


def _following(line: BallotLine, rules: RuleSet) -> tuple[str, list[str], bool]:
    """What follows from one line, why, and whether no level does."""
    words, majority = level_words(rules), rules.procedure.ballot.majority
    best, next_one = list(words.values())[:2]
    outcome = outcome_on(line, rules)
    if line.ballot.kind == Ballot.Kind.BEST:
        follows = best if keeps_the_best(line, rules) else next_one
        votes, is_open = line.excellent, False
    else:
        votes, is_open = outcome.votes, outcome.level is None
        follows = words.get(outcome.level or "", "") or _(
            "No level has more than half %s; the cell discusses and votes again."
        ) % _of_base(majority.value)
    why = [
        _("%(votes)d of %(base)d %(of)s; needed are %(needed)d.")
        % {
            "votes": votes,
            "base": outcome.base,
            "of": _of_base(majority.value),
            "needed": outcome.needed,
        },
        _rule(majority.value),
    ]
    if majority.certainty == UNSURE:
        why.append(_("No published text says which base holds; the campaign sets it."))
    return follows, why, is_open


def _of_base(majority: str) -> str:
    return {
        "HALF_OF_PRESENT": _("of those present"),
        "HALF_OF_VALID": _("of the valid papers"),
    }.get(majority, _("of those convoked"))


def _rule(majority: str) -> str:
    if majority == "CUMULATIVE":
        return _(
            "The best level follows that more than half gave, or bettered. Exactly half "
            "is not enough."
        )
    return _("A level follows that more than half gave. Exactly half is not enough.")
