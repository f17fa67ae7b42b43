"""Who answers for an item of a programme: named by two facts, offered for the pledge."""

import pytest
from django.urls import reverse

from campaigns.models import ProgrammeItem
from campaigns.queries.pledges import suggestions_for
from tests.campaigns.work_worlds import browser_of, cell_at_work, typed_in
from tests.factories import (
    AccountFactory,
    CampaignUnitFactory,
    MembershipFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)

pytestmark = pytest.mark.django_db

ANSWERS = "Người chịu trách nhiệm"


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def programme(world):
    return ProgrammeFactory(unit=world.cell)


def typed(**more):
    return {
        "kind": "TASK",
        "text": "Công khai",
        "measure": "TEXT",
        "goal": "4 quý",
    } | more


def add(world, programme, **more):
    url = reverse("work:item_add", args=[programme.pk])
    return sent(browser_of(world.secretary), url, **typed(**more))


def sent(client, url, **changed):
    return client.post(url, typed_in(client.get(url)) | changed)


def test_who_answers_is_found_by_code_and_name_together(world, programme):
    member = world.people[0].member
    for half in (
        {"responsible_code": member.code},
        {"responsible_name": member.full_name},
        {"responsible_code": member.code, "responsible_name": "Ai Khác"},
    ):
        answer = add(world, programme, **half)
        assert "responsible_code" in answer.context["form"].errors
    assert not ProgrammeItem.objects.exists()

    add(
        world, programme,
        responsible_code=member.code.lower(), responsible_name=member.full_name,
    )  # fmt: skip
    assert ProgrammeItem.objects.get().responsible == member


@pytest.mark.parametrize("day", ["01/01/1950", "31/10/2023", "01/07/2025"])
def test_an_item_is_due_on_a_day_of_the_campaign(world, programme, day):
    refused = add(world, programme, due_on=day)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["due_on"]
    assert add(world, programme, due_on="01/11/2023").status_code == 302


def test_the_form_shows_who_answers_and_takes_the_name_away(world, programme):
    member = world.people[0].member
    item = ProgrammeItemFactory(programme=programme, responsible=member)
    url = reverse("work:item_edit", args=[item.pk])
    secretary = browser_of(world.secretary)

    form = secretary.get(url).context["form"]
    shown = (
        form.fields["responsible_code"].initial,
        form.fields["responsible_name"].initial,
    )
    sent(secretary, url, responsible_code="", responsible_name="", **typed())

    item.refresh_from_db()
    assert shown == (member.code, member.full_name)
    assert (item.responsible, item.text) == (None, "Công khai")


def test_the_name_is_read_on_the_page_by_whoever_reads_the_roll(world, programme):
    person, fellow, _third = world.people
    MembershipFactory(member=person.member, unit=world.cell.live_unit)
    ProgrammeItemFactory(programme=programme, responsible=person.member)
    readers = (world.secretary, world.member, AccountFactory(member=fellow.member))

    pages = [
        browser_of(each).get(world.url("programme")).content.decode()
        for each in readers
    ]

    assert [ANSWERS in page for page in pages] == [True, True, False]
    assert [person.full_name in page.split("<main")[1] for page in pages] == [
        True, False, False,
    ]  # fmt: skip
    assert "chính đồng chí" in pages[1]


def test_what_the_author_answers_for_is_offered_first_wherever_it_stands(world):
    person = world.people[0]
    own = ProgrammeFactory(unit=world.cell, state="ADOPTED", adopted_on="2024-03-05")
    elsewhere = ProgrammeFactory(
        unit=CampaignUnitFactory(campaign=world.campaign, parent=world.committee),
        state="ADOPTED",
        adopted_on="2024-03-05",
    )
    draft = ProgrammeFactory(unit=world.committee)
    ProgrammeItemFactory(programme=own, text="Của cả chi bộ")
    ProgrammeItemFactory(programme=elsewhere, text="Của người khác")
    for programme in (elsewhere, draft):
        ProgrammeItemFactory(
            programme=programme, text="Của riêng", responsible=person.member
        )

    offered = suggestions_for(person, world.cell, actor=world.actor(world.member))

    assert [(each.text, each.note) for each in offered["programme"]] == [
        ("Của riêng", "đồng chí chịu trách nhiệm"),
        ("Của cả chi bộ", ""),
    ]
