"""The pages of proposals: recorded, sent, received, returned."""

import pytest
from django.urls import reverse

from campaigns.models import Participant
from reviews.models import Proposal, UnitFile
from tests.clients import client_of
from tests.reviews.level_pages import address
from tests.reviews.level_worlds import cell, committee, secretary, sent, someone

__all__ = ["cell", "committee", "secretary"]
pytestmark = pytest.mark.django_db


def test_the_cell_records_and_sends_and_reads_what_became_of_it(
    cell, secretary, committee
):
    person, exempt = someone(cell), someone(cell, status="EXEMPT")
    client, page = client_of(secretary), address("proposal_list", cell)
    form = client.get(page).context["form"]
    assert f"level_{exempt.pk}" not in form.fields

    typed = {"minutes": "BB 03", "minutes_on": "10/12/2024", "version": "0"}
    answer = client.post(page, typed | {f"level_{person.pk}": "GOOD"})
    assert answer.status_code == 302
    file = UnitFile.objects.get()
    send = address("proposal_send", cell)
    assert "BB 03" in client.get(send).content.decode()
    assert client.post(send, {"version": file.version}).status_code == 302
    assert client.get(page).context["form"] is None
    assert client.get(send).status_code == 404

    above = client_of(committee)
    listed = above.get(address("file_list", cell.parent))
    assert (listed.context["came"], listed.context["missing"]) == (1, 0)
    file.refresh_from_db()
    detail = reverse("reviews:file_detail", args=[file.pk])
    assert person.full_name in above.get(detail).content.decode()
    back = reverse("reviews:file_return", args=[file.pk])
    form = {"version": file.version, "reason": "Thiếu biên bản"}
    assert above.post(back, form | {"reason": ""}).status_code == 422
    assert above.post(back, form).status_code == 302
    assert "Thiếu biên bản" in client.get(page).content.decode()


def test_what_was_typed_stays_where_a_line_is_refused(cell, secretary):
    person = someone(cell)
    client, page = client_of(secretary), address("proposal_list", cell)
    typed = {"minutes": "BB 03", "minutes_on": "10/12/2024", "version": "0"}
    name = f"level_{person.pk}"

    answer = client.post(page, typed | {name: "NOT_COMPLETED"})
    assert answer.status_code == 422
    assert answer.context["form"][name].value() == "NOT_COMPLETED"
    assert answer.context["form"].errors[f"reason_{person.pk}"]


def test_of_two_windows_the_second_is_answered_with_409(cell, secretary):
    person = someone(cell)
    client, page = client_of(secretary), address("proposal_list", cell)
    typed = {"minutes": "BB 03", "minutes_on": "10/12/2024", "version": "0"}
    assert client.post(page, typed | {f"level_{person.pk}": "GOOD"}).status_code == 302

    answer = client.post(page, typed | {f"level_{person.pk}": "EXCELLENT"})
    assert answer.status_code == 409
    assert Proposal.objects.get().level == "GOOD"


def test_the_roll_is_in_its_order_whatever_is_proposed(cell, secretary):
    for name, level in (("An", "SATISFACTORY"), ("Bình", "EXCELLENT"), ("Chi", "GOOD")):
        someone(cell, full_name=name, sort_key=name, proposed_level=level)

    rows = client_of(secretary).get(address("proposal_list", cell)).context["rows"]
    assert [line.participant.full_name for line, _fields in rows] == [
        "An",
        "Bình",
        "Chi",
    ]
    assert rows[1][1][0].value() == "EXCELLENT"


@pytest.mark.parametrize("people", [1, 12])
def test_pages_ask_a_fixed_number_of_times(
    cell, secretary, committee, people, django_assert_max_num_queries
):
    lines = [(someone(cell), "GOOD") for _ in range(people)]
    file = sent(cell, secretary, *lines)
    pages = (
        (secretary, address("proposal_list", cell)),
        (committee, address("file_list", cell.parent)),
        (committee, reverse("reviews:file_detail", args=[file.pk])),
    )

    for actor, page in pages:
        client = client_of(actor)
        with django_assert_max_num_queries(20):
            client.get(page)


def test_the_committee_of_another_unit_reads_nothing(cell, secretary):
    file = sent(cell, secretary, (someone(cell), "GOOD"))

    client = client_of(secretary)
    assert client.get(reverse("reviews:file_detail", args=[file.pk])).status_code == 404
    assert client.get(address("file_list", cell.parent)).status_code == 404
    assert Participant.objects.get().level == ""
