"""A page that nobody touches locks; nothing that was being written is lost."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from members.models import AccountSession, Member
from tests.e2e.conftest import PASSWORD, enter, faults_of

SOUND = {"axe": [], "wider than the screen": False}
NAME = "Hoàng Thị Mận"
IDLE_MS = 30 * 60 * 1000


def begin_to_write(site, page: Page) -> None:
    page.goto(site.address("member_add"))
    page.get_by_label("Chi bộ").first.select_option(index=1)
    page.get_by_label("Họ và tên").fill(NAME)


def submit(page: Page) -> None:
    page.locator("form.sheet button[type=submit]").click()


def session_was_last_used(ago: timedelta) -> None:
    AccountSession.objects.update(seen_at=timezone.now() - ago)


def password_of(page: Page, password: str) -> None:
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Mở khóa tiếp tục").click()


def test_an_untouched_page_locks_and_opens_where_it_was(site, clerk, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.clock.install()
    begin_to_write(site, page)
    page.clock.fast_forward(IDLE_MS)
    lock = page.get_by_role("dialog", name="Mở khóa tiếp tục")

    expect(lock).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    assert faults_of(page) == SOUND
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(lock).to_be_visible()
    password_of(page, "sai mật khẩu")
    expect(lock.get_by_role("alert")).to_be_visible()

    session_was_last_used(timedelta(minutes=40))  # the server has locked as well
    password_of(page, PASSWORD)
    expect(lock).to_be_hidden()
    expect(page.get_by_label("Họ và tên")).to_have_value(NAME)
    submit(page)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def test_a_form_that_comes_too_late_goes_on_after_the_password(site, clerk, page):
    begin_to_write(site, page)
    session_was_last_used(timedelta(minutes=40))
    submit(page)

    expect(page.get_by_role("heading", name="Mở khóa tiếp tục")).to_be_visible()
    assert NAME not in page.content()
    assert faults_of(page) == SOUND
    password_of(page, PASSWORD)
    assert faults_of(page) == SOUND
    page.get_by_role("button", name="Gửi nội dung đã viết").click()

    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    assert Member.objects.filter(full_name=NAME).count() == 1


def test_somebody_else_at_the_machine_sees_nothing_of_it(site, clerk, page):
    begin_to_write(site, page)
    session_was_last_used(timedelta(minutes=40))
    submit(page)
    page.get_by_role("button", name="Đăng nhập bằng tài khoản khác").click()
    enter(page.context, site.neighbour)
    page.goto(site.url)
    expect(page.locator("summary", has_text="Lê Văn Cường")).to_be_visible()

    for _ in range(4):
        page.go_back()
        page.wait_for_timeout(500)
        shown = page.evaluate(
            """() => document.querySelector(".is-locked") ? "" : document.body.innerText
                + [...document.querySelectorAll("main input")].map(i => i.value)"""
        )
        assert NAME not in shown


def test_whoever_writes_is_not_locked(site, clerk, page):
    page.clock.install()
    begin_to_write(site, page)
    session_was_last_used(timedelta(minutes=20))
    for _ in range(3):
        page.clock.fast_forward(IDLE_MS // 2)
        with page.expect_response("**/sessions/use/**"):
            page.get_by_label("Họ và tên").press("a")

    expect(page.get_by_role("dialog")).to_be_hidden()
    assert timezone.now() - AccountSession.objects.get().seen_at < timedelta(minutes=2)
