"""What waits when a decision on units leaves one of its cells behind."""

from datetime import date, timedelta

import pytest

from members.models import Event, Membership, Transfer, UnitChange
from members.services import transfers
from members.services.units import UnitNotChangeable
from tests.factories import (
    NOON,
    MemberFactory,
    MembershipFactory,
    TransferFactory,
    UnitFactory,
)
from tests.members.decisions import DAY, decide
from tests.members.keepers import keeper_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

Act, State = UnitChange.Act, Transfer.State


@pytest.fixture
def cells():
    return {code: UnitFactory(code=code) for code in "1234"}


@pytest.fixture
def sent(cells):
    """Somebody on the way from cell 1 to cell 2."""
    member = MemberFactory(cell=cells["1"])
    return TransferFactory(member=member, source=cells["1"], target=cells["2"])


def merge(unit, into):
    return {"act": Act.MERGE, "unit": unit, "target": into}


def told(transfer):
    transfer.refresh_from_db()
    return (
        transfer.state,
        transfer.source.code,
        transfer.target.code,
        transfer.refusal,
        transfer.settled_on,
    )


def acts():
    rows = Event.objects.filter(action__startswith="transfers.").order_by("pk")
    return list(rows.values_list("action", "unit__code"))


def test_the_successor_of_a_merged_cell_receives_what_waited_for_it(cells, sent):
    decide(merge(cells["2"], cells["3"]), merge(cells["3"], cells["4"]))

    assert told(sent) == (State.SENT, "1", "4", "", None)
    assert acts() == [("transfers.followed", "4")]
    transfers.receive_transfer(
        transfer=sent,
        on=date(2024, 12, 9),
        actor=keeper_of(cells["4"]),
        now=NOON + timedelta(days=8),
    )
    official = Membership.objects.current().official().get(member=sent.member)
    assert official.unit == cells["4"]


def test_what_a_merged_cell_has_sent_is_the_successors_to_take_back(cells, sent):
    decide(merge(cells["1"], cells["3"]))

    assert told(sent) == (State.SENT, "3", "2", "", None)
    mine = Transfer.objects.editable_by(keeper_of(cells["3"]))
    assert list(mine) == [sent]


def test_whom_a_division_takes_along_leaves_from_the_new_cell(cells, sent):
    parts = [sent.member]
    decide(
        {"act": Act.DIVIDE, "unit": cells["1"], "target": cells["3"], "parts": parts}
    )

    assert told(sent) == (State.SENT, "3", "2", "", None)


def test_nothing_waits_any_more_where_both_cells_became_one(cells, sent):
    decide(merge(cells["1"], cells["2"]))

    assert told(sent) == (State.TAKEN_BACK, "2", "2", "", DAY)
    assert acts() == [("transfers.taken_back", "2")]


def test_what_waits_for_a_cell_that_is_closed_goes_back_with_the_reason(cells, sent):
    decision = decide({"act": Act.CLOSE, "unit": cells["2"]})

    refusal = f"Chi bộ 2 was closed by decision {decision.number}."
    assert told(sent) == (State.RETURNED, "1", "2", refusal, DAY)
    assert acts() == [("transfers.returned", "1")]


def test_what_concerns_other_cells_waits_on(cells, sent):
    decide(merge(cells["3"], cells["4"]))

    assert told(sent) == (State.SENT, "1", "2", "", None)
    assert acts() == []


def test_a_cell_with_members_becomes_nothing_that_holds_none(cells, sent):
    with pytest.raises(UnitNotChangeable) as caught:
        decide(
            {
                "act": Act.RENAME,
                "unit": cells["1"],
                "kind": "GRASSROOTS_COMMITTEE",
            }
        )

    assert str(caught.value) == (
        "Chi bộ 1 still has members: transfer them before it becomes no cell."
    )
    cells["1"].refresh_from_db()
    assert cells["1"].kind == "CELL"


def test_a_cell_without_members_may_become_a_committee(cells):
    decide({"act": Act.RENAME, "unit": cells["2"], "kind": "GRASSROOTS_COMMITTEE"})

    cells["2"].refresh_from_db()
    assert cells["2"].kind == "GRASSROOTS_COMMITTEE"


def test_a_temporary_one_is_not_received_where_a_merger_brought_the_person(cells):
    """Nobody has two of one kind in one cell, and none beside the official one there."""
    member = MemberFactory(cell=cells["1"])
    sent = TransferFactory(
        member=member, source=cells["1"], target=cells["2"], kind="TEMPORARY"
    )
    MembershipFactory(member=member, unit=cells["3"], kind="TEMPORARY")
    decide(merge(cells["2"], cells["3"]))
    assert told(sent)[:3] == (State.SENT, "1", "3")

    with pytest.raises(
        transfers.TransferNotPossible, match="is on the roll of Chi bộ 3"
    ):
        transfers.receive_transfer(
            transfer=sent,
            on=date(2024, 12, 9),
            actor=keeper_of(cells["3"]),
            now=NOON + timedelta(days=8),
        )

    assert Membership.objects.beside().filter(member=member).count() == 1


def test_what_is_temporary_keeps_its_planned_end_and_comes_once(cells):
    planned = date(2025, 6, 30)
    guest, both = MemberFactory(cell=cells["1"]), MemberFactory(cell=cells["1"])
    for member, codes in ((guest, "2"), (both, "23")):
        for code in codes:
            MembershipFactory(
                member=member,
                unit=cells[code],
                kind="TEMPORARY",
                planned_until=planned,
            )

    decide(merge(cells["2"], cells["3"]))

    beside = Membership.objects.beside().order_by("member")
    assert list(beside.values_list("member", "unit__code", "planned_until")) == [
        (guest.pk, "3", planned),
        (both.pk, "3", planned),
    ]
