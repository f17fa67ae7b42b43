"""What a report is made of, and each format that it is written in."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from typing import TypedDict

from django.utils.translation import override

from campaigns.models import CampaignUnit
from campaigns.rulesets import RuleSet
from members.vocabulary import Vocabulary, vocabulary
from reports import queries
from reports.documents.activities_json import activities_json
from reports.documents.collectives_json import collectives_json
from reports.documents.head import DocumentHead
from reports.documents.pdf import html_to_pdf, renderer
from reports.documents.rollup_csv import to_csv
from reports.documents.rollup_html import rollup_html
from reports.documents.rollup_json import figures_digest, to_json
from reports.documents.rollup_xlsx import to_xlsx
from reports.figures import Rollup
from reports.models import ReportIssue
from reports.queries.activities import done_in_the_year
from reports.queries.collectives import collectives_of, summed
from reports.queries.heads import issued_head

# Raise it with every change in how a workbook is written: what was made before would
# be given out again. A change of the print shows in its HTML.
FORMAT = 2


class Wording(TypedDict):
    """What every document needs to put figures into words."""

    rule_set: RuleSet
    vocabulary: Vocabulary
    head: DocumentHead


@dataclass(frozen=True)
class Source:
    """Everything a report is made of."""

    rollup: Rollup
    head: DocumentHead
    unit: CampaignUnit

    @property
    def wording(self) -> Wording:
        """Return what the documents need to put figures into words."""
        return Wording(
            rule_set=self.unit.campaign.rules, vocabulary=vocabulary(), head=self.head
        )

    @cached_property
    def html(self) -> str:
        """Return the document as it goes to the renderer; equal input, equal text.

        Raises: FiguresDisagree where the children hold more than the unit.
        """
        return rollup_html(self.rollup, **self.wording)

    @property
    def figures_digest(self) -> str:
        """Return the hash of the figures alone."""
        return figures_digest(self.rollup, self.unit.campaign.rules)

    @property
    def input_digest(self) -> str:
        """Return the hash of what the files hold, and of what writes them."""
        rollup = to_json(self.rollup, self.unit.campaign.rules)
        writers = [FORMAT, renderer(), f"XlsxWriter {version('xlsxwriter')}"]
        written = [writers, self.html, rollup, asdict(self.head)]
        return hashlib.sha256(json.dumps(written, default=str).encode()).hexdigest()


def source_of(
    unit: CampaignUnit, *, language: str, issue: ReportIssue | None = None
) -> Source:
    """Gather the figures and the head of a unit's report; a draft without an issue."""
    with override(language):
        rollup = queries.rollup_of(unit, with_below=True)
        head = queries.head_of(unit, language=language)
    if issue:
        head = issued_head(head, issue)
    return Source(rollup, head, unit)


def json_of(source: Source) -> bytes:
    """Return the roll-up as the JSON of `docs/contracts.md`."""
    rollup = to_json(source.rollup, source.unit.campaign.rules)
    children = rollup.pop("children")
    collectives = collectives_of(source.unit)
    rollup["collectives"] = collectives_json(
        summed(collectives, source.unit), collectives
    )
    rollup["activities"] = activities_json(*done_in_the_year(source.unit))
    rollup["children"] = children
    return (json.dumps(rollup, ensure_ascii=False, indent=2) + "\n").encode()


def csv_of(source: Source) -> bytes:
    """Return a line of figures for the unit and one for each child."""
    return to_csv(source.rollup, **source.wording)


def xlsx_of(source: Source) -> bytes:
    """Return the workbook with the report's tables.

    Raises: FiguresDisagree where the children hold more than the unit.
    """
    return to_xlsx(source.rollup, **source.wording)


def pdf_of(source: Source) -> bytes:
    """Return the printed report.

    Raises: documents.pdf.DocumentNotRendered.
    """
    return html_to_pdf(source.html)


CONTENT_OF: dict[str, Callable[[Source], bytes]] = {
    "json": json_of,
    "csv": csv_of,
    "xlsx": xlsx_of,
    "pdf": pdf_of,
}
