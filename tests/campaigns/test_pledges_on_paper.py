"""A campaign that enters no texts: papers by their days, their items by numbers alone."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import (
    Campaign,
    Participant,
    Pledge,
    PledgeCheck,
    PledgeItem,
    PledgeSetup,
    PledgeText,
)
from campaigns.queries import pledges as queries
from campaigns.queries.pledges import suggesting
from campaigns.services.pledges import answering, checks
from campaigns.services.written.states import WritingRefused
from campaigns.steps import Step
from members.models import Account
from members.row_security import asked_by
from tests.campaigns.pledge_worlds import (
    NOW,
    TODAY,
    author_of,
    cell_of_writers,
    secretary_of,
    someone,
)
from tests.factories import CriteriaSetFactory, PhaseFactory
from tests.restricted import restricted

pytestmark = pytest.mark.django_db
Result = PledgeItem.Result


@pytest.fixture
def cell():
    made = cell_of_writers()
    Campaign.objects.update(mode="RESULTS_ONLY")
    made.campaign.refresh_from_db()
    return made


@pytest.fixture
def person(cell):
    return someone(cell)


@pytest.fixture
def secretary(cell):
    return secretary_of(cell)


def record(person, secretary, *, items=None, on=TODAY):
    answering.record_paper(
        author=person, received_on=on, confirmed_on=on, items=items,
        actor=secretary, now=NOW,
    )  # fmt: skip


def browser_of(actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def test_items_of_a_paper_are_counted_checked_and_rated_without_a_word_of_it(
    cell, person, secretary
):
    with restricted(), asked_by(secretary.account_id):
        record(person, secretary, items=2)
        record(person, secretary, items=3)
        [line] = queries.items_of_unit(cell, actor=secretary)
        first, second, _third = [each.item for each in line.lines]
        checks.record_check(
            item=second, state="BEHIND", on=TODAY, note="lời lẽ", evidence="giấy",
            actor=secretary, now=NOW,
        )  # fmt: skip
        checks.record_results(
            participant=person, results={first.pk: (Result.DONE, "")},
            actor=secretary, now=NOW,
        )  # fmt: skip
        [behind] = queries.behind_at(queries.items_of_unit(cell, actor=secretary))

    assert [each.item.position for each in behind.lines] == [2]
    assert [item.text for item in PledgeItem.objects.all()] == [
        "Nội dung 1", "Nội dung 2", "Nội dung 3",
    ]  # fmt: skip
    assert PledgeText.objects.get().answers == {}
    found = PledgeCheck.objects.get()
    assert (found.note, found.evidence) == ("Ghi trên bản giấy.", "")


def test_a_paper_has_fewer_items_only_while_nothing_is_found_of_them(person, secretary):
    record(person, secretary, items=3)
    record(person, secretary, items=2)
    assert answering.items_on_paper(Pledge.objects.get()) == 2
    item = PledgeItem.objects.get(position=2)
    checks.record_check(
        item=item, state="DONE", on=TODAY, note="", evidence="",
        actor=secretary, now=NOW,
    )  # fmt: skip
    with pytest.raises(WritingRefused) as refused:
        record(person, secretary, items=1)
    assert refused.value.column == "items"
    record(person, secretary)  # says nothing of the number
    assert PledgeItem.objects.count() == 2


def test_the_day_of_a_paper_is_the_day_of_its_confirmation_until_set_right(
    person, secretary
):
    for on in (date(2024, 3, 4), date(2024, 3, 6)):
        record(person, secretary, on=on)
        person.refresh_from_db()
        assert person.pledge_confirmed_on == on


def test_a_paper_comes_within_the_days_of_its_step(cell, person, secretary):
    PhaseFactory(
        campaign=cell.campaign, step=Step.PLEDGE,
        from_on=date(2024, 3, 5), until_on=date(2024, 3, 9),
    )  # fmt: skip
    for on in (date(2024, 3, 4), date(2024, 3, 9)):
        with pytest.raises(WritingRefused, match="05/03/2024") as refused:
            record(person, secretary, on=on)
        assert refused.value.column == "received_on"
    record(person, secretary, on=date(2024, 3, 8))  # which is recorded later
    assert Participant.objects.get(pk=person.pk).pledge_state == "CONFIRMED"


def test_a_first_paper_comes_once_the_criteria_are_published(cell, person, secretary):
    PledgeSetup.objects.update(needs_criteria=True)
    with pytest.raises(WritingRefused, match="[Tt]iêu chí"):
        record(person, secretary)
    assert not Pledge.objects.exists()
    CriteriaSetFactory(unit=cell, state="PUBLISHED", published_at=NOW, document="QĐ 5")
    record(person, secretary)


def test_no_file_is_given_of_what_stays_on_paper(cell, person, secretary):
    record(person, secretary, items=2)
    unit = (cell.campaign_id, cell.live_unit_id)
    for extension in ("pdf", "docx"):
        for page in (
            reverse("unit_pledges_print", args=[*unit, extension]),
            reverse("pledge_print", args=[person.pk, extension]),
        ):
            assert browser_of(secretary).get(page).status_code == 404


def test_nothing_of_it_is_offered_the_year_after(person, secretary):
    record(person, secretary, items=2)
    Campaign.objects.update(year=2023)
    person.refresh_from_db()
    later = Participant(campaign=Campaign(year=2024), member_id=person.member_id)
    later.campaign.pk = 0
    assert suggesting._last_year(later, secretary) == []


def test_its_pages_ask_for_states_alone(cell, person, secretary):
    today = timezone.localdate()
    Campaign.objects.update(year=today.year)
    browser, place = browser_of(secretary), [cell.campaign_id, cell.live_unit_id]
    listed = reverse("pledges:check_list", args=place)
    paper = {"received_on": f"{today:%d/%m/%Y}", "confirmed_on": f"{today:%d/%m/%Y}"}
    address = reverse("pledges:pledge_paper", args=[person.pk])
    browser.post(address, paper)
    assert address in browser.get(listed).content.decode()
    refused = browser.post(address, {**paper, "items": "0"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["items"])  # fmt: skip
    browser.post(address, {**paper, "items": "2"})
    assert listed in browser.get(reverse("pledges:unit_pledges", args=place)).content.decode()  # fmt: skip

    item = PledgeItem.objects.get(position=1)
    check = reverse("pledges:item_check", args=[item.pk])
    assert list(browser.get(check).context["form"].fields) == ["on", "state"]
    browser.post(check, {"on": f"{today:%d/%m/%Y}", "state": "BEHIND"})
    results = reverse("pledges:pledge_results", args=[person.pk])
    assert results in browser.get(listed).content.decode()
    browser.post(results, {f"result-{item.pk}": "PARTLY"})
    item.refresh_from_db()
    assert (item.progress, item.result) == ("BEHIND", "PARTLY")

    own = browser_of(author_of(person))
    detail = reverse("pledges:pledge_detail", args=[person.pk])
    assert detail in own.get(reverse("pledges:pledge_own")).content.decode()
    page = own.get(detail).content.decode()
    assert "Nội dung 2" in page
    assert "tư tưởng chính trị" not in page  # no number is of a section
    assert reverse("pledge_print", args=[person.pk, "pdf"]) not in page
    own.post(reverse("pledges:item_report", args=[item.pk]), {"state": "DONE"})
    assert PledgeCheck.objects.get(is_own_report=True).note == ""
