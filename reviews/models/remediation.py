"""Plans of remediation, of a person or of a collective: their items and what follows.

Of live units and people, and of no campaign: an item is followed until it is done.
Source: docs/rules/remediation.md.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Meeting
from members.fields import NFCField
from members.models import Member, PartyUnit, of_own_person, reachable
from members.policy import Actor, Area
from reviews import remediation
from reviews.models.notices import committees_of
from reviews.models.remarks import Remark
from reviews.models.suggestions import ReviewSuggestion


class PlanQuerySet(models.QuerySet["RemediationPlan"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own, those one keeps, and those that came to one's committee.

        A person's draft is the person's alone until it is given to the cell.
        Source: docs/rules/remediation.md § 2.
        """
        if actor.is_system:
            return self
        came = Q(goes_to__in=committees_of(actor))
        given = ~Q(state=RemediationPlan.State.DRAFT) | Q(signed_on__isnull=False)
        return self.filter(
            self._own(actor)
            | self._of_kept_people(actor) & given
            | self._of_kept_units(actor)
            | came
        )

    def own(self, actor: Actor) -> Self:
        """Return those of the person who asks."""
        return self.filter(self._own(actor))

    def kept_by(self, actor: Actor) -> Self:
        """Return those of others, and of units, that the actor keeps."""
        kept = self._of_kept_people(actor) | self._of_kept_units(actor)
        return self.visible_to(actor).filter(kept).exclude(self._own(actor))

    def came_to(self, actor: Actor) -> Self:
        """Return those of others that were sent to a committee of one's post."""
        came = self.filter(goes_to__in=committees_of(actor))
        return came.exclude(self._own(actor))

    @staticmethod
    def _own(actor: Actor) -> Q:
        return of_own_person(actor)

    @staticmethod
    def _of_kept_people(actor: Actor) -> Q:
        return Q(member__in=Member.objects.editable_by(actor, Area.PLEDGES))

    @staticmethod
    def _of_kept_units(actor: Actor) -> Q:
        return reachable(actor, Area.WORK_EDIT, "unit__")


class RemediationPlan(models.Model):
    """What somebody, or a collective, means to put right, by when.

    `unit` is the collective, `member` the person: one of them. `signed_on` is the day
    of the paper from which somebody typed a person's plan. `goes_to` is the unit whose
    committee has it now; None where no unit stands above.
    """

    class State(models.TextChoices):
        DRAFT = remediation.State.DRAFT, _("being written")
        GIVEN = remediation.State.GIVEN, _("given to the cell")
        MINUTED = remediation.State.MINUTED, _("discussed by the collective")
        SENT = remediation.State.SENT, _("sent up")
        ACCEPTED = remediation.State.ACCEPTED, _("accepted by the level above")
        RETURNED = remediation.State.RETURNED, _("returned with remarks")

    unit = models.ForeignKey(PartyUnit, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    signed_on = models.DateField(_("date of the paper"), null=True)
    goes_to = models.ForeignKey(PartyUnit, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of remediation")
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=True, member__isnull=False)
                | Q(unit__isnull=False, member__isnull=True, signed_on__isnull=True),
                name="remediationplan_of_a_person_or_of_a_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state="GIVEN") | Q(unit__isnull=True),
                name="remediationplan_given_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(goes_to__isnull=True) | Q(state__in=["SENT", "ACCEPTED"]),
                name="remediationplan_goes_to_whom_it_was_sent",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state="DRAFT", unit__isnull=True),
                name="remediationplan_one_draft_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state="DRAFT", member__isnull=True),
                name="remediationplan_one_draft_of_a_unit",
            ),
        )

    @property
    def is_personal(self) -> bool:
        """Whether it is a person's."""
        return self.unit_id is None


class ItemQuerySet(models.QuerySet["RemediationItem"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of plans that the actor sees."""
        if actor.is_system:
            return self
        return self.filter(plan__in=RemediationPlan.objects.visible_to(actor))

    def followed(self) -> Self:
        """Return the open ones of plans that their collective has discussed."""
        return self.filter(
            state=RemediationItem.State.OPEN,
            plan__state__in=RemediationItem.FOLLOWED,
        )


class RemediationItem(models.Model):
    """One thing to put right, from which source, by which measure and by when."""

    class Source(models.TextChoices):
        SUGGESTION = "SUGGESTION", _("a suggestion that was answered")
        REMARK = "REMARK", _("a remark that was accepted")
        OWN = "OWN", _("named by oneself")
        CONCLUDED = "CONCLUDED", _("concluded by a competent body")

    class State(models.TextChoices):
        OPEN = "OPEN", _("being put right")
        DONE = "DONE", _("put right")
        REFERRED = "REFERRED", _("referred to the competent body")

    FOLLOWED = (
        RemediationPlan.State.MINUTED,
        RemediationPlan.State.SENT,
        RemediationPlan.State.ACCEPTED,
    )

    plan = models.ForeignKey(RemediationPlan, models.CASCADE, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices)
    # What it came from, while that stands; its words are kept in `shortcoming`.
    suggestion = models.ForeignKey(
        ReviewSuggestion, models.SET_NULL, null=True, related_name="+"
    )
    remark = models.ForeignKey(Remark, models.SET_NULL, null=True, related_name="+")
    document = NFCField(_("document number"), max_length=255, blank=True, default="")
    document_on = models.DateField(_("date of the document"), null=True)
    shortcoming = models.TextField(_("what has to be put right"))
    measure = models.TextField(_("what is done about it"))
    responsible = NFCField(_("who is responsible"), max_length=255)
    due_on = models.DateField(_("due on"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ended_on = models.DateField(null=True)
    repeats = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+"
    )  # an earlier concluded one of which a competent body found this a repetition
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a plan of remediation")
        ordering = ("plan", "due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(source="CONCLUDED", document_on__isnull=False)
                & ~Q(document="")
                | ~Q(source="CONCLUDED") & Q(document="", document_on__isnull=True),
                name="remediationitem_concluded_by_a_document",
            ),
            models.CheckConstraint(
                condition=Q(suggestion__isnull=True) | Q(source="SUGGESTION"),
                name="remediationitem_suggestion_is_the_source",
            ),
            models.CheckConstraint(
                condition=Q(remark__isnull=True) | Q(source="REMARK"),
                name="remediationitem_remark_is_the_source",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_on__isnull=True)
                | ~Q(state="OPEN") & Q(ended_on__isnull=False),
                name="remediationitem_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | Q(source="CONCLUDED"),
                name="remediationitem_repeats_what_was_concluded",
            ),
            models.CheckConstraint(
                condition=~Q(shortcoming="") & ~Q(measure="") & ~Q(responsible=""),
                name="remediationitem_says_what_and_who",
            ),
        )

    def __str__(self) -> str:
        return self.shortcoming


class OfItemQuerySet(models.QuerySet["RemediationCheck"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of items that the actor sees."""
        if actor.is_system:
            return self
        return self.filter(item__in=RemediationItem.objects.visible_to(actor))


class RemediationCheck(models.Model):
    """How an item stood on a day, as a meeting found or as it ended; never changed."""

    class State(models.TextChoices):
        ON_TRACK = "ON_TRACK", _("on track")
        BEHIND = "BEHIND", _("to be urged")
        DONE = "DONE", _("put right")
        EXTENDED = "EXTENDED", _("given longer time")
        REFERRED = "REFERRED", _("referred to the competent body")

    item = models.ForeignKey(RemediationItem, models.CASCADE, related_name="+")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices)
    note = NFCField(max_length=1000, blank=True, default="")
    due_on = models.DateField(null=True)  # the new day of what was extended
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = OfItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of remediation")
        ordering = ("item", "on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="EXTENDED", due_on__isnull=False)
                | ~Q(state="EXTENDED") & Q(due_on__isnull=True),
                name="remediationcheck_longer_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["EXTENDED", "REFERRED"]) | ~Q(note=""),
                name="remediationcheck_says_why_or_to_whom",
            ),
        )


class StepQuerySet(models.QuerySet["RemediationStep"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of plans that the actor sees."""
        if actor.is_system:
            return self
        return self.filter(plan__in=RemediationPlan.objects.visible_to(actor))


class RemediationStep(models.Model):
    """One step that a plan took, with its paper; never changed.

    `contents` are the items as they were then.
    """

    class Act(models.TextChoices):
        GIVE = remediation.Act.GIVE, _("given to the cell")
        MINUTE = remediation.Act.MINUTE, _("opinion of the collective")
        SEND = remediation.Act.SEND, _("sent up")
        ACCEPT = remediation.Act.ACCEPT, _("accepted by the level above")
        RETURN = remediation.Act.RETURN, _("returned with remarks")

    plan = models.ForeignKey(RemediationPlan, models.CASCADE, related_name="+")
    act = models.CharField(max_length=10, choices=Act.choices)
    text = models.TextField(blank=True, default="")  # opinion, or remarks
    document = NFCField(max_length=255, blank=True, default="")
    on = models.DateField()
    to = models.ForeignKey(PartyUnit, models.PROTECT, null=True, related_name="+")
    contents = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a plan of remediation")
        ordering = ("plan", "pk")


class NamedPersonQuerySet(models.QuerySet["NamedPerson"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return where one is named oneself, and those of items that the actor sees."""
        if actor.is_system:
            return self
        items = RemediationItem.objects.visible_to(actor)
        return self.filter(of_own_person(actor) | Q(item__in=items))

    def own(self, actor: Actor) -> Self:
        """Return where one is named oneself."""
        return self.filter(of_own_person(actor))


class NamedPerson(models.Model):
    """Who was responsible for a concluded shortcoming of a collective, and when.

    `member` None: outside the tree, told by a letter. What the person answers is added
    once and never changed. Source: docs/rules/remediation.md § 6.
    """

    item = models.ForeignKey(RemediationItem, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    name = NFCField(_("full name"), max_length=255)
    post = NFCField(_("post"), max_length=255)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True)
    organisation = NFCField(
        _("where the person is now"), max_length=255, blank=True, default=""
    )
    named_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    objects = NamedPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person responsible for a shortcoming")
        ordering = ("item", "pk")
        constraints = (
            models.UniqueConstraint(fields=["item", "member"], name="namedperson_once"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True)
                | Q(until_on__gte=models.F("from_on")),
                name="namedperson_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, member__isnull=False),
                name="namedperson_answers_at_a_moment",
            ),
        )

    def __str__(self) -> str:
        return self.name
