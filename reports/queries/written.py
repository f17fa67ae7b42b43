"""What printed pledges, self-reviews and reports say, read for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from campaigns.models import CampaignBody, CampaignUnit, Participant
from campaigns.queries.written.reading import FullText
from members import dates
from members.models import Letterhead, Post
from members.policy import Role
from members.queries import post_name
from members.row_security import Purpose, opened_for
from reports.documents.written import NO_ENTRY, WrittenSheet


def sheets_of(
    people: Sequence[Participant],
    texts: Mapping[int, FullText],
    unit: CampaignUnit,
    *,
    preamble: str = "",
) -> list[WrittenSheet]:
    """Return a sheet for each person who has a text, in the order given.

    Two queries, however many people.
    """
    posts = _posts_of(people)
    above = unit.parent
    letterhead = Letterhead.objects.filter(unit=unit.live_unit_id).first()
    return [
        WrittenSheet(
            name=person.full_name,
            superior=above.name if above else "",
            cell=unit.name,
            place=letterhead.place if letterhead else "",
            year=unit.campaign.year,
            identity=_identity(person, posts[person.member_id], unit),
            preamble=preamble,
            text=texts[person.pk],
        )
        for person in people
        if person.pk in texts
    ]


def sheet_of_body(body: CampaignBody, text: FullText) -> WrittenSheet:
    """Return the sheet of a collective's report, whose unit is loaded; one query."""
    unit = body.unit
    letterhead = Letterhead.objects.filter(unit=unit.live_unit_id).first()
    return WrittenSheet(
        name="",
        superior=unit.parent.name if unit.parent else "",
        cell=body.full_name,
        place=letterhead.place if letterhead else "",
        year=unit.campaign.year,
        identity=(),
        preamble="",
        text=text,
    )


def _identity(
    person: Participant, posts: Iterable[Post], unit: CampaignUnit
) -> tuple[tuple[str, str], ...]:
    """The lines in the prescribed words; what is not kept here is left to be written."""
    of_party: list[str] = []
    others: list[str] = []
    for post in posts:
        (others if post.role == Role.OUTSIDE else of_party).append(post_name(post))
    return (
        ("Họ và tên", person.full_name),
        ("Ngày sinh", dates.display_partial(person.born_on) or NO_ENTRY),
        ("Đơn vị công tác", NO_ENTRY),
        ("Chức vụ Đảng", "; ".join(of_party) or NO_ENTRY),
        ("Chức vụ chính quyền, đoàn thể", "; ".join(others) or NO_ENTRY),
        ("Sinh hoạt tại chi bộ", unit.name),
    )


@opened_for(Purpose.HOLDERS)
def _posts_of(people: Iterable[Participant]) -> dict[int, list[Post]]:
    members = {person.member_id for person in people}
    held: dict[int, list[Post]] = defaultdict(list)
    posts = Post.objects.in_force().filter(member__in=members).select_related("unit")
    for post in posts.order_by("unit__path", "pk"):
        assert post.member_id is not None  # asked for by it
        held[post.member_id].append(post)
    return held
