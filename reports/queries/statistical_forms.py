"""What the statistical forms of a unit are made of."""

from dataclasses import dataclass

from django.utils.translation import override

from campaigns.models import CampaignUnit
from members.vocabulary import vocabulary
from reports.documents.head import DocumentHead
from reports.documents.statistical_forms import Counted
from reports.documents.terms import Terms
from reports.queries.collectives import collectives_of
from reports.queries.fold import rollup_of
from reports.queries.heads import letterhead_of, paper_head


@dataclass(frozen=True, slots=True)
class FormsPaper:
    """The figures of a unit by sector, with what its paper says about itself."""

    counted: Counted
    head: DocumentHead
    terms: Terms
    unit: str


def forms_paper(unit: CampaignUnit, *, language: str) -> FormsPaper:
    """Return the forms of a unit; the caller got it through `visible_below_to`.

    Seven queries at most, whatever the size of the subtree.
    """
    with override(language):
        rollup = rollup_of(unit, with_below=True)
        above = letterhead_of(unit).superior
        head = paper_head(
            unit,
            language=language,
            kind="BTK",
            recipients=(above,) if above else (),
        )
        counted = Counted(
            whole=rollup.unit.figures,
            by_sector=rollup.unit.by_sector,
            collectives=collectives_of(unit),
        )
        terms = Terms(unit.campaign.rules, vocabulary(), language)
        return FormsPaper(counted, head, terms, unit.name)
