"""The plan of a review, and the letter by which a committee guides the units below.

Both are put together from the plan of the campaign and its rule set, to be completed in
Word; what is missing shows as `[cần ghi]`. What is prescribed stays Vietnamese.
Source: docs/rules/campaign-plan.md § 5; docs/rules/documents.md § 1.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.models import Campaign, PlanDocument
from campaigns.queries.plans import ContentLine, Plan
from campaigns.rulesets import RuleSet
from campaigns.rulesets.procedure import Threshold
from members.dates import display_day
from reports.documents.head import DocumentHead
from reports.documents.issuing import (
    issued,
    issuer_letterhead,
    to_be_written,
)
from reports.documents.method import ceiling_said, doubts_about
from reports.documents.printouts import (
    Align,
    Block,
    Column,
    Grid,
    Letterhead,
    Line,
    Look,
    NumberedSection,
    Printout,
    Sheet,
    closing,
    gloss,
    in_sections,
    number_line,
)
from reports.documents.terms import (
    NOTHING,
    Terms,
    rate_text,
    reading_in,
    small_first,
)

Role = PlanDocument.Role
MEMBER = "MEMBER"  # of whom the letter tells what each level asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPaper:
    """What both papers are made of; of a local plan, with the steps of the whole."""

    head: DocumentHead
    campaign: Campaign
    plan: Plan
    terms: Terms

    @property
    def rules(self) -> RuleSet:
        """The rule set of the campaign."""
        return self.terms.rule_set

    @property
    def about(self) -> str:
        """What both are about, in Vietnamese whatever the language."""
        wording = self.rules.wording.vi
        return (
            f"kiểm điểm, {wording} chất lượng tổ chức đảng, đảng viên "
            f"năm\N{NO-BREAK SPACE}{self.campaign.year}"
        )


def plan_printout(paper: CampaignPaper) -> Printout:
    """Return the plan; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        sheet = Sheet(
            letterhead=_letterhead(paper),
            heading=("KẾ HOẠCH",),
            gloss=gloss(_("Plan")),
            below=Line(paper.about, Look.ABSTRACT),
            blocks=(
                *_bases(paper),
                *in_sections(_plan(paper)),
                closing(paper.head.signatories, recipients=paper.head.recipients),
            ),
        )
        return issued(paper.head, f"{_('Plan')}: {paper.about}", sheet)


def guidance_printout(paper: CampaignPaper) -> Printout:
    """Return the letter of guidance; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        sheet = Sheet(
            letterhead=_letterhead(paper, about=f"về việc hướng dẫn {paper.about}"),
            blocks=(
                Line(
                    f"Kính gửi: Các tổ chức đảng trực thuộc {paper.head.issuer}",
                    Look.TO,
                ),
                Line(_opening(paper)),
                *in_sections(_guidance(paper)),
                closing(paper.head.signatories, recipients=paper.head.recipients),
            ),
        )
        title = _("Letter of guidance")
        return issued(paper.head, f"{title}: {paper.about}", sheet)


def _letterhead(paper: CampaignPaper, *, about: str = "") -> Letterhead:
    head = paper.head
    return issuer_letterhead(
        head,
        number=number_line(head.symbol, head.reference),
        about=about,
        on=head.issued_on,
    )


def _bases(paper: CampaignPaper) -> Iterator[Block]:
    """Give what the plan rests on, each line with its end."""
    papers = [
        _cited(line.document)
        for line in paper.plan.documents
        if line.document.role in (Role.BASIS, Role.DIRECTIVE)
    ]
    for cited in papers:
        yield Line(f"- {_('By %s;') % cited}")
    yield Line(f"- {_('By %s.') % paper.rules.citation.text(paper.head.language)}")


def _cited(document: PlanDocument) -> str:
    """Return a document as others cite it: title, number, day, who issued it."""
    issued = _("of %s") % document.issuer if document.issuer else ""
    numbered = _("no. %s") % document.number if document.number else ""
    dated = _("dated %s") % document.dated if document.dated_on else ""
    return " ".join(filter(None, (document.title, numbered, dated, issued)))


def _plan(paper: CampaignPaper) -> Iterator[NumberedSection]:
    plan = paper.plan
    yield NumberedSection(_("Purpose and focus"), tuple(_purpose(paper)))
    yield NumberedSection(
        _("Content"), tuple(_contents(plan.contents)) or (to_be_written(),)
    )
    yield NumberedSection(_("Steps and their time"), (), _steps(paper))
    yield NumberedSection(_("Tasks"), (), _tasks(paper))
    if plan.bodies:
        names = (f"– {each.name} ({each.get_kind_display()})." for each in plan.bodies)
        yield NumberedSection(_("Bodies that take part"), tuple(names))
    yield NumberedSection(
        _("Carrying it out"),
        (
            _(
                "The units below %s make their own plans by this one, carry it out and "
                "report."
            )
            % paper.head.issuer,
        ),
    )


def _purpose(paper: CampaignPaper) -> Iterator[str]:
    campaign = paper.campaign
    for label, text in (
        (_("Theme"), campaign.theme),
        (_("Study topic"), campaign.study_topic),
        (_("Focus of the year"), campaign.focus),
    ):
        yield f"{label}: {text.rstrip('.') or to_be_written()}."


def _contents(lines: Iterable[ContentLine]) -> Iterator[str]:
    """Give the items of content by letters, with those below them by dashes."""
    for number, line in enumerate(lines, start=1):
        yield f"({number}) {line.item.text}"
        for sub in line.below:
            yield f"– {sub.item.text}"


def _steps(paper: CampaignPaper) -> Grid:
    rows = [
        (str(each), display_day(each.from_on), display_day(each.last_day))
        for each in paper.plan.phases
    ]
    return Grid(
        columns=(
            Column(_("Step"), is_name=True),
            Column(_("From"), 30, Align.CENTRE),
            Column(_("Last day"), 30, Align.CENTRE),
        ),
        rows=tuple(rows) or ((to_be_written(), "", ""),),
    )


def _tasks(paper: CampaignPaper) -> Grid:
    rows = [
        (
            each.text,
            each.responsible.name if each.responsible else each.body,
            display_day(each.due_on) or str(each.get_kind_display()),
        )
        for each in paper.plan.tasks
    ]
    return Grid(
        columns=(
            Column(_("Task"), is_name=True),
            Column(_("Responsible"), 46),
            Column(_("By"), 32),
        ),
        rows=tuple(rows) or ((to_be_written(), "", ""),),
    )


def _opening(paper: CampaignPaper) -> str:
    plans = [
        line.document
        for line in paper.plan.documents
        if line.document.role == Role.PLAN
    ]
    bases = [_cited(each) for each in plans]
    bases.append(paper.rules.citation.text(paper.head.language))
    return _("By %(bases)s, %(issuer)s gives this guidance:") % {
        "bases": "; ".join(bases),
        "issuer": paper.head.issuer,
    }


def _guidance(paper: CampaignPaper) -> Iterator[NumberedSection]:
    language, procedure = paper.head.language, paper.rules.procedure
    forms = [f"– {each.code}: {each.label.text(language)}." for each in procedure.forms]
    yield NumberedSection(_("Forms"), tuple(forms) or (to_be_written(),))
    yield NumberedSection(_("Criteria"), (), _criteria(paper))
    yield NumberedSection(_("What each level asks of a member"), (), _levels(paper))
    yield NumberedSection(
        _("The permitted number of the best level"),
        tuple(_ceilings(paper)) or (to_be_written(),),
    )
    order = (f"– {each.label.text(language)}." for each in procedure.order)
    yield NumberedSection(_("Order"), tuple(order))
    yield NumberedSection(_("Who proposes, verifies and decides"), (), _who(paper))
    yield NumberedSection(_("Steps and their time"), (), _steps(paper))


def _ceilings(paper: CampaignPaper) -> Iterator[str]:
    """Give each rule; what of it nobody has read in a text is for the office to check."""
    for ceiling in paper.rules.ceilings:
        said = ceiling_said(ceiling, paper.terms)
        if doubts_about(ceiling):
            said.append(_("[to be checked with the text]"))
        yield " ".join(said)


def _criteria(paper: CampaignPaper) -> Grid:
    """Return the branches, each with what stands below it and its points."""
    language = paper.head.language
    rows = [
        (
            f"– {each.label.text(language)}"
            if each.parent
            else each.label.text(language),
            NOTHING if each.points is None else rate_text(each.points, language),
        )
        for each in paper.rules.criteria.tree
        if MEMBER in each.applies_to
    ]
    return Grid(
        columns=(
            Column(_("Criterion"), is_name=True),
            Column(_("Most points"), 30, Align.CENTRE),
        ),
        rows=tuple(rows) or ((to_be_written(), ""),),
    )


def _levels(paper: CampaignPaper) -> Grid:
    rows = [
        (
            paper.terms.level("members", each.level),
            ";\n".join(_asked(each, paper)) or to_be_written(),
        )
        for each in paper.rules.criteria.thresholds
        if MEMBER in each.applies_to
    ]
    return Grid(
        columns=(Column(_("Level"), 50, is_name=True), Column(_("What it asks for"))),
        rows=tuple(rows) or ((to_be_written(), ""),),
    )


def _asked(threshold: Threshold, paper: CampaignPaper) -> Iterator[str]:
    language = paper.head.language
    for number, sentence in (
        (threshold.points_from or None, _("from %s points")),
        (threshold.done_percent, _("at least %s%% of the tasks done")),
        (threshold.exceeded_percent, _("at least %s%% of the tasks beyond the target")),
        (threshold.late_percent_at_most or None, _("at most %s%% of the tasks late")),
    ):
        if number is not None:
            yield sentence % rate_text(number, language)
    if threshold.late_percent_at_most == 0:
        yield _("no task late")
    degrees = {each.code: each.label for each in paper.rules.criteria.degrees}
    for degree, sentence in (
        (threshold.result_degree, _("results of tasks: %s")),
        (threshold.other_degree, _("other criteria: %s")),
    ):
        if degree:
            yield sentence % small_first(degrees[degree].text(language))
    if threshold.conditions:
        yield threshold.conditions.text(language)


def _who(paper: CampaignPaper) -> Grid:
    steps = {
        "PROPOSES": _("proposes"),
        "VERIFIES": _("verifies"),
        "DECIDES": _("decides"),
    }
    return Grid(
        columns=(
            Column(_("What is rated"), 50, is_name=True),
            Column(_("Step"), 32),
            Column(_("Which body")),
        ),
        rows=tuple(
            (
                paper.terms.subject(each.subject),
                steps[each.step],
                each.label.text(paper.head.language),
            )
            for each in paper.rules.procedure.authorities
        ),
    )
