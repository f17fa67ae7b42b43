"""The plan of a review, and the letter of guidance."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Campaign, PlanDocument
from campaigns.steps import Step
from members.policy import SYSTEM
from reports.documents.campaign_papers import guidance_printout, plan_printout
from reports.documents.printout_html import to_html
from reports.documents.word import to_docx
from reports.queries.campaign_papers import guidance_paper, plan_paper
from tests.campaigns.plan_worlds import World, page
from tests.factories import (
    ContentItemFactory,
    ForeseenBodyFactory,
    PhaseFactory,
    PlanDocumentFactory,
    PlanTaskFactory,
)
from tests.reports.printouts import says_the_same

pytestmark = pytest.mark.django_db
ROLE = PlanDocument.Role


@pytest.fixture
def world():
    return World()


def filled(campaign, unit=None):
    """A plan that has one of each part."""
    columns = {"campaign": campaign, "unit": unit}
    PlanDocumentFactory(role=ROLE.BASIS, issuer="Ban Chấp hành Trung ương", **columns)
    PlanDocumentFactory(
        role=ROLE.PLAN,
        title="Kế hoạch",
        number="12-KH/HU",
        dated_on="2024-03-05",
        **columns,
    )
    PlanDocumentFactory(role=ROLE.STUDY, title="Chuyên đề 2024", **columns)
    PhaseFactory(
        step=Step.SELF_REVIEW, from_on=date(2024, 11, 1), until_on=date(2024, 12, 1),
        **columns,
    )  # fmt: skip
    PlanTaskFactory(body="Ban Tổ chức", **columns)
    if unit is None:
        item = ContentItemFactory(campaign=campaign)
        ContentItemFactory(campaign=campaign, parent=item, text="Đối thoại với dân")
        ForeseenBodyFactory(campaign=campaign, name="Ủy ban nhân dân")


def text_of(printout):
    assert says_the_same(printout)
    shown = to_html(printout)
    body = shown[shown.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def plan_text(campaign, unit=None, language="vi"):
    return text_of(plan_printout(plan_paper(campaign, unit, SYSTEM, language=language)))


def guidance_text(campaign, unit=None, language="vi"):
    paper = guidance_paper(campaign, unit, SYSTEM, language=language)
    return text_of(guidance_printout(paper))


def test_the_plan_says_what_the_campaign_s_plan_holds(world):
    campaign = world.draft(theme="Nêu gương", focus="Đoàn kết.")
    filled(campaign)
    said = plan_text(campaign)

    assert "Số 12-KH/HU" in said
    assert "ngày 05 tháng 3 năm 2024" in said
    assert "KẾ HOẠCH kiểm điểm, đánh giá, xếp loại chất lượng" in said
    assert (
        "- Căn cứ Nghị quyết Trung ương 4 khóa XII số 04-NQ/TW của Ban Chấp hành Trung "
        "ương; - Căn cứ Quy định số 366-QĐ/TW"
    ) in said
    assert "Chuyên đề 2024" not in said
    assert "Chủ đề: Nêu gương." in said
    assert "Trọng tâm của năm: Đoàn kết." in said
    assert "Chuyên đề học tập: [cần ghi]." in said
    assert "(1) Giữ gìn đoàn kết trong chi bộ – Đối thoại với dân" in said
    assert "01/11/2024 30/11/2024" in said
    assert "Công khai thủ tục hành chính Ban Tổ chức" in said
    assert "– Ủy ban nhân dân (Chính quyền)." in said
    assert "Các tổ chức đảng trực thuộc" in said


def test_what_is_missing_shows_as_to_be_written(world):
    said = plan_text(world.draft())

    assert said.count("[cần ghi]") == 6
    assert re.search(r"Số\s+-KH/", said)
    assert "Thành phần tham gia" not in said


def test_a_local_plan_is_of_its_unit_with_the_steps_that_it_leaves_as_they_are(world):
    campaign = world.opened()
    ContentItemFactory(campaign=campaign)
    unit = world.unit(campaign, world.committee)
    PhaseFactory(
        campaign=campaign, unit=unit, step=Step.SELF_REVIEW,
        from_on=date(2024, 11, 1), until_on=date(2024, 12, 1),
    )  # fmt: skip
    said = plan_text(campaign, unit)

    assert "(1) Giữ gìn đoàn kết trong chi bộ" in said
    for words in ("Viết bản cam kết", "Viết bản kiểm điểm", "01/11/2024 30/11/2024"):
        assert words in said


def test_the_letter_says_forms_criteria_levels_ceilings_order_and_days(world):
    campaign = world.draft()
    filled(campaign)
    said = guidance_text(campaign)

    assert re.search(r"-CV/\S+ về việc hướng dẫn kiểm điểm, đánh giá, xếp loại", said)
    assert "Kính gửi: Các tổ chức đảng trực thuộc" in said
    assert "Căn cứ Kế hoạch số 12-KH/HU ngày 05/03/2024; Quy định số 366-QĐ/TW" in said
    rules = campaign.rules
    for form in rules.procedure.forms:
        assert f"– {form.code}: {form.label.vi}." in said
    for rule in rules.procedure.order:
        assert f"– {rule.label.vi}." in said
    assert "Nhóm tiêu chí chung 30" in said
    assert "từ 90 điểm trở lên; hoàn thành ít nhất 100% nhiệm vụ" in said
    assert "tối đa 20%" in said
    assert "01/11/2024 30/11/2024" in said
    # A letter has neither a heading nor dashes.
    assert "-----" not in said


@pytest.mark.parametrize(
    "code", ["hd27-2014", "qd132-2018", "qd124-2023", "qd366-2025"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_set_has_its_letter_in_both_languages(world, code, language):
    campaign = world.draft(rule_set_code=code)
    said = guidance_text(campaign, language=language)

    assert campaign.rules.members.levels[0].label.text(language) in said
    assert ("What each level asks of a member" in said) == (language == "en")


def test_a_draft_is_printed_with_all_of_it_by_whoever_makes_it(world):
    campaign = world.draft(theme="Nêu gương")
    filled(campaign)
    for name, paper, printout in (
        ("plan_print", plan_paper, plan_printout),
        ("guidance_print", guidance_paper, guidance_printout),
    ):
        given = world.clerk.get(reverse(name, args=[campaign.pk, "docx"]))
        expected = printout(paper(campaign, None, SYSTEM, language="vi"))
        assert b"".join(given.streaming_content) == to_docx(expected)
        assert (
            world.secretary.get(reverse(name, args=[campaign.pk, "docx"])).status_code
            == 404
        )


def test_the_plan_takes_as_many_queries_for_any_campaign(
    world, django_assert_num_queries
):
    campaign = world.draft()
    for _each in range(3):
        ContentItemFactory(campaign=campaign)
        PlanTaskFactory(campaign=campaign, responsible=world.cell)
        PlanDocumentFactory(campaign=campaign)
    campaign = Campaign.objects.select_related("root_unit").get(pk=campaign.pk)
    with django_assert_num_queries(13):
        plan_paper(campaign, None, SYSTEM, language="vi")


def test_whoever_runs_the_campaign_prints_both_and_readers_do_not(world):
    campaign = world.opened()
    unit = world.unit(campaign, world.committee)
    for at, args in (
        ("plan_detail", [campaign.pk]),
        ("local_plan", [campaign.pk, unit.live_unit_id]),
    ):
        names = ("plan_print", "guidance_print")
        names = names if at == "plan_detail" else tuple(f"local_{n}" for n in names)
        papers = [
            reverse(name, args=[*args, extension])
            for name in names
            for extension in ("pdf", "docx")
        ]
        shown = world.clerk.get(page(at, *args)).content.decode()
        hidden = world.secretary.get(page(at, *args)).content.decode()
        assert all(f'href="{each}"' in shown for each in papers)
        assert not any(each in hidden for each in papers)
        assert {world.clerk.get(each).status_code for each in papers} == {200}
        assert {world.secretary.get(each).status_code for each in papers} == {404}
