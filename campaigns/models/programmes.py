"""What a unit promises for the year as a collective, its checks and its result."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.items import MeasuredItem
from campaigns.models.meetings import Meeting
from campaigns.models.people import of_own_units
from campaigns.models.work import WorkQuerySet
from members.fields import NFCField
from members.models import of_own_person
from members.policy import Actor, Area


class ProgrammeQuerySet(WorkQuerySet["Programme"]):
    def _own(self, actor: Actor) -> Q:
        """Rows of one's own units, and the one that one is named to answer for."""
        named = CoChair.objects.own(actor).in_force().values("programme")
        return of_own_units(actor, self._unit) | Q(pk__in=named)

    def drafted_by(self, actor: Actor) -> Self:
        """Return those whose result the actor drafts: by post, or as its co-chair."""
        named = CoChair.objects.own(actor).in_force().values("programme")
        edited = in_reach(actor, Area.WORK_EDIT, self._unit)
        return self.filter(edited | Q(pk__in=named))

    def receivable_by(self, actor: Actor) -> Self:
        """Return those whose result the actor answers: by a post at the unit above.

        Above the root of a campaign stands nobody here: who records the root's work
        writes what the level above decided.
        Source: docs/rules/programmes.md § 5.
        """
        of_root = Q(unit__parent=None) & in_reach(actor, Area.WORK_EDIT, self._unit)
        above = in_reach(actor, Area.WORK_EDIT, "unit__parent__")
        return self.filter(of_root | Q(unit__parent__isnull=False) & above)


class Programme(models.Model):
    """The action programme of one unit in one campaign.

    `items_on_paper` counts those whose words stay on paper; they stand here by number.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("being written")
        ADOPTED = "ADOPTED", _("adopted")
        REPORTED = "REPORTED", _("result drafted")
        SENT = "SENT", _("result sent up")
        RETURNED = "RETURNED", _("result returned with remarks")
        APPROVED = "APPROVED", _("result approved")

    UNIT: ClassVar[str] = "unit"
    RUNNING: ClassVar = (State.ADOPTED, State.REPORTED, State.RETURNED)

    unit = models.OneToOneField(CampaignUnit, models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    application = models.TextField(
        _("how it applies the study topic of the year"), blank=True, default=""
    )
    items_on_paper = models.PositiveSmallIntegerField(
        _("number of items on paper"), null=True, blank=True
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    document = NFCField(_("by document"), max_length=255, blank=True, default="")
    result = models.TextField(_("result of the year"), blank=True, default="")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+"
    )  # that discussed the result, where it is kept here
    discussed_on = models.DateField(_("discussed on"), null=True, blank=True)
    minutes = NFCField(_("minutes"), max_length=255, blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("action programme")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="DRAFT") | Q(adopted_on__isnull=False),
                name="programme_adopted_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SENT", "APPROVED"])
                | Q(discussed_on__isnull=False) & ~Q(minutes=""),
                name="programme_result_has_been_discussed",
            ),
        )


class ProgrammeItemQuerySet(WorkQuerySet["ProgrammeItem"]):
    def _own(self, actor: Actor) -> Q:
        """Rows of one's own units, and those for which one answers, wherever."""
        return super()._own(actor) | of_own_person(actor, "responsible")


class ProgrammeItem(MeasuredItem):
    """One thing that the unit promises, and who answers for it."""

    class Kind(models.TextChoices):
        TASK = "TASK", _("Task")
        INDEX = "INDEX", _("Index (such as of administrative reform)")
        PROCEDURES = "PROCEDURES", _("Count of procedures")

    UNIT: ClassVar[str] = "programme__unit"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, default=Kind.TASK
    )
    application = NFCField(
        _("applies the study topic by"), max_length=500, blank=True, default=""
    )
    breakthrough = NFCField(
        _("serves the breakthrough of the congress resolution"),
        max_length=500,
        blank=True,
        default="",
    )
    responsible = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, editable=False, related_name="+"
    )  # whose name is read by whoever reads that roll
    is_on_paper = models.BooleanField(default=False, editable=False)  # a number alone

    objects = ProgrammeItemQuerySet.as_manager()

    class Meta(MeasuredItem.Meta):
        verbose_name = _("item of the programme")
        ordering = ("position", "pk")


class ProgrammeCheckQuerySet(WorkQuerySet["ProgrammeCheck"]):
    def _own(self, actor: Actor) -> Q:
        """Seen with their item."""
        return super()._own(actor) | of_own_person(actor, "item__responsible")


class ProgrammeCheck(models.Model):
    """How one item stood on a day, as a meeting of the unit found."""

    class State(models.TextChoices):
        ON_TRACK = "ON_TRACK", _("on track")
        BEHIND = "BEHIND", _("behind")
        DONE = "DONE", _("done")

    UNIT: ClassVar[str] = "item__programme__unit"

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.ON_TRACK
    )
    note = NFCField(max_length=500, blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = ProgrammeCheckQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["item", "on"], name="programmecheck_once_a_day"
            ),
        )


class ProgrammeReply(models.Model):
    """What the unit above answered to a result; never changed."""

    UNIT: ClassVar[str] = "programme__unit"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    is_approval = models.BooleanField()
    document = NFCField(max_length=255)
    remarks = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = WorkQuerySet.as_manager()


class CoChairQuerySet(models.QuerySet["CoChair"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of units in reach, and where one is named oneself."""
        if actor.is_system:
            return self
        own = of_own_person(actor)
        return self.filter(in_reach(actor, area, "programme__unit__") | own)

    def editable_by(self, actor: Actor) -> Self:
        """Return those of units whose work the actor records."""
        return self.filter(in_reach(actor, Area.WORK_EDIT, "programme__unit__"))

    def own(self, actor: Actor) -> Self:
        """Return those where one is named oneself."""
        return self.filter(of_own_person(actor))

    def in_force(self) -> Self:
        """Return those whose days hold today, by the database's clock."""
        today = TruncDate(Now())
        return self.filter(from_on__lte=today, ends_on__gte=today)


class CoChair(models.Model):
    """The head of the agency, named for one programme between two days.

    It gives the draft of that programme's result and nothing else.
    Source: docs/rules/programmes.md § 4.
    """

    UNIT: ClassVar[str] = "programme__unit"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: without an account here, signs on paper
    name = NFCField(_("full name"), max_length=255)
    title = NFCField(_("title"), max_length=255)
    document = NFCField(_("named by document"), max_length=255)
    from_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_on_paper = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CoChairQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-chair")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("from_on")),
                name="cochair_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class DirectionRequest(models.Model):
    """What a unit asked the level above before it went to work, and the answer."""

    UNIT: ClassVar[str] = "programme__unit"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    document = NFCField(_("request: number"), max_length=255)
    asked_on = models.DateField(_("request: date"))
    subject = NFCField(_("what is asked"), max_length=500)
    answer_document = NFCField(
        _("answer: number"), max_length=255, blank=True, default=""
    )
    answered_on = models.DateField(_("answer: date"), null=True, blank=True)
    answer = models.TextField(_("what was answered"), blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for direction")
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_on=None, answer_document="")
                | Q(answered_on__gte=F("asked_on")) & ~Q(answer_document=""),
                name="directionrequest_answer_has_number_and_date",
                violation_error_message=_(
                    "An answer has a number and a date that is not before the request."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.subject
