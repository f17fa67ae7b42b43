"""Figures from before the system beside what was recorded."""

from datetime import date

from campaigns.figures import (
    Activities,
    Before,
    Disciplined,
    Period,
    Visits,
    counted_before,
    leaves,
    with_before,
)

YEAR = Period.of_year(2019)
TERM = Period(date(2015, 9, 1), date(2020, 1, 1))
FIRST = Period(date(2015, 9, 1), date(2019, 1, 1))


def figure(value, *, kind="ADMITTED", path="0000001", period=FIRST):
    return Before(kind, path, period, value)


def test_of_two_above_each_other_the_outer_counts():
    outer, inner = figure(685), figure(20, path="00000010000001")

    assert counted_before([inner, outer], TERM) == ([outer], ())


def test_of_two_over_each_other_the_longer_counts():
    longer, part = figure(685), figure(200, period=Period.of_year(2018))

    assert counted_before([part, longer], TERM) == ([longer], ())


def test_units_beside_each_other_and_other_kinds_all_count():
    figures = [
        figure(1, path="00000010000001"),
        figure(2, path="00000010000002"),
        figure(3, path="00000010000001", kind="DISCIPLINED"),
    ]

    assert sorted(each.value for each in counted_before(figures, TERM)[0]) == [1, 2, 3]


def test_one_that_reaches_out_is_left_out_and_named():
    assert counted_before([figure(685)], Period.of_year(2018)) == ([], ("ADMITTED",))
    assert counted_before([figure(685)], YEAR) == ([], ())


def test_each_kind_goes_to_its_count():
    kinds = (
        "ADMITTED", "STRUCK_OFF_FULL", "STRUCK_OFF_PROBATIONARY", "DISCIPLINED",
        "EXPELLED", "ORGANISATIONS_DISCIPLINED", "INSPECTIONS", "SUPERVISED",
        "COMMENDED",
    )  # fmt: skip
    recorded = Activities(
        admitted=1000,
        groups={"INSPECTION": Visits(1, 1, 1, 1)},
        disciplined=Disciplined(100, 200),
    )

    found = with_before(
        recorded, [figure(10**at, kind=kind) for at, kind in enumerate(kinds)]
    )

    told = {path: count for path, count in leaves(found) if count}
    assert told == {
        "admissions": 1001,
        "removals.struck_off.full": 10,
        "removals.struck_off.probationary": 100,
        "discipline.members": 1200,
        "discipline.expelled": 10_000,
        "discipline.organisations": 100_100,
        "inspection.visits": 1_000_001,
        "inspection.organisations": 1,
        "inspection.member_visits": 1,
        "inspection.members": 1,
        "supervision.organisations": 10_000_000,
        "commendations.members": 100_000_000,
    }
    assert found.before == {kind: 10**at for at, kind in enumerate(kinds)}
