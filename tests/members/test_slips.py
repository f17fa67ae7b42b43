import re
from datetime import date, timedelta

import pytest

from members.models import Account, Event, Slip
from members.policy import Role
from members.queries import actor_for, slip_candidates, slip_rows
from members.services import log_ins, posts, slips
from members.services.slips import PrintedSlip, SlipNotPrinted, SlipRefused
from tests.factories import (
    NOON,
    PASSWORD,
    AccountFactory,
    AccountSessionFactory,
    MemberFactory,
    PostFactory,
    SlipFactory,
)
from tests.members.keepers import keeper_of

pytestmark = pytest.mark.django_db

NEW = "một mật khẩu mới của tôi"


@pytest.fixture
def cell(district):
    return district["1"]


@pytest.fixture
def keeper(cell):
    return keeper_of(cell)


@pytest.fixture
def member(cell):
    return MemberFactory(full_name="Nguyễn Văn An", cell=cell)


def printed(member, actor, *, now=NOON) -> PrintedSlip:
    (slip,) = slips.print_slips(members=[member], actor=actor, now=now)
    return slip


def use(slip, *, code=None, login=None, now=NOON):
    return slips.use_slip(
        login=login or slip.login, code=code or slip.code, password=NEW, now=now
    )


def test_a_slip_makes_an_account_that_nobody_can_log_in_to(member, keeper, cell):
    slip = printed(member, keeper)

    account = Account.objects.get(member=member)
    assert slip == PrintedSlip(
        name="Nguyễn Văn An",
        cell=cell.name,
        login="nguyenvanan",
        code=slip.code,
        valid_until=date(2024, 12, 15),
    )
    assert (account.login, account.display_name) == ("nguyenvanan", "Nguyễn Văn An")
    assert not account.has_usable_password()


def test_log_in_names_are_each_ones_own(cell, keeper):
    AccountFactory(login="NguyenVanAn2")
    people = [
        MemberFactory(full_name=name, cell=cell)
        for name in ("Nguyễn Văn An", "Nguyen Vân Ẩn", "Đỗ H'Hen Niê", "王")
    ]

    made = slips.print_slips(members=people, actor=keeper, now=NOON)

    assert [slip.login for slip in made] == [
        "nguyenvanan",
        "nguyenvanan3",
        "dohhennie",
        "dangvien",
    ]


def test_a_name_that_hundreds_have_is_numbered_on(cell, keeper):
    AccountFactory(login="an")
    for number in range(2, 120):
        AccountFactory(login=f"an{number}")

    assert printed(MemberFactory(full_name="Ân", cell=cell), keeper).login == "an120"


def test_a_code_is_long_plain_and_another_each_time(cell, keeper):
    people = [MemberFactory(cell=cell) for _ in range(20)]

    made = slips.print_slips(members=people, actor=keeper, now=NOON)

    codes = [slip.code for slip in made]
    group = f"[{slips.CODE_ALPHABET}]{{4}}"
    assert all(re.fullmatch(f"{group}-{group}-{group}", code) for code in codes)
    assert len(set(codes)) == 20
    assert len(set(slips.CODE_ALPHABET)) ** slips.CODE_LENGTH > 2**50
    assert not set("01OILZSBAEUYWD") & set(slips.CODE_ALPHABET)


def test_only_a_hash_of_the_code_is_kept(member, keeper):
    slip = printed(member, keeper)

    plain = slip.code.replace("-", "")
    kept = Slip.objects.values().get()
    assert (len(kept["code_hash"]), kept["printed_by_id"]) == (64, keeper.account_id)
    for row in (*Slip.objects.values(), *Event.objects.values()):
        assert plain not in str(row).replace("-", "")


def test_the_holder_chooses_a_password_once(member, keeper):
    slip = printed(member, keeper)

    account = use(slip)

    account.refresh_from_db()
    assert (account.member, account.check_password(NEW)) == (member, True)
    assert not Slip.objects.exists()
    with pytest.raises(SlipRefused):
        use(slip)


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: f" {code.replace('-', ' ')} ", "ZSB"]
)
def test_a_code_is_read_as_people_type_it(member, keeper, typed, monkeypatch):
    if typed == "ZSB":
        monkeypatch.setattr(slips, "CODE_ALPHABET", "258")
        read = str.maketrans("258", "zsb")
        typed = lambda code: code.translate(read)  # noqa: E731 -- as the others
    slip = printed(member, keeper)

    assert use(slip, code=typed(slip.code)).member == member


def test_every_reason_is_refused_in_one_sentence(member, keeper, cell):
    old = printed(member, keeper)
    slip = printed(member, keeper)
    other = printed(MemberFactory(full_name="Lê Bình", cell=cell), keeper)
    closed = printed(MemberFactory(full_name="Lê Chi", cell=cell), keeper)
    Account.objects.filter(login=closed.login).update(is_active=False)
    AccountFactory(login="without.slip")

    tries = {
        "wrong": {"code": "CFGH-CFGH-CFGH"},
        "replaced": {"code": old.code},
        "of another": {"code": other.code},
        "unknown": {"login": "nobody"},
        "without": {"login": "without.slip"},
        "closed": {"login": closed.login, "code": closed.code},
        "expired": {"now": NOON + timedelta(days=14)},
    }
    told = {}
    for name, changed in tries.items():
        with pytest.raises(SlipRefused) as refusal:
            use(slip, **changed)
        told[name] = str(refusal.value)

    assert len(set(told.values())) == 1
    assert use(slip, now=NOON + timedelta(days=14, seconds=-1)).member == member


def test_tries_with_codes_and_with_passwords_are_counted_together(member, keeper):
    slip = printed(member, keeper)
    for _ in range(6):
        with pytest.raises(SlipRefused):
            use(slip, code="CFGH-CFGH-CFGH")

    with pytest.raises(log_ins.LockedOut):
        use(slip)
    with (
        pytest.raises(log_ins.LockedOut),
        log_ins.one_try(login=slip.login, now=NOON),
    ):
        pass
    assert use(slip, now=NOON + timedelta(minutes=15)).member == member


def test_a_password_counts_until_the_new_slip_is_used(member, keeper):
    account = AccountFactory(login="yen", member=member)
    session = AccountSessionFactory(account=account).session

    slip = printed(member, keeper)

    account.refresh_from_db()
    assert (slip.login, account.check_password(PASSWORD)) == ("yen", True)
    assert type(session).objects.filter(pk=session.pk).exists()

    use(slip)

    account.refresh_from_db()
    assert (account.check_password(PASSWORD), account.check_password(NEW)) == (
        False,
        True,
    )
    assert not type(session).objects.filter(pk=session.pk).exists()


def test_printing_use_and_refusal_are_events(member, keeper, cell):
    slip = printed(member, keeper)
    with pytest.raises(SlipRefused):
        use(slip, code="x")
    with pytest.raises(SlipRefused):
        use(slip, login="nobody")
    account = use(slip)

    assert list(
        Event.objects.order_by("pk").values_list(
            "action", "account", "post", "unit", "member", "subject_id", "data"
        )
    ) == [
        (
            "slips.printed",
            keeper.account_id,
            keeper.posts[0].post_id,
            cell.pk,
            member.pk,
            account.pk,
            {},
        ),
        ("slips.refused", None, None, None, member.pk, account.pk, {}),
        ("slips.used", account.pk, None, None, member.pk, account.pk, {}),
    ]


def test_nobody_takes_over_a_post_beyond_the_own_reach_by_a_slip(
    member, keeper, district
):
    PostFactory(member=member, unit=district["G"], role=Role.SECRETARY)
    other = MemberFactory(cell=district["1"])
    by_account = AccountFactory(member=other)
    PostFactory(account=by_account, unit=district["2"], from_on=date(2999, 1, 1))
    clerk = actor_for(PostFactory(unit=district["G"]).account)

    for each in (member, other):
        with pytest.raises(SlipNotPrinted, match=each.full_name):
            printed(each, keeper)
    assert not Slip.objects.exists()
    assert len(slips.print_slips(members=[member, other], actor=clerk, now=NOON)) == 2


def test_posts_of_the_own_cell_ended_ones_and_those_outside_bar_nothing(
    member, keeper, district, cell
):
    PostFactory(member=member, unit=cell, role=Role.DEPUTY_SECRETARY)
    PostFactory(member=member, unit=district["A"], role=Role.OUTSIDE)
    PostFactory(member=member, unit=district["A"], ended_at=NOON)
    PostFactory(
        member=member,
        unit=district["A"],
        role=Role.WORKING_TEAM,
        ends_on=date(2020, 1, 1),
    )

    assert printed(member, keeper)


@pytest.mark.parametrize("columns", [{"is_technical": True}, {"is_active": False}])
def test_some_accounts_get_no_slip(member, keeper, columns):
    AccountFactory(member=member, **columns)

    with pytest.raises(SlipNotPrinted, match="Nguyễn Văn An"):
        printed(member, keeper)


def test_nobody_prints_for_oneself(member, cell):
    post = PostFactory(member=member, unit=cell, role=Role.SECRETARY)
    account = AccountFactory(member=member)

    with pytest.raises(SlipNotPrinted):
        printed(member, actor_for(account))
    assert post.member == member


def test_one_who_is_barred_stops_the_whole_sheet(member, keeper, cell):
    barred = MemberFactory(full_name="Lê Bình", cell=cell)
    AccountFactory(member=barred, is_active=False)

    with pytest.raises(SlipNotPrinted, match="Lê Bình"):
        slips.print_slips(members=[member, barred], actor=keeper, now=NOON)

    assert not Account.objects.filter(member=member).exists()


@pytest.mark.parametrize("by", ["member", "account"])
def test_a_new_post_voids_the_slip_that_waits(member, keeper, district, by):
    slip = printed(member, keeper)
    account = Account.objects.get(member=member)
    waits = SlipFactory()

    posts.appoint(
        unit=district["A"],
        role=Role.CLERK,
        from_on=date(2024, 12, 2),
        actor=keeper,
        now=NOON,
        **{by: {"member": member, "account": account}[by]},
    )

    assert list(Slip.objects.all()) == [waits]
    with pytest.raises(SlipRefused):
        use(slip)


def test_old_slips_are_forgotten():
    SlipFactory()
    kept = SlipFactory(printed_at=NOON + timedelta(seconds=1))

    slips.forget_slips(now=NOON + timedelta(days=14))

    assert list(Slip.objects.all()) == [kept]


def test_the_list_holds_the_kept_rolls_by_cell_and_name(district):
    clerk = actor_for(PostFactory(unit=district["G"]).account)
    without = MemberFactory(full_name="Lê Thị Yến", cell=district["1"])
    waiting = MemberFactory(full_name="Lê Thị Ánh", cell=district["2"])
    with_one = MemberFactory(full_name="Lê Thị Ba", cell=district["1"])
    MemberFactory(cell=district["3"])
    printed(waiting, clerk)
    AccountFactory(member=with_one)

    def listed(**choice):
        return [each.member for each in slip_candidates(clerk, **choice)]

    assert listed() == [without, waiting]
    assert listed(with_everybody=True) == [with_one, without, waiting]
    assert listed(cell_id=district["2"].pk) == [waiting]
    assert listed(cell_id=district["3"].pk) == []


def test_the_list_says_what_a_slip_would_be_for(
    cell, keeper, district, english, django_assert_num_queries
):
    for name in ("An", "Bình", "Chi", "Dũng"):
        MemberFactory(full_name=name, cell=cell)
    found = list(slip_candidates(keeper, with_everybody=True))
    _, bình, chi, dũng = [each.member for each in found]
    printed(bình, keeper)
    AccountFactory(member=chi)
    PostFactory(member=dũng, unit=district["A"])

    with django_assert_num_queries(4):
        rows = slip_rows(found, actor=keeper)

    assert [(row.name, row.state, row.is_new, bool(row.bar)) for row in rows] == [
        ("An", "No password yet", True, False),
        ("Bình", "A slip waits to be used", False, False),
        ("Chi", "Has a password", False, False),
        ("Dũng", "No password yet", True, True),
    ]
