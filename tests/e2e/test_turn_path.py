"""What is said of a member at the meeting, by keyboard, over a lost line, and answered."""

from playwright.sync_api import expect

from members.models import PartyUnit
from members.policy import Role
from reviews.models import Remark, ReviewOccasion
from tests.e2e.ballot_states import hall
from tests.e2e.conftest import enter
from tests.e2e.pledge_states import of_person
from tests.factories import PostFactory


def first_of_three(site):
    """The turn of the first of a cell in which all wait, and its address."""
    meeting = hall(site)
    ReviewOccasion.objects.update(state="WAITING", meeting=None)
    first = ReviewOccasion.objects.select_related("participant").get(position=1)
    unit = meeting.unit
    arguments = (unit.campaign_id, unit.live_unit_id, meeting.pk, first.pk)
    return first, site.address("reviews:turn_edit", *arguments)


def texts():
    rows = Remark.objects.order_by("kind", "position")
    return [(each.kind, each.text, each.critic) for each in rows]


def opened(page, url):
    page.goto(url)
    expect(page.locator("form[data-ready]")).to_be_attached()
    return page.locator("[data-draft-state]")


def write_by_keyboard(page):
    page.get_by_label("Ý kiến góp ý", exact=True).focus()
    page.keyboard.type("Cần đi cơ sở nhiều hơn.")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Còn nể nang.")
    page.keyboard.press("Tab")
    page.keyboard.type("Đ/c tổ 3")


def lose_the_line(context, page, state):
    context.set_offline(True)
    page.get_by_label("tiếp thu, giải trình").fill("Xin tiếp thu.")
    expect(state).to_contain_text("Mất kết nối. Nội dung đang giữ trên máy này")
    context.set_offline(False)
    expect(state).to_contain_text("Đã lưu lúc")


def comment_and_go_on(page):
    expect(page.get_by_label("tiếp thu, giải trình")).to_have_value("Xin tiếp thu.")
    page.get_by_label("Nhận xét của chi ủy").focus()
    page.keyboard.type("Đồng chí cầu thị.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="(2/3)")).to_be_visible()


def test_what_is_said_survives_a_lost_line_is_read_and_answered(
    site, context, page, no_complaint
):
    first, url = first_of_three(site)
    cell = PartyUnit.objects.get(code="X1")
    enter(context, PostFactory(unit=cell, role=Role.SECRETARY).account)
    state = opened(page, url)
    write_by_keyboard(page)
    expect(state).to_contain_text("Đã lưu lúc")
    lose_the_line(context, page, state)
    assert texts() == [
        ("ANSWER", "Xin tiếp thu.", ""),
        ("REMARK", "Cần đi cơ sở nhiều hơn.", ""),
        ("REMARK", "Còn nể nang.", "Đ/c tổ 3"),
    ]
    # The power fails: one opens the page again and goes on where one was.
    page.goto(site.url)
    opened(page, url)
    comment_and_go_on(page)

    context.clear_cookies()
    enter(context, of_person(first.participant))
    page.goto(site.address("reviews:self_review_detail", first.participant_id))
    expect(page.get_by_text("Còn nể nang.")).to_be_visible()
    page.get_by_role("link", name="Trả lời bằng văn bản").click()
    page.get_by_label("Trả lời của đồng chí").fill("Tôi xin nói rõ.")
    page.get_by_role("button", name="Gửi chi bộ").click()
    expect(page.get_by_text("Tôi xin nói rõ.")).to_be_visible()
    no_complaint.clear()  # Chromium writes that the line was gone


def test_without_a_script_every_button_keeps_what_was_written(site, browser):
    _first, url = first_of_three(site)
    cell = PartyUnit.objects.get(code="X1")
    context = browser.new_context(java_script_enabled=False)
    enter(context, PostFactory(unit=cell, role=Role.SECRETARY).account)
    page = context.new_page()
    page.goto(url)

    page.get_by_label("Ý kiến góp ý", exact=True).fill("Cần đi cơ sở nhiều hơn.")
    page.get_by_role("button", name="Thêm ý kiến").click()
    page.get_by_label("Ý kiến góp ý", exact=True).last.fill("Còn nể nang.")
    page.get_by_label("tiếp thu, giải trình").fill("Xin tiếp thu.")
    page.get_by_role("button", name="Bỏ ý kiến này").first.click()
    page.get_by_role("button", name="Lưu và sang đồng chí tiếp theo").click()

    expect(page.get_by_role("heading", name="(2/3)")).to_be_visible()
    assert texts() == [
        ("ANSWER", "Xin tiếp thu.", ""),
        ("REMARK", "Còn nể nang.", ""),
    ]
    context.close()
