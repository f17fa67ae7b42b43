"""The decision on a working team, with its schedule."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import WorkingTeam
from members import queries as registry
from members.policy import Role
from reports.documents.printout_html import to_html
from reports.documents.teams import number_in, team_printout
from reports.documents.word import to_docx
from reports.queries.teams import team_paper
from tests.clients import client_of
from tests.factories import (
    CampaignUnitFactory,
    PostFactory,
    TeamMemberFactory,
    TeamVisitFactory,
    WorkingTeamFactory,
)
from tests.reports.printouts import says_the_same
from tests.reviews.ballot_worlds import open_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    campaign = open_campaign()
    root = CampaignUnitFactory(campaign=campaign)
    team = WorkingTeamFactory(unit=root)
    cells = [
        CampaignUnitFactory(campaign=campaign, parent=root, name=name)
        for name in ("Chi bộ 1", "Chi bộ 2")
    ]
    TeamMemberFactory(team=team, name="Phạm Văn Nam", title="Chuyên viên")
    TeamMemberFactory(team=team, is_leader=True)
    TeamVisitFactory(team=team, unit=cells[1], on=date(2024, 12, 3))
    TeamVisitFactory(team=team, unit=cells[0], purpose="Dự kiểm điểm")
    return team


def text_of(team, language="vi"):
    printout = team_printout(team_paper(team, language=language))
    assert says_the_same(printout)
    page = to_html(printout)
    body = page[page.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_decision_names_the_members_the_leader_first_and_the_days(team):
    said = text_of(team)

    assert "Số 133-QĐ/ĐU" in said
    assert "QUYẾT ĐỊNH thành lập tổ công tác số 1" in said
    assert "1 Hoàng Thị Lan tổ trưởng 2 Phạm Văn Nam Chuyên viên tổ viên" in said
    assert "nội dung: Dự kiểm điểm." in said
    assert "từ ngày 01/01/2024 đến hết ngày 31/12/2024" in said
    assert (
        "LỊCH DỰ CỦA TỔ CÔNG TÁC TT Ngày Tổ chức đảng Nội dung "
        "1 05/11/2024 Chi bộ 1 Dự kiểm điểm 2 03/12/2024 Chi bộ 2"
    ) in said
    assert "Article 1. Tổ công tác số 1 is set up" in text_of(team, "en")


def test_what_is_missing_shows_as_to_be_written(team):
    empty = WorkingTeamFactory(unit=team.unit, decision="theo Thông báo")
    said = text_of(empty)

    assert said.count("[cần ghi]") == 3
    assert re.search(r"Số\s+-QĐ/", said)


@pytest.mark.parametrize(
    ("decision", "number"),
    [
        ("Quyết định số 133-QĐ/ĐU, ngày 05/11/2025", "133-QĐ/ĐU"),
        ("12 - QĐ/HU.", "12-QĐ/HU"),
        ("QĐ ngày 05/11/2025", ""),
        ("", ""),
    ],
)
def test_the_number_is_taken_out_of_how_the_decision_is_named(decision, number):
    assert number_in(decision) == number


def test_the_decision_takes_as_many_queries_for_any_team(
    team, django_assert_num_queries
):
    for day in range(1, 10):
        TeamVisitFactory(team=team, unit=team.unit, on=date(2024, 11, day))
        TeamMemberFactory(team=team)
    kept = WorkingTeam.objects.select_related(
        "unit__campaign", "unit__live_unit__parent"
    ).get(pk=team.pk)
    with django_assert_num_queries(3):
        team_paper(kept, language="vi")


def test_whoever_records_the_team_prints_its_decision(team):
    printed = reverse("team_print", args=[team.pk, "pdf"])
    unit = team.unit
    page = reverse("work:teams", args=[unit.campaign_id, unit.live_unit_id])

    def browser(role, at):
        post = PostFactory(unit=at.live_unit, role=role)
        return client_of(registry.actor_for(post.account))

    clerk = browser(Role.CLERK, unit)
    assert f'href="{printed}"' in clerk.get(page).content.decode()
    assert clerk.get(printed)["Content-Type"] == "application/pdf"
    word = clerk.get(printed.replace("pdf", "docx"))
    expected = team_printout(team_paper(team, language="vi"))
    assert b"".join(word.streaming_content) == to_docx(expected)
    reader = browser(Role.ORGANISATION_DEPARTMENT, unit)
    assert printed not in reader.get(page).content.decode()
    assert reader.get(printed).status_code == 404
