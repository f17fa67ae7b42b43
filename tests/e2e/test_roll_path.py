"""The roll as two secretaries and a member meet it."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from members.models import Account, Member, Membership, PartyUnit, Post
from members.policy import Role
from tests.e2e.conftest import PASSWORD, enter, rows_of, table_under

PERSON = "Nguyễn Văn An"


def secretary_of(code: str, *, name: str) -> Account:
    account = Account.objects.create_user(f"bt-{code}", PASSWORD, display_name=name)
    Post.objects.create(
        account=account,
        unit=PartyUnit.objects.get(code=code),
        role=Role.SECRETARY,
        from_on=date(2019, 1, 1),
    )
    return account


@pytest.fixture
def old(site) -> Account:
    return secretary_of("X1", name="Lê Thị Hoa")


@pytest.fixture
def new(site) -> Account:
    return secretary_of("Y2", name="Phạm Văn Sơn")


def log_in_as(page: Page, account: Account) -> None:
    page.context.clear_cookies()
    enter(page.context, account)


def test_a_transfer_goes_from_one_secretary_to_the_other(site, old, new, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    log_in_as(page, old)
    page.goto(site.address("members:member_list"))
    page.get_by_role("link", name=PERSON).first.click()
    page.get_by_role("link", name="Chuyển đến chi bộ khác").click()
    page.get_by_label("Tên hoặc mã chi bộ, có dấu hoặc không dấu").fill("don vi y2")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Đơn vị Y2").click()
    page.get_by_label("Theo văn bản (số, ngày)").fill("Giấy giới thiệu số 5")
    page.get_by_label("Nhận xét của chi bộ").fill("Gương mẫu, tận tụy.")
    page.get_by_role("button", name="Gửi chi bộ nơi đến").click()
    expect(page.get_by_role("status")).to_contain_text(
        f"Đã gửi giới thiệu đồng chí {PERSON}"
    )

    log_in_as(page, new)
    page.goto(site.address("home"))
    waits = "Tiếp nhận : 1 trường hợp chuyển sinh hoạt chờ tiếp nhận."
    page.get_by_role("link", name=waits).click()
    page.get_by_role("link", name=PERSON).click()
    expect(page.get_by_text("Gương mẫu, tận tụy.")).to_be_visible()
    page.get_by_role("link", name="Tiếp nhận").click()
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.get_by_text("Đã tiếp nhận").first).to_be_visible()

    assert Membership.objects.filter(unit__code="Y2", until_on=None).count() == 3


def test_two_secretaries_correct_one_person_and_nothing_is_lost(site, old, page):
    log_in_as(page, old)
    member = Member.objects.first()
    page.goto(site.address("member_edit", member.pk))
    page.get_by_label("Họ và tên").fill("Nguyễn Văn Ân")
    Member.objects.filter(pk=member.pk).update(born_on="1971-01-02", version=2)
    page.get_by_role("button", name="Ghi nội dung đã sửa").click()

    both = rows_of(page.get_by_role("alert").locator("table"))
    assert both[1:] == [
        ["Ngày sinh", "02/01/1971", "không sửa"],
    ]
    expect(page.get_by_label("Ngày sinh")).to_have_value("02/01/1971")
    page.get_by_role("button", name="Ghi theo nội dung tôi viết").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Văn Ân")
    member.refresh_from_db()
    assert (member.born_on, member.version) == ("1971-01-02", 3)


def test_a_member_reads_on_a_telephone_who_opened_the_information(site, old, page):
    member = Member.objects.filter(
        pk__in=Membership.objects.filter(unit__code="X1").values("member")
    ).first()
    log_in_as(page, old)
    page.goto(site.address("members:member_detail", member.pk))
    own = Account.objects.create_user(
        "an", PASSWORD, display_name=PERSON, member=member
    )
    log_in_as(page, own)
    page.set_viewport_size({"width": 390, "height": 844})

    page.goto(site.address("members:own_record"))

    opened = rows_of(table_under(page, "Ai đã xem thông tin của tôi"))
    assert [row[1:] for row in opened[1:]] == [["Lê Thị Hoa", "Bí thư, Đơn vị X1"]]
    expect(page.get_by_role("link", name="Sửa thông tin", exact=True)).to_have_count(0)


def test_a_secretary_hands_over_and_is_out_at_once(site, old, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    first, second = Member.objects.filter(code__in=["P000", "P001"]).order_by("code")
    Account.objects.filter(pk=old.pk).update(member=first)
    successor = Account.objects.create_user("bt-moi", PASSWORD, display_name="Mới")
    Account.objects.filter(pk=successor.pk).update(member=second)
    log_in_as(page, old)
    another = page.context.new_page()
    another.goto(site.address("members:member_list"))
    expect(another.get_by_role("link", name=PERSON).first).to_be_visible()

    page.goto(site.address("members:post_hand_over", Post.objects.get(account=old).pk))
    page.get_by_role("link", name=second.full_name).first.click()
    page.get_by_label("Theo văn bản (số, ngày)").fill("QĐ 7, ngày 5/9/2026")
    page.get_by_role("button", name="Bàn giao").click()
    expect(page.get_by_role("status")).to_be_visible()

    assert another.reload().status == 404
    another.close()
    log_in_as(page, successor)
    page.goto(site.address("members:member_list"))
    expect(page.get_by_role("link", name=PERSON).first).to_be_visible()
