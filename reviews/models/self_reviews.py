"""Self-reviews: what is being written, every text that was sent, the cell's answers."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns import form_definitions
from campaigns.form_definitions import Answers, FormDefinition
from campaigns.models import (
    CellAnswer,
    DraftByPerson,
    Participant,
    PersonKind,
    TextByPerson,
    WrittenByPerson,
)
from campaigns.steps import Step
from members.fields import ByteOrderField
from reviews.models.suggestions import ReviewSuggestion


class SelfReview(WrittenByPerson):
    """One person's self-review in one campaign."""

    class Meta(WrittenByPerson.Meta):
        verbose_name = _("self-review")


class SelfReviewDraft(DraftByPerson):
    """A self-review that is being written."""

    @property
    def definition(self) -> FormDefinition:
        """The form, with the suggestions that there are by now; one query."""
        person = self.participant
        suggestions = ReviewSuggestion.objects.filter(participant=person)
        return form_definitions.resolved(
            self.form,
            person.campaign.rules.criteria,
            kind=form_definitions.kind_of(person.exemplarity),
            asked=[(str(each.pk), str(each)) for each in suggestions],
        )


class SelfReviewText(TextByPerson):
    """One text of a self-review: words, ticks and points, and the own level.

    `asked` holds the suggestions that it answers, as they stood when it was sent.
    """

    ABOVE = "self_review"

    self_review = models.ForeignKey(SelfReview, models.CASCADE, related_name="+")
    marks = models.JSONField(default=dict)
    asked = models.JSONField(default=list)
    own_level = ByteOrderField(max_length=40, blank=True, default="")
    own_level_as_servant = ByteOrderField(max_length=40, blank=True, default="")

    class Meta(TextByPerson.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["self_review", "number"], name="selfreviewtext_numbered_once"
            ),
        )

    @property
    def definition(self) -> FormDefinition:
        """The form as it was when this was sent; the document's person is loaded."""
        return form_definitions.resolved(
            self.form,
            self.self_review.participant.campaign.rules.criteria,
            kind=form_definitions.kind_of(self.level),
            asked=[(number, words) for number, words in self.asked],
        )

    @property
    def all_answers(self) -> Answers:
        """Words, ticks and points, and the own levels, by their keys."""
        form = self.definition
        found: Answers = {**self.answers, **self.marks}
        for proposes, code in (
            ("MEMBER", self.own_level),
            ("SERVANT", self.own_level_as_servant),
        ):
            question = form.level_question(self.level, proposes)
            if question and code:
                found[question.key] = code
        return found

    @classmethod
    def columns_of(
        cls, form: FormDefinition, level: str, answers: Answers
    ) -> Mapping[str, Any]:
        """Return in which columns answers are kept."""
        kept = form_definitions.by_columns(form, level, answers)
        return {
            "level": level,
            "answers": kept.answers,
            "marks": kept.marks,
            "asked": kept.asked,
            "own_level": kept.levels.get("MEMBER", ""),
            "own_level_as_servant": kept.levels.get("SERVANT", ""),
        }


class SelfReviewAnswer(CellAnswer):
    """What the cell said to one text of a self-review."""

    ABOVE: ClassVar[str] = "text__self_review"

    text = models.OneToOneField(SelfReviewText, models.CASCADE, related_name="+")


SELF_REVIEWS = PersonKind(
    name="self_reviews",
    column="review_state",
    done=Participant.Review.CONFIRMED,
    step=Step.SELF_REVIEW,
    document=SelfReview,
    draft=SelfReviewDraft,
    text=SelfReviewText,
    answer=SelfReviewAnswer,
)
