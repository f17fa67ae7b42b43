"""What somebody writes in a form and sends to the cell: a pledge, a self-review.

Each kind has the same four rows: the document with its days, the draft, every text that
was sent, what the cell said to each text. Its state is a column of `Participant`.
Source: docs/rules/pledges.md § 3 to § 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from campaigns import form_definitions
from campaigns.form_definitions import Answers, FormDefinition
from campaigns.models.people import Participant
from campaigns.steps import Step
from members.fields import ByteOrderField
from members.models import of_own_person
from members.policy import Actor, Area

LONGEST_CODE = 40  # of a form


class WrittenQuerySet(models.QuerySet):
    """Documents, seen with the person whose they are."""

    def visible_to(self, actor: Actor, area: Area = Area.TEXTS) -> Self:
        """Return one's own, and those of people in reach."""
        if actor.is_system:
            return self
        return self.filter(participant__in=Participant.objects.visible_to(actor, area))

    def own(self, actor: Actor) -> Self:
        """Return one's own, of every campaign."""
        return self.filter(of_own_person(actor, "participant__member"))


class Written(models.Model):
    """One person's document in one campaign; its texts and dates hang on it.

    `signed_on` is the day on the paper from which somebody else typed it; then the
    person acknowledges what was typed, by log-in or by signing the printed page.
    `received_on` and `confirmed_on` are of the paper where the campaign enters no texts.
    """

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="+")
    form = ByteOrderField(max_length=LONGEST_CODE, blank=True, default="")
    signed_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    is_acknowledged_on_paper = models.BooleanField(default=False)
    received_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WrittenQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True) | Q(signed_on__isnull=False),
                name="%(class)s_acknowledged_only_if_typed_from_paper",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True)
                | Q(confirmed_on__gte=F("received_on")),
                name="%(class)s_paper_confirmed_after_it_came",
            ),
        )

    @property
    def waits_for_its_author(self) -> bool:
        """Whether somebody else typed it and its author has not said so is right."""
        return self.signed_on is not None and self.acknowledged_on is None


class WrittenDraftQuerySet(models.QuerySet):
    """Drafts, which nobody reads but who writes them."""

    def visible_to(self, actor: Actor) -> Self:
        """Return one's own, and those typed on behalf of whoever is in one's keeping."""
        if actor.is_system:
            return self
        kept = Participant.objects.visible_to(actor, Area.PLEDGES)
        return self.filter(
            Q(participant__in=Participant.objects.own(actor))
            | Q(participant__in=kept, is_on_behalf=True)
        )


class WrittenDraft(models.Model):
    """What is being written: nobody else reads it before it is sent.

    `content` is `{"answers": {key: text}, "items": [{column: text}]}`, as it was typed.
    """

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="+")
    form = ByteOrderField(max_length=LONGEST_CODE)
    content = models.JSONField(default=dict)
    is_on_behalf = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WrittenDraftQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def definition(self) -> FormDefinition:
        """The version of the form that it is written in."""
        return form_definitions.load(self.form)


class OfWrittenQuerySet(models.QuerySet):
    """Rows that are seen by whoever sees their document, by the look-up `ABOVE`."""

    def visible_to(self, actor: Actor, area: Area = Area.TEXTS) -> Self:
        """Return those of the people that the actor sees."""
        if actor.is_system:
            return self
        above = self.model.ABOVE  # type: ignore[attr-defined]  # every row of a document has it
        people = Participant.objects.visible_to(actor, area)
        return self.filter(**{f"{above}__participant__in": people})


class SentText(models.Model):
    """One text as it was sent; never changed, the next is a row of its own.

    `digest` is of the words alone, by which two texts are seen to be the same.
    """

    ABOVE: ClassVar[str]  # the look-up to its document, which is its column, too

    number = models.PositiveSmallIntegerField()
    form = ByteOrderField(max_length=LONGEST_CODE)
    level = models.CharField(max_length=10, choices=Participant.Exemplarity.choices)
    answers = models.JSONField(default=dict)
    digest = ByteOrderField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = OfWrittenQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("number",)
        indexes = (models.Index(fields=["digest"], name="%(class)s_digest"),)

    @property
    def definition(self) -> FormDefinition:
        """The version of the form that its answers belong to."""
        return form_definitions.load(self.form)

    @property
    def document(self) -> Written:
        """The document that it is a text of."""
        found: Written = getattr(self, self.ABOVE)
        return found

    @property
    def all_answers(self) -> Answers:
        """Every answer by its key, in whatever column it is kept."""
        return dict(self.answers)

    @classmethod
    def columns_of(
        cls, form: FormDefinition, level: str, answers: Answers
    ) -> Mapping[str, Any]:
        """Return in which columns answers are kept."""
        return {"answers": answers}


class CellAnswer(models.Model):
    """What the cell said to one text: confirmed, or returned with remarks.

    A kind of its own names the text that it answers.
    """

    is_confirmation = models.BooleanField()
    remark = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = OfWrittenQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(is_confirmation=True) | ~Q(remark=""),
                name="%(class)s_returned_with_a_remark",
            ),
        )


@dataclass(frozen=True, slots=True)
class WrittenKind:
    """A kind of document, as the shared steps of writing, sending, answering know it."""

    name: str  # what its events begin with
    column: str  # of `Participant`, for its state
    done: str  # the state once the cell has confirmed it
    step: Step
    document: type[Written]
    draft: type[WrittenDraft]
    text: type[SentText]
    answer: type[CellAnswer]

    @property
    def above(self) -> str:
        """The look-up from a text to its document."""
        return self.text.ABOVE

    @property
    def opened(self) -> str:
        """The event that somebody opened a document of another's."""
        return f"{self.name}.opened"

    def state_of(self, participant: Participant) -> str:
        """Return the state of somebody's document."""
        state: str = getattr(participant, self.column)
        return state

    def state_in_words(self, participant: Participant) -> str:
        """Return it as it is read."""
        return str(getattr(participant, f"get_{self.column}_display")())
