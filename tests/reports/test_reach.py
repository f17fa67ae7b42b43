"""Who reaches a unit alone sees it as a whole, and nothing of the units below it."""

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from campaigns.models import CampaignUnit
from members.models import Event, Job, Post
from members.policy import NOBODY, SYSTEM, Role
from members.queries import actor_for
from reports.models import RollupReport
from reports.queries import rollup_of
from reports.services import reporting
from reports.tasks import render_rollup
from tests.campaigns.decisions import carry_out
from tests.clients import english_client
from tests.factories import AccountFactory, PostFactory, RollupReportFactory
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported, unit_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NOW = datetime(2025, 1, 5, 5, tzinfo=UTC)
QUERIES_OF_A_UNIT = 15  # one more than where a post reaches everything below
SENTENCE = (
    "Your post shows the figures of this unit as a whole, not of the units below it."
)
ASK = '<button type="submit" class="btn btn-primary">Make the report</button>'
SUMS = (
    "unit_level",
    "tiles",
    "member_lines",
    "reason_lines",
    "cell_lines",
    "grassroots_lines",
)


@pytest.fixture
def campaign():
    return imported(contents(people=DISTRICT_PEOPLE))


def holder(campaign, **roles):
    """An account with these posts at units of the campaign, by the units' codes."""
    account = AccountFactory()
    for code, role in roles.items():
        unit = unit_of(campaign, code).live_unit
        PostFactory(account=account, unit=unit, role=role)
    return account


def as_account(account) -> Client:
    client = english_client()
    client.force_login(account)
    return client


def address(campaign, code: str, name: str = "unit_figures") -> str:
    return reverse(name, args=[campaign.pk, unit_of(campaign, code).live_unit_id])


def page(campaign, code: str, role: Role):
    client = as_account(holder(campaign, **{code: role}))
    return client.get(address(campaign, code))


def finished(campaign, code: str) -> RollupReport:
    report = RollupReportFactory.build(
        campaign=campaign,
        unit=unit_of(campaign, code).live_unit,
        requested_by=None,
        finished_at=NOW,
        input_digest="d" * 64,
    )
    report.pdf.save("test/report.pdf", ContentFile(b"%PDF-1.7"), save=False)
    report.xlsx.save("test/report.xlsx", ContentFile(b"PK"), save=False)
    report.save()
    return report


@pytest.mark.parametrize("code", ["H", "X", "Y"])
def test_a_working_team_sees_the_sums_and_no_unit_below(campaign, code):
    finished(campaign, code)

    team = page(campaign, code, Role.WORKING_TEAM)
    clerk = page(campaign, code, Role.CLERK)

    assert {key: team.context[key] for key in SUMS} == {
        key: clerk.context[key] for key in SUMS
    }
    assert team.context["unit"].figures == clerk.context["unit"].figures
    below = [child.name for child in clerk.context["children"]]
    assert [name for name in below if name in team.text] == []
    assert below != []
    assert [team.context[key] for key in ("children", "chart", "chart_narrow")] == [
        [],
        "",
        "",
    ]
    assert (SENTENCE in team.text, ASK in team.text) == (True, False)
    assert (SENTENCE in clerk.text, ASK in clerk.text) == (False, True)
    assert (team.context["reports"], len(clerk.context["reports"])) == ([], 1)


def test_of_the_ceilings_a_working_team_sees_those_of_its_unit(campaign):
    team = page(campaign, "X", Role.WORKING_TEAM)
    above = page(campaign, "H", Role.WORKING_TEAM)
    clerk = page(campaign, "H", Role.CLERK)

    def units(seen) -> set[str]:
        return {line.row.unit for line in seen.context["ceiling"]}

    assert (units(team), units(above)) == ({"X"}, {"H"})
    assert units(clerk) > {"H", "X"}
    lines = [line for line in clerk.context["ceiling"] if line.row.unit == "X"]
    assert list(team.context["ceiling"]) == lines


def test_a_cell_has_nothing_to_hold_back(campaign):
    report = finished(campaign, "X1")

    secretary = page(campaign, "X1", Role.SECRETARY)
    clerk = page(campaign, "X1", Role.CLERK)

    for key in (*SUMS, "ceiling", "reports"):
        assert secretary.context[key] == clerk.context[key]
    assert secretary.context["unit"] == clerk.context["unit"]
    assert (SENTENCE in secretary.text, ASK in secretary.text) == (False, True)
    (row,) = secretary.context["reports"]
    assert row.url == reverse("reports:report_detail", args=[report.pk])


def test_a_unit_whose_units_below_are_closed_has_nothing_to_hold_back(campaign):
    account = holder(campaign, X=Role.WORKING_TEAM)
    ask = address(campaign, "X", "reports:report_request")
    assert as_account(account).post(ask).status_code == 404

    cells = CampaignUnit.objects.filter(parent=unit_of(campaign, "X"))
    cells.update(closed_on=NOW)

    assert as_account(account).post(ask).status_code == 302


@pytest.mark.parametrize("people", [DISTRICT_PEOPLE, {}], ids=["many", "none"])
def test_the_page_of_a_working_team_costs_one_query_more(
    people, django_assert_num_queries
):
    campaign = imported(contents(people=people))
    client = as_account(holder(campaign, H=Role.WORKING_TEAM))
    path = address(campaign, "H")

    with django_assert_num_queries(QUERIES_OF_A_UNIT):
        client.get(path)


def test_a_unit_below_one_that_is_seen_as_a_whole_has_its_own_card(campaign):
    def cards(**roles):
        account = holder(campaign, **roles)
        found = as_account(account).get(reverse("figures_home")).context["cards"]
        return [card.unit.code for card in found]

    assert cards(X=Role.WORKING_TEAM) == ["X"]
    assert cards(X=Role.WORKING_TEAM, X1=Role.SECRETARY) == ["X", "X1"]
    assert cards(X=Role.SECRETARY, X1=Role.SECRETARY) == ["X"]


def test_who_sees_the_units_below(campaign):
    def seen(actor):
        units = CampaignUnit.objects.visible_below_to(actor)
        return sorted(units.values_list("code", flat=True))

    def seen_by(**roles):
        return seen(actor_for(holder(campaign, **roles)))

    assert seen_by(X=Role.CLERK) == ["X", "X1", "X2"]
    assert seen_by(X=Role.WORKING_TEAM) == []
    assert seen_by(X=Role.WORKING_TEAM, X1=Role.WORKING_TEAM) == ["X1"]
    assert seen_by(Y1=Role.CLERK, X=Role.WORKING_TEAM) == ["Y1", "Y2"]
    assert seen(NOBODY) == []
    assert seen(SYSTEM) == ["H", "W", "X", "X1", "X2", "Y", "Y1", "Y2", "Z"]


def test_the_custodian_decides_who_sees_the_units_below(campaign):
    account = holder(campaign, W=Role.WORKING_TEAM)
    clerk = holder(campaign, W=Role.CLERK)
    moved = CampaignUnit.objects.filter(code="X")
    moved.update(custodian=unit_of(campaign, "W").live_unit)

    team_page = as_account(account).get(address(campaign, "X"))
    clerk_page = as_account(clerk).get(address(campaign, "X"))

    assert (SENTENCE in team_page.text, SENTENCE in clerk_page.text) == (True, False)
    assert len(clerk_page.context["children"]) == 2


def test_a_working_team_gets_no_break_down_by_units_that_were_closed():
    campaign = imported(contents())
    report = finished(campaign, "X")
    team = as_account(holder(campaign, H=Role.WORKING_TEAM))
    close = [("CLOSE", code, None, {}) for code in ("X1", "X2", "X", "Y2", "Y1", "Y")]
    carry_out("1", *close)

    def shown(client: Client) -> tuple[list[str], list[int]]:
        cards = client.get(reverse("figures_home")).context["cards"]
        answers = [
            client.get(address(campaign, "X")),
            client.post(address(campaign, "X", "reports:report_request")),
            client.get(reverse("reports:report_detail", args=[report.pk])),
        ]
        return [card.unit.code for card in cards], [
            answer.status_code for answer in answers
        ]

    assert shown(team) == (["H"], [404, 404, 404])
    clerk = as_account(holder(campaign, H=Role.CLERK))
    assert shown(clerk) == (["H"], [200, 302, 200])


@pytest.mark.parametrize(("act", "target"), [("CLOSE", None), ("MERGE", "X")])
def test_the_log_names_no_post_that_does_not_reach_a_unit_that_is_gone(act, target):
    campaign = imported(contents())
    client = as_account(holder(campaign, H=Role.CLERK, X=Role.WORKING_TEAM))
    carry_out("1", (act, "X1", target, {}))

    client.post(address(campaign, "X1", "reports:report_request"))

    event = Event.objects.get(action="reports.requested")
    assert (event.unit.code, event.post.role) == ("X", Role.CLERK)


def test_who_now_reaches_the_unit_alone_gets_no_report(campaign):
    account = holder(campaign, X=Role.CLERK)
    unit = unit_of(campaign, "X")
    report = reporting.request_report(
        unit=unit, language="en", actor=actor_for(account), now=NOW
    )
    Post.objects.update(role=Role.WORKING_TEAM)

    render_rollup(report.job_id)

    job = Job.objects.get()
    assert (job.status, job.error) == (
        "FAILED",
        "Your post no longer gives access to reports on this unit.",
    )


@pytest.mark.parametrize(
    ("code", "role", "named"),
    [
        ("X", Role.WORKING_TEAM, Role.CLERK),
        ("X1", Role.WORKING_TEAM, Role.WORKING_TEAM),
        ("X", Role.SECRETARY, Role.SECRETARY),
    ],
)
def test_the_log_names_the_post_by_which_a_report_could_be_read(
    campaign, code, role, named
):
    client = as_account(holder(campaign, H=Role.CLERK, **{code: role}))
    report = finished(campaign, code)

    client.post(address(campaign, code, "reports:report_request"))
    file = client.get(reverse("reports:report_file", args=[report.pk, "pdf"]))
    list(file.streaming_content)

    assert list(
        Event.objects.filter(action__startswith="reports.")
        .order_by("pk")
        .values_list("action", "post__role")
    ) == [("reports.requested", named), ("reports.downloaded", named)]


def test_figures_as_a_whole_hold_nothing_of_the_units_below(campaign):
    unit = unit_of(campaign, "X")
    rollup = rollup_of(unit, with_below=True)

    whole = rollup_of(unit, with_below=False)

    assert whole.unit.figures == rollup.unit.figures
    assert rollup.unit.by_sector != {}
    assert (whole.unit.by_sector, whole.children) == ({}, ())
