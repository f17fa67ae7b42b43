"""The pages of pledges: without a script, on two devices, with what does not fit."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Participant, Placement, PledgeDraft, PledgeText
from members.models import Event
from members.policy import Role
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    PhaseFactory,
    PlacementFactory,
    PledgeAnswerFactory,
    PledgeDraftFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeSetupFactory,
    PledgeTextFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db
State = Participant.Pledge


@pytest.fixture
def cell():
    campaign = CampaignFactory(
        state="OPEN",
        opened_at=timezone.now(),
        rule_set_resolved={},
        mode="FULL_TEXT",
    )
    root = CampaignUnitFactory(campaign=campaign)
    return CampaignUnitFactory(campaign=campaign, parent=root)


@pytest.fixture
def person(cell) -> Participant:
    made = PlacementFactory(unit=cell, participant__pledge_state=State.DRAFT)
    PledgeFactory(participant=made.participant)
    return made.participant


@pytest.fixture
def draft(person) -> PledgeDraft:
    return PledgeDraftFactory(participant=person)


def client_of(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def author(person) -> Client:
    return client_of(AccountFactory(member=person.member))


@pytest.fixture
def secretary(cell) -> Client:
    return client_of(PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account)


def address(name, person):
    return reverse(f"pledges:{name}", args=[person.pk])


def item(number, **columns):
    given = {"section": "duty", "measure": "TEXT", "text": "a", "goal": "b", **columns}
    return {f"item-{number}-{name}": value for name, value in given.items()}


def stored() -> dict:
    return PledgeDraft.objects.get().content


def test_every_button_keeps_what_was_typed_and_adds_or_takes_out(person, draft, author):
    write = address("pledge_write", person)
    typed = {"version": 1, "answer-duty": "Làm đúng việc", **item(4)}

    added = author.post(write, {**typed, "do": "add:style"})
    assert (added.status_code, added["Location"]) == (302, f"{write}#item-1")
    assert stored()["answers"] == {"duty": "Làm đúng việc"}
    assert [each["section"] for each in stored()["items"]] == ["duty", "style"]
    author.post(write, {**typed, **item(5), "version": 2, "do": "remove:0"})
    assert len(stored()["items"]) == 1
    review = author.post(write, {**typed, "version": 3, "do": "review"})
    assert review["Location"].startswith(address("pledge_send", person))


def test_a_stale_page_shows_both_texts_and_overwrites_nothing(person, draft, author):
    write = address("pledge_write", person)
    author.post(write, {"version": 1, "answer-duty": "máy thứ nhất", "do": "save"})

    both = author.post(
        write, {"version": 1, "answer-duty": "máy thứ hai", "do": "save"}
    )

    assert both.status_code == 409
    [(_title, now, mine)] = both.context["both"]
    assert (now, mine) == ("máy thứ nhất", "máy thứ hai")
    assert stored()["answers"] == {"duty": "máy thứ nhất"}
    assert both.context["version"] == 2  # saving again is a decision
    author.post(write, {"version": 2, "answer-duty": "máy thứ hai", "do": "save"})
    assert stored()["answers"] == {"duty": "máy thứ hai"}


def test_the_draft_endpoint_answers_with_the_version(person, draft, author):
    save = address("draft_save", person)

    first = author.post(save, {"version": 1, "answer-duty": "a"})
    again = author.post(save, {"version": 1, "answer-duty": "a"})
    stale = author.post(save, {"version": 1, "answer-duty": "b"})

    answers = [
        (each.status_code, each["Draft-Version"]) for each in (first, again, stale)
    ]
    assert answers == [(204, "2"), (204, "2"), (409, "2")]
    assert stored()["answers"] == {"duty": "a"}
    assert Participant.objects.get().pledge_state == State.DRAFT


def test_two_hundred_thousand_characters_are_refused_and_stay_on_the_page(
    person, draft, author
):
    long = "a" * 200_000
    typed = {"version": 1, "answer-duty": long, "do": "save"}

    page = author.post(address("pledge_write", person), typed)
    save = author.post(address("draft_save", person), typed)

    assert (page.status_code, save.status_code) == (422, 422)
    assert long in page.content.decode()
    assert "không có gì bị mất" in save.content.decode()
    assert stored() == {"answers": {}, "items": []}


def test_what_is_missing_is_told_at_its_place_before_sending(person, draft, author):
    draft.content = {"answers": {}, "items": [full_item(goal="")]}
    draft.save()

    page = author.get(address("pledge_send", person))

    assert page.status_code == 422
    assert 'id="error-0-goal">Ghi mức phấn đấu' in page.content.decode()


def full_item(**columns):
    names = ("text", "goal", "unit_of_measure", "due_on", "evidence", "source")
    return dict.fromkeys(names, "") | {
        "section": "duty",
        "measure": "TEXT",
        "text": "Góp ý dự thảo",
        "goal": "2 lần",
        **columns,
    }


def test_a_pledge_is_sent_once_however_often_the_form_comes(person, draft, author):
    draft.content = {"answers": {}, "items": [full_item()]}
    draft.save()
    send = address("pledge_send", person)
    page = author.get(send)
    form = {"version": 1, "once": page.context["key"], "opened": page.context["opened"]}

    first, second = (author.post(send, form) for _ in range(2))

    assert [each["Location"] for each in (first, second)] == [
        address("pledge_detail", person)
    ] * 2
    assert PledgeText.objects.count() == 1


@pytest.mark.parametrize("name", ["pledge_write", "pledge_send"])
def test_who_has_left_writes_no_more_and_still_reads(person, draft, author, name):
    Participant.objects.update(presence="LEFT")
    Placement.objects.update(until_on=timezone.localdate())

    assert author.get(address(name, person)).status_code == 404
    page = author.get(address("pledge_detail", person))
    assert page.status_code == 200
    assert (page.context["may_write"], page.context["may_begin"]) == (False, False)


def test_who_opened_a_pledge_is_shown_to_its_author(person, author, secretary):
    Participant.objects.update(pledge_state=State.SENT)
    PledgeItemFactory(sent__pledge=person_pledge(person))

    secretary.get(address("pledge_detail", person))
    page = author.get(address("pledge_detail", person))

    [opening] = page.context["openings"]
    assert opening.post.startswith("Bí thư")
    assert Event.objects.filter(action="pledges.opened").count() == 1


def test_every_page_that_shows_what_somebody_promised_is_an_opening(
    person, cell, secretary
):
    Participant.objects.update(pledge_state=State.CONFIRMED)
    promised = PledgeItemFactory(sent__pledge=person_pledge(person), text="Đọc sách")
    of_cell = [cell.campaign_id, cell.live_unit_id]
    pages = (
        reverse("pledges:check_list", args=of_cell),
        reverse("pledges:item_check", args=[promised.pk]),
        address("pledge_results", person),
    )

    for number, page in enumerate(pages, start=1):
        assert "Đọc sách" in secretary.get(page).text
        opened = Event.objects.filter(action="pledges.opened", member=person.member)
        assert opened.count() == number, page


def person_pledge(person):
    return PledgeFactory._meta.model.objects.get(participant=person)


def test_fellow_members_read_a_published_pledge_without_its_checks(cell, person):
    Participant.objects.update(pledge_state=State.CONFIRMED)
    text = PledgeTextFactory(pledge=person_pledge(person))
    PledgeItemFactory(sent=text, progress="BEHIND")
    PledgeAnswerFactory(text=text)
    fellow = PlacementFactory(unit=cell).participant
    client = client_of(AccountFactory(member=fellow.member))
    page = address("pledge_detail", person)

    assert client.get(page).status_code == 404
    PledgeSetupFactory(campaign=cell.campaign, is_published=True)
    read = client.get(page)
    assert read.status_code == 200
    assert "cần đôn đốc" not in read.content.decode()
    assert "Đọc và góp ý dự thảo nghị quyết" in read.content.decode()


def test_a_key_is_given_to_the_account_for_its_device_and_seven_days(author, secretary):
    today = timezone.localdate()
    device = "0" * 32

    def ask(client, **query):
        given = {"device": device, "day": today.isoformat(), **query}
        return client.get(reverse("pledges:draft_key"), given)

    key = ask(author).json()["key"]
    others = [ask(secretary), ask(author, device="1" * 32)]
    assert all(each.json()["key"] != key for each in others)
    assert ask(author).json()["key"] == key
    week_ago = (today - timedelta(days=7)).isoformat()
    tomorrow = (today + timedelta(days=1)).isoformat()
    for query in ({"day": week_ago}, {"day": tomorrow}, {"device": "x"}, {"day": "x"}):
        assert ask(author, **query).status_code == 404
    assert ask(Client()).status_code == 302


@pytest.mark.parametrize(
    ("days", "needs_criteria", "member_reads", "secretary_reads"),
    [
        (3, False, None, None),
        (3, True, "chưa được công bố", "chưa được công bố"),
        (-3, False, "đề nghị bí thư chi bộ", "đề nghị văn phòng cấp ủy"),
    ],
)
def test_what_would_be_refused_is_not_offered(
    cell, person, author, secretary, days, needs_criteria, member_reads, secretary_reads
):
    Participant.objects.update(pledge_state=State.NONE)
    PledgeSetupFactory(campaign=cell.campaign, needs_criteria=needs_criteria)
    today = timezone.localdate()
    PhaseFactory(
        campaign=cell.campaign,
        from_on=today - timedelta(days=30),
        until_on=today + timedelta(days=days),
    )
    begin = address("pledge_begin", person)
    roll = reverse("pledges:unit_pledges", args=[cell.campaign_id, cell.live_unit_id])
    pages = [
        (author.get(reverse("pledges:pledge_own")), member_reads),
        (author.get(address("pledge_detail", person)), member_reads),
        (secretary.get(roll), secretary_reads),
    ]

    for page, why in pages:
        assert (begin in page.text) is (why is None)
        assert why is None or why in page.text


def test_the_roll_counts_those_who_owe_a_pledge_and_shows_everybody(cell, secretary):
    PlacementFactory(unit=cell, participant__pledge_state=State.CONFIRMED)
    PlacementFactory(unit=cell, participant__status="EXEMPT")

    page = secretary.get(
        reverse("pledges:unit_pledges", args=[cell.campaign_id, cell.live_unit_id])
    )

    counts = page.context["counts"]
    assert (counts.confirmed, counts.owed, counts.free) == (1, 1, 1)
    assert len(page.context["lines"]) == 2
    assert page.context["has_missing"] is False
    assert page.text.count("miễn hoặc đình chỉ") == 2
