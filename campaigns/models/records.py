"""What competent bodies decided about organisations and members, by its document.

Of live units and people, and of no campaign: a term has several years.
Source: docs/rules/records.md.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.conferences import SummaryConference
from campaigns.models.inspecting import PlannedInspection
from members.fields import ByteOrderField, NFCField
from members.models import Member, PartyUnit, of_own_person, reachable, within
from members.policy import Actor, Area


class RecordQuerySet(models.QuerySet["CompetentAct"]):
    """The same scope for all of them: docs/rules/records.md § 6."""

    def visible_to(self, actor: Actor, area: Area = Area.RECORDS) -> Self:
        """Return what is concluded in reach or about oneself, and what one keeps."""
        if actor.is_system:
            return self
        in_reach = reachable(actor, area, "unit__") | reachable(
            actor, area, "subject__"
        )
        concluded = ~Q(document="") & (in_reach | of_own_person(actor))
        return self.filter(concluded | self._kept(actor))

    def editable_by(self, actor: Actor) -> Self:
        """Return what the bodies of the actor's units did, to anybody but the actor."""
        return self if actor.is_system else self.filter(self._kept(actor))

    def about(self, member: Member) -> Self:
        """Return what was concluded about a person."""
        return self.filter(member=member).exclude(document="")

    def below(self, path: str) -> Self:
        """Return what bodies of the unit at `path`, and of units below it, did."""
        return self.filter(within([path], "unit__path"))

    def _kept(self, actor: Actor) -> Q:
        kept = reachable(actor, Area.RECORDS_EDIT, "unit__")
        return kept & ~of_own_person(actor)


class CompetentAct(models.Model):
    """One act of a body of a unit towards an organisation or one member.

    `subject` is the organisation, or the cell to which the member belonged then. What
    has no document is not concluded.
    """

    unit = models.ForeignKey(PartyUnit, models.PROTECT, related_name="+")
    body = ByteOrderField(_("Which body"), max_length=40)
    subject = models.ForeignKey(PartyUnit, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    on = models.DateField(_("Day"))
    document = NFCField(_("Document"), max_length=255, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True


class Inspection(CompetentAct):
    """A visit of inspection or supervision; it counts once it is concluded.

    `joins`: the record that another body made of the same case.
    """

    kind = ByteOrderField(_("Which kind"), max_length=40)
    outside_body = NFCField(_("State body"), max_length=255, blank=True, default="")
    joins = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    planned = models.ForeignKey(
        PlannedInspection, models.PROTECT, null=True, related_name="+"
    )
    finding = ByteOrderField(_("Finding"), max_length=40, blank=True, default="")
    follow_up = ByteOrderField(
        _("What has to follow"), max_length=40, blank=True, default=""
    )
    follow_up_due_on = models.DateField(_("By"), null=True)
    followed_up_on = models.DateField(_("Done on"), null=True)

    class Meta(CompetentAct.Meta):
        verbose_name = _("inspection")
        indexes = (models.Index(fields=["unit", "on"], name="inspection_unit_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(finding="") | ~Q(document=""),
                name="inspection_finds_by_a_document",
            ),
            models.CheckConstraint(
                condition=Q(follow_up="") | ~Q(finding=""),
                name="inspection_is_followed_up_after_a_finding",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_due_on__isnull=True, followed_up_on__isnull=True)
                | ~Q(follow_up=""),
                name="inspection_follow_up_has_days_where_there_is_one",
            ),
            models.CheckConstraint(
                condition=Q(followed_up_on__isnull=True)
                | Q(followed_up_on__gte=F("on")),
                name="inspection_is_followed_up_after_it",
            ),
            models.CheckConstraint(
                condition=~Q(joins=F("id")), name="inspection_joins_another"
            ),
        )


class Discipline(CompetentAct):
    """A decision of discipline; a later one may have changed its form or annulled it.

    `changed_form` is the form from `changed_on` on; empty then: annulled.
    """

    form = ByteOrderField(_("Form"), max_length=40)
    ground = ByteOrderField(_("Ground"), max_length=40)
    changed_on = models.DateField(_("Changed on"), null=True)
    changed_form = ByteOrderField(
        _("What holds now"), max_length=40, blank=True, default=""
    )
    change_document = NFCField(
        _("Document of the change"), max_length=255, blank=True, default=""
    )

    class Meta(CompetentAct.Meta):
        verbose_name = _("discipline")
        indexes = (models.Index(fields=["unit", "on"], name="discipline_unit_day"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(document=""), name="discipline_stands_on_a_document"
            ),
            models.CheckConstraint(
                condition=Q(
                    changed_on__isnull=True, changed_form="", change_document=""
                )
                | Q(changed_on__gte=F("on")) & ~Q(change_document=""),
                name="discipline_changes_later_by_a_document",
            ),
        )


class Commendation(CompetentAct):
    """A title given to an organisation or a member, for a field of merit."""

    title = ByteOrderField(_("Title"), max_length=40)
    field = ByteOrderField(_("For what"), max_length=40)
    conference = models.ForeignKey(
        SummaryConference, models.PROTECT, null=True, related_name="+"
    )

    class Meta(CompetentAct.Meta):
        verbose_name = _("commendation")
        indexes = (models.Index(fields=["unit", "on"], name="commendation_unit_day"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(document=""), name="commendation_stands_on_a_document"
            ),
        )


class Departure(CompetentAct):
    """A decision by which a member leaves a post; the post is as the document says it."""

    kind = ByteOrderField(_("What was decided"), max_length=40)
    ground = ByteOrderField(_("Ground"), max_length=40)
    post = NFCField(_("Post"), max_length=255)

    class Meta(CompetentAct.Meta):
        verbose_name = _("decision on leaving a post")
        indexes = (models.Index(fields=["unit", "on"], name="departure_unit_day"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(document=""), name="departure_stands_on_a_document"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False), name="departure_is_of_a_member"
            ),
        )


Record = Inspection | Discipline | Commendation | Departure
