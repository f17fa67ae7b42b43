"""The lists of a committee: who stands on them, in which order, and on which files."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from members.queries import actor_for
from reports.documents.committee_lists import (
    list_printout,
    list_workbook,
    request_printout,
)
from reports.documents.printout_html import to_html
from reports.queries.committee_lists import KINDS, list_of, request_of
from reports.queries.committee_lists.catalogue import Asked
from tests.clients import client_of
from tests.factories import (
    CampaignFactory,
    CampaignUnitFactory,
    DecisionFactory,
    ParticipantFactory,
    PlacementFactory,
    PlanDocumentFactory,
    PledgeItemFactory,
    PostFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
)
from tests.reports.printouts import says_the_same
from tests.reviews.level_worlds import cell, committee, holder, received, someone

__all__ = ["cell", "committee"]
pytestmark = pytest.mark.django_db
TODAY = date(2024, 12, 20)
BEST = {"status": "ASSESSED", "level": "EXCELLENT"}
LOWEST = {"status": "ASSESSED", "level": "NOT_COMPLETED", "reason": "DISCIPLINED"}


def asked(unit, actor, years=None) -> Asked:
    return Asked(unit=unit, actor=actor, today=TODAY, years=years)


def paper_of(kind, cell, committee, years=None, language="vi"):
    return list_of(KINDS[kind], asked(cell.parent, committee, years), language=language)


def names(paper):
    return [row["name"] for row in paper.table.rows]


def decided(cell, facts, *years_back):
    person = someone(cell, **facts, decided_by=cell.parent)
    for back in years_back:
        campaign = CampaignFactory(year=cell.campaign.year - back)
        other = ParticipantFactory(
            campaign=campaign, member=person.member, is_imported=True, **facts
        )
        PlacementFactory(unit=CampaignUnitFactory(campaign=campaign), participant=other)
    return person


def test_levels_stand_cell_by_cell_in_the_order_of_the_rolls(cell, committee):
    second = CampaignUnitFactory(
        campaign=cell.campaign, parent=cell.parent, grassroots=cell.parent
    )
    late = decided(second, BEST)
    early = [decided(cell, facts) for facts in (LOWEST, BEST)]
    someone(cell)

    paper = paper_of("by_cell", cell, committee)

    first = [each.full_name for each in sorted(early, key=lambda one: one.sort_key)]
    assert names(paper) == [*first, late.full_name]
    assert [count for _case, count in paper.counts] == [2, 1]
    assert "Danh sách có 3 dòng: " in to_html(list_printout(paper))


def test_who_is_exempt_and_who_has_the_lowest_level_with_the_reason(cell, committee):
    exempt = someone(cell, status="EXEMPT")
    lowest = decided(cell, LOWEST)
    decided(cell, BEST)

    assert names(paper_of("exempt", cell, committee)) == [exempt.full_name]
    (row,) = paper_of("not_completed", cell, committee).table.rows
    assert (row["name"], row["case"]) == (
        lowest.full_name,
        "Bị xử lý kỷ luật trong năm",
    )


def test_years_running_are_those_asked_for_and_else_those_of_the_rules(cell, committee):
    five = decided(cell, BEST, 1, 2, 3, 4)
    three = decided(cell, BEST, 1, 2)
    decided(cell, BEST, 2)  # a year without a level ends the row
    two_lowest = decided(cell, LOWEST, 1)

    assert names(paper_of("best_running", cell, committee)) == [five.full_name]
    found = paper_of("best_running", cell, committee, years=3)
    assert set(names(found)) == {five.full_name, three.full_name}
    assert names(paper_of("lowest_running", cell, committee)) == [two_lowest.full_name]
    year = cell.campaign.year
    cases = {row["name"]: row["case"] for row in found.table.rows}
    assert cases[three.full_name].endswith(f"{year - 2}, {year - 1}, {year}")


def test_people_stand_by_the_level_of_their_exemplary_responsibility(cell, committee):
    member, head = someone(cell), someone(cell, exemplarity="HEAD")
    officer = someone(cell, exemplarity="OFFICER")

    paper = paper_of("exemplary", cell, committee)

    assert names(paper) == [each.full_name for each in (head, officer, member)]
    assert [count for _case, count in paper.counts] == [1, 1, 1]


def test_what_is_overdue_is_what_came_to_this_committee_and_is_followed(
    cell, committee
):
    def item(due_on, *, goes_to=cell.parent.live_unit, **columns):
        plan = RemediationPlanFactory(
            member=someone(cell).member, state="SENT", goes_to=goes_to
        )
        return RemediationItemFactory(plan=plan, due_on=due_on, **columns)

    late = item(date(2024, 12, 1))
    item(TODAY)
    item(date(2024, 12, 1), state="DONE", ended_on=date(2024, 12, 2))
    item(date(2024, 12, 1), goes_to=cell.live_unit)

    paper = paper_of("remediation_overdue", cell, committee)

    assert [row["what"] for row in paper.table.rows] == [late.shortcoming]
    assert paper.table.rows[0]["due"] == "01/12/2024"
    assert "tính đến ngày 20/12/2024" in paper.about


def test_of_what_came_to_two_committees_each_has_its_own(cell):
    above = cell.parent.parent
    post = PostFactory(unit=cell.parent.live_unit, role="SECRETARY")
    PostFactory(unit=above.live_unit, role="SECRETARY", account=post.account)
    actor = actor_for(post.account)
    for unit in (cell.parent, above):
        plan = RemediationPlanFactory(
            member=someone(cell).member, state="SENT", goes_to=unit.live_unit
        )
        RemediationItemFactory(
            plan=plan, due_on=date(2024, 12, 1), shortcoming=unit.name
        )

    for unit in (cell.parent, above):
        paper = list_of(KINDS["remediation_overdue"], asked(unit, actor), language="vi")
        assert [row["what"] for row in paper.table.rows] == [unit.name]


@pytest.mark.parametrize("kind", ["by_cell", "exempt", "exemplary"])
def test_the_committee_above_reads_nobody_on_whom_another_decided(cell, kind):
    decided(cell, BEST)
    someone(cell, status="EXEMPT")
    above = cell.parent.parent

    paper = list_of(KINDS[kind], asked(above, holder(above)), language="vi")

    assert paper.table.rows == ()


def test_pledges_not_met_are_those_of_confirmed_pledges_below(cell, committee):
    def item(result, state="CONFIRMED"):
        found = PledgeItemFactory(result=result)
        person = someone(cell, pledge_state=state, decided_by=cell.parent, **BEST)
        pledge = found.sent.pledge
        pledge.participant = person
        pledge.save(update_fields=["participant"])
        return found

    kept = {item("NOT_DONE").text, item("PARTLY").text}
    item("DONE"), item(""), item("NOT_DONE", "SENT")

    paper = paper_of("pledges_not_met", cell, committee)

    assert len(paper.table.rows) == 2
    assert {row["what"] for row in paper.table.rows} == kept


def test_the_index_has_the_papers_of_the_year_by_their_days(cell, committee):
    PlanDocumentFactory(
        campaign=cell.campaign, role="PLAN", title="Kế hoạch năm", number="01-KH/ĐU",
        dated_on="2024-11",
    )  # fmt: skip
    PlanDocumentFactory(campaign=cell.campaign, role="STUDY", title="Nghị quyết")
    received(cell, "GOOD", minutes="BB 03", minutes_on=date(2024, 12, 5))
    DecisionFactory(unit=cell.parent, document="12-QĐ/ĐU", on=date(2024, 12, 10))

    paper = paper_of("archive", cell, committee)

    assert [(row["name"], row["on"]) for row in paper.table.rows] == [
        ("01-KH/ĐU", "11/2024"), ("BB 03", "05/12/2024"), ("12-QĐ/ĐU", "10/12/2024"),
    ]  # fmt: skip
    assert paper.heading == "MỤC LỤC HỒ SƠ NỘP LƯU"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_print_word_and_workbook_say_the_same(cell, committee, kind, language):
    decided(cell, BEST, 1, 2, 3, 4)
    decided(cell, LOWEST, 1)
    someone(cell, status="EXEMPT")
    received(cell, "GOOD")

    paper = paper_of(kind, cell, committee, language=language)

    printout = list_printout(paper)
    assert says_the_same(printout)
    book = openpyxl.load_workbook(io.BytesIO(list_workbook(paper)))
    said = [cell.value for row in book.active.iter_rows() for cell in row]
    for row in paper.table.rows:
        assert row["name"] in said
    assert len(book.sheetnames) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [0, 3])
def test_a_list_takes_the_same_queries_for_any_size(
    cell, committee, kind, size, django_assert_max_num_queries
):
    for at in range(size):
        decided(cell, BEST, 1, 2, 3, 4)
        decided(cell, LOWEST, 1)
        received(cell, "GOOD", number=at + 1, state="DECIDED")

    with django_assert_max_num_queries(11):
        paper_of(kind, cell, committee)


def test_the_letter_names_whom_it_asks_for_or_there_is_none(cell, committee):
    assert request_of(asked(cell.parent, committee), language="vi") is None
    person = decided(cell, BEST, 1, 2, 3, 4)

    paper = request_of(asked(cell.parent, committee), language="vi")

    printout = request_printout(paper)
    said = to_html(printout)
    assert "TỜ TRÌNH" in said
    assert "có 1 đảng viên và 0 tổ chức đảng" in said
    assert person.full_name in said
    assert "TỔ CHỨC ĐẢNG ĐƯỢC ĐỀ NGHỊ" not in said
    assert says_the_same(printout)


def test_the_page_has_the_lines_and_leads_to_the_files(cell, committee):
    person = decided(cell, BEST, 1, 2, 3, 4)
    args = [cell.campaign_id, cell.parent.live_unit_id]
    client = client_of(committee)

    index = client.get(reverse("committee_lists", args=args)).content.decode()
    for kind in KINDS:
        address = reverse(f"committee_list_{kind}", args=args)
        assert address in index
        assert client.get(address).status_code == 200

    page = client.get(f"{address.replace('archive', 'best_running')}?years=3")
    text = page.content.decode()
    assert person.full_name in text
    for extension in ("pdf", "docx", "xlsx"):
        printed = reverse("committee_list_best_running_print", args=[*args, extension])
        assert f"{printed}?years=3" in text
    assert reverse("commendation_request_print", args=[*args, "pdf"]) in text


@pytest.mark.parametrize("years", ["1", "-3", "x", "999", "²"])
def test_a_number_of_years_that_is_none_is_that_of_the_rules(cell, committee, years):
    decided(cell, BEST, 1, 2)
    args = [cell.campaign_id, cell.parent.live_unit_id]

    page = client_of(committee).get(
        reverse("committee_list_best_running", args=args), {"years": years}
    )

    assert page.status_code == 200
    assert page.context["rows"] == []


def test_the_committee_beside_gets_none(cell):
    other = CampaignUnitFactory(campaign=cell.campaign, parent=cell.parent.parent)
    args = [cell.campaign_id, cell.parent.live_unit_id]

    client = client_of(holder(other))

    assert client.get(reverse("committee_lists", args=args)).status_code == 404
