"""Plain rows of a unit's work: rules reviewed, seminars, teams, drafts, findings."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.attached import Attached
from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.work import OfUnit, WorkQuerySet
from members.fields import NFCField
from members.policy import Actor, Area


class InternalRule(OfUnit):
    """A rule of the unit's own, as its yearly review left it."""

    class Outcome(models.TextChoices):
        KEPT = "KEPT", _("kept")
        AMENDED = "AMENDED", _("amended")
        ABOLISHED = "ABOLISHED", _("abolished")

    name = NFCField(_("rule"), max_length=500)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    on = models.DateField(_("reviewed on"))
    document = NFCField(
        _("document that amends or abolishes it"),
        max_length=255,
        blank=True,
        default="",
    )
    note = NFCField(_("note"), max_length=500, blank=True, default="")

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("internal rule")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="KEPT") | ~Q(document=""),
                name="internalrule_changed_by_a_document",
                violation_error_message=_("Enter the document that changes the rule."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Activity(Attached, OfUnit):
    """A seminar, a commissioned study, a review of practice, an initiative."""

    FILE = "product_file"
    SCAN_JOB = "scan_product"

    class Kind(models.TextChoices):
        SEMINAR = "SEMINAR", _("Seminar")
        COMMISSIONED = "COMMISSIONED", _("Commissioned study")
        PRACTICE = "PRACTICE", _("Review of practice")
        INITIATIVE = "INITIATIVE", _("Initiative")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    topic = NFCField(_("topic"), max_length=500)
    organiser = NFCField(_("organiser, or body commissioned"), max_length=255)
    on = models.DateField(_("day"))
    headcount = models.PositiveIntegerField(_("people present"), null=True, blank=True)
    product = NFCField(_("product: title"), max_length=500, blank=True, default="")
    product_file = models.FileField(
        _("product: file"), upload_to="work", blank=True, default="", max_length=200
    )
    product_name = NFCField(max_length=255, blank=True, default="", editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("seminar, study or initiative")

    def __str__(self) -> str:
        return self.topic


class Recommendation(models.Model):
    """What came out of an activity, to whom it went, and what they answered."""

    UNIT: ClassVar[str] = "activity__unit"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    text = NFCField(_("recommendation"), max_length=1000)
    addressee = NFCField(_("addressee"), max_length=255)
    answer = NFCField(_("answer"), max_length=1000, blank=True, default="")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")

    def __str__(self) -> str:
        return self.text


class WorkingTeam(OfUnit):
    """A team that attends cells, by a decision of the unit's committee."""

    name = NFCField(_("name of the team"), max_length=255)
    decision = NFCField(_("decision: number and date"), max_length=255)
    from_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("working team")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("from_on")),
                name="workingteam_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class TeamVisitQuerySet(WorkQuerySet["TeamVisit"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of teams in reach, and those that come to a unit in reach."""
        if actor.is_system:
            return self
        sent, coming = in_reach(actor, area, "team__unit__"), Q(unit__isnull=False)
        return self.filter(sent | coming & in_reach(actor, area, "unit__"))


class TeamVisit(models.Model):
    """When a team attends which unit."""

    UNIT: ClassVar[str] = "team__unit"

    team = models.ForeignKey(WorkingTeam, models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        CampaignUnit, models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    on = models.DateField(_("day"))
    purpose = NFCField(_("what for"), max_length=500, blank=True, default="")
    is_held = models.BooleanField(_("has taken place"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TeamVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit of a working team")

    def __str__(self) -> str:
        return str(self.unit)


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of teams in reach, and of teams that come to a unit in reach."""
        if actor.is_system:
            return self
        coming = TeamVisit.objects.filter(in_reach(actor, area, "unit__"))
        sent = Q(in_reach(actor, area, "team__unit__"))
        return self.filter(sent | Q(team__in=coming.values("team")))

    def editable_by(self, actor: Actor) -> Self:
        """Return those of units whose work the actor records."""
        return self.filter(in_reach(actor, Area.WORK_EDIT, "team__unit__"))


class TeamMember(models.Model):
    """Who belongs to a team, as its decision says; gives no access by itself."""

    UNIT: ClassVar[str] = "team__unit"

    team = models.ForeignKey(WorkingTeam, models.CASCADE, related_name="+")
    name = NFCField(_("full name"), max_length=255)
    title = NFCField(_("title"), max_length=255, blank=True, default="")
    is_leader = models.BooleanField(_("leads the team"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a working team")

    def __str__(self) -> str:
        return self.name


class Draft(OfUnit):
    """A draft that a committee sends to bodies for comment."""

    class Kind(models.TextChoices):
        PLAN = "PLAN", _("Plan")
        PROGRAMME = "PROGRAMME", _("Action programme")
        CRITERIA = "CRITERIA", _("Criteria")
        REPORT = "REPORT", _("Collective report")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = NFCField(_("title of the draft"), max_length=500)
    document = NFCField(_("sent by document"), max_length=255)
    sent_on = models.DateField(_("sent on"))
    due_on = models.DateField(_("comments until"))

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft sent for comment")
        constraints = (
            models.CheckConstraint(
                condition=Q(due_on__gte=F("sent_on")),
                name="draft_comments_after_it_is_sent",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class DraftComment(models.Model):
    """One comment of a body, or how many came on paper, and the committee's answer."""

    class Answer(models.TextChoices):
        NONE = "", _("not answered yet")
        ACCEPTED = "ACCEPTED", _("accepted")
        PARTLY = "PARTLY", _("accepted in part")
        NOT_ACCEPTED = "NOT_ACCEPTED", _("not accepted")

    UNIT: ClassVar[str] = "draft__unit"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="+")
    body_name = NFCField(_("name of the body"), max_length=255)
    received_on = models.DateField(_("received on"))
    place = NFCField(_("on which part"), max_length=255, blank=True, default="")
    text = NFCField(_("comment"), max_length=2000, blank=True, default="")
    total = models.PositiveSmallIntegerField(_("number of comments"), default=1)
    accepted = models.PositiveSmallIntegerField(
        _("of them accepted"), null=True, blank=True
    )
    answer = models.CharField(
        _("answer"), max_length=12, choices=Answer.choices, blank=True, default=""
    )
    why = NFCField(_("why"), max_length=1000, blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a draft")
        constraints = (
            models.CheckConstraint(
                condition=Q(answer__in=["", "ACCEPTED"]) | ~Q(why=""),
                name="draftcomment_says_why_it_is_not_accepted",
                violation_error_message=_("Say why it is not accepted as it stands."),
            ),
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(accepted__lte=F("total")),
                name="draftcomment_accepts_no_more_than_came",
                violation_error_message=_("More are accepted than came."),
            ),
        )

    def __str__(self) -> str:
        return self.body_name


class SupervisionFinding(OfUnit):
    """What a mass organisation found in its own supervision, and the unit's reply."""

    body_name = NFCField(_("name of the body"), max_length=255)
    document = NFCField(_("finding: number and date"), max_length=255)
    on = models.DateField(_("day"))
    text = models.TextField(_("what was found"), blank=True, default="")
    reply_document = NFCField(
        _("reply: number and date"), max_length=255, blank=True, default=""
    )
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    reply = models.TextField(_("reply of the unit"), blank=True, default="")

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding of a mass organisation")
        constraints = (
            models.CheckConstraint(
                condition=Q(replied_on=None) | Q(replied_on__gte=F("on")),
                name="supervisionfinding_replied_after_it_was_found",
                violation_error_message=_("The reply is before the finding."),
            ),
        )

    def __str__(self) -> str:
        return self.body_name
