"""A transfer as both cells and the clerk above them meet it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Event, Membership, Transfer
from members.policy import Role
from tests.clients import english_client, waits_for
from tests.factories import (
    GrassrootsFactory,
    MemberFactory,
    PostFactory,
    TransferFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("members:transfer_list")


@pytest.fixture
def cells():
    return {
        code: UnitFactory(
            code=code,
            name=f"Chi bộ thôn {code}",
            parent=GrassrootsFactory(name=f"Đảng bộ xã {code}"),
        )
        for code in "12"
    }


@pytest.fixture
def member(cells):
    return MemberFactory(full_name="Lê Chi", cell=cells["1"])


def secretary_of(cell) -> Client:
    client = english_client()
    client.force_login(PostFactory(unit=cell, role=Role.SECRETARY).account)
    return client


def send_url(member, cell=None) -> str:
    url = reverse("member_send", args=[member.pk])
    return f"{url}?to={cell.pk}" if cell else url


def act(name, transfer) -> str:
    return reverse(f"transfer_{name}", args=[transfer.pk])


PAPERS = {
    "kind": "FORMAL",
    "leaves_on": "2024-12-02",
    "document": "Giấy giới thiệu số 5",
    "comment": "Gương mẫu.",
    "comment_document": "",
}


def test_a_transfer_goes_both_ways(cells, member):
    old, new = secretary_of(cells["1"]), secretary_of(cells["2"])

    old.post(send_url(member, cells["2"]), PAPERS)
    transfer = Transfer.objects.get()
    assert [row.name for row in new.get(LIST).context["to_receive"]] == ["Lê Chi"]
    detail = new.get(reverse("members:transfer_detail", args=[transfer.pk])).text
    assert "Gương mẫu." in detail
    assert act("receive", transfer) in detail
    back = new.post(act("return", transfer), {"reason": "Sai ngày"}, follow=True)
    assert "Lê Chi is returned" in back.text
    assert (
        "Sai ngày"
        in old.get(reverse("members:transfer_detail", args=[transfer.pk])).text
    )
    old.post(send_url(member, cells["2"]), PAPERS)
    again = Transfer.objects.latest("pk")
    done = new.post(act("receive", again), {"on": "2024-12-10"}, follow=True)
    assert "Lê Chi is received." in done.text

    official = Membership.objects.current().get()
    assert (official.unit, official.from_on) == (cells["2"], date(2024, 12, 10))
    assert old.get(send_url(member)).status_code == 404
    assert new.get(send_url(member)).status_code == 200


def test_who_reads_the_comment_of_a_cell_has_opened_the_record(cells, member):
    old, new = secretary_of(cells["1"]), secretary_of(cells["2"])
    old.post(send_url(member, cells["2"]), PAPERS)
    url = reverse("members:transfer_detail", args=[Transfer.objects.get().pk])

    for reader in (old, new):
        reader.get(url)

    read = Event.objects.filter(action="members.opened", member=member).order_by("pk")
    assert list(read.values_list("unit__code", "post__unit__code")) == [
        ("1", "1"),
        ("2", "2"),
    ]


def test_the_new_cell_is_found_by_words_without_accents(cells, member):
    UnitFactory(name="Chi bộ thôn 2", closed_on=date(2023, 1, 1))
    GrassrootsFactory(name="Đảng bộ thôn 2")
    old = secretary_of(cells["1"])

    found = old.get(send_url(member), {"q": "xa 2 thon"})
    nothing = old.get(send_url(member), {"q": "xyz"})

    assert [pk for pk, *_ in found.context["choices"]] == [cells["2"].pk]
    assert f"?to={cells['2'].pk}" in found.text
    assert nothing.context["choices"] == []
    assert old.get(send_url(member)).context["choices"] == []


def test_the_cell_of_the_person_is_not_offered(cells, member):
    found = secretary_of(cells["1"]).get(send_url(member), {"q": "chi bo thon"})

    assert [pk for pk, *_ in found.context["choices"]] == [cells["2"].pk]


def test_the_likelier_cells_come_first_and_it_is_said_that_there_are_more(
    cells, member
):
    above = GrassrootsFactory(name="Đảng bộ thị trấn Phan Đô")
    for name in (
        "Chi bộ Tổng Đài Phong Dân",
        "Chi bộ phổ thông",
        "Chi bộ tổ dân phố 2",
    ):
        UnitFactory(name=name, parent=above)
    many = [UnitFactory(name=f"Chi bộ tổ dân phố {at}") for at in range(3, 26)]
    old = secretary_of(cells["1"])

    few = old.get(send_url(member), {"q": "to dan pho 2"})
    first = old.get(send_url(member), {"q": "to dan pho"})

    assert few.context["choices"][0][1] == "Chi bộ tổ dân phố 2"
    assert {name for _pk, name, _note in first.context["choices"]} <= {
        "Chi bộ tổ dân phố 2",
        *(unit.name for unit in many),
    }
    assert (len(first.context["choices"]), first.context["is_cut"]) == (20, True)
    assert (few.context["is_cut"], "Type more" in first.text) == (False, True)


@pytest.mark.parametrize("to", ["", "0", "x", "999999999", "²"])
def test_an_unknown_cell_leads_back_to_the_search(cells, member, to):
    response = secretary_of(cells["1"]).get(send_url(member), {"to": to})

    assert "choices" in response.context


def test_what_cannot_be_sent_is_refused_and_nothing_typed_is_lost(cells, member):
    old = secretary_of(cells["1"])

    response = old.post(
        send_url(member, cells["2"]), {**PAPERS, "comment": "", "document": "Số 7"}
    )

    assert response.status_code == 422
    assert "takes its comment along" in response.text
    assert 'value="Số 7"' in response.text
    assert list(response.context["form"].errors) == ["comment"]
    assert not Transfer.objects.exists()


def test_the_old_cell_sees_what_was_sent_back_until_it_sends_anew(cells, member):
    old, new = secretary_of(cells["1"]), secretary_of(cells["2"])
    old.post(send_url(member, cells["2"]), PAPERS)
    back = reverse("transfer_return", args=[Transfer.objects.get().pk])
    new.post(back, {"reason": "Giấy ghi sai"})

    shown = old.get(LIST).context["returned"]
    assert [each.name for each in shown] == [member.full_name]
    assert new.get(LIST).context["returned"] == []
    assert waits_for(old)["members.transfers_returned"] == 1
    assert "members.transfers_returned" not in waits_for(new)

    Transfer.objects.update(settled_on=date(2024, 1, 1))
    assert old.get(LIST).context["returned"] == []
    Transfer.objects.update(settled_on=timezone.localdate())
    old.post(send_url(member, cells["2"]), PAPERS)
    assert Transfer.objects.count() == 2
    assert "members.transfers_returned" not in waits_for(old)
    assert old.get(LIST).context["returned"] == []


def test_who_goes_outside_is_off_the_roll(cells, member):
    old = secretary_of(cells["1"])

    response = old.post(
        reverse("member_send_outside", args=[member.pk]),
        {**PAPERS, "outside": "Chi bộ thôn 9, tỉnh khác"},
    )

    assert response["Location"] == reverse("members:member_list")
    assert not Membership.objects.current().exists()
    assert Transfer.objects.get().outside == "Chi bộ thôn 9, tỉnh khác"


def test_the_sender_takes_back_what_waits_and_nothing_else(cells, member):
    transfer = TransferFactory(member=member, source=cells["1"], target=cells["2"])
    old, new = secretary_of(cells["1"]), secretary_of(cells["2"])

    assert new.post(act("take_back", transfer)).status_code == 404
    old.post(act("take_back", transfer))
    again = old.post(act("take_back", transfer), follow=True)

    transfer.refresh_from_db()
    assert transfer.state == "TAKEN_BACK"
    assert "This transfer does not wait any more: Taken back." in again.text


def test_who_loses_a_race_reads_that_it_waits_no_more(cells, member, monkeypatch):
    transfer = TransferFactory(member=member, source=cells["1"], target=cells["2"])
    old, new = secretary_of(cells["1"]), secretary_of(cells["2"])
    from campaigns.views import transfers as pages  # the row is found, then goes

    found = pages._waiting

    def overtaken(rows, transfer_id):
        row = found(rows, transfer_id)
        Transfer.objects.update(
            state="RETURNED", refusal="x", settled_at="2024-12-03T00:00Z"
        )
        return row

    monkeypatch.setattr(pages, "_waiting", overtaken)
    received = new.post(act("receive", transfer), {"on": "2024-12-10"})
    Transfer.objects.update(state="SENT", refusal="", settled_at=None)
    taken = old.post(act("take_back", transfer), follow=True)

    sentence = "This transfer does not wait any more: Returned."
    assert received.status_code == 422
    assert sentence in received.text
    assert sentence in taken.text


def test_what_hangs_is_told_to_the_clerk_above(cells, member):
    TransferFactory(
        member=member,
        source=cells["1"],
        target=cells["2"],
        due_on=date(2024, 1, 1),
        leaves_on=date(2023, 10, 1),
    )
    client = english_client()
    client.force_login(PostFactory(unit=cells["1"].parent).account)

    hanging = client.get(LIST)

    assert waits_for(client)["members.transfers_hanging"] == 1
    assert [row.is_late for row in hanging.context["others"]] == [True]
    assert "Waits longer than the rule allows" in hanging.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    cells, django_assert_num_queries, count
):
    new = secretary_of(cells["2"])
    for _ in range(count):
        TransferFactory(target=cells["2"])

    # Session, account, its first use (two), posts; three lists; title of the post.
    with django_assert_num_queries(9):
        response = new.get(LIST)

    assert len(response.context["to_receive"]) == count
