"""What is typed outlives a line that is not cut but weak: it hangs, or fails by turns."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from campaigns.models import PledgeDraft
from members.models import Account
from tests.e2e import conftest
from tests.e2e.conftest import PASSWORD, enter
from tests.e2e.pledge_steps import (
    FIRST,
    KEPT,
    SECOND,
    cell,  # noqa: F401 -- a fixture
    has,
    ideology,
    kept_on_device,
    line_may_break,  # noqa: F401 -- a fixture
    ready,
    someone,
    state,
)


@pytest.fixture
def writing(site, cell, page, context) -> Page:  # noqa: F811 -- a fixture
    """A member has begun a pledge, on a telephone."""
    person, account = someone(site, cell)
    enter(context, account)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.address("pledges:pledge_begin", person.pk))
    page.get_by_role("button", name="Bắt đầu viết").click()
    ready(page)
    return page


def reopened(context: BrowserContext, page: Page) -> Page:
    address = page.url
    page.close()
    again = context.new_page()
    again.goto(address)
    return again


def test_a_line_that_hangs_loses_five_seconds_at_most(writing, context):
    context.route("**/draft/", lambda route: None)  # asked, and never answered
    ideology(writing).fill(FIRST)
    writing.wait_for_timeout(3000)
    ideology(writing).press_sequentially(f" {SECOND}")
    expect(state(writing)).to_have_text(KEPT)
    assert len(kept_on_device(writing)) == 1

    context.unroute("**/draft/")
    again = reopened(context, writing)
    expect(ideology(again)).to_have_value(f"{FIRST} {SECOND}")
    has(again, f"{FIRST} {SECOND}")


def test_what_is_kept_here_waits_until_its_key_comes(writing, context):
    context.set_offline(True)
    ideology(writing).fill(FIRST)
    expect(state(writing)).to_have_text(KEPT)
    context.set_offline(False)
    context.route("**/drafts/key/**", lambda route: route.abort())
    context.route("**/draft/", lambda route: route.abort())
    again = reopened(context, writing)
    ready(again)
    assert len(kept_on_device(again)) == 1

    context.unroute("**/drafts/key/**")
    context.unroute("**/draft/")
    last = reopened(context, again)
    expect(ideology(last)).to_have_value(FIRST)
    has(last, FIRST)


def test_what_is_too_long_is_kept_here_until_it_is_shorter(writing, context):
    ideology(writing).fill("x" * 200_000)
    expect(state(writing)).to_have_class("is-stopped")
    assert len(kept_on_device(writing)) == 1
    again = reopened(context, writing)
    expect(ideology(again)).to_have_value("x" * 200_000)
    ideology(again).fill(FIRST)
    has(again, FIRST)


def test_two_texts_and_no_line_lose_neither(writing, context):
    other = context.new_page()
    other.goto(writing.url)
    ready(other)
    ideology(other).fill(SECOND)
    has(other, SECOND)
    ideology(writing).fill(FIRST)
    expect(state(writing)).to_contain_text("Không có gì bị ghi đè")
    context.set_offline(True)
    writing.get_by_role("button", name="Lưu bản nháp").last.click()
    writing.wait_for_timeout(1000)
    context.set_offline(False)
    again = reopened(context, other)
    ready(again)
    expect(ideology(again)).to_have_value(FIRST)
    assert PledgeDraft.objects.get().content["answers"] == {"ideology": SECOND}


def test_an_answer_that_got_lost_is_no_other_device(writing, context):
    def take_and_hang_up(route) -> None:
        route.fetch()
        route.abort()

    context.route("**/draft/", take_and_hang_up, times=1)
    ideology(writing).fill(FIRST)
    expect(state(writing)).to_have_text(KEPT)
    ideology(writing).press_sequentially(f" {SECOND}")
    has(writing, f"{FIRST} {SECOND}")
    assert kept_on_device(writing) == []


def test_what_another_window_keeps_is_not_dropped(writing, context):
    other = context.new_page()
    other.goto(writing.url)
    ready(other)
    context.set_offline(True)
    ideology(writing).fill(FIRST)
    expect(state(writing)).to_have_text(KEPT)
    writing.close()
    context.set_offline(False)
    ideology(other).fill(SECOND)
    has(other, SECOND)
    again = reopened(context, other)
    expect(ideology(again)).to_have_value(FIRST)
    expect(state(again)).to_contain_text("Không có gì bị ghi đè")


def test_after_a_new_log_in_in_another_window_the_first_goes_on(
    writing, site, context, monkeypatch
):
    refused = (*conftest.EXPECTED_COMPLAINTS, "status of 403")  # by the old token, once
    monkeypatch.setattr(conftest, "EXPECTED_COMPLAINTS", refused)
    account = writing.locator("html").get_attribute("data-account")
    Session.objects.all().delete()
    ideology(writing).fill(FIRST)
    expect(state(writing)).to_contain_text("đăng nhập lại")
    assert len(kept_on_device(writing)) == 1

    login = Account.objects.get(pk=account)
    login.set_password(PASSWORD)
    login.save()
    other = context.new_page()
    other.goto(site.address("members:login"))
    other.get_by_label("Tên đăng nhập").fill(login.login)
    other.locator("input[type=password]").fill(PASSWORD)
    other.locator("main form button").first.click()
    expect(other.locator("[data-log-out]").first).to_be_attached()
    has(writing, FIRST)
    writing.get_by_role("button", name="Lưu bản nháp").last.click()
    expect(ideology(writing)).to_have_value(FIRST)


def test_what_the_server_failed_on_is_not_sent_again_and_again(
    writing, context, monkeypatch
):
    failed = (*conftest.EXPECTED_COMPLAINTS, "status of 500")
    monkeypatch.setattr(conftest, "EXPECTED_COMPLAINTS", failed)

    def fail_on_the_first(route) -> None:
        if SECOND in (route.request.post_data_buffer or b"").decode():
            route.fulfill(status=500)
        else:
            route.continue_()

    context.route("**/draft/", fail_on_the_first)
    ideology(writing).fill(SECOND)
    expect(state(writing)).to_have_text(KEPT)
    ideology(writing).fill(FIRST)
    has(writing, FIRST)
