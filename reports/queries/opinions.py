"""What the sheets for other bodies are made of."""

from collections.abc import Iterable
from datetime import date

from campaigns.vocabulary.opinions import opinion_lists
from members.dates import display_partial
from reports.documents.opinions import OpinionSheet
from reviews.models import Opinion
from reviews.queries.opinions import OpinionRead, reads_of


def opinion_sheets(opinions: Iterable[Opinion], *, today: date) -> list[OpinionSheet]:
    """Return the sheets of opinions that were got by a scope; two queries for all."""
    return [_sheet(each) for each in reads_of(opinions, today=today)]


def _sheet(read: OpinionRead) -> OpinionSheet:
    request, person = read.opinion.request, read.opinion.participant
    return OpinionSheet(
        kind=opinion_lists().askable[request.source],
        number=read.opinion.pk,
        body_name=request.body_name,
        unit=request.unit.name,
        year=request.unit.campaign.year,
        subject=read.opinion.subject.full_name,
        born_on=display_partial(person.born_on) if person else "",
        admitted_on=display_partial(person.admitted_on) if person else "",
        cell=request.unit.name if person else "",
        due_on=request.due_on,
        text=read.latest.text if read.latest else "",
        signed_on=read.latest.signed_on if read.latest else None,
    )
