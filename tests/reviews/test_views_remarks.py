"""The page of one person's turn, what it saves by itself, and the reply of the person."""

import unicodedata

import pytest
from django.urls import reverse

from campaigns.models import Meeting, Minutes, Participant
from members.models import Event
from reviews.models import Remark, ReviewOccasion
from reviews.queries.files import level_words
from reviews.queries.remarks import said_at
from tests.clients import client_of
from tests.factories import (
    MinutesFactory,
    OpinionEntryFactory,
    OpinionFactory,
    OpinionRequestFactory,
    PledgeTextFactory,
    RemarkFactory,
    ReviewSuggestionFactory,
    SelfReviewTextFactory,
)
from tests.reviews.turn_pages import page
from tests.reviews.turn_worlds import Turns

pytestmark = pytest.mark.django_db
TYPED = {
    "version": 1,
    "item-0-section": "remarks",
    "item-0-text": "Chưa sâu sát cơ sở",
    "item-0-critic": "",
    "item-3-text": "Còn nể nang",
    "item-3-critic": "Đ/c Bình",
    "item-4-text": "",
    "answer": "Xin tiếp thu",
    "comment": "Đồng chí cầu thị",
}
REMARKS = [("Chưa sâu sát cơ sở", ""), ("Còn nể nang", "Đ/c Bình")]


@pytest.fixture
def turns():
    turns = Turns()
    turns.all_present()
    return turns


@pytest.fixture
def one(turns):
    """The turn of a plain member."""
    return turns.call()[3]


@pytest.fixture
def keeper(turns):
    return client_of(turns.keeper)


def now(occasion):
    return ReviewOccasion.objects.get(pk=occasion.pk)


def test_what_was_said_is_recorded_and_one_goes_on_to_the_next(turns, one, keeper):
    answer = keeper.post(page(turns, "turn_edit", one), TYPED | {"do": "next"})

    following = ReviewOccasion.objects.get(position=one.position + 1)
    assert answer.headers["Location"] == page(turns, "turn_edit", following)
    recorded = now(one)
    assert (recorded.state, recorded.remarks_made) == ("REVIEWED", 2)
    said = said_at(recorded)
    assert (said.remarks, said.answer, said.comment) == (
        REMARKS, "Xin tiếp thu", "Đồng chí cầu thị",
    )  # fmt: skip


def test_the_page_saves_itself_and_tells_its_version(turns, one, keeper):
    url = page(turns, "turn_save", one)

    first = keeper.post(url, TYPED)
    second = keeper.post(url, TYPED | {"version": 2, "answer": "Khác"})
    again = keeper.post(url, TYPED | {"answer": "Khác"})
    other = keeper.post(url, TYPED | {"answer": "Nữa"})

    assert [each.status_code for each in (first, second, again, other)] == [
        204, 204, 204, 409,
    ]  # fmt: skip
    assert [each.headers["Draft-Version"] for each in (first, second, again)] == [
        "2", "3", "3",
    ]  # fmt: skip
    assert now(one).state == "WAITING"
    assert Event.objects.filter(action="occasions.noted").count() == 1


def test_paragraphs_are_kept_and_letters_composed(turns, one, keeper):
    typed = "Một\n\n" + unicodedata.normalize("NFD", "Hai việc")
    keeper.post(page(turns, "turn_save", one), TYPED | {"answer": typed})

    assert said_at(now(one)).answer == "Một\n\nHai việc"


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": ""},
        {"item-0-text": "x" * 20_001},
        {"answer": "Hai\x00"},
        {"comment": "Một\u200bhai"},
        {f"item-{at}-text": "x" for at in range(5, 205)},
    ],
)
def test_what_does_not_fit_is_told_to_the_script(turns, one, keeper, wrong):
    answer = keeper.post(page(turns, "turn_save", one), TYPED | wrong)

    assert answer.status_code == 422
    assert answer.content.decode()
    assert not Remark.objects.exists()


def test_a_meeting_signed_meanwhile_is_told_to_the_script(turns, one, keeper):
    Meeting.objects.update(state="SIGNED")

    answer = keeper.post(page(turns, "turn_save", one), TYPED)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("button", "left"),
    [("save", REMARKS), ("add:remarks", REMARKS), ("remove:0", REMARKS[1:])],
)
def test_without_a_script_every_button_saves_and_comes_back(
    turns, one, keeper, button, left
):
    url = page(turns, "turn_edit", one)

    answer = keeper.post(url, TYPED | {"do": button})

    assert answer.headers["Location"] == f"{url}#remarks"
    assert now(one).state == "WAITING"
    assert said_at(now(one)).remarks == left
    rows = keeper.get(url).context["form"].rows
    assert [row.text.value() for row in rows] == [*(text for text, _ in left), ""]


def test_of_two_who_write_the_second_sees_both_and_loses_nothing(turns, one, keeper):
    RemarkFactory(occasion=one, text="Của máy kia")
    ReviewOccasion.objects.filter(pk=one.pk).update(version=2)
    url = page(turns, "turn_edit", one)

    answer = keeper.post(url, TYPED | {"do": "next"})

    assert answer.status_code == 409
    assert answer.context["both"][0][1:] == (
        "– Của máy kia",
        "– Chưa sâu sát cơ sở\n– Còn nể nang (Đ/c Bình)",
    )
    assert [line[1:] for line in answer.context["both"][1:]] == [
        ("", "Xin tiếp thu"),
        ("", "Đồng chí cầu thị"),
    ]
    assert answer.context["form"]["version"].value() == "2"
    sent = TYPED | {"do": "next", "version": 2}
    assert keeper.post(url, sent).status_code == 302
    assert said_at(now(one)).remarks == REMARKS


def test_while_the_chair_is_reviewed_the_page_asks_who_leads(turns, one, keeper):
    MinutesFactory(meeting=turns.meeting, chair=one.participant.full_name)
    url = page(turns, "turn_edit", one)

    assert keeper.post(page(turns, "turn_save", one), TYPED).status_code == 204
    typed = TYPED | {"version": 2}
    assert keeper.post(url, typed | {"do": "save"}).status_code == 302
    assert keeper.post(url, typed | {"do": "next"}).status_code == 422
    led = typed | {"do": "next", "chaired_by": "Bình"}
    assert keeper.post(url, led).status_code == 302

    assert now(one).chaired_by == "Bình"
    Minutes.objects.update(chair="")
    assert list(keeper.get(url).context["form"].leads) == []


def test_texts_of_the_person_are_beside_it_without_level_and_points(turns, one, keeper):
    person = one.participant
    SelfReviewTextFactory(
        self_review__participant=person,
        answers={"shortcomings": "Ngại va chạm"},
        own_level="EXCELLENT",
    )
    PledgeTextFactory(pledge__participant=person)
    ReviewSuggestionFactory(participant=person, text="Giải trình việc chậm")

    answer = keeper.get(page(turns, "turn_edit", one))

    shown = answer.content.decode()
    assert "Ngại va chạm" in shown
    assert "Giải trình việc chậm" in shown
    levels = level_words(turns.cell.campaign.rules).values()
    assert [level for level in levels if level in shown] == []
    opened = Event.objects.filter(action__endswith=".opened")
    assert {each.subject_id for each in opened} == {person.pk}
    assert opened.count() == 2


def test_of_whom_nothing_is_written_the_page_says_so(turns, one, keeper):
    answer = keeper.get(page(turns, "turn_edit", one))

    assert answer.context["beside"].self_review is None
    assert (answer.context["number"], answer.context["all"]) == (4, 7)
    assert not Event.objects.filter(action__endswith=".opened").exists()


def recorded(turns, one, keeper):
    keeper.post(page(turns, "turn_edit", one), TYPED | {"do": "next"})
    return client_of(turns.account_of(one.participant))


def test_the_person_reads_what_was_said_and_replies(turns, one, keeper):
    member = client_of(turns.account_of(one.participant))
    record = reverse("reviews:self_review_detail", args=[one.participant_id])
    reply = reverse("reviews:turn_reply", args=[one.pk])
    keeper.post(page(turns, "turn_save", one), TYPED)
    assert member.get(record).context["turns"] == []
    assert member.get(reply).status_code == 404

    sent = TYPED | {"version": 2, "do": "next"}
    keeper.post(page(turns, "turn_edit", one), sent)

    shown = member.get(record)
    assert "Còn nể nang" in shown.content.decode()
    assert reply in shown.content.decode()
    assert member.get(reply).status_code == 200
    answer = member.post(reply, {"text": "Tôi xin nói rõ"})
    assert answer.headers["Location"] == record
    for reader in (member, keeper):
        (turn,) = reader.get(record).context["turns"]
        assert [each.text for each in turn.replies] == ["Tôi xin nói rõ"]
    # Whoever keeps the meeting is no author of the reply.
    assert keeper.get(reply).status_code == 404


def test_other_members_read_nothing_and_nobody_replies_too_late(turns, one, keeper):
    member = recorded(turns, one, keeper)
    other = client_of(turns.account_of(turns.people[6]))
    record = reverse("reviews:self_review_detail", args=[one.participant_id])
    assert other.get(record).status_code == 404

    Participant.objects.filter(pk=one.participant_id).update(
        status="ASSESSED", level="GOOD", decided_by=turns.cell
    )

    reply = reverse("reviews:turn_reply", args=[one.pk])
    assert reply not in member.get(record).content.decode()
    assert member.post(reply, {"text": "Tôi"}).status_code == 422


def test_a_correction_asks_for_its_reason_and_the_person_reads_both(turns, one, keeper):
    path = page(turns, "turn_edit", one)
    assert "data-draft=" in keeper.get(path).content.decode()
    keeper.post(path, TYPED | {"do": "next"})
    shown = keeper.get(path).content.decode()
    assert "data-draft=" not in shown
    data = TYPED | {"version": now(one).version, "answer": "Xin sửa", "do": "next"}
    assert keeper.post(path, data).status_code == 422
    saved = keeper.post(page(turns, "turn_save", one), data)
    assert saved.status_code == 422
    assert keeper.post(path, data | {"reason": "Ghi sót ý"}).status_code == 302

    person = client_of(turns.account_of(one.participant))
    detail = reverse("reviews:self_review_detail", args=[one.participant_id])
    text = person.get(detail).content.decode()
    assert "Ghi sót ý" in text
    assert "Xin tiếp thu" in text
    assert "Xin sửa" in text


def test_what_other_bodies_said_is_read_beside_it_once_it_has_come(turns, one, keeper):
    request = OpinionRequestFactory(unit=turns.meeting.unit)
    waiting = OpinionFactory(request=request, participant=one.participant)
    url = page(turns, "turn_edit", one)
    assert list(keeper.get(url).context["beside"].opinions) == []

    type(waiting).objects.filter(pk=waiting.pk).update(state="RECEIVED")
    OpinionEntryFactory(opinion=waiting, text="Gương mẫu nơi cư trú")

    assert "Gương mẫu nơi cư trú" in keeper.get(url).content.decode()
    [read] = Event.objects.filter(action="opinions.read")
    assert read.member_id == one.participant.member_id
