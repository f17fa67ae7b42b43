"""Every page and state: for everybody to use, on a telephone and on a desk."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import faults_of
from tests.e2e.states import SUBJECTS, show

WIDTHS = (390, 1280)
SOUND = {"axe": [], "wider than the screen": False}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_page_has_a_barrier_or_leaves_the_screen(subject, site, context, page):
    states = SUBJECTS[subject]
    found = {}
    for state in states:
        show(state, site, context, page)
        page.locator("details").evaluate_all("all => all.forEach(d => d.open = true)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found[state, width] = faults_of(page)

    assert {at: faults for at, faults in found.items() if faults != SOUND} == {}
    assert len(found) == len(states) * len(WIDTHS)


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
    entry = page.get_by_role("link", name="Tổ chức đảng", exact=True)
    expect(entry).to_be_hidden()

    page.get_by_role("button", name="Danh mục").focus()
    page.keyboard.press("Enter")
    expect(entry).to_be_in_viewport()
    assert faults_of(page) == SOUND
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()

    page.keyboard.press("Enter")
    entry.click()
    expect(page).to_have_url(site.address("members:unit_list"))
