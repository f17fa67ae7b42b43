"""Two people ask for another look: one request is won, one is lost."""

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import Campaign, Participant, Tally
from campaigns.services import tallies
from members.models import Account
from members.policy import Role
from reviews.models import LevelRequest
from tests.e2e.conftest import Site, enter
from tests.e2e.file_states import above, decided
from tests.e2e.notice_states import top
from tests.e2e.pledge_states import of_person, people, secretary, unit
from tests.factories import PostFactory

WON, LOST = "Tôi đã hoàn thành thêm hai đề tài.", "Tôi không đồng ý."

NAMES = ("Trần Văn Thắng", "Lê Thị Hoa")


@pytest.fixture
def result(site: Site):
    """What the committee above a cell decided on all its people."""
    Campaign.objects.update(mode="FULL_TEXT")
    decision = decided(site)
    for person, name in zip(people(site), NAMES, strict=False):
        Participant.objects.filter(pk=person.pk).update(full_name=name)
    tallies.recount([unit(site).pk])
    return decision


def as_somebody(page: Page, account: Account) -> None:
    page.context.clear_cookies()
    enter(page.context, account)


def asks(page: Page, site: Site, person: Participant, text: str) -> None:
    as_somebody(page, of_person(person))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.address("home"))
    page.get_by_role("link", name="Đọc thông báo").click()
    page.get_by_role("button", name="Tôi đã đọc thông báo này").click()
    page.get_by_role("link", name="Đề nghị xem xét lại").click()
    page.get_by_label("Nội dung đề nghị xem xét lại và lý do").fill(text)
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_role("status")).to_contain_text("Không ai trong chi bộ")


def answers(page: Page, person: Participant, level: str, why: str, number: str) -> None:
    page.get_by_role("link", name=person.full_name).click()
    page.get_by_role("link", name="Tiếp nhận đề nghị").click()
    page.get_by_role("button", name="Tiếp nhận đề nghị").click()
    page.get_by_role("link", name="Trả lời đề nghị").click()
    page.get_by_label("Mức xếp loại sau khi xem xét").select_option(level)
    page.get_by_label("Lý do (đảng viên được đọc)").fill(why)
    for name, value in (
        ("document", number),
        ("on", "2024-12-20"),
        ("minutes", "BB 40"),
        ("minutes_on", "2024-12-19"),
        ("present", "9"),
        ("votes_for", "9"),
        ("votes_against", "0"),
        ("signed_by", "Lê Văn An"),
    ):
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Ghi trả lời của cấp ủy").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi")


def notices_of_cell(page: Page, site: Site) -> None:
    as_somebody(page, secretary(site))
    page.set_viewport_size({"width": 1280, "height": 900})
    cell = unit(site)
    page.goto(site.address("reviews:notice_list", site.campaign.pk, cell.live_unit_id))


def test_one_request_is_won_and_one_is_lost(site, result, page):
    won, lost = people(site)[:2]
    asks(page, site, won, WON)
    asks(page, site, lost, LOST)

    notices_of_cell(page, site)
    expect(page.get_by_role("row", name=won.full_name)).to_contain_text("đã đọc")
    expect(page.get_by_text("có đề nghị xem xét lại")).to_have_count(0)

    committee = PostFactory(unit=top(site).live_unit, role=Role.SECRETARY).account
    as_somebody(page, committee)
    page.goto(site.address("home"))
    expect(page.get_by_role("heading", name="2 đề nghị")).to_be_visible()
    waiting = site.address(
        "reviews:request_list", site.campaign.pk, top(site).live_unit_id
    )
    page.goto(waiting)
    answers(page, won, "SATISFACTORY", "Có sản phẩm được nghiệm thu.", "41-QĐ/HU")
    page.goto(waiting)
    answers(page, lost, "KEEP", "Hồ sơ không có gì mới.", "42-QĐ/HU")

    found = [Participant.objects.get(pk=each.pk) for each in (won, lost)]
    assert [(each.level, each.decided_by_id) for each in found] == [
        ("SATISFACTORY", top(site).pk),
        ("GOOD", above(site).pk),
    ]
    counted = Tally.objects.get(unit=unit(site), subject="MEMBERS")
    assert counted.satisfactory == 1
    states = dict(LevelRequest.objects.values_list("participant", "state"))
    assert states == {won.pk: "CHANGED", lost.pk: "KEPT"}

    as_somebody(page, of_person(lost))
    page.goto(site.address("own_results"))
    page.get_by_role("link", name="42-QĐ/HU").click()
    expect(page.get_by_text("Hồ sơ không có gì mới.").first).to_be_visible()
    notices_of_cell(page, site)
    expect(page.get_by_text(WON)).to_have_count(0)
    expect(page.get_by_role("row", name=won.full_name)).to_contain_text("41-QĐ/HU")
