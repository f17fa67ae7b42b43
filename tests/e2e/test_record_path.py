"""A visit from its entry to the figures of the year, as an inspection commission goes."""

from datetime import date

from playwright.sync_api import expect

from members.models import Account, PartyUnit, Post
from members.policy import Role
from tests.e2e.conftest import PASSWORD, enter


def test_a_commission_records_a_visit_concludes_it_and_counts_it(site, page):
    account = Account.objects.create_user("ubkt", PASSWORD, display_name="Hồ Lan")
    Post.objects.create(
        account=account,
        unit=PartyUnit.objects.get(code="H"),
        role=Role.INSPECTION_COMMISSION,
        from_on=date(2019, 1, 1),
    )
    enter(page.context, account)
    page.goto(site.address("records:inspection_list"))
    page.get_by_role("link", name="Nhập cuộc kiểm tra, giám sát").click()
    page.get_by_label("Tìm theo tên").fill("don vi x1")
    for found in (
        page.get_by_role("button", name="Tìm"),
        page.get_by_role("link", name="Đơn vị X1"),
    ):
        with page.expect_navigation():  # one way is gone to its end before the next
            found.click()
    page.get_by_label("Loại").select_option("Giám sát chuyên đề")
    page.get_by_label("Chủ thể").select_option("Ủy ban kiểm tra")
    page.get_by_label("Ngày", exact=False).first.fill("6/5/2024")
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.get_by_text("Chưa có kết luận: chỉ người ghi đọc được")).to_be_visible()

    page.get_by_role("link", name="Nhập kết luận").click()
    page.get_by_label("Kết luận (số, ngày)").fill("Số 5-TB/UBKT, ngày 20/5/2024")
    page.get_by_label("Kết quả theo kết luận").select_option("Chưa phát hiện vi phạm")
    page.get_by_role("button", name="Ghi nội dung đã sửa").click()
    expect(page.get_by_role("cell", name="Số 5-TB/UBKT")).to_be_visible()

    page.goto(site.address("records:inspection_list"))
    page.get_by_role("link", name="Số liệu của Đơn vị H").click()
    page.get_by_label("Từ ngày").fill("1/1/2024")
    page.get_by_label("Đến hết ngày").fill("31/12/2024")
    page.get_by_role("button", name="Tính trong thời gian này").click()
    supervised = page.locator("tbody", has_text="Giám sát").filter(
        has=page.get_by_role("rowheader", name="Giám sát", exact=True)
    )
    expect(supervised.get_by_role("row").nth(1)).to_contain_text("1")
