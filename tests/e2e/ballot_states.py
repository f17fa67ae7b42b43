"""The pages of a ballot in every state; `states` shows them with the others."""

from collections.abc import Callable

from campaigns.models import Campaign, CampaignBody, Meeting, Participant, Pledge
from members.models import Account
from reviews.models import Ballot, ReviewOccasion, SelfReview, Teller
from tests.e2e.conftest import Site
from tests.e2e.file_states import undecided
from tests.e2e.meeting_states import planned, secretary
from tests.e2e.pledge_states import of_person
from tests.factories import (
    NOON,
    AttendanceFactory,
    BallotDraftFactory,
    BallotFactory,
    BallotLineFactory,
    MinutesFactory,
    PledgeTextFactory,
    RemarkFactory,
    ReviewOccasionFactory,
    ReviewSuggestionFactory,
    SelfReviewTextFactory,
    TellerFactory,
)

COUNTS = ({"excellent": 2, "good": 1}, {"good": 3}, {"excellent": 1, "good": 1})


def hall(site: Site) -> Meeting:
    """The cell of three at its review meeting: all were reviewed, nobody counts yet."""
    Campaign.objects.filter(pk=site.campaign.pk).update(state="OPEN", mode="FULL_TEXT")
    people = undecided(site)
    Ballot.objects.all().delete()
    ReviewOccasion.objects.all().delete()
    meeting = planned(site, kind=Meeting.Kind.REVIEW, state=Meeting.State.HELD)
    body, _is_new = CampaignBody.objects.get_or_create(
        unit=meeting.unit, kind=CampaignBody.Kind.ORGANISATION
    )
    for position, person in enumerate(people, start=1):
        Participant.objects.filter(pk=person.pk).update(official_on="2011-05-19")
        AttendanceFactory(meeting=meeting, participant=person)
        ReviewOccasionFactory(
            meeting=meeting, participant=person, body=body, position=position
        )
    return meeting


def with_tellers(site: Site) -> Meeting:
    meeting = hall(site)
    first, second, _third = undecided(site)
    TellerFactory(meeting=meeting, participant=first, is_head=True)
    TellerFactory(meeting=meeting, participant=second)
    return meeting


def round_of(site: Site, **state: bool) -> Ballot:
    """A round on all three: being counted, or with what was counted."""
    meeting = with_tellers(site)
    papers = dict.fromkeys(("present", "issued", "returned", "valid"), 3)
    ballot = BallotFactory(
        meeting=meeting, convoked=3, **state, **(papers if state else {})
    )
    occasions = ReviewOccasion.objects.filter(meeting=meeting)
    for occasion, counts in zip(occasions, COUNTS, strict=True):
        counted = {**counts, "unmarked": 3 - sum(counts.values()), "valid": 3}
        BallotLineFactory(
            ballot=ballot, occasion=occasion, **(counted if state else {})
        )
    return ballot


def half_typed(site: Site) -> Ballot:
    """What the teller who looks has typed and not entered."""
    ballot = round_of(site)
    heads = Teller.objects.select_related("participant")
    head = heads.get(meeting=ballot.meeting, is_head=True)
    account = of_person(head.participant)
    BallotDraftFactory(
        ballot=ballot, account=account, content={"issued": "3", "returned": "3"}
    )
    return ballot


def of_meeting(name: str, make: Callable[[Site], object]) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        make(site)
        meeting = Meeting.objects.filter(kind=Meeting.Kind.REVIEW).latest("pk")
        arguments = (site.campaign.pk, meeting.unit.live_unit_id, meeting.pk)
        return site.address(f"reviews:{name}", *arguments)

    return address


def of_round(
    name: str, make: Callable[[Site], Ballot] = round_of, **state: bool
) -> Callable[[Site], str]:
    return lambda site: site.address(f"reviews:{name}", make(site, **state).pk)


def being_reviewed(site: Site) -> Meeting:
    """One was reviewed, one was left, one waits; the last one chairs."""
    meeting = hall(site)
    MinutesFactory(meeting=meeting, chair=undecided(site)[2].full_name)
    ReviewOccasion.objects.filter(position__gt=1).update(state="WAITING", meeting=None)
    ReviewOccasion.objects.filter(position=2).update(state="LEFT")
    return meeting


def spoken_of(site: Site) -> ReviewOccasion:
    """The one who was reviewed, with all that was said, read and written."""
    being_reviewed(site)
    occasion = ReviewOccasion.objects.select_related("participant").get(position=1)
    SelfReview.objects.filter(participant=occasion.participant).delete()
    Pledge.objects.filter(participant=occasion.participant).delete()
    SelfReviewTextFactory(self_review__participant=occasion.participant)
    PledgeTextFactory(
        pledge__participant=occasion.participant,
        answers={"study": "Đọc và ghi chép Nghị quyết Trung ương 4 (khóa XII)."},
    )
    ReviewSuggestionFactory(
        participant=occasion.participant, text="Làm rõ việc chậm bàn giao hồ sơ."
    )
    RemarkFactory(
        occasion=occasion, text="Cần đi cơ sở nhiều hơn.", critic="Đ/c tổ trưởng tổ 3"
    )
    RemarkFactory(occasion=occasion, position=2, text="Còn nể nang khi góp ý.")
    for kind, text in (("ANSWER", "Xin tiếp thu."), ("COMMENT", "Đồng chí cầu thị.")):
        RemarkFactory(occasion=occasion, kind=kind, text=text)
    RemarkFactory(
        occasion=occasion, kind="REPLY", text="Xin nói rõ thêm về hồ sơ.", at=NOON
    )
    return occasion


def turn_spoken_of(site: Site) -> str:
    occasion = spoken_of(site)
    unit = occasion.meeting.unit
    arguments = (unit.campaign_id, unit.live_unit_id, occasion.meeting_id, occasion.pk)
    return site.address("reviews:turn_edit", *arguments)


def own_page(name: str) -> Callable[[Site], str]:
    """A page of the one of whom it was spoken: what was said, the reply to it."""

    def address(site: Site) -> str:
        occasion = spoken_of(site)
        pk = occasion.pk if name == "turn_reply" else occasion.participant_id
        return site.address(f"reviews:{name}", pk)

    return address


def counted_turn(site: Site) -> str:
    """The same where no texts are kept in the program."""
    address = turn("turn_edit")(site)
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="RESULTS_ONLY")
    return address


def turn(name: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        meeting = being_reviewed(site)
        last = ReviewOccasion.objects.get(position=3)
        arguments = (site.campaign.pk, meeting.unit.live_unit_id, meeting.pk, last.pk)
        return site.address(f"reviews:{name}", *arguments)

    return address


KEEPER: dict[str, Callable[[Site], str]] = {
    "turns at a review meeting": of_meeting("turn_list", being_reviewed),
    "turn of the collective": of_meeting("collective_turn", being_reviewed),
    "turns to be called up": of_meeting("turn_call", being_reviewed),
    "turn of the chair": turn("turn_edit"),
    "turn with what was said": turn_spoken_of,
    "turn without texts": counted_turn,
    "turn to be left": turn("turn_leave"),
    "statement on a self-review": turn("turn_statement"),
    "ballot without tellers": of_meeting("ballot_list", hall),
    "tellers to be named": of_meeting("teller_edit", hall),
    "round to be opened": of_meeting("ballot_open", with_tellers),
    "ballot that is locked": of_meeting(
        "ballot_list", lambda site: round_of(site, locked=True)
    ),
    "counts that are locked": of_round("ballot_detail", locked=True),
    "counts to be corrected": of_round("ballot_correct", locked=True),
}
TELLER: dict[str, Callable[[Site], str]] = {
    "counts to be entered": of_round("ballot_enter"),
    "counts half typed": of_round("ballot_enter", half_typed),
    "counts to be confirmed": of_round("ballot_detail", counted=True),
    "counts being confirmed": of_round("ballot_confirm", counted=True),
    "counts that one has counted": of_round("ballot_detail", locked=True),
    "what was said of oneself": own_page("self_review_detail"),
    "reply to what was said": own_page("turn_reply"),
}
BALLOTS = KEEPER | TELLER


def viewer(state: str, site: Site) -> Account:
    """Whoever looks at a state: the secretary, or the head of the tellers."""
    if state in KEEPER:
        return secretary(site)
    return of_person(undecided(site)[0])
