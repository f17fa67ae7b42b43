"""What the list of who is not reviewed yet is made of."""

from collections.abc import Sequence

from django.utils.translation import override

from campaigns.models import CampaignUnit
from members.policy import Actor
from reports.documents.unreviewed import UnreviewedPaper
from reports.queries.heads import letterhead_of, paper_head
from reports.queries.level_papers import codes_of
from reviews.queries.rating import decider_of
from reviews.queries.unreviewed import (
    UnreviewedLine,
    unreviewed_below,
    unreviewed_in,
)


def cell_paper(unit: CampaignUnit, actor: Actor, *, language: str) -> UnreviewedPaper:
    """Return the list of a cell; seven queries at most."""
    with override(language):
        lines = unreviewed_in(unit, actor)
        decider = decider_of(unit)
        above = (letterhead_of(decider).issuer,) if decider.pk != unit.pk else ()
        return _paper(unit, lines, above, language=language, with_cells=False)


def committee_paper(
    unit: CampaignUnit, actor: Actor, *, language: str
) -> UnreviewedPaper:
    """Return the list of all below a committee; seven queries at most."""
    with override(language):
        lines = unreviewed_below(unit, actor)
        above = letterhead_of(unit).superior
        recipients = (above,) if above else ()
        return _paper(unit, lines, recipients, language=language, with_cells=True)


def _paper(
    unit: CampaignUnit,
    lines: Sequence[UnreviewedLine],
    recipients: tuple[str, ...],
    *,
    language: str,
    with_cells: bool,
) -> UnreviewedPaper:
    return UnreviewedPaper(
        head=paper_head(unit, language=language, kind="DS", recipients=recipients),
        lines=lines,
        codes=codes_of([line.participant for line in lines]),
        with_cells=with_cells,
    )
