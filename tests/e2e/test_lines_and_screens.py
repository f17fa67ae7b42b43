"""A line that is lost, and a screen that is small."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD

PHONE = {"width": 390, "height": 844}


def test_a_search_typed_while_the_line_was_gone_is_answered_once_it_is_back(
    site, clerk, context, page, no_complaint
):
    page.goto(site.address("members:member_list"))
    expect(page.locator("#rows")).to_contain_text("12 đảng viên")

    context.set_offline(True)
    page.get_by_label("Tìm theo họ tên").press_sequentially("zz")
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    context.set_offline(False)

    expect(page.locator("#rows")).to_contain_text("“zz”")
    expect(page.get_by_text("Mất kết nối.")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?q=zz$"))
    no_complaint.clear()  # Chromium and htmx write that the line was gone


def test_the_header_leaves_a_telephone_to_the_page(site, clerk, page):
    clerk.display_name = "Văn thư Ban Chấp hành Đảng bộ huyện Yên Lạc, tỉnh Vĩnh Phúc"
    clerk.save()
    page.set_viewport_size(PHONE)
    page.goto(site.url)

    header = page.locator(".site-head").bounding_box()
    page.get_by_role("button", name="Danh mục").click()
    menu = page.get_by_role("navigation", name="Danh mục chính").get_by_role("link")
    entries = [each.bounding_box() for each in menu.all()]

    assert header["height"] <= PHONE["height"] / 4
    assert len(entries) == 6  # and the summary of those that few need
    assert all(entry["height"] >= 48 for entry in entries)
    page.keyboard.press("Escape")
    page.locator("details.account summary").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(390, 667, ""), (390, 667, "large"), (700, 800, "large"), (1280, 900, "large")],
)
def test_all_of_the_menu_stays_within_the_page(site, clerk, page, width, height, size):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site.url)
    if size:
        page.locator(f'[data-set-text-size="{size}"]').click()
    if (button := page.get_by_role("button", name="Danh mục")).is_visible():
        button.click()
    page.locator(".site-more summary").click()

    entries = [each.bounding_box() for each in page.locator(".site-nav a").all()]
    assert len(entries) > 6
    assert min(entry["x"] for entry in entries) >= 0
    assert max(entry["x"] + entry["width"] for entry in entries) <= width
    assert page.locator(".site-nav").evaluate("nav => nav.scrollWidth") <= width


def test_a_long_account_name_leaves_the_menu_its_row(site, clerk, page):
    clerk.display_name = "Văn thư Ban Chấp hành Đảng bộ huyện Yên Lạc " * 4
    clerk.save()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.url)

    name = page.locator("details.account summary").bounding_box()
    menu = page.locator(".site-nav").bounding_box()

    assert name["y"] == menu["y"]
    assert name["x"] >= menu["x"] + menu["width"]


def test_the_field_that_one_types_into_is_white_as_the_other(site, page):
    page.goto(site.address("members:login"))
    page.get_by_label("Tên đăng nhập").fill("van-thu")
    page.locator("input[name=password]").fill(f"{PASSWORD}x")
    page.get_by_role("button", name="Đăng nhập").click()

    expect(page.locator("input[name=password]")).to_be_focused()
    colours = page.locator(".form-control").evaluate_all(
        "all => all.map(each => getComputedStyle(each).backgroundColor)"
    )
    assert set(colours) == {"rgb(255, 255, 255)"}
