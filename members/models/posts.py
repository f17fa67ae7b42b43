"""Posts: the only source of authority."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from members.fields import NFCField
from members.policy import Role


class PostQuerySet(models.QuerySet["Post"]):
    def in_force(self) -> Self:
        """Return posts that have begun, by the database's clock, and were not ended.

        A recorded end counts at once, whatever the clock of the machine says that
        wrote it. A planned end that passes without an act ends nothing
        (`docs/policy.md` § 4).
        """
        return self.filter(ended_at__isnull=True, from_on__lte=TruncDate(Now()))

    def held_by(self, *, account_id: int, member_id: int | None) -> Self:
        """Return the posts of an account and of the member behind it."""
        held = Q(account_id=account_id)
        if member_id is not None:
            held |= Q(member_id=member_id)
        return self.filter(held)


class Post(models.Model):
    """A role at a unit, from a day, by a document; ended only by a recorded act."""

    class Kind(models.TextChoices):
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
    role = models.CharField(_("role"), max_length=30, choices=Kind.choices)
    title = NFCField(_("title"), max_length=255, blank=True, default="")
    from_on = models.DateField(_("from"))
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
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
        )
