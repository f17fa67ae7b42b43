"""What the papers on levels of organisations are made of."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import CampaignBody
from members.policy import Actor
from reports.documents.organisations import (
    BodyDecisionPaper,
    ListedBody,
    ProposalsPaper,
)
from reports.documents.verifying import DecisionMinutesPaper
from reports.queries.heads import paper_head
from reviews.models import BodyDecision
from reviews.queries import organisations as queries


def proposals_paper(
    body: CampaignBody, actor: Actor, *, language: str
) -> ProposalsPaper | None:
    """Return the table of proposals, None without any; three queries."""
    with override(language):
        rows = queries.proposals_of([body], actor)[body.pk]
        if not rows:
            return None
        return ProposalsPaper(
            head=paper_head(body.unit, language=language, kind="BC", recipients=()),
            name=body.full_name,
            rows=rows,
        )


def body_decision_paper(
    decision: BodyDecision, actor: Actor, *, language: str
) -> BodyDecisionPaper:
    """Return the decision with those of its organisations whom the actor sees."""
    rules = decision.unit.campaign.rules
    with override(language):
        lines = queries.decided_lines(decision, actor)
        words = queries.level_words(rules)
        return BodyDecisionPaper(
            head=paper_head(
                decision.unit,
                language=language,
                kind="QĐ",
                recipients=(_("The units on the list"),),
                reference=decision.document,
                issued_on=decision.on,
                signed_by=decision.signed_by,
            ),
            wording=f"{rules.wording.vi} chất lượng",
            rules=rules.citation.text(language),
            minutes=decision.minutes,
            minutes_on=decision.minutes_on,
            present=decision.present,
            votes_for=decision.votes_for,
            votes_against=decision.votes_against,
            bodies=[
                ListedBody(line.body.full_name, words[line.level], line.note)
                for line in lines
            ],
            totals=queries.totals_of(rules, [line.level for line in lines]),
        )


def body_minutes_paper(
    decision: BodyDecision, actor: Actor, *, language: str
) -> DecisionMinutesPaper:
    """Return the minutes of the meeting on which the decision rests."""
    rules = decision.unit.campaign.rules
    with override(language):
        lines = queries.decided_lines(decision, actor)
        return DecisionMinutesPaper(
            head=paper_head(
                decision.unit,
                language=language,
                kind="BB",
                recipients=(),
                reference=decision.minutes,
            ),
            wording=f"{rules.wording.vi} chất lượng",
            about="tổ chức đảng, tập thể",
            minutes_on=decision.minutes_on,
            present=decision.present,
            votes_for=decision.votes_for,
            votes_against=decision.votes_against,
            decision=decision.document,
            decided_on=decision.on,
            asked_by=(),
            totals=queries.totals_of(rules, [line.level for line in lines]),
            otherwise=(),
            breach_reason=decision.breach_reason,
        )
