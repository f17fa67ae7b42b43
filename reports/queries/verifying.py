"""What the verification report and the minutes of the deciding body are made of."""

from collections import Counter

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit
from members.policy import Actor
from reports.documents.verifying import (
    DecidedOtherwise,
    DecisionMinutesPaper,
    ToConsider,
    VerificationPaper,
    VerifiedFile,
)
from reports.queries.heads import paper_head
from reports.queries.level_papers import cells_of, named_of, totals_of
from reviews.models import Decision, UnitFile
from reviews.queries import decisions, verifying
from reviews.queries.files import level_words


def verification_paper(
    unit: CampaignUnit, actor: Actor, *, language: str
) -> VerificationPaper | None:
    """Return the report on the files that wait for a unit's decision, None without any.

    Of the people whom the actor reads. Nine queries, and those of the letterhead.
    """
    rules = unit.campaign.rules
    with override(language):
        received = verifying.received_files(unit)
        if not received:
            return None
        cases = verifying.open_cases(received, rules, actor)
        words = level_words(rules)
        counts: dict[int, Counter[str]] = {each.pk: Counter() for each in received}
        for case in cases:
            counts[case.proposal.file_id][case.proposal.level] += 1
        units = {each.pk: each.unit.name for each in received}
        proposed = [(case, case.proposal.level) for case in cases]
        return VerificationPaper(
            head=paper_head(unit, language=language, kind="BC", recipients=()),
            wording=f"{rules.wording.vi} chất lượng",
            rules=rules.citation.text(language),
            levels=list(words.values()),
            files=[
                VerifiedFile(
                    each.unit.name,
                    each.minutes,
                    [counts[each.pk][code] for code in words],
                )
                for each in received
            ],
            missing=_missing(unit),
            ceilings=verifying.ceiling_lines(verifying.ceilings_with(rules, proposed)),
            to_consider=[
                ToConsider(
                    case.participant.full_name,
                    units[case.proposal.file_id],
                    words[level],
                    finding.rule.source.text(get_language() or "vi"),
                )
                for case, level in proposed
                for finding in case.left.findings
                if not case.left.allows(level, rules.members.codes)
            ],
        )


def _missing(unit: CampaignUnit) -> list[str]:
    """Return the units with a file on its way, or returned, that is not received."""
    states = (UnitFile.State.SENT, UnitFile.State.RETURNED)
    waiting = UnitFile.objects.of_decider(unit).filter(state__in=states)
    under_way = UnitFile.objects.of_decider(unit).exclude(state__in=states)
    names = waiting.exclude(unit__in=under_way.values("unit"))
    return list(
        names.order_by("unit__path").values_list("unit__name", flat=True).distinct()
    )


def decision_minutes_paper(
    decision: Decision, actor: Actor, *, language: str
) -> DecisionMinutesPaper:
    """Return the minutes of the meeting on which a decision rests; eight queries."""
    unit = decision.unit
    rules = unit.campaign.rules
    with override(language):
        lines = decisions.lines_of(decision, actor)
        revisions = decisions.revisions_in(decision, actor)
        cells = cells_of([each.line.participant for each in lines])
        asked_by = sorted(set(cells.values()), key=lambda each: each.path)
        return DecisionMinutesPaper(
            head=paper_head(
                unit,
                language=language,
                kind="BB",
                recipients=(),
                reference=decision.minutes,
            ),
            wording=f"{rules.wording.vi} chất lượng",
            about="đảng viên",
            minutes_on=decision.minutes_on,
            present=decision.present,
            votes_for=decision.votes_for,
            votes_against=decision.votes_against,
            decision=decision.document,
            decided_on=decision.on,
            asked_by=named_of(asked_by),
            totals=totals_of(
                unit,
                [each.line.level for each in lines]
                + [each.revision.level for each in revisions],
            ),
            otherwise=[
                *(
                    DecidedOtherwise(
                        each.line.participant.full_name,
                        each.proposed,
                        each.level,
                        each.line.note,
                    )
                    for each in lines
                    if each.proposed
                ),
                *(
                    DecidedOtherwise(
                        each.name,
                        each.before,
                        _("kept") if each.revision.is_kept else each.level,
                        each.revision.note,
                    )
                    for each in revisions
                ),
            ],
            breach_reason=decision.breach_reason,
        )
