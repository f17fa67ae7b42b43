"""Results are written as a whole or not at all, and only where they may be."""

import hashlib

import pytest

from campaigns.models import Campaign, CampaignUnit, Participant
from campaigns.services import worlds
from members.models import Event, Member, Membership, PartyUnit
from reports.models import RollupReport
from reports.queries import rollup_of
from reviews.services.importing import Act, import_results, try_import
from tests.reviews.whole_imports import district, everything, refusal
from tests.small_worlds import (
    NOW,
    contents,
    imported,
    live,
    order,
    places_of,
    recounted,
    tallies_of,
    tree_of,
    unit_of,
)

pytestmark = pytest.mark.django_db
DIGEST = hashlib.sha256(b"a file").hexdigest()


def test_a_new_code_makes_a_campaign_opened_and_with_its_roll_fixed():
    outcome = import_results(district(), order(name="Kiểm điểm 2024", theme="Tự soi"))

    campaign = Campaign.objects.get()
    assert (outcome.act, outcome.campaign) == (Act.CREATED, campaign)
    assert (outcome.new_units, outcome.new_members, outcome.differences) == (9, 12, [])
    assert (campaign.state, campaign.opened_at, campaign.roll_fixed_at) == (
        "ROLL_FIXED",
        NOW,
        NOW,
    )
    assert (campaign.name, campaign.theme, campaign.mode, campaign.only_imported) == (
        "Kiểm điểm 2024",
        "Tự soi",
        "RESULTS_ONLY",
        True,
    )
    assert (campaign.root_unit.code, campaign.imported_digest) == (
        "H",
        district().digest(),
    )
    assert campaign.rules.code == "qd124-2023"
    assert tallies_of(campaign) == recounted(campaign)


def test_it_is_one_logged_act_with_digest_and_counts():
    imported(district(), file_sha256=DIGEST)

    event = Event.objects.get()
    assert (event.action, event.unit.code, event.system_reason) == (
        "results.created",
        "H",
        "a test",
    )
    assert event.data == {
        "file": DIGEST,
        "content": district().digest(),
        "units": 9,
        "people": 12,
        "by_status": {
            "ASSESSED": 7,
            "EXEMPT": 1,
            "UNDER_SIX_MONTHS": 1,
            "NOT_REVIEWED": 1,
            "SUSPENDED": 1,
            "OTHER": 1,
        },
    }


def test_the_same_content_changes_nothing_and_says_so():
    imported(district())
    before = everything()

    outcome = import_results(district(), order(file_sha256=DIGEST))

    assert outcome.act is Act.UNCHANGED
    assert everything() == before


def test_other_content_replaces_tree_roll_and_results_as_a_whole():
    campaign = imported(district())
    kept = Participant.objects.get(member__code="P000").pk
    other = contents("H - SUPERIOR - -\nN H GRASSROOTS_CELL OTHER GOOD", {"N": "GOOD"})

    outcome = import_results(other, order())

    assert (outcome.act, outcome.campaign) == (Act.REPLACED, campaign)
    assert tree_of(campaign) == {"H": None, "N": "H"}
    assert places_of(campaign) == {"P000": "N"}
    assert not Participant.objects.filter(pk=kept).exists()
    assert tallies_of(campaign) == recounted(campaign)
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "results.created",
        "results.replaced",
    ]


def test_a_report_on_a_replaced_campaign_stays():
    campaign = imported(district())
    report = RollupReport.objects.create(
        campaign=campaign, unit=campaign.root_unit, requested_at=NOW
    )

    imported(district(X1="GOOD"))

    report.refresh_from_db()
    assert (report.campaign, report.unit.code) == (campaign, "H")


def test_the_registry_gains_what_it_lacks_and_is_never_changed():
    live("H - SUPERIOR - -\nX H GRASSROOTS_COMMITTEE WARD -\nX1 X CELL - -",
         {"X1": "GOOD"})  # fmt: skip
    Member.objects.update(full_name="Nguyễn Văn Bình", gender="F")

    outcome = import_results(district(), order())

    assert (outcome.new_units, outcome.new_members) == (6, 11)
    assert [
        (one.kind, one.code, one.column, one.registry, one.file)
        for one in outcome.differences
    ] == [
        ("unit", "X", "sector", "WARD", "COMMUNE"),
        ("member", "P000", "full_name", "Nguyễn Văn Bình", "Nguyễn Văn An"),
        ("member", "P000", "gender", "F", "M"),
    ]
    assert PartyUnit.objects.get(code="X").sector == "WARD"
    assert unit_of(outcome.campaign, "X").sector == "COMMUNE"
    assert Membership.objects.current().official().count() == 12


@pytest.mark.parametrize("changes", [{"rule_set_code": "hd27-2014"}, {"year": 2023}])
def test_a_campaign_keeps_its_rule_set_and_its_year(changes):
    imported(district())

    assert refusal(lambda: import_results(district(), order(**changes))) == (
        "The campaign dot-2024 was made under Regulation 124-QĐ/TW (2023) for 2024, and "
        "keeps both."
    )


def test_a_unit_in_another_campaign_of_the_year_refuses_the_file():
    imported(district(), name="Đợt của huyện")
    part = contents("X - GRASSROOTS_COMMITTEE COMMUNE GOOD")

    assert refusal(lambda: import_results(part, order(campaign_code="x-2024"))) == (
        "Đơn vị X takes part in “Đợt của huyện” of 2024 already: a unit is in one "
        "campaign a year."
    )
    imported(part, campaign_code="x-2023", year=2023)


@pytest.fixture
def two_districts():
    return live(
        "P - PROVINCE - -\nH P SUPERIOR - -\nX H GRASSROOTS_CELL OTHER -\n"
        "K P SUPERIOR - -\nK1 K GRASSROOTS_CELL OTHER -",
        {"X": "GOOD", "K1": "GOOD"},
    )


def test_in_the_browser_the_root_is_a_unit_of_the_clerk(two_districts):
    within = two_districts["H"]

    assert (
        refusal(
            lambda: import_results(contents("K - SUPERIOR - -"), order(within=within))
        )
        == "The topmost unit of the file, K, is not among the units of Đơn vị H."
    )
    assert (
        refusal(
            lambda: import_results(contents("N - SUPERIOR - -"), order(within=within))
        )
        == "The topmost unit of the file, N, is not among the units of Đơn vị H."
    )
    imported(contents("H - SUPERIOR - -\nN H CELL - -"), within=within)
    assert tree_of(Campaign.objects.get()) == {"H": None, "N": "H"}


@pytest.mark.parametrize(
    ("tree", "people"),
    [
        ("H - SUPERIOR - -\nK1 H GRASSROOTS_CELL OTHER GOOD", {}),
        # P001 is a member of K1.
        ("H - SUPERIOR - -\nN H CELL - -", {"N": "GOOD GOOD"}),
    ],
)
def test_codes_of_others_are_refused_without_saying_whose(two_districts, tree, people):
    text = refusal(
        lambda: import_results(contents(tree, people), order(within=two_districts["H"]))
    )

    assert text.startswith("The file uses codes that are taken outside")
    assert "K" not in text.split()


def test_a_campaign_of_others_is_not_told_apart_from_a_code_that_is_taken(
    two_districts,
):
    imported(contents("K - SUPERIOR - -"))

    assert (
        refusal(
            lambda: import_results(
                contents("H - SUPERIOR - -"), order(within=two_districts["H"])
            )
        )
        == "The campaign code dot-2024 cannot be used here: choose another."
    )


def test_an_old_campaign_may_know_a_unit_below_one_that_was_closed_since(two_districts):
    PartyUnit.objects.filter(code="K1").update(closed_on="2020-01-01")
    what = contents("K - SUPERIOR - -\nK1 K GRASSROOTS_CELL OTHER -\nN K1 CELL - -")

    import_results(what, order())

    assert str(PartyUnit.objects.get(code="N").closed_on) == "2020-01-01"


def test_a_preview_does_all_of_it_and_leaves_nothing():
    imported(district())
    before = everything()
    other = district(X1="EXCELLENT", X2="GOOD")
    new = contents("N - CELL - GOOD", {"N": "GOOD"})

    replaced = try_import(other, order())
    created = try_import(new, order(campaign_code="n-2024"))

    assert (replaced.act, created.act) == (Act.REPLACED, Act.CREATED)
    assert (created.new_units, created.new_members) == (1, 0)
    assert everything() == before


def test_a_preview_refuses_what_the_import_would_refuse():
    imported(district())
    Campaign.objects.update(only_imported=False)

    assert "worked on since" in refusal(
        lambda: try_import(district(X1="GOOD"), order())
    )


@pytest.mark.parametrize("known", [False, True])
def test_where_the_database_refuses_in_the_middle_nothing_is_written(known):
    if known:
        imported(district())
    before = everything()
    what = district(X1="GOOD", X2="GOOD")
    what.people.level[1] = "WEAK"  # no member can have it

    with pytest.raises(Exception, match="is_one_that_members_have"):
        import_results(what, order())

    assert everything() == before


def test_what_breaks_after_everything_was_written_takes_it_back(monkeypatch):
    def broken(campaign):
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr(worlds.tallies, "recount_campaign", broken)
    before = everything()

    with pytest.raises(RuntimeError):
        import_results(district(), order())

    assert everything() == before


def test_progress_only_grows():
    seen: list[int] = []

    import_results(district(), order(), on_progress=seen.append)

    assert seen == sorted(seen)
    assert seen[-1] <= 100


def test_an_import_asks_the_same_queries_for_any_number_of_people(
    django_assert_max_num_queries,
):
    small, large = district(X1="GOOD"), district(X1="GOOD " * 200)

    for code, what in (("a-2024", small), ("b-2023", large)):
        with django_assert_max_num_queries(55):
            imported(what, campaign_code=code, year=int(code[-4:]))


def test_figures_of_a_repeated_import_are_those_of_a_fresh_one():
    imported(district(X1="GOOD", Z="EXEMPT"))
    again = imported(district())
    fresh = imported(district(), campaign_code="fresh", year=2023)

    ours, theirs = (
        rollup_of(unit_of(one, "H"), with_below=True) for one in (again, fresh)
    )
    assert (ours.unit, ours.children) == (theirs.unit, theirs.children)
    assert CampaignUnit.objects.filter(campaign=again).count() == 9
