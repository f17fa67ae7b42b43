"""A secretary names a document, records its session, and the one who missed it."""

from playwright.sync_api import expect

from campaigns.models import Participant, Placement
from members import names
from tests.e2e.conftest import enter, faults_of, rows_of
from tests.e2e.work_states import at, secretary, unit

NAMES = ("Lê Thị Bé", "Trần Văn Đào", "Nguyễn Thị Út")
SOUND = {"axe": [], "wider than the screen": False}


def name_people(site):
    placed = Placement.objects.open().filter(unit=unit(site)).order_by("pk")
    for placement, name in zip(placed, NAMES, strict=True):
        person = Participant.objects.filter(pk=placement.participant_id)
        person.update(full_name=name, sort_key=names.sort_key(name))


def test_a_secretary_records_that_two_of_three_studied(site, context, page):
    name_people(site)
    enter(context, secretary(site))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.address("home"))
    page.get_by_role("link", name="Chi bộ", exact=True).click()
    expect(page).to_have_url(at(site, "unit_work"))

    page.get_by_role("link", name="Học tập, quán triệt").click()
    page.get_by_role("link", name="Thêm văn bản học tập").click()
    page.get_by_label("Văn bản").fill("Kết luận về xây dựng Đảng")
    page.get_by_label("Số", exact=True).fill("21-KL/TW")
    page.get_by_role("button", name="Ghi văn bản học tập").click()
    expect(page.get_by_text("0/3 đồng chí đã học")).to_be_visible()

    page.get_by_role("link", name="Ghi buổi học văn bản này").click()
    expect(page.get_by_label("21-KL/TW Kết luận về xây dựng Đảng")).to_be_checked()
    page.get_by_label("Chuyên đề").fill("Học tập Kết luận 21")
    page.get_by_label("Báo cáo viên").fill("Bí thư chi bộ")
    page.get_by_label("Trần Văn Đào").select_option("vắng có lý do")
    page.get_by_role("button", name="Ghi buổi học này").click()

    people = page.get_by_role("region", name="Điểm danh").locator("table")
    assert rows_of(people)[1:] == [
        ["Lê Thị Bé", "có mặt"],
        ["Trần Văn Đào", "vắng có lý do"],
        ["Nguyễn Thị Út", "có mặt"],
    ]
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Ghi buổi học bù").click()
    assert faults_of(page) == SOUND
    expect(page.get_by_label("Lê Thị Bé")).to_have_count(0)
    page.get_by_role("button", name="Ghi buổi học này").click()
    page.get_by_role("link", name="Quay lại").click()
    expect(page.get_by_text("3/3 đồng chí đã học")).to_be_visible()
