"""The first page: where one is in the year, what waits, what the year still holds.

Source: docs/rules/reminders.md § 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Meeting,
    Participant,
    Phase,
    Placement,
    Tally,
)
from campaigns.queries.phases import Span
from campaigns.queries.progress import PeopleProgress, people_progress
from campaigns.steps import Step
from members.dates import display_day
from members.due import DueItem
from members.models import PartyUnit, Post
from members.paths import ancestry
from members.policy import Actor, Area, Role
from members.row_security import Purpose, opened_for
from members.vocabulary import vocabulary

MOST_CARDS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in the year; the campaign's unit is None without one."""

    name: str
    unit: CampaignUnit | None = None
    members: int | None = None  # at or below the unit, for who holds a post there


@dataclass(frozen=True, slots=True)
class Present:
    """The step that is taken now, with its last day."""

    name: str
    last_day: date


@dataclass(frozen=True, slots=True)
class YearLine:
    """One of the seven steps of a cell's year, in words."""

    label: str
    state: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A thing to do with the days that are left: below 0 once its day has passed."""

    item: DueItem
    days_left: int | None
    campaign: str = ""  # named where more than one asks for something


@dataclass(frozen=True, slots=True)
class Cards:
    """What waits, divided for the page: three cards, the rest, one's own, the done."""

    first: list[Card]
    rest: list[Card]
    own: list[Card]
    done: list[DueItem]


def cards_of(items: Sequence[DueItem], *, today: date, here: str = "") -> Cards:
    """Divide what waits, which comes in its order; `here` is the head's campaign."""
    is_told = len(({each.campaign for each in items} | {here}) - {""}) > 1
    waiting = [
        Card(each, each.days_left(today), each.campaign if is_told else "")
        for each in items
        if not each.is_done
    ]
    of_posts = [card for card in waiting if not card.item.is_own]
    return Cards(
        first=of_posts[:MOST_CARDS],
        rest=of_posts[MOST_CARDS:],
        own=[card for card in waiting if card.item.is_own],
        done=[each for each in items if each.is_done],
    )


def weekday(day: date) -> str:
    """Return the name of a day of the week, as it stands inside a sentence."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[day.weekday()]


def place_of(actor: Actor, *, today: date) -> Place:
    """Return the unit of the actor's narrowest post, else of where one is placed.

    Of several running campaigns that hold more than imported results in the one whose
    step ends first, else in the newest; three queries at most.
    """
    post = max(actor.posts, key=lambda each: len(each.unit_path), default=None)
    if post is None:
        return _place_of_member(actor, today)
    running = CampaignUnit.objects.filter(
        campaign__in=Campaign.objects.running(), live_unit=post.unit_id, closed_on=None
    )
    unit = _present(running, today)
    if unit is None:
        return Place(PartyUnit.objects.get(pk=post.unit_id).name)
    if not actor.reaches_unit(Area.PROGRESS, post.unit_id, post.unit_path):
        return Place(unit.name, unit)
    below = CampaignUnit.objects.in_subtree_of(unit)
    counted = Tally.objects.filter(unit__in=below, subject=Tally.Subject.MEMBERS)
    present = counted.aggregate(total=Sum("present"))["total"]
    return Place(unit.name, unit, present or 0)


def present_step(spans: dict[Step, Span], today: date) -> Present | None:
    """Return the step that is taken today; of several the one that ends first."""
    current = _current(spans, today)
    if current is None:
        return None
    names = dict(Phase._meta.get_field("step").flatchoices)
    return Present(str(names[current]), spans[current].last_day)


def year_of(
    unit: CampaignUnit, actor: Actor, spans: dict[Step, Span], today: date
) -> list[YearLine]:
    """Return the seven lines of the year of a cell, for its committee; three queries.

    Of another unit, and for others, none.
    """
    if unit.kind not in vocabulary().cells:
        return []
    if not actor.reaches_unit(Area.PLEDGES, unit.custodian_id, unit.custodian.path):
        return []
    pledges = people_progress(unit)[unit.path]
    current = _current(spans, today)
    cell = (unit.campaign_id, unit.live_unit_id)
    lines = (
        (
            {Step.PLEDGE, Step.CRITERIA},
            _("Pledges"),
            _of_all(pledges.confirmed, pledges),
            reverse("pledges:unit_pledges", args=cell),
        ),
        (
            {Step.CHECK},
            _("Checked every month"),
            _months(unit, today),
            reverse("meetings:meeting_list", args=cell),
        ),
        (
            {Step.SELF_REVIEW},
            _("Self-reviews"),
            _reviews(unit, pledges),
            reverse("unit_self_reviews", args=cell),
        ),
        (
            {Step.REVIEW_MEETING},
            _("Review meeting"),
            _by(spans, Step.REVIEW_MEETING, today),
            "",
        ),
        (
            {Step.PROPOSAL},
            _("Ballot and proposal"),
            _by(spans, Step.PROPOSAL, today),
            "",
        ),
        (
            {Step.DECISION},
            _("Sent to the level above"),
            _by(spans, Step.DECISION, today),
            "",
        ),
        ({Step.REMEDIATION}, _("Remedies"), _by(spans, Step.REMEDIATION, today), ""),
    )
    return [
        YearLine(label, state, url, current in steps)
        for steps, label, state, url in lines
    ]


@opened_for(Purpose.HOLDERS)
def helper_of(place: Place) -> str:
    """Return whom to ask: a clerk of the nearest office above; two queries at most.

    "": none is recorded. Everybody may know who helps them.
    """
    if place.unit is None:
        return ""
    above = ancestry(place.unit.custodian.path)[:-1]
    clerks = Post.objects.in_force().filter(role=Role.CLERK, unit__path__in=above)
    nearest_first = clerks.order_by("-unit__path", "pk")
    post = nearest_first.select_related("unit", "member", "account").first()
    return f"{post.member or post.account}, {post.unit.name}" if post else ""


@opened_for(Purpose.RESULTS)  # where one is placed oneself
def _place_of_member(actor: Actor, today: date) -> Place:
    own = Placement.objects.open().filter(
        participant__in=Participant.objects.own(actor),
        unit__campaign__in=Campaign.objects.running(),
    )
    unit = _present(CampaignUnit.objects.filter(pk__in=own.values("unit")), today)
    return Place(unit.name, unit) if unit else Place("")


def _present(units: QuerySet[CampaignUnit], today: date) -> CampaignUnit | None:
    """Return the unit in the campaign that is at work.

    From November to June two run beside each other: one that begins, one that ends.
    """
    phases = Phase.objects.filter(
        campaign=OuterRef("campaign"), unit=None, from_on__lte=today, until_on__gt=today
    )
    first_end = Subquery(phases.order_by("until_on").values("until_on")[:1])
    return (
        units.select_related("campaign", "custodian")
        .order_by(
            "campaign__only_imported",
            first_end.asc(nulls_last=True),
            "-campaign__year",
            "-campaign",
            "path",
        )
        .first()
    )


def _current(spans: dict[Step, Span], today: date) -> Step | None:
    running = [step for step, span in spans.items() if today in span]
    return min(running, key=lambda step: spans[step].last_day, default=None)


def _of_all(count: int, pledges: PeopleProgress) -> str:
    """Return how many of those who owe it; who owes none is named beside."""
    owed = pledges.owed
    text = (
        _("done %(count)d/%(owed)d") if owed and count == owed else "%(count)d/%(owed)d"
    )
    said = text % {"count": count, "owed": owed}
    if not pledges.free:
        return said
    free = ngettext("%(free)d owes none", "%(free)d owe none", pledges.free)
    return f"{said} ({free % {'free': pledges.free}})"


def _months(unit: CampaignUnit, today: date) -> str:
    """Return this month's meeting; of a campaign of an earlier year how many months."""
    held = Meeting.objects.filter(
        unit=unit,
        body=None,
        state__in=[Meeting.State.HELD, Meeting.State.SIGNED],
    )
    year = unit.campaign.year
    if today.year > year:
        months = held.filter(on__year=year).values("on__month").distinct().count()
        text = ngettext(
            "held in %(count)d month of %(year)s",
            "held in %(count)d months of %(year)s",
            months,
        )
        return text % {"count": months, "year": year}
    is_held = held.filter(on__year=today.year, on__month=today.month).exists()
    text = _("month %(month)d: held") if is_held else _("month %(month)d: not yet")
    return text % {"month": today.month}


def _reviews(unit: CampaignUnit, pledges: PeopleProgress) -> str:
    placed = Placement.objects.open().filter(unit=unit)
    sent = Participant.objects.filter(
        pk__in=placed.values("participant"),
        review_state__in=[
            Participant.Review.SENT,
            Participant.Review.CONFIRMED,
            Participant.Review.REVIEWED,
        ],
    )
    return _of_all(sent.owing_pledges().count(), pledges)


def _by(spans: dict[Step, Span], step: Step, today: date) -> str:
    if step not in spans:
        return _("no time set")
    last = spans[step].last_day
    text = _("over since %(day)s") if last < today else _("by %(day)s")
    return text % {"day": display_day(last)}
