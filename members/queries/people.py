"""What a person's page shows: everything that the registry holds about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from members import cards, dates
from members.models import ActivityPause, Event, Member, Membership, Post, Transfer
from members.queries.actors import post_name
from members.queries.roll import status_of
from members.row_security import Purpose, opened_for

MOST_OPENINGS = 50
OPENED = "members.opened"


@dataclass(frozen=True, slots=True)
class Span:
    """Something that held between two days, and how it ended."""

    what: str
    where: str
    from_on: date | None
    until_on: date | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """That somebody opened the record of a person: who, in which post, when."""

    at: datetime
    name: str
    post: str


@opened_for(Purpose.RECORD)
def person_page(member: Member) -> dict[str, object]:
    """Return what the page of a person shows; four queries.

    The caller got the person through `visible_to`.
    """
    pauses = ActivityPause.objects.filter(member=member).order_by("-from_on", "-pk")
    return {
        "is_paused": any(each.until_on is None for each in pauses),
        "status": status_of(member),
        "facts": list(_facts(member)),
        "belongings": _belongings(member),
        "pauses": [
            Span(
                each.get_kind_display(), "", each.from_on, each.until_on, each.document
            )
            for each in pauses
        ],
        "posts": _posts(member),
        "transfers": _transfers(member),
    }


@opened_for(Purpose.RECORD)
def openings_of(member: Member) -> list[Opening]:
    """Return who opened a person's record, the latest first; one query."""
    events = (
        Event.objects.filter(action=OPENED, member=member)
        .select_related("account", "post__unit")
        .order_by("-pk")
    )
    return [
        Opening(
            at=event.at,
            name=str(event.account),
            post=post_name(event.post) if event.post else "",
        )
        for event in events[:MOST_OPENINGS]
    ]


def _facts(member: Member) -> Iterator[tuple[str, str]]:
    yield _("Member code"), member.code
    yield _("Born"), dates.display_partial(member.born_on)
    yield _("Sex"), member.get_gender_display() if member.gender else ""
    yield _("Admitted"), dates.display_partial(member.admitted_on)
    yield _("Full member since"), dates.display_partial(member.official_on)
    yield _("Card number"), cards.display_card_number(member.card_number)
    yield _("Personal number"), member.personal_id


def _belongings(member: Member) -> list[Span]:
    memberships = Membership.objects.filter(member=member)
    return [
        Span(
            what=each.get_kind_display(),
            where=each.unit.name,
            from_on=each.from_on,
            until_on=each.until_on,
            remark=each.get_ending_display() if each.ending else "",
        )
        for each in memberships.select_related("unit").order_by("until_on", "-pk")
    ]


def _posts(member: Member) -> list[Span]:
    posts = Post.objects.filter(member=member).select_related("unit")
    return [
        Span(
            what=post_name(each),
            where=each.unit.name,
            from_on=each.from_on,
            until_on=each.ended_at.date() if each.ended_at else each.ends_on,
            remark=each.appointed_by_document,
        )
        for each in posts.order_by("-from_on", "-pk")
    ]


def _transfers(member: Member) -> list[tuple[str, str, str]]:
    transfers = Transfer.objects.filter(Q(member=member)).select_related("target")
    return [
        (
            reverse("members:transfer_detail", args=[each.pk]),
            each.target.name if each.target else each.outside,
            each.get_state_display(),
        )
        for each in transfers.order_by("-pk")
    ]
