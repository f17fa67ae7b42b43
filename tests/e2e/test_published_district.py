"""The published district of 2018, its report made by a real worker."""

import pytest
from celery import Celery, current_app
from django.utils import timezone
from playwright.sync_api import expect

from deploy.test_services import private_redis
from members.models import Account
from reports.services import demonstrating
from reviews.services.staging.loading import load_scenario
from tests.e2e.conftest import enter, rows_of, table_under
from tests.e2e.documents import figures_in_workbook, printed_figures, save
from tests.workers import on_test_database, worker

# As published; `reviews/scenarios/data/yen-lac-2018.toml` says where.
MEMBERS = [
    ["Đủ tư cách, hoàn thành xuất sắc nhiệm vụ", "675", "10,80"],
    ["Đủ tư cách, hoàn thành tốt nhiệm vụ", "4.950", "79,20"],
    ["Đủ tư cách, hoàn thành nhiệm vụ", "559", "8,94"],
    ["Vi phạm tư cách hoặc không hoàn thành nhiệm vụ", "66", "1,06"],
]


@pytest.fixture
def messages(monkeypatch):
    """A broker of our own, to which the site sends."""
    with private_redis() as url:
        sender = Celery("sender", broker=url, set_as_current=False)
        app = current_app._get_current_object()
        monkeypatch.setattr(app, "send_task", sender.send_task)
        yield url
        sender.close()


@pytest.mark.long
def test_the_published_figures_are_on_the_page_and_in_both_documents(
    live_server, context, page, messages, tmp_path
):
    load_scenario(
        demonstrating.scenario(), now=timezone.now(), on_progress=lambda percent: None
    )
    demonstrating.create_accounts(now=timezone.now())
    enter(context, Account.objects.get(login="vanthu"))
    page.goto(live_server.url)
    page.get_by_role("link", name="Tổng hợp, báo cáo", exact=True).click()
    page.get_by_role("link", name="Mở số liệu").click()
    assert rows_of(table_under(page, "Chất lượng đảng viên"))[1:5] == MEMBERS
    page.get_by_role("button", name="Lập báo cáo").click()

    log = tmp_path / "worker.log"
    with worker(on_test_database(messages), log):
        expect(page.get_by_text("Báo cáo đang lập.")).to_be_visible()
        expect(page.get_by_role("link", name="Tải bản PDF")).to_be_visible(
            timeout=120_000
        )
    pdf = save(page, "Tải bản PDF", tmp_path)
    xlsx = save(page, "Tải bản Excel", tmp_path)

    total = "6612 262 38 3 46 13 6250 675 10,80 4950 79,20 559 8,94 66 1,06"
    assert figures_in_workbook(xlsx, {"Tổng số"}) == {"Tổng số": total}
    printed = printed_figures(pdf, {"Tổng số"})["Tổng số"]
    assert printed.replace(".", "") == total
