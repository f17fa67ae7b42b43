"""What invitations, programme and assignments of a meeting are made of."""

from collections.abc import Iterable

from django.db.models import Q

from campaigns.models import (
    AgendaItem,
    CampaignBody,
    Meeting,
    MeetingGuest,
    Minutes,
    Participant,
)
from campaigns.queries import meetings
from members.models import Post
from members.policy import COMMITTEE_ROLES, Role
from members.queries import charges_of
from members.row_security import Purpose, opened_for
from reports.documents.meeting_papers import (
    MeetingPaper,
    Named,
    Officer,
    ReviewOrder,
)
from reports.queries.heads import paper_head
from reports.queries.minutes import body_name
from reviews.models import ReviewOccasion, Teller
from reviews.queries.ballot_pages import tellers_of
from reviews.queries.collective_turns import comes_first
from reviews.queries.turns import order_of


def meeting_paper(meeting: Meeting, *, language: str, kind: str = "GM") -> MeetingPaper:
    """Return what is printed of a meeting that its reader records; `kind` is "GM", "BB".

    Ten queries, and three of a review meeting, whatever their size.
    """
    unit = meeting.unit
    minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes()
    posts = _officers_of(meeting)
    people = meetings.expected_at(meeting)
    guests = MeetingGuest.objects.filter(meeting=meeting).order_by("pk")
    is_review = meeting.kind == Meeting.Kind.REVIEW and meeting.body_id is None
    tellers = tellers_of(meeting) if is_review else []
    return MeetingPaper(
        head=paper_head(unit, language=language, kind=kind, recipients=()),
        meeting=meeting,
        body=body_name(meeting),
        agenda=list(AgendaItem.objects.filter(meeting=meeting)),
        members=list(_with_posts(people, posts)),
        guests=[Named(each.name, each.post) for each in guests],
        chair=minutes.chair,
        recorder=minutes.recorder,
        officers=_charged(posts),
        tasks=[each for each in meetings.open_tasks_at(meeting) if not each.result],
        order=_order(meeting) if is_review else None,
        head_teller=next((_name(each) for each in tellers if each.is_head), ""),
        tellers=[_name(each) for each in tellers if not each.is_head],
    )


def _name(teller: Teller) -> str:
    return teller.participant.full_name


@opened_for(Purpose.HOLDERS)
def _officers_of(meeting: Meeting) -> list[Post]:
    """Return the committee of the unit, secretary first; nobody of a body outside."""
    if meeting.body_id is not None:
        return []
    committee = Post.objects.in_force().of_committees()
    posts = committee.filter(
        unit=meeting.unit.custodian_id,
        delegated_by__isnull=True,
        member__isnull=False,
    )
    rows = posts.select_related("unit", "member").order_by("from_on", "pk")
    return sorted(rows, key=lambda each: COMMITTEE_ROLES.index(Role(each.role)))


@opened_for(Purpose.HOLDERS)
def _charged(posts: list[Post]) -> list[Officer]:
    charges = charges_of(Post.objects.filter(pk__in=[each.pk for each in posts]))
    return [
        Officer(
            str(each.member),
            _called(each),
            "; ".join(map(str, charges.get(each.pk, ()))),
        )
        for each in posts
    ]


def _called(post: Post) -> str:
    """Return how a post is called in the papers of its own unit."""
    return post.title or str(post.get_role_display())


def _with_posts(people: Iterable[Participant], posts: list[Post]) -> Iterable[Named]:
    called = {each.member_id: _called(each) for each in reversed(posts)}
    return (Named(each.full_name, called.get(each.member_id, "")) for each in people)


@opened_for(Purpose.MEETING)
def _order(meeting: Meeting) -> ReviewOrder:
    """Return the order in which people were called up; before that, as they will be.

    Who was reviewed at another meeting is not in it.
    """
    bodies = CampaignBody.objects.organisations().filter(unit=meeting.unit_id)
    body = bodies.select_related("unit").first()
    here = Q(meeting=meeting) | Q(meeting__isnull=True)
    turns = ReviewOccasion.objects.filter(here, body=body).select_related("participant")
    called = [(each.participant.full_name, each.chaired_by) for each in turns]
    return ReviewOrder(
        body.full_name if body else meeting.unit.name,
        comes_first(meeting),
        called or [(each.full_name, "") for each in order_of(meeting)],
    )
