"""What the committee answers to comments goes back to each body as a workbook."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.models import Campaign
from tests.campaigns.work_worlds import browser_of, cell_at_work
from tests.factories import DraftCommentFactory, DraftFactory

pytestmark = pytest.mark.django_db
WOMEN, FARMERS = "Hội Phụ nữ", "Hội Nông dân"


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def draft(world):
    return DraftFactory(unit=world.committee, title="Chương trình năm")


def rows_of(answer):
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    about = {row[0].value: row[1].value for row in book["Dự thảo"].rows}
    rows = [[cell.value for cell in row] for row in book["Trả lời góp ý"].rows]
    return rows, about


def test_each_body_gets_the_answers_to_its_own_comments(world, draft):
    facts = {"draft": draft, "body_name": WOMEN}
    DraftCommentFactory(
        **facts, place="Mục II", text="Thêm chỉ tiêu", answer="ACCEPTED"
    )
    DraftCommentFactory(
        **facts, text="=1+1", answer="NOT_ACCEPTED", why="Đã có ở mục III"
    )
    DraftCommentFactory(**facts, text="Rõ thời hạn")
    DraftCommentFactory(draft=draft, body_name=FARMERS, text="Khác")
    upper = browser_of(world.upper)
    page = reverse("work:comments_answers", args=[draft.pk])

    asked = upper.get(page)
    offered = asked.context["form"].fields["body_name"].choices
    rows, about = rows_of(upper.get(page, {"body_name": WOMEN}))

    assert [name for name, _label in offered] == [FARMERS, WOMEN]
    assert rows[0][3:] == ["Kết quả tiếp thu", "Lý do, giải trình"]
    assert rows[1:] == [
        ["1", "Mục II", "Thêm chỉ tiêu", "Tiếp thu", None],
        ["2", None, "=1+1", "Không tiếp thu", "Đã có ở mục III"],
        ["3", None, "Rõ thời hạn", "Chưa trả lời", None],
    ]
    assert (about["Cơ quan, tổ chức góp ý"], about["Dự thảo"]) == (WOMEN, draft.title)
    refused = upper.get(page, {"body_name": "Hội khác"})
    assert refused.status_code == 422


def test_the_list_leads_there_once_somebody_has_commented(world, draft):
    upper = browser_of(world.upper)
    page = reverse("work:comments_answers", args=[draft.pk])
    listed = reverse(
        "work:drafts", args=[world.campaign.pk, world.committee.live_unit_id]
    )
    assert page not in upper.get(listed).content.decode()
    assert upper.get(page).status_code == 404

    DraftCommentFactory(draft=draft, body_name=WOMEN)

    assert page in upper.get(listed).content.decode()
    assert upper.get(page).status_code == 200
    assert browser_of(world.secretary).get(page).status_code == 404
    Campaign.objects.update(mode="RESULTS_ONLY")
    assert upper.get(page).status_code == 404
