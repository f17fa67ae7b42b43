"""Who counts at a meeting, and what they counted: numbers, never a paper."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import LEVEL_COLUMNS, Meeting, Participant
from campaigns.models.campaign import in_reach
from members.fields import NFCField
from members.models import of_own_person
from members.policy import Actor, Area
from reviews.ballots import SMALLEST_HIDDEN, Papers, Votes
from reviews.models.occasions import ReviewOccasion


class TellerQuerySet(models.QuerySet["Teller"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the meetings that the actor records, and the own."""
        if actor.is_system:
            return self
        kept = Q(meeting__in=Meeting.objects.editable_by(actor))
        return self.filter(kept | of_own_person(actor, "participant__member"))

    def own(self, actor: Actor) -> Self:
        """Return those by which one counts oneself."""
        return self.filter(of_own_person(actor, "participant__member"))


class Teller(models.Model):
    """A full member who counts at one meeting; never the secretary.

    Source: docs/rules/ballots.md § 6.1.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="+", db_index=False
    )
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    is_head = models.BooleanField(_("head of the tellers"), default=False)

    objects = TellerQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "participant"], name="teller_once_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(is_head=True),
                name="teller_one_head_a_meeting",
            ),
        )


class BallotQuerySet(models.QuerySet["Ballot"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the meetings that the actor records, or counts at now.

        Whoever sees the levels of the unit sees those that are locked, but of bodies so
        small that the counts say what each one wrote.
        Source: docs/rules/ballots.md § 1.3.
        """
        if actor.is_system:
            return self
        kept = Q(meeting__in=Meeting.objects.editable_by(actor))
        above = Q(in_reach(actor, Area.LEVELS, "meeting__unit__")) & Q(
            state=Ballot.State.LOCKED, convoked__gt=SMALLEST_HIDDEN
        )
        return self.filter(kept | above | Q(pk__in=Ballot.objects.countable_by(actor)))

    def countable_by(self, actor: Actor) -> Self:
        """Return those not locked yet of the meetings at which the actor is a teller."""
        meetings = Teller.objects.own(actor).values("meeting")
        return self.filter(meeting__in=meetings).exclude(state=Ballot.State.LOCKED)

    def standing(self) -> Self:
        """Return those that no later edition replaces."""
        later = Ballot.objects.filter(replaces__isnull=False)
        return self.exclude(pk__in=later.values("replaces"))


class Ballot(models.Model):
    """One round on paper at one meeting: how many papers, entered, confirmed, locked.

    `number` counts the rounds of a kind, `edition` the corrections of one round; the
    editions before are kept.
    Source: docs/rules/ballots.md § 3, § 5 and § 6.
    """

    class Kind(models.TextChoices):
        LEVELS = "LEVELS", _("First round")
        AGAIN = "AGAIN", _("Voting again")
        BEST = "BEST", _("Round of the best")

    class State(models.TextChoices):
        COUNTING = "COUNTING", _("being counted")
        ENTERED = "ENTERED", _("entered, to be confirmed")
        LOCKED = "LOCKED", _("locked")

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(default=1)
    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    paragraph = NFCField(
        _("paragraph of the minutes"), max_length=1000, blank=True, default=""
    )
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.COUNTING
    )
    convoked = models.PositiveIntegerField(_("convoked"))
    present = models.PositiveIntegerField(_("present"), default=0)
    issued = models.PositiveIntegerField(_("papers issued"), default=0)
    returned = models.PositiveIntegerField(_("papers returned"), default=0)
    valid = models.PositiveIntegerField(_("valid"), default=0)
    invalid = models.PositiveIntegerField(_("invalid"), default=0)
    entered_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    locked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "kind", "number", "edition"],
                name="ballot_once_a_round_and_edition",
            ),
            models.CheckConstraint(
                condition=Q(convoked__gte=F("present"))
                & Q(present__gte=F("issued"))
                & Q(issued__gte=F("returned"))
                & Q(returned=F("valid") + F("invalid")),
                name="ballot_papers_add_up",
            ),
            models.CheckConstraint(
                condition=Q(state="COUNTING", entered_by__isnull=True)
                | ~Q(state="COUNTING") & Q(entered_by__isnull=False),
                name="ballot_is_entered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="LOCKED", confirmed_by__isnull=False, locked_at__isnull=False
                )
                & ~Q(confirmed_by=F("entered_by"))
                | ~Q(state="LOCKED")
                & Q(confirmed_by__isnull=True, locked_at__isnull=True),
                name="ballot_is_locked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(edition=1, replaces__isnull=True)
                | Q(edition__gt=1, replaces__isnull=False) & ~Q(paragraph=""),
                name="ballot_correction_has_its_paragraph",
            ),
        )

    @property
    def papers(self) -> Papers:
        """The papers, as the rules take them."""
        return Papers(
            convoked=self.convoked,
            present=self.present,
            issued=self.issued,
            returned=self.returned,
            valid=self.valid,
            invalid=self.invalid,
        )


class BallotLineQuerySet(models.QuerySet["BallotLine"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the ballots that the actor sees."""
        return self.filter(ballot__in=Ballot.objects.visible_to(actor))


class BallotLine(models.Model):
    """The votes on one person in one round; in the round of the best, for or against.

    `excellent` then counts those in favour, `against` the others.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="+", db_index=False)
    occasion = models.ForeignKey(ReviewOccasion, models.PROTECT, related_name="+")
    excellent = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    satisfactory = models.PositiveIntegerField(default=0)
    not_completed = models.PositiveIntegerField(default=0)
    clean_strong_exemplary = models.PositiveIntegerField(default=0)
    clean_strong = models.PositiveIntegerField(default=0)
    weak = models.PositiveIntegerField(default=0)
    against = models.PositiveIntegerField(default=0)
    unmarked = models.PositiveIntegerField(default=0)
    valid = models.PositiveIntegerField(default=0)  # as of the ballot

    objects = BallotLineQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["ballot", "occasion"], name="ballotline_once_a_ballot"
            ),
            models.CheckConstraint(
                condition=Q(
                    valid=F("excellent")
                    + F("good")
                    + F("satisfactory")
                    + F("not_completed")
                    + F("clean_strong_exemplary")
                    + F("clean_strong")
                    + F("weak")
                    + F("against")
                    + F("unmarked")
                ),
                name="ballotline_adds_up",
            ),
        )

    @property
    def votes(self) -> Votes:
        """The votes by level, as the rules take them."""
        return Votes(
            by_level={
                code: getattr(self, column) for code, column in LEVEL_COLUMNS.items()
            },
            unmarked=self.unmarked,
        )
