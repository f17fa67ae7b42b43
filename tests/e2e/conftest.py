"""A site with two districts, a clerk of each, and a browser that misses nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from celery import current_app
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
)

from campaigns.models import Campaign
from campaigns.tasks import apply_roll, preview_roll
from members.models import Account, PartyUnit, Post
from members.policy import Role
from reports.tasks import render_rollup
from reviews.tasks import apply_import, preview_import
from tests import small_worlds

# A page asks every two seconds how far the work is, on a machine that others share.
expect.set_options(timeout=30_000)

PASSWORD = "mot-mat-khau-du-dai"
CAMPAIGN = "Kiểm điểm, xếp loại chất lượng năm 2024"
NEIGHBOUR = """
    K   -  SUPERIOR              -             -
    K1  K  GRASSROOTS_CELL       STATE_AGENCY  GOOD
"""
TASKS = {
    task.name: task
    for task in (render_rollup, preview_import, apply_import, preview_roll, apply_roll)
}
# What Chromium itself writes for an answer that a test has asked for.
EXPECTED_COMPLAINTS = (
    "status of 404",
    "status of 405",
    "status of 409",
    "status of 422",
)


@dataclass(frozen=True)
class Site:
    """Where the site is, and what is in it."""

    url: str
    campaign: Campaign
    clerk: Account
    neighbour: Account

    def page_of(self, code: str) -> str:
        """The address of a unit's figures."""
        unit = PartyUnit.objects.get(code=code)
        return self.address("unit_figures", self.campaign.pk, unit.pk)

    def address(self, name: str, *arguments: object) -> str:
        return self.url + reverse(name, args=arguments)


class Inbox:
    """The messages to a worker, which works when a test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, list[int]]] = []

    def send_task(self, name: str, args: list[int], **options: object) -> None:
        self.waiting.append((name, args))

    def work(self) -> None:
        while self.waiting:
            name, arguments = self.waiting.pop(0)
            TASKS[name](*arguments)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Work while the browser looks on."""

        def work() -> None:
            try:
                self.work()
            finally:
                connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            thread.join()


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: each test has a server of its own. The plugin's fixture is deprecated."""


@pytest.fixture
def site(live_server) -> Site:
    return two_districts(live_server.url)


def two_districts(url: str) -> Site:
    """Fill the database; the site's addresses begin with the given one."""
    district = small_worlds.contents(people=small_worlds.DISTRICT_PEOPLE)
    campaign = small_worlds.imported(district, name=CAMPAIGN)
    small_worlds.imported(small_worlds.contents(NEIGHBOUR), campaign_code="dot-khac")
    return Site(
        url=url,
        campaign=campaign,
        clerk=clerk_of("H", login="van-thu", name="Trần Thị Bình"),
        neighbour=clerk_of("K", login="van-thu-khac", name="Lê Văn Cường"),
    )


def clerk_of(code: str, *, login: str, name: str) -> Account:
    account = Account.objects.create_user(login, PASSWORD, display_name=name)
    unit = PartyUnit.objects.get(code=code)
    Post.objects.create(
        account=account, unit=unit, role=Role.CLERK, from_on=date(2019, 1, 1)
    )
    return account


@pytest.fixture
def inbox(monkeypatch) -> Inbox:
    inbox = Inbox()
    app = current_app._get_current_object()
    monkeypatch.setattr(app, "send_task", inbox.send_task)
    return inbox


@pytest.fixture(autouse=True)
def no_complaint(context: BrowserContext) -> Iterator[list[str]]:
    """No script fails, nothing breaks the Content-Security-Policy, in any test."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        expected = any(each in message.text for each in EXPECTED_COMPLAINTS)
        if message.type in {"error", "warning"} and not expected:
            complaints.append(message.text)

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield complaints
    assert complaints == []


@pytest.fixture(autouse=True)
def all_answered(
    transactional_db: None, no_complaint: list[str], context: BrowserContext
) -> Iterator[None]:
    """No answer is under way any more when a test's tables are emptied.

    A page that is closed still saves what was typed, and the server's thread would
    write while the tables are emptied, or into those of the next test.
    """
    yield
    context.close()
    for thread in threading.enumerate():
        if thread.name.endswith("(process_request_thread)"):
            thread.join(timeout=30)
            assert not thread.is_alive(), "the server still answers"


def enter(context: BrowserContext, account: Account) -> None:
    """Log in without the page for it."""
    client = Client()
    client.force_login(account)
    add_session(context, client)


def add_session(context: BrowserContext, client: Client) -> None:
    name = settings.SESSION_COOKIE_NAME
    key = client.cookies[name].value
    context.add_cookies(
        [{"name": name, "value": key, "domain": "localhost", "path": "/"}]
    )


@pytest.fixture
def clerk(site: Site, context: BrowserContext) -> Account:
    """The clerk of the district, logged in."""
    enter(context, site.clerk)
    return site.clerk


@pytest.fixture
def page_without_script(
    browser: Browser,
    browser_context_args: dict[str, object],
    context: BrowserContext,
    clerk: Account,
) -> Iterator[Page]:
    """A page of the clerk's in a browser that runs no script."""
    bare = browser.new_context(
        **browser_context_args,
        java_script_enabled=False,
        storage_state=context.storage_state(),
    )
    yield bare.new_page()
    bare.close()


def rows_of(table: Locator) -> list[list[str]]:
    """The texts of a table, a list for each row."""
    table.page.wait_for_load_state()
    return table.evaluate(
        """table => [...table.rows].map(row => [...row.cells].map(
            cell => cell.innerText.replace(/\\s+/g, " ").trim()))"""
    )


def texts_of(each: Locator) -> list[str]:
    """The texts of all that are found, once the page is whole; at least one is."""
    each.page.wait_for_load_state()
    expect(each.first).to_be_visible()
    return each.all_inner_texts()


def table_under(page: Page, heading: str) -> Locator:
    """The table of the section with this heading."""
    title = page.get_by_role("heading", name=heading, exact=True)
    return page.locator("section").filter(has=title).last.locator("table").first


def open_page(page: Page, url: str) -> Response:
    response = page.goto(url)
    assert response is not None
    return response


def faults_of(page: Page, *, with_axe: bool = True) -> dict[str, object]:
    """What is wrong with how the page looks, for this width."""
    page.wait_for_load_state()
    violations = Axe().run(page).response["violations"] if with_axe else []
    return {
        "axe": [(each["id"], len(each["nodes"])) for each in violations],
        "wider than the screen": page.evaluate(
            "document.documentElement.scrollWidth > innerWidth"
        ),
    }
