"""Pledges: what is being written, every text that was sent, its items, the answers."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from campaigns.models.criteria import Criterion
from campaigns.models.items import MeasuredItem
from campaigns.models.meeting_people import MeetingTask
from campaigns.models.people import Participant, Placement
from campaigns.models.programmes import ProgrammeItem
from campaigns.models.written import (
    LONGEST_CODE,
    CellAnswer,
    DraftByPerson,
    OfWrittenQuerySet,
    PersonKind,
    TextByPerson,
    WrittenByPerson,
    WrittenQuerySet,
)
from campaigns.steps import Step
from members.fields import ByteOrderField
from members.models import of_own_person
from members.policy import Actor, Area


class PledgeSetupQuerySet(models.QuerySet["PledgeSetup"]):
    def visible_to(self, actor: Actor, area: Area = Area.CAMPAIGN) -> Self:
        """Return those of the campaigns in reach."""
        return self.filter(campaign__in=Campaign.objects.visible_to(actor, area))


class PledgeSetup(models.Model):
    """How one campaign has pledges written; without a row by the defaults here.

    `guidance` replaces that of the forms, by the key of the section.
    Source: docs/rules/pledges.md § 1.
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="+")
    form = ByteOrderField(_("form"), max_length=LONGEST_CODE, default="pledge-2022.1")
    short_form = ByteOrderField(
        _("form of members outside the political system"),
        max_length=LONGEST_CODE,
        blank=True,
        default="pledge-short.1",
    )
    preamble = models.TextField(
        _("documents studied, as they stand at the beginning"), blank=True, default=""
    )
    guidance = models.JSONField(default=dict, blank=True)
    needs_criteria = models.BooleanField(
        _("pledges open once the criteria are published"), default=True
    )
    is_published = models.BooleanField(
        _("confirmed pledges are read by the whole cell"), default=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PledgeSetupQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledges of the campaign")

    @property
    def forms(self) -> tuple[str, ...]:
        """The codes of the forms that somebody may choose from."""
        return tuple(filter(None, (self.form, self.short_form)))


class PledgeQuerySet(WrittenQuerySet):
    """Pledges; confirmed ones may be read by the whole cell."""

    def published_to(self, actor: Actor) -> Self:
        """Return confirmed ones that the campaign publishes in the actor's cell."""
        fellow = Placement.objects.open().filter(participant=OuterRef("participant"))
        mine = Placement.objects.open().filter(
            of_own_person(actor, "participant__member")
        )
        setups = PledgeSetup.objects.filter(
            campaign=OuterRef("participant__campaign"), is_published=True
        )
        return self.filter(
            Exists(setups),
            Exists(fellow.filter(unit__in=mine.values("unit"))),
            participant__pledge_state=Participant.Pledge.CONFIRMED,
        )


class Pledge(WrittenByPerson):
    """One person's pledge in one campaign."""

    objects = PledgeQuerySet.as_manager()  # type: ignore[misc]  # with `published_to`

    class Meta(WrittenByPerson.Meta):
        verbose_name = _("pledge")


class PledgeDraft(DraftByPerson):
    """A pledge that is being written."""


class PledgeText(TextByPerson):
    """One text of a pledge; its items are rows of their own."""

    ABOVE = "pledge"

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="+")

    class Meta(TextByPerson.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["pledge", "number"], name="pledgetext_numbered_once"
            ),
        )


class PledgeAnswer(CellAnswer):
    """What the cell said to one text of a pledge."""

    ABOVE: ClassVar[str] = "text__pledge"

    text = models.OneToOneField(PledgeText, models.CASCADE, related_name="+")


class PledgeItem(MeasuredItem):
    """One thing that somebody promised, in one text."""

    class Progress(models.TextChoices):
        ON_TRACK = "ON_TRACK", _("on track")
        BEHIND = "BEHIND", _("to be urged on")
        DONE = "DONE", _("done")

    ABOVE: ClassVar[str] = "sent__pledge"

    sent = models.ForeignKey(PledgeText, models.CASCADE, related_name="+")
    section = ByteOrderField(max_length=60)
    criterion = models.ForeignKey(
        Criterion, models.SET_NULL, null=True, related_name="+"
    )
    programme_item = models.ForeignKey(
        ProgrammeItem, models.SET_NULL, null=True, related_name="+"
    )
    meeting_task = models.ForeignKey(
        MeetingTask, models.SET_NULL, null=True, related_name="+"
    )
    progress = models.CharField(
        max_length=10, choices=Progress.choices, default=Progress.ON_TRACK
    )

    objects = OfWrittenQuerySet.as_manager()

    class Meta(MeasuredItem.Meta):
        verbose_name = _("item of a pledge")
        ordering = ("position", "pk")


PLEDGES = PersonKind(
    name="pledges",
    column="pledge_state",
    day_column="pledge_confirmed_on",
    done=Participant.Pledge.CONFIRMED,
    step=Step.PLEDGE,
    document=Pledge,
    draft=PledgeDraft,
    text=PledgeText,
    answer=PledgeAnswer,
)
