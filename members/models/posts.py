"""Posts: the only source of authority."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.fields import NFCField
from members.models.scope import of_own_account, of_own_person, reachable
from members.policy import COMMITTEE_ROLES, Actor, Area, Role


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the posts at the units in reach, and one's own."""
        if actor.is_system:
            return self
        return self.filter(reachable(actor, area, "unit__") | self._own(actor))

    def recordable_by(self, actor: Actor) -> Self:
        """Return the posts whose beginning and end the actor records."""
        return self.filter(reachable(actor, Area.POSTS, "unit__"))

    def editable_by(self, actor: Actor) -> Self:
        """Return what the actor may hand over: what they record, and hold already."""
        recorded = reachable(actor, Area.POSTS, "unit__")
        held = self._own(actor) & Q(from_on__lte=TruncDate(Now()))
        return self.filter(recorded | held, ended_at__isnull=True)

    def own(self, actor: Actor) -> Self:
        """Return the actor's own posts that were not ended."""
        return self.filter(self._own(actor), ended_at__isnull=True)

    def overdue(self, today: date) -> Self:
        """Return posts whose planned end has passed without an act."""
        return self.filter(ended_at__isnull=True, planned_until__lt=today)

    def _own(self, actor: Actor) -> Q:
        return of_own_account(actor) | of_own_person(actor)

    def in_force(self) -> Self:
        """Return posts that have begun, by the database's clock, and were not ended.

        A recorded end counts at once, whatever the clock of the machine says that
        wrote it. A planned end that passes without an act ends nothing; the last day
        of a delegation or a working team ends it without one (`docs/policy.md` § 4).
        """
        return self.not_over().filter(from_on__lte=TruncDate(Now()))

    def not_over(self) -> Self:
        """Return posts that are in force, or will be."""
        lasts = Q(ends_on__isnull=True) | Q(ends_on__gte=TruncDate(Now()))
        return self.filter(lasts, ended_at__isnull=True)

    def run_out(self) -> Self:
        """Return posts whose last day has passed and that no act has ended."""
        return self.filter(ended_at__isnull=True, ends_on__lt=TruncDate(Now()))

    def of_committees(self) -> Self:
        """Return the posts in the committees of units, delegated ones among them."""
        return self.filter(role__in=COMMITTEE_ROLES)

    def of_heads(self) -> Self:
        """Return the posts that make their holder a head.

        What is delegated makes nobody a head or an officer.
        Source: docs/rules/rolls.md § 11.
        """
        heads = Q(role=Role.SECRETARY) | Q(role=Role.OUTSIDE, is_head=True)
        return self.filter(heads, delegated_by__isnull=True)

    def of_officers(self) -> Self:
        """Return the posts of committees and the leading ones outside, heads included."""
        leading = Q(role__in=COMMITTEE_ROLES) | Q(role=Role.OUTSIDE)
        return self.filter(leading, delegated_by__isnull=True)

    def held_by(self, *, account_id: int, member_id: int | None) -> Self:
        """Return the posts of an account and of the member behind it."""
        held = Q(account_id=account_id)
        if member_id is not None:
            held |= Q(member_id=member_id)
        return self.filter(held)


class Post(models.Model):
    """A role at a unit, from a day, by a document; ended by a recorded act.

    Only a delegation or a working team also ends by itself, after `ends_on`.
    """

    class RoleChoice(models.TextChoices):
        SECRETARY = Role.SECRETARY, _("Secretary")
        DEPUTY_SECRETARY = Role.DEPUTY_SECRETARY, _("Deputy secretary")
        COMMITTEE_MEMBER = Role.COMMITTEE_MEMBER, _("Committee member")
        CLERK = Role.CLERK, _("Office clerk")
        ORGANISATION_DEPARTMENT = (
            Role.ORGANISATION_DEPARTMENT,
            _("Organisation department"),
        )
        PROPAGANDA_DEPARTMENT = Role.PROPAGANDA_DEPARTMENT, _("Propaganda department")
        INSPECTION_COMMISSION = Role.INSPECTION_COMMISSION, _("Inspection commission")
        WORKING_TEAM = Role.WORKING_TEAM, _("Working team")
        OUTSIDE = Role.OUTSIDE, _("Post in an authority or union")

    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    account = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )  # a clerk who is no member here
    unit = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=30, choices=RoleChoice.choices)
    title = NFCField(_("title"), max_length=255, blank=True, default="")
    organisation = NFCField(
        _("authority or union"), max_length=255, blank=True, default=""
    )
    is_head = models.BooleanField(_("heads it"), default=False)
    from_on = models.DateField(_("from"))
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    delegated_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    appointed_by_document = NFCField(
        _("appointing document"), max_length=255, blank=True, default=""
    )
    ended_by_document = NFCField(
        _("document that ends it"), max_length=255, blank=True, default=""
    )

    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        constraints = (
            models.CheckConstraint(
                condition=Q(member__isnull=False, account__isnull=True)
                | Q(member__isnull=True, account__isnull=False),
                name="post_held_by_one",
            ),
            models.CheckConstraint(
                condition=Q(planned_until__isnull=True)
                | Q(planned_until__gt=F("from_on")),
                name="post_planned_end_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("from_on")),
                name="post_last_day_after_it_begins",
            ),
            # A committee whose term is over must not lose its access by a date.
            models.CheckConstraint(
                condition=Q(delegated_by__isnull=False, ends_on__isnull=False)
                | Q(delegated_by__isnull=True, ends_on__isnull=True)
                | Q(delegated_by__isnull=True, role=Role.WORKING_TEAM),
                name="post_last_day_of_delegation_or_team",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.OUTSIDE) | Q(organisation="", is_head=False),
                name="post_organisation_of_an_outside_post",
            ),
            models.UniqueConstraint(
                fields=["account", "unit", "role", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="post_once_for_account",
            ),
            models.UniqueConstraint(
                fields=["member", "unit", "role", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="post_once_for_member",
            ),
        )

    def over_on(self) -> date | None:
        """Return the day on which it ended, or will by itself; None for none."""
        ended = timezone.localdate(self.ended_at) if self.ended_at else None
        return min(filter(None, (ended, self.ends_on)), default=None)


class PostCharge(models.Model):
    """A unit, or a field of work, in the charge of who holds a committee post.

    Plans and due items are addressed by it; nobody sees anything by it.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "members.PartyUnit", models.PROTECT, null=True, related_name="+"
    )
    field = NFCField(_("field of work"), max_length=120, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=False, field="")
                | Q(unit__isnull=True) & ~Q(field=""),
                name="postcharge_a_unit_or_a_field",
            ),
            models.UniqueConstraint(
                fields=["post", "unit"],
                condition=Q(unit__isnull=False),
                name="postcharge_unit_once",
            ),
            models.UniqueConstraint(
                fields=["post", "field"],
                condition=Q(unit__isnull=True),
                name="postcharge_field_once",
            ),
        )

    def __str__(self) -> str:
        """Return what is in charge; the caller has loaded the unit."""
        return self.unit.name if self.unit else self.field
