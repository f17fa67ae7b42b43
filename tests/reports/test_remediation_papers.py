"""A plan of remediation and the book of a unit, as they are printed."""

import html
import io
import re
from datetime import date

import pypdf
import pytest
from django.test import Client

from members.models import Account
from reports.documents.pdf import html_to_pdf
from reports.documents.printout_html import to_html
from reports.documents.remediation import book_printout, letter_printout, plan_printout
from reports.documents.writers import CONTENT_TYPES
from reports.queries.remediation import book_paper, letter_paper, plan_paper
from reviews.models import RemediationItem
from reviews.remediation import Act
from tests.factories import (
    MemberFactory,
    NamedPersonFactory,
    RemediationCheckFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
)
from tests.reports.printouts import says_the_same
from tests.reviews.remediation_worlds import TODAY, Place, add

pytestmark = pytest.mark.django_db
LONG = "Chưa thường xuyên kiểm tra, đôn đốc việc thực hiện nghị quyết của chi bộ. " * 4


@pytest.fixture
def place():
    return Place()


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def printed(plan, actor, language="vi"):
    paper = plan_paper(plan, actor, language=language, today=TODAY)
    printout = plan_printout(paper)
    assert says_the_same(printout)
    return to_html(printout)


def book(place, language="vi"):
    paper = book_paper(place.cell, place.secretary, language=language, today=TODAY)
    printout = book_printout(paper)
    assert says_the_same(printout)
    return to_html(printout)


def test_a_plan_says_its_items_and_what_was_said_of_it(place):
    plan = place.plan()
    add(plan, place.person, shortcoming="Còn nể nang", source="OWN")
    empty = text_of(printed(plan, place.person))
    plan = place.until(plan, Act.GIVE, Act.MINUTE)

    said = text_of(printed(plan, place.secretary))

    assert "KẾ HOẠCH khắc phục hạn chế, khuyết điểm của đồng chí Đỗ Thị Yến" in said
    assert "Còn nể nang" in said
    assert "Lập lịch báo cáo hằng tuần" in said
    assert "31/03/2027" in said
    assert "BB 05" in said
    assert "Chi bộ thống nhất" in said
    assert "BB 05" not in empty
    assert "NGƯỜI LẬP KẾ HOẠCH" in said
    assert printed(plan, place.secretary) == printed(plan, place.secretary)
    assert "Plan of remediation" in printed(plan, place.secretary, "en")


def test_a_plan_without_items_leaves_lines_to_write_by_hand(place):
    plan = RemediationPlanFactory(member=None, unit=place.cell)

    page = printed(plan, place.secretary)

    assert page.count("<tr") == 6
    assert "NGƯỜI LẬP KẾ HOẠCH" not in page


def test_the_book_holds_everything_that_was_followed_with_its_checks(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE)
    late = RemediationItemFactory(
        plan=plan, shortcoming="Đã chậm", due_on=date(2026, 10, 1)
    )
    RemediationCheckFactory(item=late, state="BEHIND", note="Còn hai báo cáo")
    other = RemediationPlanFactory(
        member=MemberFactory(full_name="Lê Văn Chính", cell=place.cell), state="GIVEN"
    )
    RemediationItemFactory(plan=other, shortcoming="Chưa được bàn")

    said = text_of(book(place))

    assert f"SỔ THEO DÕI khắc phục hạn chế, khuyết điểm của {place.cell.name}" in said
    assert "Đã chậm" in said
    assert "Quá hạn" in said
    assert "05/11/2026: cần đôn đốc; Còn hai báo cáo" in said
    assert "Chưa được bàn" not in said


def test_the_letter_names_the_document_the_post_and_the_time(place):
    item = RemediationItem.objects.get(plan=place.unit_plan())
    named = NamedPersonFactory(
        item=item, member=None, name="Trần Văn Bình", organisation="Sở Nội vụ",
        until_on=date(2025, 6, 30),
    )  # fmt: skip

    printout = letter_printout(letter_paper(named, language="vi"))
    said = text_of(to_html(printout))
    assert says_the_same(printout)

    for words in (
        "Sở Nội vụ",
        "12-TB/UBKT, 05/09/2026",
        "Trần Văn Bình, Phó bí thư (01/05/2021 – 30/06/2025)",
        f"khuyết điểm của {place.cell.name}",
    ):
        assert words in said
    assert "Who is named" in to_html(
        letter_printout(letter_paper(named, language="en"))
    )


def test_many_long_rows_stay_on_the_paper(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE)
    for number in range(12):
        item = RemediationItemFactory(
            plan=plan, shortcoming=f"Mục {number}: {LONG}", measure=LONG
        )
        RemediationCheckFactory(item=item, note=LONG[:200])

    for page in (printed(plan, place.secretary), book(place)):
        pdf = pypdf.PdfReader(io.BytesIO(html_to_pdf(page)))
        text = " ".join(each.extract_text() for each in pdf.pages)
        assert all(f"Mục {number}:" in text for number in range(12))
        assert len(pdf.pages) > 2


def test_they_are_given_as_files(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE)
    client = Client()
    client.force_login(Account.objects.get(pk=place.secretary.account_id))

    for address in (
        f"/remediation/{plan.pk}/",
        f"/remediation/units/{place.cell.pk}/book/",
    ):
        for extension, content_type in CONTENT_TYPES.items():
            given = client.get(f"{address}{extension}/")
            assert given["Content-Type"] == content_type
            assert given["Content-Disposition"].endswith(f'.{extension}"')
        assert client.get(f"{address}odt/").status_code == 404
