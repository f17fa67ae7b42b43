"""Plain rows of a unit's work: recorded, corrected, taken out; files and workbooks."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from campaigns.models import Activity, DraftComment, InternalRule, TeamVisit
from campaigns.views.work_records import KINDS, LISTS
from tests.attachment_parts import pdf
from tests.campaigns.work_worlds import browser_of, cell_at_work, typed_in
from tests.factories import (
    ActivityFactory,
    DraftCommentFactory,
    DraftFactory,
    InternalRuleFactory,
    PlanDocumentFactory,
    ProgrammeFactory,
    RecommendationFactory,
    StudyDocumentFactory,
    StudySessionFactory,
    SupervisionFindingFactory,
    TeamMemberFactory,
    TeamVisitFactory,
    WorkingTeamFactory,
)

pytestmark = pytest.mark.django_db

RULE = {"name": "Quy chế", "outcome": "KEPT", "on": "05/05/2024"}


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def client_of_cell(world):
    return browser_of(world.secretary)


def act(browser, address, **answers):
    return browser.post(address, {**typed_in(browser.get(address)), **answers})


def test_a_rule_is_recorded_corrected_and_taken_out(world, client_of_cell):
    assert act(client_of_cell, world.url("rule_add"), **RULE).status_code == 302
    rule = InternalRule.objects.get()
    edit = reverse("work:rule_edit", args=[rule.pk])
    refused = act(client_of_cell, edit, outcome="AMENDED")
    assert refused.status_code == 422  # without the document
    assert (
        act(client_of_cell, edit, outcome="AMENDED", document="QĐ 2").status_code == 302
    )
    rule.refresh_from_db()
    assert (rule.outcome, rule.document, rule.version) == ("AMENDED", "QĐ 2", 2)
    remove = reverse("work:rule_remove", args=[rule.pk])
    assert act(client_of_cell, remove).status_code == 302
    assert not InternalRule.objects.exists()


def test_two_corrections_stand_side_by_side(world, client_of_cell):
    rule = InternalRuleFactory(unit=world.cell)
    edit = reverse("work:rule_edit", args=[rule.pk])
    typed = typed_in(client_of_cell.get(edit))
    InternalRule.objects.update(note="Đã họp", version=2)

    page = client_of_cell.post(edit, {**typed, "note": "Khác"})

    assert page.status_code == 409
    assert [line[1:] for line in page.context["both"]] == [("Đã họp", "Khác")]
    remove = reverse("work:rule_remove", args=[rule.pk])
    assert client_of_cell.post(remove, {"version": 1, "once": "x"}).status_code == 409


def test_nothing_is_recorded_in_a_campaign_that_is_closed(world, client_of_cell):
    world.campaign.closed_at = world.campaign.roll_fixed_at = world.campaign.opened_at
    world.campaign.state = "CLOSED"
    world.campaign.save()
    refused = act(client_of_cell, world.url("rule_add"), **RULE)
    assert (refused.status_code, InternalRule.objects.count()) == (422, 0)
    page = client_of_cell.get(world.url("rules"))
    assert page.context["may_edit"] is False


def test_a_document_that_was_studied_is_not_taken_out(world, client_of_cell):
    document = StudyDocumentFactory(unit=world.cell)
    remove = reverse("work:document_remove", args=[document.pk])
    StudySessionFactory(unit=world.cell, documents=[document])
    assert act(client_of_cell, remove).status_code == 422


def test_a_product_is_a_file_of_a_known_kind(world, client_of_cell):
    address = world.url("activity_add")
    seminar = {
        "kind": "SEMINAR", "topic": "Nêu gương", "organiser": "Chi bộ",
        "on": "05/05/2024",
    }  # fmt: skip
    for name, content in (("a.exe", b"MZ"), ("a.pdf", b"MZ"), ("a.pdf", b"")):
        file = SimpleUploadedFile(name, content)
        refused = act(client_of_cell, address, **seminar, product_file=file)
        assert list(refused.context["form"].errors) == ["product_file"]
    file = SimpleUploadedFile("Tham luận.pdf", pdf())
    assert act(client_of_cell, address, **seminar, product_file=file).status_code == 302
    activity = Activity.objects.get()
    product = client_of_cell.get(reverse("work:product", args=[activity.pk]))
    assert b"".join(product.streaming_content) == pdf()
    assert "Tham" in product["Content-Disposition"]
    assert product["Content-Type"] == "application/pdf"
    assert "Tham" not in activity.product_file.name
    nothing = ActivityFactory(unit=world.cell)
    gone = client_of_cell.get(reverse("work:product", args=[nothing.pk]))
    assert gone.status_code == 404


def test_a_team_attends_units_below_on_its_days(world):
    team = WorkingTeamFactory(unit=world.committee)
    TeamMemberFactory(team=team)
    upper = browser_of(world.upper)
    add = reverse("work:visit_add", args=[team.pk])
    late = act(upper, add, unit=world.cell.pk, on="05/05/2025")
    assert list(late.context["form"].errors) == ["on"]
    assert act(upper, add, unit=world.cell.pk, on="05/11/2024").status_code == 302
    assert TeamVisit.objects.get().unit == world.cell
    home = browser_of(world.secretary).get(world.url("unit_work"))
    assert "Quyết định số 133-QĐ/ĐU" in home.content.decode()


def test_nothing_is_told_as_done_on_a_day_to_come(world):
    to_come = timezone.localdate() + timedelta(days=1)
    team = WorkingTeamFactory(unit=world.committee, ends_on=to_come)
    activity = ActivityFactory(unit=world.committee)
    draft = DraftFactory(unit=world.committee)
    programme = ProgrammeFactory(unit=world.committee)
    upper = browser_of(world.upper)
    at = (world.campaign.pk, world.committee.live_unit_id)
    day = f"{to_come:%d/%m/%Y}"
    visit = {"unit": world.cell.pk, "on": day}
    seminar = {
        "kind": "SEMINAR", "topic": "Nêu gương", "organiser": "x", "on": day,
        "product_file": "",
    }  # fmt: skip
    asked = {"document": "1-CV", "asked_on": day, "subject": "Tiến độ"}
    for name, where, typed, field in (
        ("visit_add", [team.pk], {**visit, "is_held": "on"}, "on"),
        ("rule_add", at, {**RULE, "on": day}, "on"),
        ("activity_add", at, {**seminar, "headcount": "9"}, "on"),
        (
            "recommendation_add",
            [activity.pk],
            {"text": "x", "addressee": "y", "answer": "z", "answered_on": day},
            "answered_on",
        ),
        (
            "comment_add",
            [draft.pk],
            {"body_name": "Hội", "received_on": day, "text": "x"},
            "received_on",
        ),
        (
            "comments_receive",
            [draft.pk],
            {"body_name": "Hội", "received_on": day, "file": workbook(("1", "", "x"))},
            "received_on",
        ),
        (
            "finding_add",
            at,
            {"body_name": "Hội", "document": "1", "on": day, "text": "x"},
            "on",
        ),
        ("direction_add", [programme.pk], asked, "asked_on"),
    ):
        refused = act(upper, reverse(f"work:{name}", args=where), **typed)
        errors = refused.context["form"].errors
        assert errors == {field: ["Ngày này chưa đến."]}, name

    planned = act(upper, reverse("work:visit_add", args=[team.pk]), **visit)
    assert planned.status_code == 302
    planned = act(upper, reverse("work:activity_add", args=at), **seminar)
    assert planned.status_code == 302


def test_the_home_says_what_the_plan_wants_to_be_studied(world):
    PlanDocumentFactory(campaign=world.campaign, role="STUDY")
    text = world.url("study") + "#documents"

    kept = browser_of(world.secretary).get(world.url("unit_work"))
    assert kept.context["offered"] == 1
    assert text in kept.content.decode()
    assert kept.content.decode().count("Chưa ghi văn bản") == 0
    read = browser_of(world.member).get(world.url("unit_work"))
    assert text not in read.content.decode()


def workbook(*rows, heads=("Số thứ tự", "Phần, mục của dự thảo", "Nội dung góp ý")):
    book = Workbook()
    book.active.title = "Góp ý"
    for row in (heads, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("gop-y.xlsx", content.getvalue())


def test_a_workbook_of_comments_goes_out_and_comes_in(world):
    draft = DraftFactory(unit=world.committee)
    upper = browser_of(world.upper)
    out = upper.get(
        reverse("work:comments_file", args=[draft.pk]), {"body_name": "Hội Phụ nữ"}
    )
    book = load_workbook(io.BytesIO(b"".join(out.streaming_content)))
    assert [cell.value for cell in book["Góp ý"][1]] == [
        "Số thứ tự",
        "Phần, mục của dự thảo",
        "Nội dung góp ý",
    ]
    address = reverse("work:comments_receive", args=[draft.pk])
    body = {"body_name": "Hội Phụ nữ", "received_on": "15/01/2024"}
    rows = (("1", "Mục II", "Thêm chỉ tiêu"), ("2", "", ""), ("3", "", "Rõ thời hạn"))
    for _twice in range(2):
        assert act(upper, address, **body, file=workbook(*rows)).status_code == 302
    found = DraftComment.objects.order_by("pk").values_list("place", "text")
    assert list(found) == [("Mục II", "Thêm chỉ tiêu"), ("", "Rõ thời hạn")]

    for bad in (
        workbook(("1", "", "")),
        workbook(("1", "", "a\u200bb")),
        workbook(("1", "", "x" * 2001)),
        workbook(("1", "2", "3"), heads=("a", "b", "c")),
        SimpleUploadedFile("a.xlsx", b"nothing"),
        SimpleUploadedFile("a.xlsx", b"x" * (2 * 2**20 + 1)),
    ):
        refused = act(upper, address, **body, file=bad)
        assert (refused.status_code, list(refused.context["form"].errors)) == (
            422,
            ["file"],
        )
    assert DraftComment.objects.count() == 2


def test_each_comment_gets_its_answer_and_why(world):
    comment = DraftCommentFactory(draft__unit=world.committee)
    upper = browser_of(world.upper)
    edit = reverse("work:comment_edit", args=[comment.pk])
    assert act(upper, edit, answer="NOT_ACCEPTED").status_code == 422
    done = act(upper, edit, answer="NOT_ACCEPTED", why="Đã có ở mục III")
    assert done.status_code == 302
    comment.refresh_from_db()
    assert (comment.answer, comment.why) == ("NOT_ACCEPTED", "Đã có ở mục III")


def test_a_comment_without_an_answer_says_so_and_leads_to_it(world):
    comment = DraftCommentFactory(draft__unit=world.committee)
    at = (world.campaign.pk, world.committee.live_unit_id)
    address = reverse("work:drafts", args=at)
    upper = browser_of(world.upper)

    shown = upper.get(address).content.decode()
    assert "chưa trả lời" in shown
    assert "Trả lời, sửa" in shown

    type(comment).objects.update(answer="ACCEPTED")
    shown = upper.get(address).content.decode()
    assert "chưa trả lời" not in shown
    assert "Trả lời, sửa" not in shown


def test_only_figures_ask_how_many_came_and_were_accepted():
    world = cell_at_work(mode="RESULTS_ONLY")
    draft = DraftFactory(unit=world.committee)
    upper = browser_of(world.upper)
    add = reverse("work:comment_add", args=[draft.pk])
    body = {"body_name": "Hội Nông dân", "received_on": "15/01/2024"}
    assert set(upper.get(add).context["form"].fields) == {*body, "total", "accepted"}
    assert act(upper, add, **body, total=3, accepted=4).status_code == 422
    assert act(upper, add, **body, total=3, accepted=2).status_code == 302
    assert DraftComment.objects.values_list("total", "accepted", "text").get() == (
        3,
        2,
        "",
    )
    file = reverse("work:comments_file", args=[draft.pk])
    assert upper.get(file).status_code == 404


def test_what_can_never_be_true_is_refused_by_the_database(world):
    for make in (
        lambda: InternalRuleFactory(unit=world.cell, outcome="ABOLISHED"),
        lambda: DraftCommentFactory(draft__unit=world.cell, answer="PARTLY"),
        lambda: DraftCommentFactory(draft__unit=world.cell, accepted=2),
        lambda: WorkingTeamFactory(unit=world.cell, ends_on=date(2020, 1, 1)),
        lambda: DraftFactory(unit=world.cell, due_on=date(2020, 1, 1)),
        lambda: SupervisionFindingFactory(unit=world.cell, replied_on=date(2020, 1, 1)),
        lambda: StudyDocumentFactory(unit=world.cell, wants_essay=True),
        lambda: StudySessionFactory(unit=world.cell, headcount=3),
        lambda: StudySessionFactory(
            unit=world.cell, body_name="x", headcount=3, invited=2
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


def fill(world):
    InternalRuleFactory(unit=world.cell)
    SupervisionFindingFactory(unit=world.cell)
    RecommendationFactory(activity__unit=world.cell)
    DraftCommentFactory(draft__unit=world.cell)
    TeamVisitFactory(team__unit=world.cell)
    TeamMemberFactory(team__unit=world.cell)


@pytest.mark.parametrize("page", LISTS)
def test_a_list_asks_as_much_for_three_rows_as_for_one(
    world, client_of_cell, page, django_assert_num_queries
):
    client_of_cell.get(world.url(page))
    fill(world)
    with CaptureQueriesContext(connection) as asked:
        client_of_cell.get(world.url(page))
    fill(world)
    fill(world)
    with django_assert_num_queries(len(asked)):
        client_of_cell.get(world.url(page))


def test_each_kind_is_listed_on_a_page_that_exists(world, client_of_cell):
    fill(world)
    for kind in KINDS.values():
        address = reverse(kind.page, args=[world.campaign.pk, world.cell.live_unit_id])
        assert client_of_cell.get(address).status_code == 200


@pytest.mark.parametrize(
    ("page", "make", "title"),
    [
        ("activities", RecommendationFactory, "text"),
        ("drafts", DraftCommentFactory, "body_name"),
        ("teams", TeamMemberFactory, "name"),
    ],
)
def test_what_hangs_on_a_row_is_named(world, client_of_cell, page, make, title):
    above = {"activities": "activity", "drafts": "draft", "teams": "team"}[page]
    make(**{f"{above}__unit": world.cell, title: "Tên gọi của dòng dưới"})

    shown = client_of_cell.get(world.url(page)).content.decode()

    assert ">Tên gọi của dòng dưới</p>" in shown


def test_the_way_to_work_leads_to_the_only_unit(world):
    secretary = browser_of(world.secretary)
    start = reverse("work:work_list")
    assert secretary.get(start)["Location"] == world.url("unit_work")
    member = browser_of(world.member).get(start)
    assert [unit.pk for unit in member.context["homes"]] == [
        world.cell.pk,
        world.committee.pk,
    ]


def test_the_way_back_leads_past_a_list_of_one(world):
    def back(account):
        page = browser_of(account).get(world.url("unit_work"))
        return page.context["crumbs"][0][1]

    assert back(world.secretary) == reverse("home")
    assert back(world.member) == reverse("work:work_list")
