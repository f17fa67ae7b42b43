"""What is typed of a meeting is kept until it is recorded; nothing is overwritten."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Meeting, MeetingDraft, Minutes
from members.policy import Role
from members.row_security import asked_by
from tests.campaigns.work_worlds import browser_of, cell_at_work
from tests.factories import MeetingFactory, PostFactory
from tests.restricted import restricted

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 5)


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def meeting(world):
    return MeetingFactory(unit=world.cell, on=DAY)


@pytest.fixture
def secretary(world):
    return browser_of(world.secretary)


@pytest.fixture
def deputy(world):
    unit = world.cell.live_unit
    return browser_of(PostFactory(unit=unit, role=Role.DEPUTY_SECRETARY).account)


def page(meeting, name="meeting_hold"):
    unit = meeting.unit
    return reverse(
        f"meetings:{name}", args=[unit.campaign_id, unit.live_unit_id, meeting.pk]
    )


def keep(client, meeting, draft_version=0, version=1, **typed):
    sent = {"version": version, "draft_version": draft_version, "once": "k", **typed}
    answer = client.post(page(meeting, "meeting_draft"), sent)
    return answer.status_code, answer.headers.get("Draft-Version")


def shown(client, meeting):
    form = client.get(page(meeting)).context["form"]
    return {name: form[name].value() for name in ("course", "chair", "version")}


def test_what_is_typed_is_kept_and_found_again_by_its_author_alone(
    world, meeting, secretary, deputy
):
    with restricted(), asked_by(world.secretary.pk):
        assert keep(secretary, meeting, course="Thảo luận", due_0="31/02") == (204, "1")
    assert keep(secretary, meeting, 1, course="Thảo luận sôi nổi") == (204, "2")

    assert shown(secretary, meeting)["course"] == "Thảo luận sôi nổi"
    assert "chưa được ghi nhận" in secretary.get(page(meeting)).content.decode()
    assert shown(deputy, meeting)["course"] == ""
    other = PostFactory(unit=world.cell.live_unit, role=Role.SECRETARY).account
    assert not MeetingDraft.objects.visible_to(world.actor(other)).exists()
    draft = MeetingDraft.objects.get()
    assert (draft.content, draft.meeting_version) == (
        {"course": "Thảo luận sôi nổi"},
        1,
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.version) == ("PLANNED", 1)
    assert not Minutes.objects.exists()


def test_the_same_again_is_no_other_version(meeting, secretary):
    assert keep(secretary, meeting, course="Một") == (204, "1")
    assert keep(secretary, meeting, course="Một") == (204, "1")


def test_of_two_devices_the_second_is_told_and_nothing_is_overwritten(
    meeting, secretary
):
    keep(secretary, meeting, course="Một")
    assert keep(secretary, meeting, 0, course="Hai") == (409, None)
    assert MeetingDraft.objects.get().content == {"course": "Một"}

    sent = {"version": 1, "draft_version": 0, "course": "Hai", "conclusion": "Xong"}
    response = secretary.post(page(meeting), sent)
    assert response.status_code == 409
    both = {str(label): (now, typed) for label, now, typed in response.context["both"]}
    assert both["Diễn biến buổi sinh hoạt"] == ("Một", "Hai")
    assert not Minutes.objects.exists()

    sent["draft_version"] = response.context["draft"].version
    assert secretary.post(page(meeting), sent).status_code == 302
    assert Minutes.objects.get().course == "Hai"


def test_what_another_recorded_meanwhile_is_shown_beside_the_draft(
    meeting, secretary, deputy
):
    keep(secretary, meeting, course="Của bí thư")
    deputy.post(page(meeting), {"version": 1, "course": "Của phó bí thư"})

    assert shown(secretary, meeting)["version"] == 1
    response = secretary.post(
        page(meeting), {"version": 1, "draft_version": 1, "course": "Của bí thư"}
    )
    assert response.status_code == 409
    both = {str(label): (now, typed) for label, now, typed in response.context["both"]}
    assert both["Diễn biến buổi sinh hoạt"] == ("Của phó bí thư", "Của bí thư")
    assert Minutes.objects.get().course == "Của phó bí thư"


def test_the_draft_goes_once_the_meeting_is_recorded(meeting, secretary):
    keep(secretary, meeting, course="Thảo luận")
    secretary.post(page(meeting), {"version": 1, "draft_version": 1, "course": "Xong"})

    assert Minutes.objects.get().course == "Xong"
    assert not MeetingDraft.objects.exists()


def test_a_draft_is_given_up_by_its_author_alone(meeting, secretary, deputy):
    keep(secretary, meeting, course="Một")
    deputy.post(page(meeting, "draft_remove"))
    assert MeetingDraft.objects.exists()

    assert secretary.post(page(meeting, "draft_remove")).url == page(meeting)
    assert not MeetingDraft.objects.exists()


@pytest.mark.parametrize(
    "typed", [{"course": "x" * 200_001}, {"course": "a\x00b"}, {"version": "x"}]
)
def test_what_does_not_fit_is_told_in_words_and_not_kept(meeting, secretary, typed):
    sent = {"version": 1, "draft_version": 0, **typed}
    answer = secretary.post(page(meeting, "meeting_draft"), sent)

    assert answer.status_code == 422
    assert answer.content.decode()
    assert not MeetingDraft.objects.exists()


def test_of_a_signed_meeting_nothing_is_kept(meeting, secretary):
    Meeting.objects.update(state="SIGNED")

    assert keep(secretary, meeting, course="Một")[0] == 404


def test_whoever_does_not_record_any_more_reads_no_draft(world, meeting, secretary):
    keep(secretary, meeting, course="Một")
    actor = world.actor()
    assert MeetingDraft.objects.visible_to(actor).count() == 1

    from members.models import Post

    Post.objects.filter(account=world.secretary).update(ended_at="2024-01-01T00:00Z")
    assert MeetingDraft.objects.visible_to(world.actor()).count() == 0
