"""A programme whose words stay on paper: its items are numbers, checked and rated."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Campaign, ProgrammeCheck, ProgrammeItem
from campaigns.queries.pledges.suggesting import suggestions_for
from campaigns.services import programmes
from campaigns.services.work import NotRecordable
from tests.campaigns.work_worlds import cell_at_work
from tests.clients import client_of
from tests.factories import ProgrammeFactory, ProgrammeItemFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 5)


@pytest.fixture
def world():
    return cell_at_work(mode="RESULTS_ONLY")


@pytest.fixture
def programme(world):
    return ProgrammeFactory(unit=world.cell)


def adopt(world, programme, count):
    programme.refresh_from_db()
    programmes.adopt(
        programme=programme, version=programme.version, adopted_on=DAY,
        document="NQ 1", items_on_paper=count, **world.by_secretary,
    )  # fmt: skip
    programme.refresh_from_db()


def amend(world, programme):
    programmes.amend(
        programme=programme, version=programme.version, **world.by_secretary
    )


def numbers(programme):
    items = ProgrammeItem.objects.filter(programme=programme)
    return [(item.position, item.text) for item in items]


def check(world, programme, found, on=DAY):
    programmes.check(
        programme=programme, on=on, meeting=None, found=found, **world.by_secretary
    )


def test_items_are_numbered_at_the_adoption_and_checked_by_number(world, programme):
    adopt(world, programme, 3)
    assert numbers(programme) == [
        (1, "Nội dung 1"), (2, "Nội dung 2"), (3, "Nội dung 3"),
    ]  # fmt: skip
    second = ProgrammeItem.objects.get(position=2)
    check(world, programme, {second.pk: ("BEHIND", "")})

    found = ProgrammeCheck.objects.order_by("item__position")
    assert [each.state for each in found] == ["ON_TRACK", "BEHIND", "ON_TRACK"]
    with pytest.raises(NotRecordable, match="nằm trên bản giấy"):
        programmes.hold_for_items(second)


def test_another_number_keeps_what_was_found(world, programme):
    adopt(world, programme, 3)
    amend(world, programme)
    adopt(world, programme, 2)
    assert len(numbers(programme)) == 2
    kept = ProgrammeItem.objects.get(position=1)
    check(world, programme, {})
    amend(world, programme)

    with pytest.raises(NotRecordable) as refusal:
        adopt(world, programme, 1)
    assert refusal.value.column == "items_on_paper"
    with pytest.raises(NotRecordable):
        adopt(world, programme, None)
    adopt(world, programme, 4)

    assert [position for position, _text in numbers(programme)] == [1, 2, 3, 4]
    assert ProgrammeItem.objects.get(position=1) == kept
    assert ProgrammeCheck.objects.filter(item=kept).exists()


def test_items_that_are_typed_stand_beside_the_numbers(world, programme):
    ProgrammeItemFactory(programme=programme, text="Lập danh sách")

    adopt(world, programme, None)
    assert numbers(programme) == [(1, "Lập danh sách")]
    amend(world, programme)
    adopt(world, programme, 1)

    assert sorted(numbers(programme)) == [(1, "Lập danh sách"), (1, "Nội dung 1")]


def test_without_an_item_and_a_number_nothing_is_adopted(world, programme):
    with pytest.raises(NotRecordable):
        adopt(world, programme, 0)


def test_a_number_is_nothing_to_take_over_into_a_pledge(world, programme):
    Campaign.objects.update(mode="FULL_TEXT")
    adopt(world, programme, 1)
    person = world.people[0]

    def offered():
        found = suggestions_for(person, world.cell, actor=world.actor(world.member))
        return [each.text for each in found["programme"]]

    assert offered() == []
    ProgrammeItem.objects.update(is_on_paper=False)
    assert offered() == ["Nội dung 1"]


def test_its_pages_ask_for_states_alone(world, programme):
    adopt(world, programme, 2)
    browser = client_of(world.actor())
    first, second = ProgrammeItem.objects.order_by("position")
    page = {
        name: reverse(f"work:programme_{name}", args=[programme.pk])
        for name in ("named", "check", "result", "send")
    }
    asked = browser.get(page["check"]).context["form"].fields
    assert [name for name in asked if name.startswith("note")] == []
    typed = {
        "on": "06/03/2024", f"state_{first.pk}": "BEHIND",
        f"state_{second.pk}": "ON_TRACK",
    }  # fmt: skip
    assert browser.post(page["check"], typed).status_code == 302
    asked = browser.get(page["result"]).context["form"].fields
    assert list(asked) == ["version", f"result_{first.pk}", f"result_{second.pk}"]
    programme.refresh_from_db()
    typed = {
        "version": programme.version, f"result_{first.pk}": "PARTLY",
        f"result_{second.pk}": "DONE",
    }  # fmt: skip
    assert browser.post(page["result"], typed).status_code == 302

    first.refresh_from_db()
    programme.refresh_from_db()
    assert (first.result, programme.state) == ("PARTLY", "REPORTED")
    shown = browser.get(page["named"]).content.decode()
    assert "Nội dung 2" in shown
    assert "theo bản giấy" not in shown
    typed = {"version": programme.version, "discussed_on": "07/03/2024", "minutes": "5"}
    assert browser.post(page["send"], typed).status_code == 302
