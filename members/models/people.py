"""Members, the words their names are found by, and where they belong."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members import dates, names
from members.fields import (
    ByteOrderField,
    CardNumberField,
    CodeKeyField,
    IndexOfSealedField,
    NFCField,
    PartialDateField,
    PersonalIdField,
)
from members.models.scope import reachable, within
from members.periods import periods
from members.policy import Actor, Area

LAST = chr(0x10FFFF)  # above every character that can continue a word


class Gender(models.TextChoices):
    MALE = "M", _("Male")
    FEMALE = "F", _("Female")


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, actor: Actor, area: Area = Area.ROLL) -> Self:
        """Return whoever belongs to a cell in reach, and oneself."""
        if actor.is_system:
            return self
        belongs = Membership.objects.current()
        in_reach = belongs.filter(reachable(actor, area, "unit__"))
        return self.filter(Q(pk__in=in_reach.values("member")) | Q(pk=actor.member_id))

    def editable_by(self, actor: Actor, area: Area = Area.ROLL_EDIT) -> Self:
        """Return whoever is on the roll of a cell that the actor keeps."""
        official = Membership.objects.current().official()
        kept = official.filter(reachable(actor, area, "unit__"))
        return self.filter(pk__in=kept.values("member"))

    def on_the_roll_of(self, path: str) -> Self:
        """Return whoever is officially on the roll of the unit at `path`, or below it."""
        official = Membership.objects.current().official()
        here = official.filter(within([path], "unit__path"))
        return self.filter(pk__in=here.values("member"))

    def due_for_full(self, today: date) -> Self:
        """Return probationary members whose probation is over, or will be in a month.

        A day known in part counts from its first day.
        Source: docs/rules/rolls.md § 3.
        """
        in_a_month = dates.months_after(today, 1)
        admitted = dates.months_after(in_a_month, -periods().probation.length)
        waiting = self.filter(official_on="", admitted_on__lte=f"{admitted:%Y-%m-%d}")
        return waiting.exclude(admitted_on="")

    def named(self, text: str) -> Self:
        """Return those whose name has a word beginning with every given word.

        Accents and case are forgiven: "nguy an" finds "Nguyễn Văn An". A text
        without any word finds nobody.
        """
        words = names.search_words(text)
        found = self if words else self.none()
        for word in words:
            starts = NameWord.objects.filter(word__gte=word, word__lt=f"{word}{LAST}")
            found = found.filter(pk__in=starts.values("member"))
        return found

    def in_name_order(self) -> Self:
        """Order as Vietnamese does: given name, then family and middle name."""
        return self.order_by("sort_key", "pk")


class Member(models.Model):
    """A person; `code` is a stable local code, not the card number."""

    code = NFCField(_("member code"), max_length=40)
    code_key = CodeKeyField()
    full_name = NFCField(_("full name"), max_length=255)
    sort_key = ByteOrderField(max_length=names.SORT_KEY_LENGTH, editable=False)
    born_on = PartialDateField(_("born on"))
    gender = models.CharField(
        _("gender"), max_length=1, choices=Gender, blank=True, default=""
    )
    admitted_on = PartialDateField(_("admitted on"))
    official_on = PartialDateField(
        _("full member since"), help_text=_("Empty: probationary.")
    )
    card_number = CardNumberField(_("party card number"), blank=True, default="")
    card_number_index = IndexOfSealedField(of="card_number")
    personal_id = PersonalIdField(_("personal number"), blank=True, default="")
    personal_id_index = IndexOfSealedField(of="personal_id")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        indexes = (models.Index(fields=["sort_key", "id"], name="member_name_order"),)
        constraints = (
            models.UniqueConstraint(
                fields=["code_key"],
                name="member_code_once",
                violation_error_message=_("This member code is taken."),
            ),
            models.UniqueConstraint(
                fields=["card_number_index"],
                condition=~Q(card_number_index=""),
                name="member_card_number_once",
                violation_error_message=_("This card number is taken."),
            ),
            models.UniqueConstraint(
                fields=["personal_id_index"],
                condition=~Q(personal_id_index=""),
                name="member_personal_id_once",
                violation_error_message=_("This personal number is taken."),
            ),
        )

    def __str__(self) -> str:
        return self.full_name


class NameWord(models.Model):
    """One word of a name without accents; searched as a range of an index."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    word = ByteOrderField(max_length=60)

    class Meta:
        indexes = (
            models.Index(fields=["word", "member"], name="nameword_by_word"),
            models.Index(fields=["member"], name="nameword_by_member"),
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, actor: Actor, area: Area = Area.ROLL) -> Self:
        """Return memberships in the cells in reach, and one's own."""
        if actor.is_system:
            return self
        own = Q(member_id=actor.member_id) if actor.member_id else Q(pk__in=[])
        return self.filter(reachable(actor, area, "unit__") | own)

    def current(self) -> Self:
        return self.filter(until_on__isnull=True)

    def official(self) -> Self:
        return self.filter(kind=Membership.Kind.OFFICIAL)


class Membership(models.Model):
    """Where a member belongs between two days; exactly one is official."""

    class Kind(models.TextChoices):
        OFFICIAL = "OFFICIAL", _("official")
        TEMPORARY = "TEMPORARY", _("temporary")
        RESIDENCE_CONTACT = "RESIDENCE_CONTACT", _("contact at the place of residence")

    class Ending(models.TextChoices):
        TRANSFERRED = "TRANSFERRED", _("transferred")
        LEFT = "LEFT", _("left")
        STRUCK_OFF = "STRUCK_OFF", _("struck off the roll")
        EXPELLED = "EXPELLED", _("expelled")
        DIED = "DIED", _("died")
        REORGANISED = "REORGANISED", _("unit reorganised")

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    unit = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OFFICIAL)
    from_on = models.DateField(null=True, blank=True)  # unknown for imported rolls
    until_on = models.DateField(null=True, blank=True)
    ending = models.CharField(
        max_length=20, choices=Ending.choices, blank=True, default=""
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(kind="OFFICIAL", until_on__isnull=True),
                name="membership_one_official",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(until_on__gte=F("from_on")),
                name="membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, ending="")
                | Q(until_on__isnull=False) & ~Q(ending=""),
                name="membership_ends_for_a_reason",
            ),
        )


class ActivityPauseQuerySet(models.QuerySet["ActivityPause"]):
    def visible_to(self, actor: Actor, area: Area = Area.ROLL) -> Self:
        """Return the pauses of whoever the actor sees."""
        if actor.is_system:
            return self
        return self.filter(member__in=Member.objects.visible_to(actor, area))

    def current(self) -> Self:
        return self.filter(until_on__isnull=True)


class ActivityPause(models.Model):
    """A time in which a member takes no part: exempt, or suspended."""

    class Kind(models.TextChoices):
        EXEMPT = "EXEMPT", _("Exempt from work and meetings")
        SUSPENDED = "SUSPENDED", _("Suspended from party activity")

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    document = NFCField(_("document"), max_length=255)
    ended_by_document = NFCField(max_length=255, blank=True, default="")

    objects = ActivityPauseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(until_on__isnull=True),
                name="activitypause_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="activitypause_ends_after_it_begins",
            ),
        )
