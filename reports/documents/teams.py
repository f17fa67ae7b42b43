"""The decision that sets up a working team, with its members and when it attends whom.

What is prescribed stays Vietnamese, with an English gloss; what is missing shows as
`[cần ghi]`. Source: docs/rules/programmes.md § 9; docs/rules/documents.md § 1.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from members.dates import display_day
from reports.documents.head import DocumentHead
from reports.documents.issuing import (
    issued,
    issuer_letterhead,
    numbered_grid,
    to_be_written,
)
from reports.documents.printouts import (
    Block,
    Column,
    Grid,
    Heading,
    Level,
    Line,
    Look,
    Printout,
    Sheet,
    closing,
    gloss,
    number_line,
)
from reports.documents.terms import reading_in, small_first

NUMBER = re.compile(r"\d+\s*-\s*QĐ/\S*[^\s,;.]")  # as an office writes it: 12-QĐ/ĐU


@dataclass(frozen=True, slots=True)
class TeamPerson:
    """One member of a team, as its decision says."""

    name: str
    title: str
    is_leader: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """When the team attends which unit, and what for."""

    on: date
    unit: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPaper:
    """All that the decision and its schedule are made of."""

    head: DocumentHead
    name: str
    rules: str  # the citation of the rule set
    from_on: date
    ends_on: date
    people: Sequence[TeamPerson]  # who leads comes first
    visits: Sequence[Visit]  # by day


def number_in(decision: str) -> str:
    """Return number and symbol out of how a decision is named; "" for another form."""
    found = NUMBER.search(decision)
    return "".join(found.group().split()) if found else ""


def team_printout(paper: TeamPaper) -> Printout:
    """Return the decision with its schedule; equal arguments give an equal text."""
    head = paper.head
    with reading_in(head.language):
        sheet = Sheet(
            letterhead=issuer_letterhead(
                head, number=number_line(head.symbol, head.reference)
            ),
            heading=("QUYẾT ĐỊNH",),
            gloss=gloss(_("Decision")),
            below=Line(f"thành lập {small_first(paper.name)}", Look.ABSTRACT),
            blocks=tuple(_blocks(paper)),
        )
        return issued(head, f"{_('Decision')}: {paper.name}", sheet)


def _blocks(paper: TeamPaper) -> Iterator[Block]:
    head, body = paper.head, paper.head.signatories[0].on_behalf_of
    yield Line(f"- {_('By the Statutes of the Communist Party of Vietnam;')}")
    yield Line(f"- {_('By %s.') % paper.rules}")
    yield Line(f"{body.upper()} QUYẾT ĐỊNH:", Look.RESOLVES)
    yield Line(_("%s is set up, of these comrades:") % paper.name, lead=_("Article 1."))
    yield _members(paper)
    yield Line(_task(paper), lead=_("Article 2."))
    yield Line(
        _("The team works from %(first)s to %(last)s, and ends of itself.")
        % {"first": display_day(paper.from_on), "last": display_day(paper.ends_on)},
        lead=_("Article 3."),
    )
    yield Line(
        _(
            "The office, the units named in the schedule and the comrades named above "
            "carry this decision out."
        ),
        lead=_("Article 4."),
    )
    yield closing(head.signatories, recipients=head.recipients)
    yield Heading(_("Schedule of the team").upper(), Level.ANNEX, on_new_page=True)
    yield _schedule(paper)


def _task(paper: TeamPaper) -> str:
    purposes = dict.fromkeys(filter(None, (each.purpose for each in paper.visits)))
    return _(
        "The team attends the meetings of the units by the schedule enclosed, guides "
        "them and reports: %s."
    ) % ("; ".join(purposes) or to_be_written())


def _members(paper: TeamPaper) -> Grid:
    words = {True: _("head of the team"), False: _("member of the team")}
    rows = [(each.name, each.title, words[each.is_leader]) for each in paper.people]
    return numbered_grid(
        Column(_("Full name"), 55, is_name=True),
        Column(_("Post")),
        Column(_("In the team"), 34),
        rows=rows or [(to_be_written(), "", "")],
    )


def _schedule(paper: TeamPaper) -> Grid:
    rows = [(display_day(each.on), each.unit, each.purpose) for each in paper.visits]
    return numbered_grid(
        Column(_("Day"), 26),
        Column(_("Unit"), 60, is_name=True),
        Column(_("What for")),
        rows=rows or [(to_be_written(), "", "")],
    )
