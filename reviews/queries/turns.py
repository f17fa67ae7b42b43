"""Whose turn it is at a review meeting.

Source: docs/rules/review-meetings.md § 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import (
    Attendance,
    Campaign,
    CampaignBody,
    Meeting,
    Minutes,
    Participant,
)
from campaigns.queries.meeting_sections import Section
from campaigns.queries.meetings import expected_at
from members.models import Post
from members.policy import COMMITTEE_ROLES, Actor, Role
from members.row_security import Purpose, opened_for
from reviews.models import BallotLine, Proposal, ReviewOccasion, UnitFile

State = ReviewOccasion.State
ON_ITS_WAY = (UnitFile.State.SENT, UnitFile.State.RECEIVED)


@dataclass(frozen=True, slots=True)
class Turn:
    """One person in the order of the meeting; `why_closed` says why nothing is recorded."""

    occasion: ReviewOccasion
    name: str
    state: str
    why_closed: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the person still waits, and can be reviewed here and now."""
        return self.occasion.state != State.REVIEWED and not self.why_closed


@opened_for(Purpose.HOLDERS)
def order_of(meeting: Meeting) -> list[Participant]:
    """Return whom a meeting that was got by a scope reviews: officers first.

    Two queries. Source: docs/rules/review-meetings.md § 2.1.
    """
    committee = Post.objects.in_force().of_committees()
    posts = committee.filter(unit=meeting.unit.custodian_id, member__isnull=False)
    rank: dict[int, int] = {}
    for member, role in posts.values_list("member", "role"):
        at = COMMITTEE_ROLES.index(Role(role))
        rank[member] = min(at, rank.get(member, at))
    people = expected_at(meeting)  # sorted by name, which a stable sort keeps
    last = len(COMMITTEE_ROLES)
    return sorted(people, key=lambda each: rank.get(each.member_id, last))


def turns_at(meeting: Meeting, actor: Actor) -> list[Turn]:
    """Return everybody called up in the body of such a meeting, in its order.

    Four queries.
    """
    seen = ReviewOccasion.objects.visible_to(actor)
    of_body = seen.filter(
        body__unit=meeting.unit, body__kind=CampaignBody.Kind.ORGANISATION
    )
    rows = list(
        of_body.select_related("participant", "meeting").annotate(
            is_sent_up=Exists(_sent_up().filter(participant=OuterRef("participant")))
        )
    )
    there = set(
        Attendance.objects.visible_to(actor)
        .filter(meeting=meeting, state__in=Attendance.THERE)
        .values_list("participant", flat=True)
    )
    with opened_for(Purpose.MEETING):
        voted = set(
            BallotLine.objects.filter(occasion__in=[each.pk for each in rows])
            .values_list("occasion", flat=True)
            .distinct()
        )
    return [
        Turn(
            each,
            each.participant.full_name,
            str(each.get_state_display()),
            _why_closed(each, meeting, actor, there=there, voted=voted),
        )
        for each in rows
    ]


def why_it_stays(occasion: ReviewOccasion) -> str:
    """Return why nothing is said of somebody any more; "" where it may be; one query.

    What is said in a campaign that keeps texts is read, and can be answered, before the
    level is decided. Body, unit and campaign of the turn are loaded.
    Source: docs/rules/review-meetings.md § 3.6.
    """
    sent = _sent_up().filter(participant=occasion.participant_id)
    campaign = occasion.body.unit.campaign
    return _why_it_stays(occasion, campaign, is_sent_up=sent.exists())


def _sent_up() -> QuerySet[Proposal]:
    return Proposal.objects.filter(file__state__in=ON_ITS_WAY)


def _why_it_stays(
    occasion: ReviewOccasion, campaign: Campaign, *, is_sent_up: bool
) -> str:
    if campaign.mode != Campaign.Mode.FULL_TEXT:
        return ""
    if occasion.participant.level:
        return _("The level is decided already.")
    if is_sent_up:
        return _("A level is proposed for this person, and the file is on its way.")
    return ""


def is_chair(occasion: ReviewOccasion, meeting: Meeting) -> bool:
    """Tell whether the person chairs the meeting by its minutes."""
    minutes = Minutes.objects.filter(
        meeting=meeting, chair=occasion.participant.full_name
    )
    return minutes.exists()


def next_turn(turns: Sequence[Turn], after: ReviewOccasion) -> Turn | None:
    """Return whose turn comes next: behind somebody, then from the beginning."""
    at = [each.occasion.pk for each in turns].index(after.pk)
    in_order = [*turns[at + 1 :], *turns[:at]]
    return next((each for each in in_order if each.is_open), None)


def turns_section(meeting: Meeting, actor: Actor) -> Section | None:
    """Say how many were reviewed, to who keeps the meeting; five queries."""
    if meeting.kind != Meeting.Kind.REVIEW or meeting.body_id is not None:
        return None
    if not Meeting.objects.editable_by(actor).filter(pk=meeting.pk).exists():
        return None
    turns = turns_at(meeting, actor)
    reviewed = sum(each.occasion.state == State.REVIEWED for each in turns)
    line = (
        _("Reviewed: %(count)d of %(all)d.") % {"count": reviewed, "all": len(turns)}
        if turns
        else _("Nobody is called up yet.")
    )
    unit = meeting.unit
    arguments = [unit.campaign_id, unit.live_unit_id, meeting.pk]
    url = reverse("reviews:turn_list", args=arguments)
    return Section(_("Review of each person"), [line], url)


def _why_closed(
    occasion: ReviewOccasion,
    meeting: Meeting,
    actor: Actor,
    *,
    there: set[int],
    voted: set[int],
) -> str:
    sent: bool = occasion.is_sent_up  # type: ignore[attr-defined]  # annotated above
    if occasion.participant.member_id == actor.member_id:
        return _("Somebody else records what is said of oneself.")
    if occasion.pk in voted:
        return _("There is a ballot on this person already.")
    if why := _why_it_stays(occasion, meeting.unit.campaign, is_sent_up=sent):
        return why
    elsewhere = occasion.meeting_id not in (None, meeting.pk)
    if elsewhere:
        return _("Reviewed at another meeting.")
    is_there = occasion.participant_id in there
    return "" if is_there else _("Whoever is absent is reviewed at a later meeting.")
