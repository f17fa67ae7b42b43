"""Every page and state: for everybody to use, on a telephone and on a desk."""

from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import expect

from tests.e2e.conftest import faults_of
from tests.e2e.states import STATES, SUBJECTS, arrive, client_at, leave

TELEPHONE, DESK = 390, 1280
SOUND = {"axe": [], "wider than the screen": False}


def faults_in(subject, site, context, page, *, of_every_state):
    """What is wrong in each state at each width.

    Unless every state is asked for, one page of three is looked at, in its first state,
    and for barriers only on a telephone.
    """
    found, known = {}, set()
    for state in SUBJECTS[subject]:
        leave(page)
        client, address = client_at(state, site), STATES[state](site)
        view = view_of(address)
        if view in known and not of_every_state:
            continue
        known.add(view)
        if len(known) % 3 != 1 and not of_every_state:
            continue
        status = arrive(page, context, client, address)
        assert subject == "refusals" or status != HTTPStatus.NOT_FOUND, state
        page.locator("details").evaluate_all("all => all.forEach(d => d.open = true)")
        for width in (TELEPHONE, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            with_axe = of_every_state or width == TELEPHONE
            found[state, width] = faults_of(page, with_axe=with_axe)
    asked = len(SUBJECTS[subject]) if of_every_state else (len(known) + 2) // 3
    assert len(found) == 2 * asked
    return {at: faults for at, faults in found.items() if faults != SOUND}


def view_of(address):
    """The name of the page at an address; what stands at none is a page of its own."""
    path = urlsplit(address).path
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_page_has_a_barrier_or_leaves_the_screen(subject, site, context, page):
    faults = faults_in(subject, site, context, page, of_every_state=False)

    assert faults == {}


@pytest.mark.long
@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_state_has_a_barrier_or_leaves_either_screen(subject, site, context, page):
    faults = faults_in(subject, site, context, page, of_every_state=True)

    assert faults == {}


def test_larger_text_still_fits_a_telephone(site, clerk, page):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(site.page_of("H"))
    page.get_by_role("button", name="A+").click()
    page.reload()

    size = page.locator("html").evaluate("html => getComputedStyle(html).fontSize")
    assert size == "22px"
    assert faults_of(page)["wider than the screen"] is False


def test_the_menu_of_a_telephone_unfolds_and_closes_by_keyboard(site, clerk, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.address("members:member_list"))
    entry = page.get_by_role("link", name="Tổng hợp, báo cáo", exact=True)
    expect(entry).to_be_hidden()

    page.get_by_role("button", name="Danh mục").focus()
    page.keyboard.press("Enter")
    expect(entry).to_be_in_viewport()
    assert faults_of(page) == SOUND
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()

    page.keyboard.press("Enter")
    entry.click()
    expect(page).to_have_url(site.address("figures_home"))
