"""A cell of three from its attendance to the proposed levels: reviewed, counted, locked."""

from playwright.sync_api import Page, expect

from campaigns.models import Meeting, Participant
from members.models import Account, PartyUnit
from members.policy import Role
from reviews.models import Ballot, BallotDraft, ReviewOccasion
from tests.e2e.ballot_states import hall
from tests.e2e.conftest import Site, enter
from tests.e2e.pledge_states import of_person, people
from tests.factories import PostFactory


def as_(page: Page, account: Account, width: int = 1280) -> None:
    page.context.clear_cookies()
    enter(page.context, account)
    page.set_viewport_size({"width": width, "height": 900})


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def named(site: Site) -> list[Participant]:
    """The three, each with a name of their own."""
    for person, name in zip(people(site), ("An", "Bình", "Chi"), strict=True):
        Participant.objects.filter(pk=person.pk).update(full_name=f"Lê {name}")
    return people(site)


def review_everybody(site: Site, page: Page, meeting: Meeting) -> None:
    arguments = (site.campaign.pk, meeting.unit.live_unit_id, meeting.pk)
    page.goto(site.address("meetings:meeting_detail", *arguments))
    page.get_by_role("link", name="Từng đồng chí kiểm điểm").click()
    page.get_by_role("link", name="Lập thứ tự kiểm điểm").click()
    press(page, "Lập thứ tự kiểm điểm")
    page.get_by_role("link", name="Tiếp theo:").click()
    expect(page.get_by_role("heading", name="Kiểm điểm tập thể")).to_be_visible()
    expect(page.locator("form[data-ready]")).to_be_attached()
    press(page, "Ghi phần kiểm điểm tập thể")
    page.get_by_role("link", name="Tiếp theo:").click()
    for place in ("(1/3)", "(2/3)", "(3/3)"):
        expect(page.get_by_role("heading", name=place)).to_be_visible()
        expect(page.locator("form[data-ready]")).to_be_attached()
        page.get_by_label("Ý kiến góp ý", exact=True).fill("Cần đi cơ sở nhiều hơn.")
        press(page, "Lưu và sang đồng chí tiếp theo")
    expect(page.get_by_text("Từng đồng chí kiểm điểm: 3/3")).to_be_visible()


def open_the_round(page: Page) -> None:
    page.get_by_role("link", name="Bỏ phiếu kín").click()
    page.get_by_role("link", name="Chọn tổ kiểm phiếu").click()
    page.get_by_label("Tổ trưởng tổ kiểm phiếu").select_option(label="Lê An")
    page.get_by_label("Lê Bình").check()
    press(page, "Chọn tổ kiểm phiếu")
    page.get_by_role("link", name="Mở lần bỏ phiếu").click()
    press(page, "Mở lần bỏ phiếu này")
    expect(page.get_by_text("đang kiểm phiếu")).to_be_visible()


def count_and_fall_short(site: Site, page: Page) -> None:
    page.goto(site.url)
    page.get_by_role("link", name="Nhập kết quả kiểm phiếu").click()
    expect(page.locator("form[data-ready]")).to_be_attached()
    for label in ("Số phiếu phát ra", "Số phiếu thu về", "Hợp lệ"):
        page.get_by_label(label, exact=True).fill("3")
    page.get_by_label("Không hợp lệ").fill("0")
    page.get_by_label("Lê An: Hoàn thành xuất sắc nhiệm vụ").fill("3")
    for name in ("Bình", "Chi"):
        page.get_by_label(f"Lê {name}: Hoàn thành tốt nhiệm vụ").fill("2")
    expect(page.locator("[data-papers]")).to_have_text("Khớp")
    for name, sum_ in (("An", "Khớp"), ("Bình", "Thiếu: 1")):
        row = page.locator("[data-line]", has_text=f"Lê {name}")
        expect(row.locator("[data-sum]")).to_have_text(sum_)
    expect(page.locator("[data-draft-state]")).to_contain_text("Đã giữ, chưa nhập")
    assert BallotDraft.objects.get().content["issued"] == "3"
    press(page, "Nhập kết quả kiểm phiếu")
    expect(page.get_by_text("Thiếu 1 phiếu.").first).to_be_visible()


def test_a_cell_reviews_votes_and_reads_what_it_proposes(site, page):
    meeting = hall(site)
    ReviewOccasion.objects.all().delete()
    first, second, _third = map(of_person, named(site))
    cell = PartyUnit.objects.get(code="X1")
    keeper = PostFactory(unit=cell, role=Role.SECRETARY).account

    as_(page, keeper)
    review_everybody(site, page, meeting)
    open_the_round(page)
    as_(page, first)
    count_and_fall_short(site, page)
    page.get_by_label("Lê Bình: Hoàn thành tốt nhiệm vụ").fill("3")
    page.get_by_label("Lê Chi: Không đánh dấu").fill("1")
    press(page, "Nhập kết quả kiểm phiếu")
    expect(
        page.get_by_text("thành viên khác của tổ kiểm phiếu xác nhận").first
    ).to_be_visible()
    as_(page, second, 390)
    page.goto(site.url)
    page.get_by_role("link", name="Xem kết quả kiểm phiếu").click()
    page.get_by_role("link", name="Xác nhận kết quả kiểm phiếu").click()
    press(page, "Xác nhận kết quả kiểm phiếu")
    expect(page.get_by_text("Đã xác nhận và khóa kết quả kiểm phiếu.")).to_be_visible()

    as_(page, keeper)
    page.goto(site.address("reviews:ballot_detail", Ballot.objects.get().pk))
    row = page.get_by_role("row", name="Lê An")
    row.get_by_text("Vì sao?").click()
    expect(row.get_by_text("3/3 số đảng viên chính thức")).to_be_visible()
    page.get_by_role("link", name="Bỏ phiếu kín").click()
    page.get_by_role("link", name="Sang danh sách đề nghị xếp loại").click()
    proposed = page.get_by_label("Mức được đề nghị: Lê An")
    expect(proposed).to_have_value("EXCELLENT")
    expect(proposed.locator("option")).to_have_count(1)
