"""Reports of collectives: what is being written, every text sent up, the answers."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns import form_definitions
from campaigns.form_definitions import Answers, FormDefinition
from campaigns.models import (
    CampaignBody,
    SentText,
    TextAnswer,
    Written,
    WrittenDraft,
    WrittenKind,
)
from campaigns.models.campaign import in_reach
from campaigns.models.people import of_own_cell
from campaigns.steps import Step
from members.fields import ByteOrderField
from members.policy import Actor, Area
from reviews.models.suggestions import CollectiveSuggestion


def criteria_kind(body: CampaignBody) -> str:
    """Return as what the rule set weighs a body."""
    is_organisation = body.kind == CampaignBody.Kind.ORGANISATION
    return "ORGANISATION" if is_organisation else "COLLECTIVE"


class CollectiveReportQuerySet(models.QuerySet):
    """Reports and what hangs on them, by the look-up `BODY` to the body."""

    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of units in reach, and of the cell that one belongs to.

        Source: docs/rules/collective-reports.md § 5.
        """
        if actor.is_system:
            return self
        unit = f"{self.model.BODY}__unit__"  # type: ignore[attr-defined]  # each has it
        return self.filter(Q(in_reach(actor, area, unit)) | of_own_cell(actor, unit))


class CollectiveReport(Written):
    """One collective's report in one campaign."""

    BODY: ClassVar[str] = "body"

    body = models.OneToOneField(CampaignBody, models.CASCADE, related_name="+")

    objects = CollectiveReportQuerySet.as_manager()

    class Meta(Written.Meta):
        verbose_name = _("collective report")


class CollectiveReportDraftQuerySet(models.QuerySet["CollectiveReportDraft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the units whose work the actor records."""
        return self.filter(in_reach(actor, Area.WORK_EDIT, "body__unit__"))


class CollectiveReportDraft(WrittenDraft):
    """A report that is being written by whoever records the work of the unit."""

    body = models.OneToOneField(CampaignBody, models.CASCADE, related_name="+")

    objects = CollectiveReportDraftQuerySet.as_manager()

    @property
    def definition(self) -> FormDefinition:
        """The form, with the suggestions that there are by now; one query."""
        suggestions = CollectiveSuggestion.objects.filter(body=self.body)
        return form_definitions.resolved(
            self.form,
            self.body.campaign.rules.criteria,
            kind=criteria_kind(self.body),
            asked=[(str(each.pk), str(each)) for each in suggestions],
        )


class CollectiveReportText(SentText):
    """One text of a report: words, ticks and points, and the level it proposes itself.

    `asked` holds the suggestions that it answers, as they stood when it was sent.
    """

    ABOVE: ClassVar[str] = "collective_report"
    BODY: ClassVar[str] = "collective_report__body"

    collective_report = models.ForeignKey(
        CollectiveReport, models.CASCADE, related_name="+"
    )
    marks = models.JSONField(default=dict)
    asked = models.JSONField(default=list)
    own_level = ByteOrderField(max_length=40, blank=True, default="")

    objects = CollectiveReportQuerySet.as_manager()

    class Meta(SentText.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["collective_report", "number"],
                name="collectivereporttext_numbered_once",
            ),
        )

    @property
    def definition(self) -> FormDefinition:
        """The form as it was when this was sent; the report's body is loaded."""
        body = self.collective_report.body
        return form_definitions.resolved(
            self.form,
            body.campaign.rules.criteria,
            kind=criteria_kind(body),
            asked=[(number, words) for number, words in self.asked],
        )

    @property
    def all_answers(self) -> Answers:
        """Words, ticks and points, and the own level, by their keys."""
        found: Answers = {**self.answers, **self.marks}
        question = self.definition.level_question(self.asked_as, "COLLECTIVE")
        if question and self.own_level:
            found[question.key] = self.own_level
        return found

    @classmethod
    def columns_of(
        cls, form: FormDefinition, level: str, answers: Answers
    ) -> Mapping[str, Any]:
        """Return in which columns answers are kept."""
        kept = form_definitions.by_columns(form, level, answers)
        return {
            "answers": kept.answers,
            "marks": kept.marks,
            "asked": kept.asked,
            "own_level": kept.levels.get("COLLECTIVE", ""),
        }


class CollectiveReportAnswer(TextAnswer):
    """What the level above said to one text of a report."""

    BODY: ClassVar[str] = "text__collective_report__body"

    text = models.OneToOneField(CollectiveReportText, models.CASCADE, related_name="+")

    objects = CollectiveReportQuerySet.as_manager()


COLLECTIVE_REPORTS = WrittenKind(
    name="collective_reports",
    column="report_state",
    done=CampaignBody.Report.ACCEPTED,
    step=Step.SELF_REVIEW,
    document=CollectiveReport,
    draft=CollectiveReportDraft,
    text=CollectiveReportText,
    answer=CollectiveReportAnswer,
    author="body",
    written_by=Area.WORK_EDIT,
    answered_by=Area.WORK,
)
