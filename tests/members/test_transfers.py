"""Two sides of a transfer: who sends, who receives, and what waits between."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from members.models import Event, Membership, Post, Transfer
from members.policy import Role
from members.queries import actor_for
from members.services import transfers
from members.services.memberships import MemberNotMovable, end_membership
from tests.factories import (
    NOON,
    OPENED,
    AccountFactory,
    GrassrootsFactory,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    UnitFactory,
)
from tests.members.keepers import keeper_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DAY = date(2024, 12, 2)
FORMAL, TEMPORARY = Transfer.Kind.FORMAL, Transfer.Kind.TEMPORARY


@pytest.fixture
def cells():
    return {code: UnitFactory(code=code) for code in "12"}


@pytest.fixture
def member(cells):
    return MemberFactory(cell=cells["1"])


def send(member, target, *, kind=FORMAL, **papers):
    papers.setdefault("comment", "Gương mẫu.")
    papers.setdefault("leaves_on", DAY)
    return transfers.send_transfer(
        member=member,
        target=target,
        kind=kind,
        document="Giấy giới thiệu số 5",
        actor=keeper_of(target),
        now=NOON,
        **papers,
    )


def receive(transfer, *, on=DAY):
    transfers.receive_transfer(
        transfer=transfer,
        on=on,
        actor=keeper_of(transfer.target),
        now=max(NOON, NOON + (on - NOON.date())),
    )


def memberships(member):
    rows = Membership.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("unit__code", "kind", "from_on", "until_on", "ending"))


def test_who_is_sent_belongs_to_the_old_cell_until_the_new_one_receives(cells, member):
    sent = send(member, cells["2"])

    assert memberships(member) == [("1", "OFFICIAL", OPENED, None, "")]
    assert (sent.state, sent.source.code, sent.due_on) == (
        "SENT",
        "1",
        date(2025, 2, 24),
    )
    receive(sent, on=date(2024, 12, 10))

    assert memberships(member) == [
        ("1", "OFFICIAL", OPENED, date(2024, 12, 10), "TRANSFERRED"),
        ("2", "OFFICIAL", date(2024, 12, 10), None, ""),
    ]
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "transfers.sent",
        "transfers.received",
    ]


def test_who_belongs_elsewhere_sits_in_the_committee_of_the_old_cell_no_more(
    cells, member
):
    """Else a secretary who has moved away would go on reading the texts of the cell."""
    here = PostFactory(unit=cells["1"], role=Role.SECRETARY, member=member)
    delegated = PostFactory(
        unit=cells["1"],
        role=Role.SECRETARY,
        member=MemberFactory(cell=cells["1"]),
        delegated_by=here,
        ends_on=date(2025, 12, 31),
    )
    above = PostFactory(
        unit=GrassrootsFactory(), role=Role.COMMITTEE_MEMBER, member=member
    )
    outside = PostFactory(
        unit=cells["1"], role=Role.OUTSIDE, member=member, title="Chủ tịch",
        organisation="Ủy ban nhân dân xã",
    )  # fmt: skip
    sent = send(member, cells["2"])
    assert not Post.objects.exclude(ended_at=None).exists()

    receive(sent)

    assert {above, outside} <= set(Post.objects.filter(ended_at=None))
    assert set(Post.objects.exclude(ended_at=None)) == {here, delegated}
    here.refresh_from_db()
    assert here.ended_by_document == "Giấy giới thiệu số 5"


def test_who_is_elsewhere_for_a_time_stays_in_the_committee(cells, member):
    here = PostFactory(unit=cells["1"], role=Role.SECRETARY, member=member)

    receive(send(member, cells["2"], kind=TEMPORARY, comment=""))

    here.refresh_from_db()
    assert here.ended_at is None


def test_a_temporary_transfer_adds_a_membership_and_ends_none(cells, member):
    receive(send(member, cells["2"], kind=TEMPORARY, comment=""))

    assert memberships(member) == [
        ("1", "OFFICIAL", OPENED, None, ""),
        ("2", "TEMPORARY", DAY, None, ""),
    ]


@pytest.mark.parametrize("settle", ["return", "take back"])
def test_what_is_returned_or_taken_back_leaves_everything_as_it_was(
    cells, member, settle
):
    sent = send(member, cells["2"])
    actor = keeper_of(cells["1"])
    if settle == "return":
        transfers.return_transfer(
            transfer=sent, on=DAY, reason="Nhầm chi bộ", actor=actor, now=NOON
        )
    else:
        transfers.take_back_transfer(transfer=sent, on=DAY, actor=actor, now=NOON)

    assert memberships(member) == [("1", "OFFICIAL", OPENED, None, "")]
    sent.refresh_from_db()
    assert (sent.state, sent.refusal, sent.settled_on) == (
        ("RETURNED", "Nhầm chi bộ", DAY)
        if settle == "return"
        else ("TAKEN_BACK", "", DAY)
    )
    with pytest.raises(transfers.TransferNotPossible, match="does not wait any more"):
        receive(sent)
    send(member, cells["2"])  # and it may be sent again


def test_a_transfer_to_a_unit_that_is_not_kept_here_ends_the_membership(cells, member):
    sent = transfers.send_outside(
        member=member,
        outside="Chi bộ thôn 9, tỉnh khác",
        leaves_on=DAY,
        document="Giấy giới thiệu số 5",
        comment_document="12-NX, 01/12/2024",
        actor=keeper_of(cells["1"]),
        now=NOON + timedelta(days=1),
    )

    assert memberships(member) == [("1", "OFFICIAL", OPENED, DAY, "TRANSFERRED")]
    assert (sent.state, sent.target, sent.outside) == (
        "RECEIVED",
        None,
        "Chi bộ thôn 9, tỉnh khác",
    )


@pytest.mark.parametrize("kind", [TEMPORARY, Transfer.Kind.RESIDENCE_CONTACT])
def test_nobody_is_in_one_cell_twice(cells, member, kind):
    receive(send(member, cells["2"], kind=kind))

    with pytest.raises(transfers.TransferNotPossible, match="on the roll of Chi bộ 2"):
        send(member, cells["2"], kind=kind)
    receive(send(member, cells["2"]), on=date(2024, 12, 10))

    day = date(2024, 12, 10)
    assert memberships(member)[1:] == [
        ("2", kind, DAY, day, "OVER"),
        ("2", "OFFICIAL", day, None, ""),
    ]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("own cell", "Nguyễn Văn An is on the roll of Chi bộ 1 already."),
        ("committee", "Only cells hold members; Đảng bộ G is none."),
        ("closed", "Chi bộ closed was closed on 01/01/2023."),
        ("second", "A transfer of Nguyễn Văn An waits to be received already."),
        ("no comment", "Who belonged to the cell for six months or more"),
        ("on no roll", "Nguyễn Văn An is on no roll."),
    ],
)
def test_a_transfer_that_cannot_be_sent_is_refused(cells, member, change, refusal):
    targets = {
        "own cell": cells["1"],
        "committee": GrassrootsFactory(code="G"),
        "closed": UnitFactory(code="closed", closed_on=date(2023, 1, 1)),
    }
    if change == "second":
        send(member, cells["2"])
    if change == "on no roll":
        Membership.objects.all().delete()
    before = Transfer.objects.count()

    with pytest.raises((transfers.TransferNotPossible, MemberNotMovable)) as caught:
        send(
            member,
            targets.get(change, cells["2"]),
            comment="" if change == "no comment" else "Tốt.",
        )

    assert str(caught.value).startswith(refusal)
    assert Transfer.objects.count() == before


@pytest.mark.parametrize(
    ("from_on", "leaves_on", "is_needed"),
    [
        (None, date(2024, 6, 30), False),
        (None, date(2024, 7, 1), True),
        (date(2010, 1, 1), date(2024, 7, 1), True),
        (date(2024, 3, 15), date(2024, 9, 14), False),
        (date(2024, 3, 15), date(2024, 9, 15), True),
    ],
)
def test_a_stay_of_six_months_of_the_year_needs_the_cells_comment(
    cells, from_on, leaves_on, is_needed
):
    stay = MembershipFactory(unit=cells["1"], from_on=from_on)

    assert transfers.needs_comment(stay, leaves_on=leaves_on) == is_needed


def test_a_comment_on_paper_is_a_comment(cells, member):
    sent = send(member, cells["2"], comment="", comment_document="12-NX, 01/12/2024")

    assert (sent.comment, sent.comment_document) == ("", "12-NX, 01/12/2024")


def test_nobody_is_received_before_the_day_from_which_they_were_sent(cells, member):
    sent = send(member, cells["2"])

    with pytest.raises(transfers.TransferNotPossible) as caught:
        receive(sent, on=date(2024, 12, 1))

    assert str(caught.value) == (
        "The day lies before the day from which the old cell sent (02/12/2024)."
    )


@pytest.mark.parametrize(
    ("today", "is_late"), [(date(2025, 2, 24), False), (date(2025, 2, 25), True)]
)
def test_what_waits_longer_than_the_rule_allows_is_late(cells, member, today, is_late):
    sent = send(member, cells["2"])

    assert sent.is_late(today) == is_late == Transfer.objects.late(today).exists()
    receive(sent)
    assert not Transfer.objects.late(date(2030, 1, 1)).exists()


def test_who_dies_is_on_no_way_any_more(cells, member):
    sent = send(member, cells["2"])

    end_membership(
        member=member,
        on=DAY,
        ending="DIED",
        actor=keeper_of(cells["1"]),
        now=NOON + timedelta(days=1),
    )

    sent.refresh_from_db()
    assert (sent.state, sent.settled_on) == ("TAKEN_BACK", DAY)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"outside": "ngoài"}, "transfer_to_a_unit_here_or_outside"),
        ({"target": None}, "transfer_to_a_unit_here_or_outside"),
        ({"state": "RECEIVED"}, "transfer_settled_at_a_moment"),
        ({"state": "RETURNED", "settled_at": NOON}, "transfer_returned_for_a_reason"),
    ],
)
def test_the_database_refuses_what_can_never_be_true(
    cells, member, columns, constraint
):
    sent = send(member, cells["2"])

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Transfer.objects.filter(pk=sent.pk).update(**columns)


def test_nobody_is_received_on_a_day_to_come(cells, member):
    sent = send(member, cells["2"])

    with pytest.raises(transfers.TransferNotPossible) as refused:
        transfers.receive_transfer(
            transfer=sent, on=DAY, actor=keeper_of(cells["2"]), now=NOON
        )

    assert str(refused.value) == "This day has not come yet."
    assert refused.value.column == "on"
    assert Membership.objects.get().until_on is None


@pytest.mark.parametrize("outside", [False, True])
def test_a_secretary_does_not_send_herself_away(cells, member, outside):
    own = actor_for(
        PostFactory(
            unit=cells["1"], role=Role.SECRETARY, account=AccountFactory(member=member)
        ).account
    )
    papers = {
        "member": member,
        "leaves_on": NOON.date(),
        "document": "Giấy giới thiệu số 5",
        "comment": "Gương mẫu.",
        "actor": own,
        "now": NOON,
    }

    send_away = (
        partial(transfers.send_outside, outside="Chi bộ khác")
        if outside
        else partial(transfers.send_transfer, target=cells["2"], kind=FORMAL)
    )
    with pytest.raises(MemberNotMovable, match="the deputy of the cell"):
        send_away(**papers)

    assert not Transfer.objects.exists()
    assert transfers.send_transfer(
        target=cells["2"], kind=FORMAL, **papers | {"actor": keeper_of(cells["1"])}
    )
