"""The yearly supplement to a member's file, printed by the member."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from members import queries as registry
from members.policy import Role
from members.row_security import asked_by
from reports.documents.printout_html import to_html
from reports.documents.supplements import supplement_printout
from reports.queries.supplements import supplement_paper
from tests.clients import english_client_of
from tests.factories import (
    AccountFactory,
    CommendationFactory,
    MemberFactory,
    PostFactory,
)
from tests.reports.printouts import says_the_same
from tests.restricted import restricted
from tests.reviews.level_worlds import cell, someone

__all__ = ["cell"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cell):
    member = MemberFactory(code="DV1", full_name="Lê Chi", cell=cell.live_unit)
    return someone(
        cell, member=member, status="ASSESSED", level="GOOD", decided_by=cell.parent
    )


def text_of(printout):
    plain = re.sub(r"<[^>]+>", " ", to_html(printout))
    return " ".join(html.unescape(plain).split())


def test_it_has_what_is_recorded_of_the_year_and_leaves_the_rest(cell, person):
    account = AccountFactory(member=person.member)
    year = cell.campaign.year
    given = {"unit": cell.live_unit, "subject": cell.live_unit, "member": person.member}
    CommendationFactory(**given, on=f"{year}-06-01", document="QĐ 5-QĐ/ĐU")
    CommendationFactory(**given, on=f"{year - 1}-06-01", document="QĐ 4-QĐ/ĐU")

    with restricted(), asked_by(account.pk):
        paper = supplement_paper(person, registry.actor_for(account), language="vi")

    printout = supplement_printout(paper)
    said = text_of(printout)
    assert f"PHIẾU BỔ SUNG HỒ SƠ ĐẢNG VIÊN năm {year}" in said
    assert "Lê Chi" in said
    assert f"Hoàn thành tốt nhiệm vụ, do {cell.parent.name} quyết định" in said
    assert "QĐ 5-QĐ/ĐU" in said
    assert "QĐ 4-QĐ/ĐU" not in said
    assert said.count("[cần ghi]") >= 4
    assert says_the_same(printout)


def test_a_post_that_ended_by_its_last_day_is_told(cell, person):
    account = AccountFactory(member=person.member)
    year = cell.campaign.year
    PostFactory(
        unit=cell.live_unit, account=None, member=person.member,
        role=Role.WORKING_TEAM, title="Tổ viên",
        from_on=date(year - 1, 2, 1), ends_on=date(year, 9, 30),
    )  # fmt: skip

    with restricted(), asked_by(account.pk):
        paper = supplement_paper(person, registry.actor_for(account), language="vi")

    said = text_of(supplement_printout(paper))
    assert "từ ngày 01/02" not in said
    assert f"đến ngày 30/09/{year}" in said


def test_the_person_prints_it_and_nobody_else(person):
    client = english_client_of(AccountFactory(member=person.member))
    page = client.get(reverse("own_results")).content.decode()
    other = english_client_of(AccountFactory(member=MemberFactory()))

    for extension in ("pdf", "docx"):
        printed = reverse("supplement_print", args=[person.pk, extension])
        assert printed in page
        assert client.get(printed).status_code == 200
        assert other.get(printed).status_code == 404
