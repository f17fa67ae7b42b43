"""A world written as columns has its paths, grassroots units, deciders and tallies."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import rulesets
from campaigns.contents import NO_PARENT, UnitTable, grassroots_units
from campaigns.models import (
    CampaignBody,
    CampaignUnit,
    Participant,
    Placement,
    ProgressDay,
    Reminder,
    Tally,
)
from campaigns.services import trees, worlds
from campaigns.services.progress import note_progress
from members.models import PartyUnit
from tests.factories import AccountFactory
from tests.small_worlds import (
    DISTRICT,
    DISTRICT_PEOPLE,
    NOW,
    contents,
    imported,
    places_of,
    random_contents,
    unit_of,
)


def shuffled(units: UnitTable, order: list[int]) -> UnitTable:
    """The same units in another order of rows."""
    place = {old: new for new, old in enumerate(order)}
    table = UnitTable()
    for old in order:
        parent = units.parent[old]
        table.parent.append(NO_PARENT if parent == NO_PARENT else place[parent])
        for name in ("code", "name", "kind", "sector", "level", "row"):
            getattr(table, name).append(getattr(units, name)[old])
    return table


@given(what=random_contents(), data=st.data())
def test_paths_and_grassroots_units_do_not_depend_on_the_order_of_rows(what, data):
    units = what.units
    order = data.draw(st.permutations(range(len(units))))
    other = shuffled(units, order)

    assert dict(zip(other.code, worlds.world_paths(other), strict=True)) == dict(
        zip(units.code, worlds.world_paths(units), strict=True)
    )
    assert [named(other, at) for at in grassroots_units(other)] == [
        named(units, grassroots_units(units)[old]) for old in order
    ]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(what=random_contents())
def test_an_imported_tree_is_what_would_be_worked_out_again(db, what):
    with transaction.atomic():
        campaign = imported(what)
        units = CampaignUnit.objects.filter(campaign=campaign)
        columns = units.order_by("code").values_list(
            "code", "grassroots", "figure_sector"
        )
        written = list(columns)
        units.update(grassroots=None, figure_sector="OTHER")

        trees.derive(campaign)

        assert list(columns.all()) == written
        transaction.set_rollback(True)


def named(units: UnitTable, at: int) -> str | None:
    return None if at == NO_PARENT else units.code[at]


@given(what=random_contents())
def test_a_path_is_its_parents_with_one_segment_more_and_nobody_elses(what):
    paths = worlds.world_paths(what.units)

    assert len(set(paths)) == len(paths)
    assert [path[:-7] for path in paths] == [
        "" if above == NO_PARENT else paths[above] for above in what.units.parent
    ]


@given(st.lists(st.text(max_size=6), unique=True))
def test_siblings_are_numbered_in_the_order_of_their_codes_bytes(codes):
    count = len(codes)
    units = UnitTable(code=["R", *codes], parent=[NO_PARENT, *[0] * count])
    units.name = units.code

    paths = dict(zip(codes, worlds.world_paths(units)[1:], strict=True))

    assert sorted(codes, key=paths.__getitem__) == sorted(
        codes, key=lambda code: code.encode()
    )


def test_results_count_as_decided_by_the_unit_that_the_rule_set_names(db):
    campaign = imported(contents(DISTRICT, DISTRICT_PEOPLE))

    bodies = CampaignBody.objects.filter(unit__campaign=campaign)
    assert dict(bodies.values_list("unit__code", "decided_by__code")) == {
        "H": None,
        "X": "H",
        "X1": "X",
        "X2": "X",
        "Y": "H",
        "Y1": "Y",
        "Y2": "Y",
        "Z": None,  # not rated
        "W": "H",
    }
    assert set(bodies.filter(level="").values_list("is_imported", flat=True)) == {False}
    assert set(bodies.exclude(level="").values_list("is_imported", flat=True)) == {True}


def test_people_are_reviewed_and_decided_on_as_their_status_says(db):
    imported(contents(DISTRICT, DISTRICT_PEOPLE))

    people = Participant.objects.order_by("member__code")
    columns = ("status", "review_state", "level", "reason", "decided_by__code")
    assert list(people.values_list(*columns))[:8] == [
        ("ASSESSED", "REVIEWED", "EXCELLENT", "", "X"),
        ("ASSESSED", "REVIEWED", "GOOD", "", "X"),
        ("ASSESSED", "REVIEWED", "GOOD", "", "X"),
        ("ASSESSED", "REVIEWED", "GOOD", "", "X"),
        ("EXEMPT", "NONE", "", "", None),
        ("ASSESSED", "REVIEWED", "NOT_COMPLETED", "UNSTATED", "X"),
        ("ASSESSED", "REVIEWED", "SATISFACTORY", "", "Y"),
        ("UNDER_SIX_MONTHS", "NONE", "", "", None),
    ]


def test_where_a_rule_set_lets_the_cell_decide_it_decides_itself(db, monkeypatch):
    resolved = rulesets.resolve("qd124-2023")
    for authority in resolved["procedure"]["authorities"]:
        if (authority["subject"], authority["step"]) == ("members", "DECIDES"):
            authority["unit"] = "CELL"
    monkeypatch.setattr(rulesets, "resolve", lambda code: resolved)

    imported(contents(DISTRICT, {"X1": "GOOD EXEMPT", "Y2": "GOOD", "W": "GOOD"}))

    people = Participant.objects.order_by("member__code")
    assert list(people.values_list("decided_by__code", flat=True)) == [
        "X1",
        None,  # not rated
        "Y2",
        "W",
    ]


def test_everybody_is_placed_once_from_the_last_day_of_the_year(db):
    campaign = imported(contents(DISTRICT, DISTRICT_PEOPLE))

    rows = Placement.objects.values_list("from_on", "until_on", "event")
    assert set(rows) == {(date(2024, 12, 31), None, "IMPORT")}
    assert len(places_of(campaign)) == Participant.objects.count() == 12


def test_figures_stand_under_the_sector_of_the_grassroots_unit_else_ones_own(db):
    campaign = imported(contents(DISTRICT, DISTRICT_PEOPLE))

    units = CampaignUnit.objects.filter(campaign=campaign)
    assert dict(units.values_list("code", "figure_sector")) == {
        "H": "",
        "X": "COMMUNE",
        "X1": "COMMUNE",
        "X2": "COMMUNE",
        "Y": "TOWNSHIP",
        "Y1": "TOWNSHIP",
        "Y2": "TOWNSHIP",
        "Z": "STATE_AGENCY",
        "W": "OTHER",
    }


def test_erasing_a_world_takes_all_of_it_and_nothing_of_another(db):
    kept = imported(contents("K - CELL - GOOD", {"K": "GOOD"}), campaign_code="kept")
    gone = imported(contents(DISTRICT), campaign_code="gone")
    assert note_progress(now=NOW)  # the night notes units above the cells
    Reminder.objects.create(
        unit=unit_of(gone, "X1"), matter="PLEDGE", to="SECRETARY",
        account=AccountFactory(), on=NOW.date(), days=3,
    )  # fmt: skip

    with transaction.atomic():
        worlds.erase_world(gone)

    left = (CampaignUnit, CampaignBody, Participant, Placement, Tally)
    assert [model.objects.count() for model in left] == [1, 1, 1, 1, 1]
    assert not ProgressDay.objects.exists()
    assert not Reminder.objects.exists()
    assert unit_of(kept, "K").live_unit == PartyUnit.objects.get(code="K")


ERASED = {
    "CampaignBody",
    "CampaignUnit",
    "Participant",
    "Placement",
    "ProgressDay",
    "Reminder",
    "Tally",
}
KEEPS_FROM_IMPORTS = {
    "by tallies.changing": {
        "LateChange",
        "Pledge",
        "PledgeDraft",
        "SelfReview",
        "SelfReviewDraft",
    },
    "by extensions._held": {"Extension", "PersonalExtension"},
    "by submissions.sign": {"Submission", "SubmissionPart"},
    "by peaks._check": {"PeakDay"},
    "by plans._check": {
        "ContentItem",
        "ForeseenBody",
        "Peak",
        "Phase",
        "PlanDocument",
        "PlanTask",
        "WantedReminder",
    },
    "by meetings.shared.demand_running": {
        "Attendance",
        "Meeting",
        "MeetingSheet",
        "MeetingTask",
        "ReviewOccasion",
        "Teller",
    },
    "by written.states.demand_running": {
        "CheckRound",
        "CriteriaSet",
        "CollectiveSuggestion",
        "ReviewSuggestion",
    },
    "by opinions.asking": {"Opinion", "OpinionRequest", "ResidenceExemption"},
    "by proposing._hold": {"Proposal", "UnitFile"},
    "by unreviewed.record_reasons": {"UnreviewedReason"},
    "by organisations.decide": {"BodyDecision"},
    "by deciding.decide": {"Decision", "DecisionLine"},
    "by notifying, revising": {"LevelNotice", "LevelRequest", "LevelRevision"},
    "by work.demand_running": {
        "Activity",
        "Draft",
        "Essay",
        "InternalRule",
        "Programme",
        "StudyAttendance",
        "StudyDocument",
        "StudySession",
        "SupervisionFinding",
        "TeamVisit",
        "WorkingTeam",
    },
}


def test_whatever_hangs_on_a_world_is_erased_with_it_or_keeps_it_from_imports():
    hanging = {
        field.related_model.__name__
        for model in (CampaignUnit, Participant)
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete
    }

    assert hanging == ERASED.union(*KEEPS_FROM_IMPORTS.values())


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("CELL", "cells"),
        ("GRASSROOTS_CELL", "grassroots"),
        ("SUB_GRASSROOTS", "grassroots"),
        ("DISTRICT", "grassroots"),
    ],
)
def test_an_organisation_is_decided_on_as_a_cell_or_as_the_others(kind, subject):
    assert worlds.subject_of(kind) == subject
