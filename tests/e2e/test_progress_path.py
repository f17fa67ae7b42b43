"""The clerk of a district watches how far the year is, and reminds who is behind."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.models import CampaignUnit, Phase, Reminder
from members.models import Account
from members.policy import Role
from tests.e2e.board_states import board_in_the_year
from tests.e2e.conftest import Site
from tests.factories import PostFactory


def test_a_clerk_watches_progress_and_reminds(
    site: Site, clerk: Account, page: Page
) -> None:
    cell = CampaignUnit.objects.get(campaign=site.campaign, code="X1")
    secretary = PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account
    address = board_in_the_year(site)
    today = timezone.localdate()
    Phase.objects.create(
        campaign=site.campaign,
        step="PROGRAMME",
        from_on=today - timedelta(days=9),
        until_on=today + timedelta(days=9),
    )
    page.set_viewport_size({"width": 1280, "height": 900})

    page.goto(address)
    page.get_by_role("link", name="Cam kết", exact=True).click()
    expect(page.get_by_role("columnheader", name="Cam kết")).to_have_attribute(
        "aria-sort", "descending"
    )
    page.get_by_role("link", name="Đơn vị X", exact=True).click()
    page.get_by_role("link", name=cell.name, exact=True).click()
    expect(page.get_by_role("row", name=cell.name)).to_contain_text("0/1")
    expect(page.get_by_role("heading", name="chưa hoàn thành")).to_have_count(0)

    page.goto(address)
    page.get_by_role("link", name="Nhắc các tổ chức đảng chưa xong").click()
    page.get_by_role("link", name="Chương trình hành động").click()
    page.get_by_role("button", name="Nhắc cấp ủy các tổ chức đảng này").click()

    expect(page.get_by_text("đọc ở trang đầu: 1 đồng chí")).to_be_visible()
    (told,) = Reminder.objects.all()
    assert (told.matter, told.account, told.unit) == ("PROGRAMME", secretary, cell)
