"""What other bodies say of a person or a collective, on paper or in a workbook.

Source: docs/rules/opinions.md.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignBody, CampaignUnit, Participant
from campaigns.models.campaign import in_reach
from campaigns.models.people import of_own_cell
from members.fields import ByteOrderField, NFCField
from members.models import of_own_person
from members.policy import Actor, Area, Reach, reach_of


def deciding_posts(actor: Actor) -> tuple[int, ...]:
    """Return the ids of the units as whose committee the actor reads about people.

    Those of posts that run campaigns, and read texts of those their unit decides on.
    Source: docs/rules/opinions.md § 5.2.
    """
    return tuple(
        sorted(
            post.unit_id
            for post in actor.posts
            if reach_of(post.standing, Area.CAMPAIGN) is Reach.SUBTREE
            and reach_of(post.standing, Area.TEXTS) is Reach.DECIDED
        )
    )


class OpinionRequestQuerySet(models.QuerySet["OpinionRequest"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of units that one keeps or decides for, and of what one reads."""
        if actor.is_system:
            return self
        read = Opinion.objects.visible_to(actor)
        return self.filter(
            in_reach(actor, Area.PLEDGES, "unit__")
            | Q(goes_to__custodian__in=deciding_posts(actor))
            | Q(pk__in=read.values("request"))
        )

    def editable_by(self, actor: Actor) -> Self:
        """Return those that the actor asked for, or could have."""
        return self.filter(
            in_reach(actor, Area.PLEDGES, "unit__")
            | Q(unit__custodian__in=deciding_posts(actor))
        )


class OpinionRequest(models.Model):
    """One body that is asked by a unit, by one day, about some of its people or bodies.

    `goes_to` is the unit that decides on the levels of the people; its committee reads
    what came. `ended_on`: from that day nothing more is waited for.
    """

    unit = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    goes_to = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    source = ByteOrderField(max_length=40)
    body_name = NFCField(_("body"), max_length=255)
    document = NFCField(_("document number"), max_length=255, blank=True, default="")
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("due on"))
    ended_on = models.DateField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OpinionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for opinions")
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")),
                name="opinionrequest_due_after_it_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("asked_on")),
                name="opinionrequest_ends_after_it_is_asked",
            ),
        )

    def __str__(self) -> str:
        return self.body_name


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those on oneself, on people and collectives that one reads about.

        On a person: the person, whoever reads the person's texts, the committee that
        decides on the level. On a collective: whoever reads its report.
        Source: docs/rules/opinions.md § 5.
        """
        if actor.is_system:
            return self
        people = Participant.objects.visible_to(actor, Area.TEXTS)
        return self.filter(
            Q(participant__in=people)
            | Q(goes_to__custodian__in=deciding_posts(actor))
            | Q(body__isnull=False) & Q(in_reach(actor, Area.WORK, "body__unit__"))
            | Q(body__isnull=False) & of_own_cell(actor, "body__unit__")
        )

    def receivable_by(self, actor: Actor) -> Self:
        """Return those of others that the actor enters when they come."""
        kept = Q(in_reach(actor, Area.PLEDGES, "request__unit__"))
        people = Participant.objects.visible_to(actor, Area.PLEDGES)
        committee = Q(request__unit__custodian__in=deciding_posts(actor))
        seen = self.visible_to(actor).filter(
            kept | Q(participant__in=people) | committee
        )
        return seen.exclude(of_own_person(actor, "participant__member"))

    def own(self, actor: Actor) -> Self:
        """Return those on oneself."""
        return self.filter(participant__in=Participant.objects.own(actor))

    def waiting(self) -> Self:
        """Return those that have not come and are still waited for."""
        return self.filter(state=Opinion.State.ASKED, request__ended_on=None)


class Opinion(models.Model):
    """What one body is asked about one person, or one collective.

    The words are entries of their own; `goes_to` is the request's, by which it is read.
    """

    class State(models.TextChoices):
        ASKED = "ASKED", _("asked for")
        RECEIVED = "RECEIVED", _("received")

    request = models.ForeignKey(OpinionRequest, models.CASCADE, related_name="+")
    goes_to = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="+"
    )
    body = models.ForeignKey(CampaignBody, models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion of a body")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(participant__isnull=False, body__isnull=True)
                | Q(participant__isnull=True, body__isnull=False),
                name="opinion_on_a_person_or_a_collective",
            ),
            models.UniqueConstraint(
                fields=["request", "participant"], name="opinion_once_on_a_person"
            ),
            models.UniqueConstraint(
                fields=["request", "body"], name="opinion_once_on_a_collective"
            ),
        )

    @property
    def subject(self) -> Participant | CampaignBody:
        """Whom it is about."""
        found = self.participant or self.body
        assert found is not None  # the database keeps that it is one of them
        return found

    @property
    def member_id(self) -> int | None:
        """The key of the member whom it is about; None for a collective."""
        return self.participant.member_id if self.participant else None


class OpinionEntryQuerySet(models.QuerySet["OpinionEntry"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the opinions that one reads."""
        if actor.is_system:
            return self
        return self.filter(opinion__in=Opinion.objects.visible_to(actor))


class OpinionEntry(models.Model):
    """The words of a paper that came, or what the person replied; never changed.

    A paper that was entered wrongly is entered again: the last one counts, and the
    earlier ones stay to be read. `came_on` is None for a reply.
    """

    class Kind(models.TextChoices):
        OPINION = "OPINION", _("Opinion of the body")
        REPLY = "REPLY", _("Reply of the person")

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OPINION)
    text = models.TextField(blank=True, default="")
    document = NFCField(_("document number"), max_length=255, blank=True, default="")
    signed_on = models.DateField(_("date of the paper"), null=True)
    came_on = models.DateField(_("received on"), null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = OpinionEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of an opinion")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="OPINION", came_on__isnull=False)
                | Q(kind="REPLY", came_on__isnull=True, signed_on__isnull=True)
                & ~Q(text=""),
                name="opinionentry_opinion_came_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(came_on__gte=F("signed_on")),
                name="opinionentry_came_after_it_was_signed",
            ),
        )


class ResidenceExemptionQuerySet(models.QuerySet["ResidenceExemption"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return one's own, and those of people in reach."""
        if actor.is_system:
            return self
        return self.filter(participant__in=Participant.objects.visible_to(actor, area))


class ResidenceExemption(models.Model):
    """That no opinion of the place of residence is asked about somebody, and why.

    Source: docs/rules/opinions.md § 1.3.
    """

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="+")
    category = ByteOrderField(max_length=40)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = ResidenceExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("no opinion of the place of residence")


class AccusationReceipt(models.Model):
    """The number of a printed form and the day; nothing of who, about whom or what.

    Source: docs/rules/opinions.md § 7.
    """

    number = ByteOrderField(max_length=40, unique=True)
    on = models.DateField()

    class Meta:
        verbose_name = _("number of a form for an accusation")

    def __str__(self) -> str:
        return self.number
