"""Reports of collectives to be read, listed, and what they open with.

Source: docs/rules/collective-reports.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns import form_definitions
from campaigns.models import (
    CampaignBody,
    CampaignUnit,
    Draft,
    DraftComment,
    Programme,
    ProgrammeItem,
    ever_by,
)
from campaigns.models.campaign import in_reach
from campaigns.models.people import of_own_cell
from campaigns.models.written import EVERYBODY
from campaigns.queries.written.reading import NoteBeside
from members.policy import Actor, Area
from reviews.models import (
    COLLECTIVE_REPORTS,
    CollectiveReport,
    CollectiveReportText,
    CollectiveSuggestion,
)
from reviews.queries import texts

# What last year's report says that this year begins with.
CARRIED_OVER = ("shortcomings", "remedied", "direction")

draft_as_read = partial(texts.draft_as_read, COLLECTIVE_REPORTS)
texts_of = partial(texts.texts_of, COLLECTIVE_REPORTS)
latest_texts = partial(texts.latest_texts, COLLECTIVE_REPORTS)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One collective in a list with the state of its report."""

    body: CampaignBody
    own_level: str  # that it proposes for itself, in words; "" before it is sent

    @property
    def state(self) -> str:
        """The state of its report."""
        return self.body.report_state

    @property
    def state_in_words(self) -> str:
        """That state as it is read."""
        return str(self.body.get_report_state_display())


def report_units(actor: Actor) -> QuerySet[CampaignUnit]:
    """Return the units whose reports one reads: those in reach, and the own cell."""
    read = Q(in_reach(actor, Area.WORK)) | of_own_cell(actor)
    units = CampaignUnit.objects.filter(read)
    return units.select_related("campaign", "custodian", "parent")


def read_bodies(actor: Actor) -> QuerySet[CampaignBody]:
    """Return the collectives whose reports one reads."""
    read = Q(in_reach(actor, Area.WORK, "unit__")) | of_own_cell(actor, "unit__")
    return with_unit(CampaignBody.objects.filter(read))


def with_unit(bodies: QuerySet[CampaignBody]) -> QuerySet[CampaignBody]:
    """Return them with what their pages say of the unit."""
    related = ("unit__campaign", "unit__custodian", "unit__parent")
    return bodies.select_related(*related)


def lines_of(unit: CampaignUnit, actor: Actor) -> list[ReportLine]:
    """Return the collectives of a unit, the organisation itself first; two queries."""
    bodies = read_bodies(actor).filter(unit=unit)
    return list(_lines(sorted(bodies, key=_organisation_first)))


def lines_below(unit: CampaignUnit, actor: Actor) -> list[ReportLine]:
    """Return those of the units directly below, in the order of the tree; two queries."""
    reached = in_reach(actor, Area.WORK, "unit__")
    bodies = CampaignBody.objects.filter(
        reached, unit__parent=unit, unit__closed_on=None
    )
    return list(_lines(with_unit(bodies).order_by("unit__path", "pk")))


def _organisation_first(body: CampaignBody) -> tuple[bool, int]:
    return body.kind != CampaignBody.Kind.ORGANISATION, body.pk


def _lines(bodies: Iterable[CampaignBody]) -> Iterator[ReportLine]:
    rows = list(bodies)
    sent = CollectiveReportText.objects.filter(collective_report__body__in=rows)
    levels = {}
    for text in sent.select_related("collective_report").order_by("number"):
        question = form_definitions.load(text.form).level_question(
            EVERYBODY, "COLLECTIVE"
        )
        if question:
            words = question.answer_in_words(text.own_level, get_language() or "vi")
            levels[text.collective_report.body_id] = words
    for body in rows:
        yield ReportLine(body, levels.get(body.pk, ""))


def suggestions_to(body: CampaignBody, actor: Actor) -> list[CollectiveSuggestion]:
    """Return what is suggested to a collective, as the actor reads it; one query."""
    return list(CollectiveSuggestion.objects.visible_to(actor).filter(body=body))


# ---- What the report opens with --------------------------------------------


def beside(body: CampaignBody, actor: Actor) -> dict[str, tuple[NoteBeside, ...]]:
    """Return what stands beside the sections; seven queries.

    The items of the programme with what became of them, what an earlier year left to
    be mended, and the comments that came on the draft from those below.
    """
    notes = {
        "strengths": _note(
            _("This year's action programme, and what became of it"),
            programme_of(body, actor),
            "tasks",
        ),
        "shortcomings": _note(
            _("Comments on the draft"), comments_on(body, actor), "shortcomings"
        ),
        "remedied": to_be_mended(body, actor),
    }
    return {key: found for key, found in notes.items() if found}


def to_be_mended(body: CampaignBody, actor: Actor) -> tuple[NoteBeside, ...]:
    """Return what stands beside the section on remedies, each source as a note.

    A followed-up plan of remediation is one more note here.
    """
    return _note(
        _("From the report of an earlier year"), last_year(body, actor), "remedied"
    )


def last_year(body: CampaignBody, actor: Actor) -> tuple[str, ...]:
    """Return what an earlier report left to be mended; two queries."""
    before = CollectiveReport.objects.visible_to(actor).filter(
        ever_by(body), body__unit__campaign__year__lt=body.campaign.year
    )
    report = before.order_by("-body__unit__campaign__year").first()
    if report is None:
        return ()
    sent = CollectiveReportText.objects.filter(collective_report=report)
    text = sent.order_by("-number").first()
    answers = text.answers if text else {}
    return tuple(answers[key] for key in CARRIED_OVER if answers.get(key))


def comments_on(body: CampaignBody, actor: Actor) -> tuple[str, ...]:
    """Return the comments on drafts of the unit's report, with who said them; one query."""
    drafts = Draft.objects.visible_to(actor).filter(
        unit=body.unit_id, kind=Draft.Kind.REPORT
    )
    came = DraftComment.objects.filter(draft__in=drafts).exclude(text="")
    return tuple(
        f"{each.body_name}: {each.place}. {each.text}"
        if each.place
        else f"{each.body_name}: {each.text}"
        for each in came.order_by("received_on", "pk")
    )


def programme_of(body: CampaignBody, actor: Actor) -> tuple[str, ...]:
    """Return the items of the year's programme with their results; two queries."""
    programme = Programme.objects.visible_to(actor).filter(unit=body.unit_id).first()
    if programme is None:
        return ()
    items = ProgrammeItem.objects.filter(programme=programme)
    return (
        *(_item(each) for each in items),
        *([programme.result] if programme.result else []),
    )


def _item(item: ProgrammeItem) -> str:
    target = f"{item.goal} {item.unit_of_measure}".strip()
    state = item.get_result_display() if item.result else _("no result yet")
    line = f"{item.text} ({target}): {state}" if target else f"{item.text}: {state}"
    return f"{line}. {item.result_note}" if item.result_note else line


def _note(title: str, lines: tuple[str, ...], question: str) -> tuple[NoteBeside, ...]:
    return (NoteBeside(title, lines, question),) if lines else ()
