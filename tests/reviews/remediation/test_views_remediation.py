"""The pages of remediation: what they offer, refuse, and show of two versions."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Event
from members.queries.people import openings_of
from reviews.models import (
    NamedPerson,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
)
from reviews.remediation import Act
from tests.clients import client_of
from tests.factories import (
    CampaignFactory,
    CampaignUnitFactory,
    ConcludedItemFactory,
    RemediationCheckFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
)
from tests.reviews.remediation_worlds import NOW, holder

pytestmark = pytest.mark.django_db
ITEM = {
    "shortcoming": "Còn nể nang",
    "measure": "Góp ý mỗi quý",
    "responsible": "Bản thân",
    "due_on": f"01/03/{timezone.localdate().year + 1}",
}


def url(name, *arguments):
    return reverse(f"reviews:remediation_{name}", args=arguments)


def page(client, address, status=200):
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == status
    return answer.content.decode()


def test_a_person_opens_a_plan_and_adds_what_they_name_themselves(place):
    client = client_of(place.person)

    answer = client.post(url("open"))
    plan = RemediationPlan.objects.get()
    assert answer["Location"] == url("detail", plan.pk)
    assert url("give", plan.pk) not in page(client, url("detail", plan.pk))
    add = url("item_add", plan.pk)
    assert "?from=own" in page(client, add)
    assert client.post(f"{add}?from=own", ITEM).status_code == 302
    assert client.post(f"{add}?from=r1", ITEM).status_code == 404
    late = ITEM | {"due_on": "01/01/2020"}
    assert client.post(f"{add}?from=own", late).status_code == 422
    shown = page(client, url("detail", plan.pk))
    assert "Còn nể nang" in shown
    assert url("give", plan.pk) in shown
    assert client.post(url("open"))["Location"] == url("detail", plan.pk)


def test_what_a_competent_body_concluded_needs_its_document(place):
    client = client_of(place.person)
    plan = place.plan()
    add = f"{url('item_add', plan.pk)}?from=concluded"

    assert client.post(add, ITEM).status_code == 422
    document = {"document": "12-TB/UBKT", "document_on": "05/09/2025"}
    assert client.post(add, ITEM | document).status_code == 302
    item = RemediationItem.objects.get(source="CONCLUDED")
    assert (item.document, item.document_on) == ("12-TB/UBKT", date(2025, 9, 5))


def test_of_two_devices_the_second_sees_both_versions(place):
    client = client_of(place.person)
    place.plan()
    item = RemediationItem.objects.get()
    edit = url("item_edit", item.pk)

    assert client.post(edit, ITEM | {"version": "1"}).status_code == 302
    answer = client.post(edit, ITEM | {"version": "1", "measure": "Khác"})
    assert answer.status_code == 409
    assert "Góp ý mỗi quý" in answer.content.decode()
    item.refresh_from_db()
    assert item.measure == "Góp ý mỗi quý"


def test_a_step_on_an_earlier_version_shows_the_items_as_they_are(place):
    client = client_of(place.person)
    plan = place.plan()
    RemediationPlan.objects.update(version=7)

    form = {"version": "1", "on": "01/11/2026"}
    answer = client.post(url("give", plan.pk), form)
    assert answer.status_code == 409
    assert "Còn chậm báo cáo" in answer.content.decode()
    plan.refresh_from_db()
    assert plan.state == "DRAFT"


def test_an_item_is_taken_out_by_a_button(place):
    client = client_of(place.person)
    plan = place.plan()
    item = RemediationItem.objects.get()

    assert client.get(url("item_remove", item.pk)).status_code == 405
    assert client.post(url("item_remove", item.pk)).status_code == 302
    assert not RemediationItem.objects.filter(plan=plan).exists()


def test_an_item_that_is_followed_is_not_taken_out(place):
    client = client_of(place.person)
    RemediationCheckFactory(item=RemediationItemFactory(plan=place.plan()))
    item = RemediationItem.objects.latest("pk")

    answer = client.post(url("item_remove", item.pk))
    assert answer.status_code == 422
    assert "followed already" in answer.content.decode()
    assert RemediationItem.objects.count() == 2


def test_whoever_reads_anothers_plan_is_named_to_the_person(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE, Act.SEND)
    for actor in (place.person, place.secretary, place.above):
        page(client_of(actor), url("detail", plan.pk))

    read = Event.objects.filter(action="remediation.read").order_by("pk")
    assert [each.account_id for each in read] == [
        place.secretary.account_id,
        place.above.account_id,
    ]
    assert all(each.post_id for each in read)
    named = openings_of(place.member)
    assert len(named) == 2
    assert all("plan of remediation" in each.post for each in named)


def test_a_committee_that_returned_a_plan_goes_on_at_its_list(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE, Act.SEND)
    client = client_of(place.above)
    plan.refresh_from_db()
    form = {"version": plan.version, "on": "23/11/2026", "text": "Nêu rõ thời hạn"}

    answer = client.post(url("return", plan.pk), form)
    assert answer["Location"] == url("unit", place.committee.pk)
    assert client.get(url("detail", plan.pk)).status_code == 404
    assert "Nêu rõ thời hạn" in page(client_of(place.person), url("detail", plan.pk))


def test_the_list_of_a_cell_has_what_is_behind_first(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE)
    RemediationItemFactory(plan=plan, shortcoming="Đã chậm", due_on=date(2026, 1, 1))
    client = client_of(place.secretary)

    shown = page(client, url("unit", place.cell.pk))

    followed = shown.index("Đã chậm")
    assert followed < shown.index("Còn chậm báo cáo")
    assert "Overdue" in shown or "Quá hạn" in shown


@pytest.fixture
def meeting_page(place):
    """Two items that are followed, and the form of the meeting about both."""
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE)
    RemediationItemFactory(plan=plan, shortcoming="Đã chậm", due_on=date(2026, 1, 1))
    items = list(RemediationItem.objects.order_by("due_on"))
    assert [each.shortcoming for each in items] == ["Đã chậm", "Còn chậm báo cáo"]
    form = {"on": "23/11/2026"} | {f"version_{each.pk}": "1" for each in items}
    return client_of(place.secretary), url("follow", place.cell.pk), form, items


def test_a_meeting_goes_through_the_items_on_one_page(meeting_page):
    client, address, form, (late, other) = meeting_page
    said = {f"state_{late.pk}": "DONE", f"note_{late.pk}": "Đủ báo cáo"}

    assert page(client, address).index("Đã chậm") > 0
    assert client.post(address, form | said).status_code == 302
    states = RemediationItem.objects.values_list("shortcoming", "state")
    assert dict(states) == {"Đã chậm": "DONE", "Còn chậm báo cáo": "OPEN"}
    assert RemediationCheck.objects.get().note == "Đủ báo cáo"
    assert client.post(address, form).status_code == 422
    assert other.version == 1


def test_of_a_page_of_items_all_or_none_is_recorded(meeting_page):
    client, address, form, (late, other) = meeting_page
    said = {f"state_{late.pk}": "DONE", f"state_{other.pk}": "REFERRED"}

    answer = client.post(address, form | said)
    assert answer.status_code == 422
    assert "Say to which body" in answer.content.decode()
    assert list(answer.context["form"].errors) == [f"note_{other.pk}"]
    assert not RemediationCheck.objects.exists()


def test_who_was_slower_at_a_page_of_items_sees_which_it_was(meeting_page):
    client, address, form, (late, other) = meeting_page
    RemediationItem.objects.filter(pk=other.pk).update(version=4)
    said = {f"state_{late.pk}": "DONE", f"state_{other.pk}": "ON_TRACK"}

    answer = client.post(address, form | said)
    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == [f"state_{other.pk}"]
    assert not RemediationCheck.objects.exists()
    again = form | said | {f"version_{other.pk}": "4"}
    assert client.post(address, again).status_code == 302


def test_above_the_committee_there_are_numbers_and_no_word(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE, Act.SEND)
    RemediationItemFactory(plan=plan, due_on=date(2026, 1, 1))
    top = client_of(holder(place.committee.parent))

    shown = page(top, url("unit", place.cell.pk))
    assert "Đỗ Thị Yến" not in shown
    assert "Còn chậm báo cáo" not in shown
    below = top.get(url("unit", place.committee.parent_id)).context["below"]
    assert [(each.unit, each.open, each.overdue) for each in below] == [
        (place.committee, 2, 1)
    ]


def test_no_plan_is_opened_where_only_results_are_entered(place):
    campaign = CampaignFactory(
        state="OPEN", opened_at=NOW, mode="RESULTS_ONLY", rule_set_resolved={}
    )
    CampaignUnitFactory(campaign=campaign, live_unit=place.cell)

    for actor, address in (
        (place.person, url("open")),
        (place.secretary, url("unit_open", place.cell.pk)),
    ):
        answer = client_of(actor).post(address)
        assert answer.status_code == 422
        assert "by hand" in answer.content.decode()
    assert not RemediationPlan.objects.exists()


def test_somebody_named_reads_that_shortcoming_alone_and_answers(place):
    plan = place.unit_plan()
    RemediationItemFactory(plan=plan, shortcoming="Việc khác của tập thể")
    item = RemediationItem.objects.get(source="CONCLUDED")
    form = {
        "version": item.version, "name": "Đỗ Thị Yến", "code": place.member.code,
        "post": "Bí thư", "from_on": "01/05/2021",
    }  # fmt: skip
    keeper = client_of(place.secretary)
    wrong = form | {"name": "Người Khác"}
    assert keeper.post(url("person_add", item.pk), wrong).status_code == 422
    assert keeper.post(url("person_add", item.pk), form).status_code == 302

    row = NamedPerson.objects.get()
    client = client_of(place.person)
    shown = page(client, url("answer", row.pk))
    assert "12-TB/UBKT" in shown
    assert "Việc khác" not in shown
    page(client, url("detail", plan.pk), status=404)
    assert client.post(url("answer", row.pk), {"text": ""}).status_code == 422
    assert client.post(url("answer", row.pk), {"text": "Đã rõ"}).status_code == 302
    assert client.post(url("answer", row.pk), {"text": "Thêm"}).status_code == 422
    assert "Đã rõ" in page(keeper, url("detail", plan.pk))


def test_a_repetition_is_marked_by_the_committee(place):
    accepted = RemediationPlanFactory(
        member=None, unit=place.cell, state="ACCEPTED", goes_to=place.committee
    )
    earlier = ConcludedItemFactory(plan=accepted, document_on=date(2025, 1, 5))
    plan = place.until(place.unit_plan(), Act.MINUTE, Act.SEND)
    item = RemediationItem.objects.get(plan=plan)
    client = client_of(place.above)

    assert url("repeat", item.pk) in page(client, url("detail", plan.pk))
    form = {"version": item.version, "earlier": earlier.pk}
    assert client.post(url("repeat", item.pk), form).status_code == 302
    item.refresh_from_db()
    assert item.repeats == earlier
    assert url("repeat", item.pk) not in page(client, url("detail", plan.pk))


def test_the_cell_types_from_paper_for_somebody_of_its_roll(place):
    client = client_of(place.secretary)
    form = {"person": place.member.pk, "signed_on": "01/11/2026"}

    answer = client.post(url("paper", place.cell.pk), form)
    plan = RemediationPlan.objects.get()
    assert answer["Location"] == url("detail", plan.pk)
    assert (plan.member, plan.signed_on) == (place.member, date(2026, 11, 1))
    assert url("item_add", plan.pk) in page(client, url("detail", plan.pk))
    assert url("item_add", plan.pk) not in page(
        client_of(place.person), url("detail", plan.pk)
    )
