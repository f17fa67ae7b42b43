"""A plan of remediation from the person's telephone to the committee, and followed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.models import Campaign
from members.models import Account, PartyUnit
from members.policy import Role
from reviews.models import RemediationItem, RemediationPlan, RemediationStep
from tests.e2e.conftest import Site, enter
from tests.e2e.pledge_states import of_person, people, secretary
from tests.e2e.remediation_states import cell
from tests.factories import PostFactory

TELEPHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SHORTCOMING = "Còn chậm nộp báo cáo tháng"
DUE = timezone.localdate() + timedelta(days=90)


def as_somebody(page: Page, account: Account, size: dict[str, int]) -> None:
    page.context.clear_cookies()
    enter(page.context, account)
    page.set_viewport_size(size)


def writes(page: Page, site: Site, account: Account) -> None:
    as_somebody(page, account, TELEPHONE)
    page.goto(site.address("reviews:remediation_own"))
    page.get_by_role("button", name="Viết kế hoạch của tôi").click()
    page.get_by_role("link", name="Thêm nội dung phải khắc phục").click()
    page.get_by_role("link", name="Tôi tự nhận").click()
    page.get_by_label("Nội dung phải khắc phục").fill(SHORTCOMING)
    page.get_by_label("Biện pháp khắc phục").fill("Lập lịch nộp báo cáo ngày 25")
    page.get_by_label("Hạn").fill(f"{DUE:%d/%m/%Y}")
    page.get_by_role("button", name="Lưu vào kế hoạch").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")


def gives(page: Page) -> None:
    page.get_by_role("link", name="Gửi chi bộ").click()
    page.get_by_role("button", name="Gửi chi bộ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi kế hoạch cho chi bộ")


def opens_from_first_page(page: Page, site: Site, sentence: str, name: str) -> None:
    page.goto(site.address("home"))
    heading = page.get_by_role("heading", name=sentence)
    card = page.locator("article, section, li, div").filter(has=heading).last
    card.get_by_role("link", name="Xem từng bản").click()
    page.get_by_role("link", name=name).first.click()


def discusses_and_sends(page: Page) -> None:
    page.get_by_role("link", name="Ghi ý kiến của tập thể").click()
    page.get_by_label("Số biên bản").fill("BB 11")
    page.get_by_label("Ý kiến của tập thể").fill("Chi bộ thống nhất với kế hoạch.")
    page.get_by_role("button", name="Ghi ý kiến").click()
    page.get_by_role("link", name="Gửi cấp ủy cấp trên").click()
    page.get_by_role("button", name="Gửi cấp ủy cấp trên").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi kế hoạch lên cấp trên")


def returns(page: Page) -> None:
    page.get_by_role("link", name="Trả lại để bổ sung").click()
    page.get_by_label("Điều cần bổ sung").fill("Nêu rõ người kiểm tra.")
    page.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(page.get_by_role("status")).to_contain_text("Đã trả lại kế hoạch")


def completes(page: Page, site: Site) -> None:
    page.goto(site.address("home"))
    page.get_by_role("link", name="Bổ sung").click()
    expect(page.get_by_text("Nêu rõ người kiểm tra.").first).to_be_visible()
    page.get_by_role("link", name="Sửa", exact=True).click()
    page.get_by_label("Người chịu trách nhiệm").fill("Bản thân; bí thư kiểm tra")
    page.get_by_role("button", name="Lưu vào kế hoạch").click()


def accepts(page: Page) -> None:
    page.get_by_role("link", name="Chấp nhận kế hoạch").click()
    page.get_by_role("button", name="Chấp nhận kế hoạch").click()
    expect(page.get_by_role("status")).to_contain_text("Đã chấp nhận")


def puts_right(page: Page, site: Site) -> None:
    page.goto(site.address("reviews:remediation_unit", cell().pk))
    page.get_by_role("link", name=f"Ghi tình hình: {SHORTCOMING}").click()
    page.get_by_label("đã khắc phục").check()
    page.get_by_role("button", name="Ghi tình hình khắc phục").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi")


def counts_alone(page: Page, site: Site) -> None:
    """Above, the office of the district reads numbers and no word of it."""
    top = PartyUnit.objects.get(code="H")
    page.goto(site.address("reviews:remediation_unit", top.pk))
    expect(page.get_by_text("đã khắc phục: 1")).to_be_visible()
    expect(page.get_by_text(SHORTCOMING)).to_have_count(0)


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["390", "1280"])
def test_a_plan_is_written_returned_accepted_and_followed(site, page, size):
    Campaign.objects.update(mode="FULL_TEXT")
    person = people(site)[0]
    author, keeper = of_person(person), secretary(site)
    above = PostFactory(unit=cell().parent, role=Role.SECRETARY).account

    writes(page, site, author)
    gives(page)
    as_somebody(page, keeper, size)
    opens_from_first_page(page, site, "1 kế hoạch khắc phục", person.full_name)
    discusses_and_sends(page)
    as_somebody(page, above, size)
    opens_from_first_page(page, site, "1 kế hoạch khắc phục", person.full_name)
    returns(page)

    as_somebody(page, author, TELEPHONE)
    completes(page, site)
    gives(page)
    at_plan = site.address(
        "reviews:remediation_detail", RemediationPlan.objects.get().pk
    )
    as_somebody(page, keeper, size)
    page.goto(at_plan)
    discusses_and_sends(page)
    as_somebody(page, above, size)
    page.goto(at_plan)
    accepts(page)

    as_somebody(page, keeper, size)
    puts_right(page, site)
    item = RemediationItem.objects.get()
    assert (item.state, item.responsible) == ("DONE", "Bản thân; bí thư kiểm tra")
    steps = RemediationStep.objects.order_by("pk").values_list("act", flat=True)
    assert list(steps) == [
        "GIVE", "MINUTE", "SEND", "RETURN", "GIVE", "MINUTE", "SEND", "ACCEPT",
    ]  # fmt: skip
    as_somebody(page, site.clerk, size)
    counts_alone(page, site)
