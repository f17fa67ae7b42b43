"""Members, the words their names are found by, and where they belong."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
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
from members.models.posts import Post
from members.models.scope import of_own_person, reachable, within
from members.periods import periods
from members.policy import Actor, Area

LAST = chr(0x10FFFF)  # above every character that can continue a word


class Gender(models.TextChoices):
    MALE = "M", _("Male")
    FEMALE = "F", _("Female")


class Exemplarity(models.TextChoices):
    """How far somebody has to set an example (`docs/rules/rolls.md` § 11)."""

    HEAD = "HEAD", _("Head")
    OFFICER = "OFFICER", _("Committee member or member in a leading post")
    MEMBER = "MEMBER", _("Member")


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, actor: Actor, area: Area = Area.ROLL) -> Self:
        """Return whoever belongs to a cell in reach, and oneself."""
        if actor.is_system:
            return self
        belongs = Membership.objects.current()
        in_reach = belongs.filter(reachable(actor, area, "unit__")).values("member")
        if actor.member_id is None:
            return self.filter(pk__in=in_reach)
        # One list: with an OR between, PostgreSQL goes through that of a province anew
        # for each of its people.
        own = Member.objects.filter(pk=actor.member_id).values("pk")
        return self.filter(pk__in=in_reach.union(own, all=True))

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

    def with_exemplarity(self) -> Self:
        """Add the level that posts in force propose, and the one that counts now.

        Source: docs/rules/rolls.md § 11.
        """
        held = Post.objects.in_force().filter(member=OuterRef("pk"))
        proposed = Case(
            When(Exists(held.of_heads()), then=Value(Exemplarity.HEAD.value)),
            When(Exists(held.of_officers()), then=Value(Exemplarity.OFFICER.value)),
            default=Value(Exemplarity.MEMBER.value),
            output_field=models.CharField(),
        )
        stands = Q(exemplarity_for=F("exemplarity_proposed"))
        return self.annotate(exemplarity_proposed=proposed).annotate(
            exemplarity_now=Case(
                When(stands, then=F("exemplarity")),
                default=F("exemplarity_proposed"),
                output_field=models.CharField(),
            )
        )

    def leading(self) -> Self:
        """Return who holds a leading post, or was confirmed to be more than a member."""
        held = Post.objects.in_force().of_officers()
        ordinary = Exemplarity.MEMBER
        return self.filter(
            Q(pk__in=held.values("member"))
            | ~Q(exemplarity=ordinary)
            | ~Q(exemplarity_for=ordinary)
        )

    def to_confirm(self) -> Self:
        """Return those whose posts propose another level than was confirmed for them."""
        differs = ~Q(exemplarity_for=F("exemplarity_proposed"))
        return self.with_exemplarity().filter(differs)

    def named(self, text: str) -> Self:
        """Return those whose name has a word beginning with every given word.

        Accents and case are forgiven: "nguy an" finds "Nguyễn Văn An". A text
        without any word finds nobody.
        """
        having: models.QuerySet[NameWord] | None = None
        for word in names.search_words(text):
            starts = NameWord.objects.filter(word__gte=word, word__lt=f"{word}{LAST}")
            # One in the other: words are compared with words before people are seen.
            inner = Q() if having is None else Q(member__in=having.values("member"))
            having = starts.filter(inner)
        return (
            self.none()
            if having is None
            else self.filter(pk__in=having.values("member"))
        )

    def in_name_order(self, *, is_backwards: bool = False) -> Self:
        """Order as Vietnamese does: given name, then family and middle name."""
        if is_backwards:
            return self.order_by("-sort_key", "-pk")
        return self.order_by("sort_key", "pk")

    def named_after(self, sort_key: str, pk: int) -> Self:
        """Return whoever stands after this place in the order of names.

        The first condition alone searches the index; the second tells namesakes apart.
        """
        later = Q(sort_key__gt=sort_key) | Q(sort_key=sort_key, pk__gt=pk)
        return self.filter(later, sort_key__gte=sort_key)

    def named_before(self, sort_key: str, pk: int) -> Self:
        """Return whoever stands before this place; see `named_after`."""
        earlier = Q(sort_key__lt=sort_key) | Q(sort_key=sort_key, pk__lt=pk)
        return self.filter(earlier, sort_key__lte=sort_key)


class Member(models.Model):
    """A person; `code` is a stable local code, not the card number."""

    # What `with_exemplarity` adds.
    exemplarity_proposed: str
    exemplarity_now: str

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
    exemplarity = models.CharField(
        _("level of exemplary responsibility"),
        max_length=10,
        choices=Exemplarity,
        default=Exemplarity.MEMBER,
        editable=False,
    )
    exemplarity_for = models.CharField(  # what posts proposed when it was confirmed
        max_length=10,
        choices=Exemplarity,
        default=Exemplarity.MEMBER,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        indexes = (
            models.Index(fields=["sort_key", "id"], name="member_name_order"),
            models.Index(
                fields=["admitted_on"],
                condition=Q(official_on=""),
                name="member_on_probation",
            ),
        )
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
    word = ByteOrderField(max_length=names.SEARCH_WORD_LENGTH)

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
        own = of_own_person(actor)
        return self.filter(reachable(actor, area, "unit__") | own)

    def current(self) -> Self:
        return self.filter(until_on__isnull=True)

    def official(self) -> Self:
        return self.filter(kind=Membership.Kind.OFFICIAL)

    def beside(self) -> Self:
        """Return temporary memberships and contacts at the place of residence."""
        return self.current().exclude(kind=Membership.Kind.OFFICIAL)

    def editable_by(self, actor: Actor) -> Self:
        """Return those beside the official one that the actor ends, of either cell."""
        here = reachable(actor, Area.ROLL_EDIT, "unit__")
        kept = Q(member__in=Member.objects.editable_by(actor))
        return self.beside().filter(here | kept)

    def planned_first(self) -> Self:
        """Order by the planned end, what has none last."""
        return self.order_by(F("planned_until").asc(nulls_last=True), "pk")

    def overdue(self, today: date) -> Self:
        """Return what was planned to have ended and was not."""
        return self.beside().filter(planned_until__lt=today)


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
        OVER = "OVER", _("its time is over")

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    unit = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OFFICIAL)
    from_on = models.DateField(null=True, blank=True)  # unknown for imported rolls
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    ending = models.CharField(
        max_length=20, choices=Ending.choices, blank=True, default=""
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["planned_until"],
                condition=Q(planned_until__isnull=False),
                name="membership_planned_end",
            ),
        )
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
                condition=Q(planned_until__isnull=True) | ~Q(kind="OFFICIAL"),
                name="membership_official_without_planned_end",
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
