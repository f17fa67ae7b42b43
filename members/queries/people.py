"""What a person's page shows: everything that the registry holds about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from members import cards, dates
from members.models import (
    Account,
    ActivityPause,
    Event,
    Exemplarity,
    Member,
    Membership,
    PartyUnit,
    Post,
    Transfer,
)
from members.models.events import (
    EXPORTED,
    OPENED,
    OPENED_IN_BULK,
    OPENINGS,
    OPINIONS_OPENED,
    PLEDGE_OPENED,
    REFUSED_OFTEN,
    REMEDIATION_OPENED,
    SELF_REVIEW_OPENED,
)
from members.policy import Actor
from members.queries.exports import exports_of
from members.queries.posts import post_name
from members.queries.roll import status_of
from members.row_security import Purpose, opened_for

MOST_OPENINGS = 50
OTHER_OPENINGS = (REMEDIATION_OPENED, OPINIONS_OPENED)


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
    """Return what the page of a person shows; five queries.

    The caller got the person through `visible_to`.
    """
    pauses = ActivityPause.objects.filter(member=member).order_by("-from_on", "-pk")
    transfers = _transfers(member)
    paused = [each.get_kind_display() for each in pauses if each.until_on is None]
    return {
        "is_paused": bool(paused),
        "status": "; ".join([status_of(member), *paused]),
        "is_sent": any(is_waiting for *_shown, is_waiting in transfers),
        "facts": list(_facts(member)),
        "belongings": _belongings(member),
        "pauses": [
            Span(
                each.get_kind_display(), "", each.from_on, each.until_on, each.document
            )
            for each in pauses
        ],
        "posts": _posts(member),
        "transfers": transfers,
    }


@opened_for(Purpose.RECORD)
def openings_of(member: Member) -> list[Opening]:
    """Return who opened a person's record or texts, or took out the roll.

    The latest first; one query beside those of `exports_of`.
    """
    events = (
        Event.objects.filter(
            Q(action__in=(*OPENINGS, *OTHER_OPENINGS), member=member)
            | exports_of(member)
        )
        .select_related("account", "post__unit")
        .order_by("-pk")
    )
    return [
        Opening(at=event.at, name=_who(event), post=_in_which_post(event))
        for event in events[:MOST_OPENINGS]
    ]


@dataclass(frozen=True, slots=True)
class Conspicuous(Opening):
    """Somebody in a post here who read about many, or was refused often."""

    times: int  # people, or attempts
    is_refused: bool


def conspicuous_at(unit: PartyUnit, actor: Actor) -> list[Conspicuous]:
    """Return who opened many people's records in a post here, or was refused often.

    The latest first; one query. Source: docs/rules/accounts.md § 7 and § 9.
    """
    events = (
        Event.objects.visible_to(actor)
        .filter(
            action__in=[OPENED_IN_BULK, REFUSED_OFTEN],
            unit=unit,
            subject_kind=Account._meta.label_lower,
        )
        .select_related("account", "post__unit")
        .order_by("-pk")
    )
    return [
        Conspicuous(
            at=event.at,
            name=_who(event),
            post=post_name(event.post) if event.post else "",
            times=event.data["attempts" if is_refused else "people"],
            is_refused=is_refused,
        )
        for event in events[:MOST_OPENINGS]
        for is_refused in [event.action == REFUSED_OFTEN]
    ]


def _who(event: Event) -> str:
    return str(event.account) if event.account else _("A command on the server")


def _in_which_post(event: Event) -> str:
    post = post_name(event.post) if event.post else ""
    if event.action == OPENED:
        return post
    other_reading = {
        PLEDGE_OPENED: _("%s (read the pledge)"),
        SELF_REVIEW_OPENED: _("%s (read the self-review)"),
        REMEDIATION_OPENED: _("%s (read the plan of remediation)"),
        OPINIONS_OPENED: _("%s (read the opinions of other bodies)"),
        EXPORTED: _("%s (took out the roll as a workbook)"),
    }
    return other_reading[event.action] % post


def _facts(member: Member) -> Iterator[tuple[str, str]]:
    yield _("Member code"), member.code
    yield _("Born"), dates.display_partial(member.born_on)
    yield _("Gender"), member.get_gender_display() if member.gender else ""
    yield _("Admitted"), dates.display_partial(member.admitted_on)
    yield _("Full member since"), dates.display_partial(member.official_on)
    yield _("Card number"), cards.display_card_number(member.card_number)
    yield _("Personal number"), member.personal_id
    yield _("Level of exemplary responsibility"), _level(member)


def _level(member: Member) -> str:
    """Return the level that counts now, and whether the cell has to confirm it."""
    people = Member.objects.filter(pk=member.pk).with_exemplarity()
    known = people.get()
    level = str(Exemplarity(known.exemplarity_now).label)
    if known.exemplarity_for == known.exemplarity_proposed:
        return level
    return _("%s (the cell has not confirmed it yet)") % level


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
            until_on=each.over_on(),
            remark=each.appointed_by_document,
        )
        for each in posts.order_by("-from_on", "-pk")
    ]


def _transfers(member: Member) -> list[tuple[str, str, str, bool]]:
    transfers = Transfer.objects.filter(member=member).select_related("target")
    return [
        (
            reverse("members:transfer_detail", args=[each.pk]),
            each.target.name if each.target else each.outside,
            each.get_state_display(),
            each.state == Transfer.State.SENT,
        )
        for each in transfers.order_by("-pk")
    ]
