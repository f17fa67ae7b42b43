"""A weighty act long after the password: it is asked for, and nothing has to be typed anew."""

import pytest
from playwright.sync_api import Page, expect

from members.http import CONFIRMED_AT
from members.models import Post
from members.policy import Role
from tests.e2e.conftest import PASSWORD, Site, add_session, faults_of
from tests.factories import PostFactory

SOUND = {"axe": [], "wider than the screen": False}
DOCUMENT = "Quyết định số 12-QĐ/HU, ngày 05/9/2026"
TITLE = "Nhập lại mật khẩu"


@pytest.fixture
def post(site: Site) -> Post:
    return PostFactory(unit=site.campaign.root_unit, role=Role.DEPUTY_SECRETARY)


def open_long_after_the_log_in(site: Site, page: Page, post: Post, client) -> None:
    client.force_login(site.clerk)
    session = client.session
    session[CONFIRMED_AT] = 0
    session.save()
    add_session(page.context, client)
    page.goto(site.address("members:post_end", post.pk))


def fill_in(page: Page) -> None:
    page.get_by_label("Văn bản").fill(DOCUMENT)
    page.locator("form.sheet button[type=submit]").click()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_act_goes_on_after_the_password(site, page, post, client, width):
    page.set_viewport_size({"width": width, "height": 844})
    open_long_after_the_log_in(site, page, post, client)
    fill_in(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert faults_of(page) == SOUND
    page.locator("#id_confirming-old").fill("sai mật khẩu")
    page.get_by_role("button", name="Xác nhận và làm tiếp").click()
    expect(page.get_by_text("Mật khẩu hiện nay không đúng")).to_be_visible()
    assert faults_of(page) == SOUND
    page.locator("#id_confirming-old").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page).to_have_url(site.address("members:unit_detail", post.unit_id))
    ended = Post.objects.get(pk=post.pk)
    assert (ended.ended_at is not None, ended.ended_by_document) == (True, DOCUMENT)


def test_without_the_password_one_goes_back_and_nothing_is_done(
    site, page, post, client
):
    open_long_after_the_log_in(site, page, post, client)
    fill_in(page)

    page.get_by_role("link", name="Không thay đổi, quay lại").click()

    expect(page).to_have_url(site.address("members:post_end", post.pk))
    assert Post.objects.get(pk=post.pk).ended_at is None
