"""A collective decides on the levels of many people at once, all or nothing.

Source: docs/rules/decisions.md § 3.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, Participant
from campaigns.rulesets import RuleSet
from campaigns.services import running, tallies
from members import events
from members.models import Member
from members.policy import Actor, Area
from reviews.models import Decision, DecisionLine, UnitFile
from reviews.queries.verifying import (
    OpenCase,
    ceiling_lines,
    ceilings_with,
    exceeded_everywhere,
    open_cases,
)
from reviews.steps import FILE, Act, states_for

LOWEST = "NOT_COMPLETED"


class DecisionRefused(Exception):
    """The decision cannot be recorded like this; the text says why, `column` where."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


class DecidedMeanwhile(DecisionRefused):
    """Somebody else has decided on, returned or changed one of these files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The document of the decision and the meeting that it rests on."""

    document: str
    on: date
    minutes: str
    minutes_on: date
    present: int
    votes_for: int
    votes_against: int
    signed_by: str
    breach_reason: str = ""


@dataclass(frozen=True, slots=True)
class Different:
    """What is decided for one person otherwise than proposed; no level: not yet."""

    level: str
    note: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    case: OpenCase
    level: str
    reason: str
    note: str


def decide(
    *,
    unit: CampaignUnit,
    papers: Papers,
    files: Mapping[int, int],
    exceptions: Mapping[int, Different],
    actor: Actor,
    now: datetime,
) -> Decision:
    """Decide on everybody in received files as proposed, but for the exceptions.

    `files` gives for each file the version that was shown, `exceptions` goes by the
    participant. Whoever records is left out with their own case. One transaction, a
    fixed number of queries, an event for each person.
    Raises: DecidedMeanwhile if another was first; DecisionRefused, and nothing is
        changed, if the papers do not fit, nobody is left, who sent a file records the
        decision on it, an exception or a breach has no reason, or the campaign takes no
        acts.
    """
    demand_papers(papers, now)
    running.demand_running(unit.campaign, DecisionRefused)
    rules = unit.campaign.rules
    shown = UnitFile.objects.filter(pk__in=files, goes_to=unit).select_related("unit")
    before = open_cases(list(shown), rules, actor)
    with events.written_last(), tallies.changing({each.unit_id for each in before}):
        held = _hold_files(unit, files, actor)
        cases = open_cases(held, rules, actor)
        if [each.unit_id for each in cases] != [each.unit_id for each in before]:
            raise DecidedMeanwhile(_changed())
        lines = _lines(cases, exceptions, rules, actor)
        _demand_reasons(rules, lines, papers)
        decision = _write(unit, papers, lines, actor, now)
        _close(held, cases, lines, now, actor)
        _record(decision, held, lines, actor, now)
    return decision


def _changed() -> str:
    return _(
        "Somebody else has decided on these files or changed them meanwhile; nothing of "
        "yours is recorded. Open the page again."
    )


def demand_papers(papers: Papers, now: datetime) -> None:
    """Refuse a document and a meeting that cannot be.

    Raises: DecisionRefused.
    """
    today = timezone.localdate(now)
    for column in ("on", "minutes_on"):
        if getattr(papers, column) > today:
            raise DecisionRefused(_("This day is still to come."), column=column)
    if papers.minutes_on > papers.on:
        raise DecisionRefused(
            _("The meeting comes before the decision."), column="minutes_on"
        )
    if papers.votes_for + papers.votes_against > papers.present:
        raise DecisionRefused(
            _("There are more votes than members present."), column="votes_for"
        )
    if papers.votes_for <= papers.votes_against:
        raise DecisionRefused(
            _("Without a majority nothing is decided."), column="votes_for"
        )


def _hold_files(
    unit: CampaignUnit, files: Mapping[int, int], actor: Actor
) -> list[UnitFile]:
    locked = UnitFile.objects.select_for_update(of=("self",), no_key=True)
    held = list(
        locked.filter(pk__in=files, goes_to=unit)
        .select_related("unit", "unit__custodian")
        .order_by("pk")
    )
    as_shown = [
        each.state in states_for(FILE, Act.DECIDE) and each.version == files[each.pk]
        for each in held
    ]
    if len(held) != len(files) or not all(as_shown):
        raise DecidedMeanwhile(_changed())
    for each in held:
        if each.sent_by_id == actor.account_id and each.unit_id != unit.pk:
            raise DecisionRefused(
                _(
                    "You sent the file of %s; somebody else of the committee records the "
                    "decision on it."
                )
                % each.unit.name
            )
    return held


def _lines(
    cases: Sequence[OpenCase],
    exceptions: Mapping[int, Different],
    rules: RuleSet,
    actor: Actor,
) -> list[_Line]:
    unknown = set(exceptions) - {case.proposal.participant_id for case in cases}
    if unknown:
        raise DecidedMeanwhile(_changed())
    lines = []
    for case in cases:
        if case.participant.member_id == actor.member_id:
            continue  # nobody records the decision on themselves
        proposal = case.proposal
        found = exceptions.get(proposal.participant_id)
        if found is None:
            lines.append(_Line(case, proposal.level, proposal.reason, ""))
        elif found.level:
            lines.append(_Line(case, found.level, found.reason, found.note))
            _demand_exception(lines[-1], rules)
    if not lines:
        raise DecisionRefused(
            _(
                "Nobody is left to decide on; your own case is recorded by somebody else."
            )
        )
    return lines


def _demand_exception(line: _Line, rules: RuleSet) -> None:
    name = line.case.participant.full_name
    if line.level not in rules.members.codes:
        raise DecisionRefused(_("Choose a level of this campaign."))
    if (line.level == LOWEST) != bool(line.reason):
        raise DecisionRefused(
            _("%s: give the reason with the lowest level, and only with it.") % name
        )
    if not line.note:
        raise DecisionRefused(
            _("%s: say why it is decided otherwise than proposed.") % name
        )


def _demand_reasons(rules: RuleSet, lines: Sequence[_Line], papers: Papers) -> None:
    """Refuse a breach that nobody gave a reason for; a reason lets it pass."""
    if papers.breach_reason:
        return
    breaches = breaches_of(rules, [(line.case, line.level) for line in lines])
    if breaches:
        raise DecisionRefused(
            _("This needs a reason of the deciding body: %s") % "; ".join(breaches),
            column="breach_reason",
        )


def breaches_of(rules: RuleSet, lines: Sequence[tuple[OpenCase, str]]) -> list[str]:
    """Return in words what needs a reason if these people get these levels.

    Source: docs/rules/decisions.md § 3.4.
    """
    scheme, language = rules.members.codes, get_language() or "vi"
    rows = exceeded_everywhere(ceilings_with(rules, lines))
    return [
        *ceiling_lines(rows),
        *(
            f"{case.participant.full_name}: {finding.rule.source.text(language)}"
            for case, level in lines
            for finding in case.left.findings
            if scheme.index(level) < scheme.index(finding.best)
        ),
    ]


def _write(
    unit: CampaignUnit,
    papers: Papers,
    lines: Sequence[_Line],
    actor: Actor,
    now: datetime,
) -> Decision:
    if Decision.objects.filter(unit=unit, document=papers.document).exists():
        raise DecisionRefused(_("This number is recorded already."), column="document")
    decision = Decision.objects.create(
        unit=unit,
        recorded_at=now,
        recorded_by_id=actor.account_id,
        **asdict(papers),
    )
    DecisionLine.objects.bulk_create(
        DecisionLine(
            decision=decision,
            participant_id=line.case.proposal.participant_id,
            proposed_level=line.case.proposal.level,
            level=line.level,
            reason=line.reason,
            note=line.note,
        )
        for line in lines
    )
    mine = DecisionLine.objects.filter(participant=OuterRef("pk"))
    decided = DecisionLine.objects.filter(decision=decision)
    Participant.objects.filter(pk__in=decided.values("participant")).update(
        level=Subquery(mine.values("level")),
        reason=Subquery(mine.values("reason")),
        proposed_level=Subquery(mine.values("proposed_level")),
        status=Participant.Status.ASSESSED,
        decided_by=unit,
        version=F("version") + 1,
    )
    return decision


def _close(
    files: Sequence[UnitFile],
    cases: Sequence[OpenCase],
    lines: Collection[_Line],
    now: datetime,
    actor: Actor,
) -> None:
    """Mark the files of which everybody is decided; every file has changed."""
    decided = {line.case.proposal.participant_id for line in lines}
    waiting = {
        case.proposal.file_id
        for case in cases
        if case.proposal.participant_id not in decided
    }
    held = UnitFile.objects.filter(pk__in=[each.pk for each in files])
    held.update(version=F("version") + 1)
    held.exclude(pk__in=waiting).update(
        state=UnitFile.State.DECIDED, answered_at=now, answered_by=actor.account_id
    )


def _record(
    decision: Decision,
    files: Sequence[UnitFile],
    lines: Sequence[_Line],
    actor: Actor,
    now: datetime,
) -> None:
    custodians = {each.pk: each.unit.custodian for each in files}
    for line in lines:
        events.record(
            action="decisions.decided",
            subject=decision,
            member=Member(pk=line.case.participant.member_id),
            actor=actor,
            now=now,
            unit=custodians[line.case.proposal.file_id],
            area=Area.LEVELS,
            data={"campaign": decision.unit.campaign_id},
        )
