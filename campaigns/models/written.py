"""What is written in a form and sent: a pledge, a self-review, a collective's report.

Each kind has the same four rows: the document with its days, the draft, every text that
was sent, what was said to each text. Whose it is, its author, is a person or a body of
the campaign; the state is a column of that row.
Source: docs/rules/pledges.md § 3 to § 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from campaigns import form_definitions
from campaigns.form_definitions import Answers, FormDefinition
from campaigns.models.bodies import CampaignBody
from campaigns.models.people import Participant
from campaigns.steps import Step
from members.fields import ByteOrderField
from members.models import of_own_person
from members.policy import Actor, Area

LONGEST_CODE = 40  # of a form
EVERYBODY = "MEMBER"  # the level at which a form asks nothing of leaders alone

Author = Participant | CampaignBody


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
    """One author's document in one campaign; its texts and dates hang on it.

    `received_on` and `confirmed_on` are of the paper where the campaign enters no texts.
    """

    form = ByteOrderField(max_length=LONGEST_CODE, blank=True, default="")
    received_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True)
                | Q(confirmed_on__gte=F("received_on")),
                name="%(class)s_paper_confirmed_after_it_came",
            ),
        )


class WrittenByPerson(Written):
    """One person's document.

    `signed_on` is the day on the paper from which somebody else typed it; then the
    person acknowledges what was typed, by log-in or by signing the printed page.
    """

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="+")
    signed_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    is_acknowledged_on_paper = models.BooleanField(default=False)

    objects = WrittenQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True) | Q(signed_on__isnull=False),
                name="%(class)s_acknowledged_only_if_typed_from_paper",
            ),
            *Written.Meta.constraints,
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
    """What is being written: nobody reads it before it is sent but who writes it.

    `content` is `{"answers": {key: text}, "items": [{column: text}]}`, as it was typed.
    """

    form = ByteOrderField(max_length=LONGEST_CODE)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def definition(self) -> FormDefinition:
        """The version of the form that it is written in."""
        return form_definitions.load(self.form)


class DraftByPerson(WrittenDraft):
    """What a person writes, or somebody types on behalf of them."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="+")
    is_on_behalf = models.BooleanField(default=False)

    objects = WrittenDraftQuerySet.as_manager()

    class Meta:
        abstract = True


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
    answers = models.JSONField(default=dict)
    digest = ByteOrderField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ("number",)
        indexes = (models.Index(fields=["digest"], name="%(class)s_digest"),)

    @property
    def definition(self) -> FormDefinition:
        """The version of the form that its answers belong to."""
        return form_definitions.load(self.form)

    @property
    def asked_as(self) -> str:
        """The level of exemplary responsibility at which the form was asked."""
        return EVERYBODY

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


class TextByPerson(SentText):
    """One text of a person, with the level of exemplary responsibility it was asked at."""

    level = models.CharField(max_length=10, choices=Participant.Exemplarity.choices)

    objects = OfWrittenQuerySet.as_manager()

    class Meta(SentText.Meta):
        abstract = True

    @property
    def asked_as(self) -> str:
        return self.level

    @classmethod
    def columns_of(
        cls, form: FormDefinition, level: str, answers: Answers
    ) -> Mapping[str, Any]:
        return {**super().columns_of(form, level, answers), "level": level}


class TextAnswer(models.Model):
    """What was said to one text: confirmed, or returned with remarks.

    A kind of its own names the text that it answers.
    """

    is_confirmation = models.BooleanField()
    remark = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(is_confirmation=True) | ~Q(remark=""),
                name="%(class)s_returned_with_a_remark",
            ),
        )


class CellAnswer(TextAnswer):
    """What the cell said to a text of a person."""

    objects = OfWrittenQuerySet.as_manager()

    class Meta(TextAnswer.Meta):
        abstract = True


@dataclass(frozen=True, slots=True)
class WrittenKind:
    """A kind of document, as the shared steps of writing, sending, answering know it.

    `author` is the column of its rows that says whose it is: a `Participant`, or a
    `CampaignBody`.
    """

    name: str  # what its events begin with
    column: str  # of the author, for its state
    done: str  # the state once it is confirmed
    step: Step
    document: type[Written]
    draft: type[WrittenDraft]
    text: type[SentText]
    answer: type[TextAnswer]
    author: str = "participant"
    written_by: Area = Area.PLEDGES  # the area of whoever writes, if not the author
    answered_by: Area = Area.PLEDGES  # that of whoever answers
    day_column: str = ""  # of the author, for the first day on which it was done

    @property
    def above(self) -> str:
        """The look-up from a text to its document."""
        return self.text.ABOVE

    @property
    def opened(self) -> str:
        """The event that somebody opened a document of another's."""
        return f"{self.name}.opened"

    @property
    def of_author(self) -> str:
        """The look-up from a text to its author."""
        return f"{self.above}__{self.author}"

    def author_of(self, row: Written | WrittenDraft) -> Author:
        """Return whose a document or a draft is."""
        found: Author = getattr(row, self.author)
        return found

    def state_of(self, author: Author) -> str:
        """Return the state of somebody's document."""
        state: str = getattr(author, self.column)
        return state

    def state_in_words(self, author: Author) -> str:
        """Return it as it is read."""
        return str(getattr(author, f"get_{self.column}_display")())


@dataclass(frozen=True, slots=True)
class PersonKind(WrittenKind):
    """A kind that persons write, or somebody types on behalf of them."""

    document: type[WrittenByPerson]
    draft: type[DraftByPerson]
    text: type[TextByPerson]
    answer: type[CellAnswer]


def level_of(author: Author) -> str:
    """Return at which level of exemplary responsibility an author is asked.

    A form of collectives asks all of them the same.
    """
    return author.exemplarity if isinstance(author, Participant) else EVERYBODY


def ever_by(author: Author) -> Q:
    """Return the filter for documents of the same author, of every campaign."""
    if isinstance(author, Participant):
        return Q(participant__member=author.member_id)
    return Q(
        body__unit__live_unit=author.unit.live_unit_id,
        body__kind=author.kind,
        body__name=author.name,
    )
