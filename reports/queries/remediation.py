"""What plans of remediation and the book of a unit are printed from."""

from datetime import date

from django.utils.translation import override

from members.models import PartyUnit
from members.policy import Actor
from reports.documents.remediation import (
    BookPaper,
    LetterPaper,
    PaperHead,
    PlanPaper,
)
from reports.queries.heads import letterhead_at
from reviews.models import NamedPerson, RemediationPlan
from reviews.queries.remediation.lists import book_of
from reviews.queries.remediation.reading import plan_read


def plan_paper(
    plan: RemediationPlan, actor: Actor, *, language: str, today: date
) -> PlanPaper | None:
    """Return the paper of a plan that was got by a scope; None if it has no place."""
    with override(language):
        read = plan_read(plan, actor, today=today)
        place = read.place or plan.goes_to
        if place is None:
            return None
        letterhead = letterhead_at(place)
        return PlanPaper(
            head=_head(place, "KH", language),
            read=read,
            on_behalf_of=letterhead.on_behalf_of,
            post=letterhead.signatory_post,
        )


def book_paper(
    unit: PartyUnit, actor: Actor, *, language: str, today: date
) -> BookPaper:
    """Return the book of a unit that was got by a scope."""
    with override(language):
        return BookPaper(
            head=_head(unit, "STD", language),
            unit=unit.name,
            lines=book_of(unit, actor, today=today),
            until=today,
        )


def letter_paper(named: NamedPerson, *, language: str) -> LetterPaper:
    """Return the letter about somebody outside, whose item was got by a scope."""
    item = named.item
    unit = item.plan.unit
    assert unit is not None  # persons are named for what collectives did
    with override(language):
        letterhead = letterhead_at(unit)
        return LetterPaper(
            head=_head(unit, "TB", language),
            unit=unit.name,
            item=item,
            named=named,
            on_behalf_of=letterhead.on_behalf_of,
            post=letterhead.signatory_post,
        )


def _head(unit: PartyUnit, kind: str, language: str) -> PaperHead:
    letterhead = letterhead_at(unit)
    return PaperHead(
        language=language,
        superior=letterhead.superior,
        issuer=letterhead.issuer,
        symbol=f"{kind}/{letterhead.symbol}",
        place=letterhead.place,
    )
