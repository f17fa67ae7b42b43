"""The collective's turn at a review meeting: before the persons, into the minutes."""

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Meeting
from members.models import Event
from reports.documents.minutes import minutes_printout
from reports.documents.printout_html import to_html
from reports.queries.minutes import minutes_paper
from reviews.models import CollectiveRemark, CollectiveSaidVersion, CollectiveTurn
from reviews.queries.collective_turns import (
    comes_first,
    said_of_collective,
    turn_at,
    turns_of,
)
from reviews.queries.remarks import Said
from reviews.services import collective_turns as services
from reviews.services.occasions import ReviewNotRecordable
from tests.clients import client_of
from tests.factories import (
    CollectiveReportFactory,
    CollectiveReportTextFactory,
    CollectiveSuggestionFactory,
    MinutesFactory,
)
from tests.reviews.ballot_worlds import NOW
from tests.reviews.turn_pages import page
from tests.reviews.turn_worlds import Turns

pytestmark = pytest.mark.django_db
SAID = Said(
    remarks=[("Họp muộn", ""), ("Phân công chưa rõ", "Đ/c Bình")],
    answer="Tập thể tiếp thu",
    comment="Thống nhất khắc phục",
)
TYPED = {
    "version": 0,
    "item-0-text": "Họp muộn",
    "item-0-critic": "",
    "item-1-text": "Phân công chưa rõ",
    "item-1-critic": "Đ/c Bình",
    "answer": "Tập thể tiếp thu",
    "comment": "Thống nhất khắc phục",
}


@pytest.fixture
def turns():
    turns = Turns()
    turns.all_present()
    return turns


def record(turns, said=SAID, version=0, **facts):
    return services.record(
        **{
            "meeting": turns.meeting, "version": version, "said": said,
            "remarks_made": 2, "actor": turns.keeper, "now": NOW, **facts,
        }
    )  # fmt: skip


def test_what_is_said_is_kept_while_it_is_typed_then_recorded(turns):
    keeper = client_of(turns.keeper)
    saved = keeper.post(page(turns, "collective_turn_save"), TYPED)
    assert (saved.status_code, saved["Draft-Version"]) == (204, "1")
    assert (
        keeper.post(page(turns, "collective_turn_save"), TYPED)["Draft-Version"] == "1"
    )
    other = keeper.post(page(turns, "collective_turn_save"), TYPED | {"answer": "Khác"})
    assert other.status_code == 409
    assert not turn_at(turns.meeting).is_recorded

    answer = keeper.post(
        page(turns, "collective_turn"), TYPED | {"version": 1, "do": "next"}
    )
    assert answer["Location"] == page(turns)
    turn = CollectiveTurn.objects.get()
    assert (turn.is_recorded, turn.remarks_made) == (True, 2)
    assert said_of_collective(turn) == SAID
    told = Event.objects.filter(action__startswith="collective_turns.")
    assert [each.action for each in told.order_by("pk")] == [
        "collective_turns.noted", "collective_turns.reviewed",
    ]  # fmt: skip
    assert {each.post.unit for each in told} == {turns.cell.live_unit}


def test_two_who_write_see_both_versions(turns):
    services.note_said(
        meeting=turns.meeting, version=0, said=SAID, actor=turns.keeper, now=NOW
    )
    client = client_of(turns.secretary)
    data = TYPED | {"answer": "Khác", "do": "save"}
    both = client.post(page(turns, "collective_turn"), data)
    assert both.status_code == 409
    assert "Tập thể tiếp thu" in both.content.decode()
    assert CollectiveRemark.objects.get(kind="ANSWER").text == "Tập thể tiếp thu"


def test_the_list_leads_to_the_collective_before_the_persons(turns):
    turns.call()
    keeper = client_of(turns.keeper)
    assert comes_first(turns.meeting)
    before = keeper.get(page(turns))
    assert before.context["waits_for_collective"]
    assert page(turns, "collective_turn") in before.content.decode()
    record(turns)
    after = keeper.get(page(turns))
    assert not after.context["waits_for_collective"]
    resolved = turns.cell.campaign.rule_set_resolved
    resolved["procedure"]["order"] = []
    Campaign.objects.update(rule_set_resolved=resolved)
    CollectiveTurn.objects.update(is_recorded=False)
    assert not keeper.get(page(turns)).context["waits_for_collective"]


def test_report_programme_and_suggestions_stand_beside_without_a_level(turns):
    turns.call()
    body = turns.call()[0].body
    CollectiveSuggestionFactory(body=body, text="Làm rõ việc kết nạp")
    report = CollectiveReportFactory(body=body)
    CollectiveReportTextFactory(collective_report=report)
    shown = client_of(turns.keeper).get(page(turns, "collective_turn"))
    text = shown.content.decode()
    assert "Họp muộn" in text
    assert "Làm rõ việc kết nạp" in text
    assert "Hoàn thành tốt nhiệm vụ" not in text
    assert "Tự đánh giá về cấp độ thực hiện" not in text


def test_it_is_read_as_the_report_is_once_it_is_recorded(turns):
    member = turns.account_of(turns.people[3])
    services.note_said(
        meeting=turns.meeting, version=0, said=SAID, actor=turns.keeper, now=NOW
    )
    assert not CollectiveRemark.objects.visible_to(member).exists()
    record(turns, version=1)
    assert CollectiveRemark.objects.visible_to(member).count() == 4
    assert CollectiveTurn.objects.visible_to(turns.keeper).count() == 1


def test_a_signed_or_other_meeting_takes_nothing_more(turns):
    Meeting.objects.update(state="CANCELLED", reason="Thiếu số người")
    with pytest.raises(ReviewNotRecordable):
        record(turns)
    assert (
        client_of(turns.keeper).get(page(turns, "collective_turn")).status_code == 404
    )
    Meeting.objects.update(state="PLANNED", reason="", kind="REGULAR")
    with pytest.raises(ReviewNotRecordable):
        record(turns)
    assert not CollectiveTurn.objects.exists()


def test_without_texts_it_is_the_number_of_remarks(turns):
    Campaign.objects.update(mode="RESULTS_ONLY")
    keeper = client_of(turns.keeper)
    path = page(turns, "collective_turn")
    first = keeper.post(path, {"version": 0, "remarks_made": 4})
    assert first["Location"] == page(turns)
    turn = CollectiveTurn.objects.get()
    assert (turn.is_recorded, turn.remarks_made, turn.version) == (True, 4, 1)
    assert keeper.post(path, {"version": 0, "remarks_made": 5}).status_code == 409
    assert not CollectiveRemark.objects.exists()


def test_the_minutes_say_it_before_the_persons_and_what_is_missing(turns):
    minutes = MinutesFactory(meeting=turns.meeting)
    blank = to_html(minutes_printout(minutes_paper(minutes, language="vi")))
    record(turns, Said(remarks=SAID.remarks, answer=SAID.answer))
    full = to_html(minutes_printout(minutes_paper(minutes, language="vi")))

    assert "Kiểm điểm tập thể" in blank
    assert full.index("Kiểm điểm tập thể") < full.index("Từng đồng chí kiểm điểm")
    assert "– Phân công chưa rõ (Đ/c Bình)" in full
    assert "Kết luận của chủ trì: [cần ghi]" in full


def test_what_is_recorded_is_corrected_with_a_reason_and_stays_as_it_was(turns):
    keeper = client_of(turns.keeper)
    path = page(turns, "collective_turn")
    keeper.post(path, TYPED | {"do": "next"})
    shown = keeper.get(path).content.decode()
    assert "data-draft=" not in shown
    version = CollectiveTurn.objects.get().version
    data = TYPED | {"version": version, "answer": "Sửa lại", "do": "next"}
    assert keeper.post(path, data).status_code == 422
    assert keeper.post(page(turns, "collective_turn_save"), data).status_code == 422
    assert keeper.post(path, data | {"reason": "Ghi sót ý"}).status_code == 302

    kept = CollectiveSaidVersion.objects.get()
    assert (kept.number, kept.answer, kept.reason) == (
        1, "Tập thể tiếp thu", "Ghi sót ý",
    )  # fmt: skip
    member = turns.account_of(turns.people[3])
    (read,) = turns_of(CollectiveTurn.objects.get().body, member)
    assert (read.said.answer, [each.pk for each in read.versions]) == (
        "Sửa lại", [kept.pk],
    )  # fmt: skip
    detail = reverse("reviews:collective_report_detail", args=[read.turn.body_id])
    text = keeper.get(detail).content.decode()
    assert "Ghi sót ý" in text
    assert "Sửa lại" in text
