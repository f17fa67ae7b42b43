"""The two reorganisations of record, as the offices themselves carry them out.

July 2025: the district level ends, communes under the province receive its grassroots
organisations. July 2026: intermediate committees end, the commune receives their cells.
Each with people, posts, a campaign whose roll is fixed, and figures before and after.

Source: docs/rules/lifecycle.md; QĐ 294-QĐ/TW, QĐ 208-QĐ/TW.
"""

from datetime import UTC, date, datetime

import pytest

from campaigns.models import CampaignUnit
from campaigns.queries import CampaignCounts
from campaigns.services import previewing, reorganising
from members.models import (
    Member,
    Membership,
    Post,
    UnitChange,
    UnitDecision,
    UnitState,
)
from members.policy import Actor, Area, Role
from members.queries import actor_for
from members.services import decisions
from reports.queries import rollup_of
from tests.campaigns.decisions import at, fix, open_campaign
from tests.factories import PostFactory
from tests.small_worlds import (
    live,
    places_of,
    recounted,
    tallies_of,
    tree_of,
    unit_of,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 8, 3, 3, tzinfo=UTC)
Act = UnitChange.Act


def office_of(code: str) -> Actor:
    return actor_for(PostFactory(unit=at(code), role=Role.CLERK).account)


def drafted(actor: Actor, keeper: str, number: str, on: date) -> UnitDecision:
    return decisions.draft_decision(
        keeper=at(keeper),
        facts={
            "number": number,
            "issuer": "Ban Thường vụ",
            "signed_on": on,
            "effective_on": on,
            "title": "Sắp xếp tổ chức đảng",
        },
        actor=actor,
        now=NOW,
    )


def add(actor: Actor, decision: UnitDecision, act: Act, of: str = "", to="", **columns):
    """Put a change into a draft; the target is a code, or a change that creates it."""
    decision.refresh_from_db()
    parts = columns.pop("parts", {})
    change = UnitChange(act=act, unit=at(of) if of else None, **columns)
    if isinstance(to, UnitChange):
        change.target_change = to
    elif to:
        change.target = at(to)
    return decisions.add_change(
        decision=decision, version=decision.version, change=change, actor=actor, now=NOW,
        **parts,
    )  # fmt: skip


def figures(campaign, code: str) -> tuple[int, int, int]:
    found = rollup_of(unit_of(campaign, code), with_below=False).unit.figures
    return found.members.present, found.cells.total, found.grassroots.total


def open_posts() -> set[str]:
    return set(Post.objects.filter(ended_at=None).values_list("unit__code", flat=True))


def roll() -> dict[str, str]:
    belongs = Membership.objects.current().official()
    return dict(belongs.values_list("member__code", "unit__code"))


def below(code: str, day: date) -> set[str]:
    states = UnitState.objects.on(day).filter(parent__code=code)
    return set(states.values_list("unit__code", flat=True))


def seen_by(actor: Actor) -> set[str]:
    rows = CampaignUnit.objects.visible_to(actor, Area.FIGURES)
    return set(rows.values_list("code", flat=True))


JULY_2025 = date(2025, 7, 1)


@pytest.fixture
def province_of_2025():
    """A province with one district, its campaign, and posts at every level."""
    live(
        """
        P   -  PROVINCE              -         -
        D   P  SUPERIOR              -         -
        X   D  GRASSROOTS_COMMITTEE  COMMUNE   -
        X1  X  CELL                  -         -
        X2  X  CELL                  -         -
        Y   D  GRASSROOTS_COMMITTEE  TOWNSHIP  -
        Y1  Y  CELL                  -         -
        E   D  GRASSROOTS_CELL       POLICE    -
        """,
        {"X1": "GOOD GOOD", "X2": "GOOD", "Y1": "GOOD GOOD", "E": "GOOD"},
    )
    for code in ("D", "X", "X1"):
        PostFactory(unit=at(code), role=Role.SECRETARY)
    campaign = open_campaign("tinh", "P", year=2025)
    fix(campaign)
    return campaign


def dissolve_district(province: Actor) -> UnitDecision:
    decision = drafted(province, "P", "15-QĐ/TU", JULY_2025)
    first, second = [
        add(province, decision, Act.CREATE, to="P", code=code, name=f"Đảng bộ xã {code}",
            kind="SUPERIOR")
        for code in ("C", "B")
    ]  # fmt: skip
    add(province, decision, Act.MERGE, of="X", to=first)
    add(province, decision, Act.MERGE, of="Y", to=second)
    add(province, decision, Act.MOVE, of="E", to=second)
    add(province, decision, Act.CLOSE, of="D")
    return decision


def test_july_2025_the_district_level_is_dissolved_into_communes(province_of_2025):
    province, people = office_of("P"), roll()
    decision = dissolve_district(province)

    tried = previewing.try_carry_out(decision=decision, actor=province, now=NOW)
    assert (len(tried.units), len(tried.people), tried.posts) == (9, 0, 2)
    assert open_posts() == {"P", "D", "X", "X1"}
    carried = reorganising.carry_out(decision=decision, actor=province, now=NOW)

    assert (len(carried.units), carried.posts) == (9, 2)
    assert below("P", date(2025, 6, 30)) == {"D"}
    assert below("D", date(2025, 6, 30)) == {"X", "Y", "E"}
    assert (below("P", JULY_2025), below("D", JULY_2025)) == ({"C", "B"}, set())
    assert below("C", JULY_2025) == {"X1", "X2"}
    assert roll() == people
    assert open_posts() == {"P", "X1"}
    assert figures(province_of_2025, "P") == (6, 3, 3)


def test_july_2025_the_campaign_of_the_province_follows_when_it_is_applied(
    province_of_2025,
):
    campaign, province = province_of_2025, office_of("P")
    places = places_of(campaign)
    decision = dissolve_district(province)
    reorganising.carry_out(decision=decision, actor=province, now=NOW)

    trial = previewing.try_reorganisation(
        campaign=campaign, decision=decision, actor=province, now=NOW
    )
    assert figures(campaign, "P") == (6, 3, 3)
    reorganising.apply_reorganisation(
        campaign=campaign, decision=decision, actor=province, now=NOW
    )

    assert trial.before == CampaignCounts(
        units=8, members=6, members_assessed=0, cells=3, grassroots=3
    )
    assert trial.after == CampaignCounts(
        units=7, members=6, members_assessed=0, cells=3, grassroots=1
    )
    assert (trial.people.joined, trial.people.left) == (set(), set())
    assert set(trial.units.closed) == {"Đơn vị D", "Đơn vị X", "Đơn vị Y"}
    assert tree_of(campaign) == {
        "P": None, "C": "P", "B": "P", "X1": "C", "X2": "C", "Y1": "B", "E": "B",
    }  # fmt: skip
    assert places_of(campaign) == places
    assert figures(campaign, "P") == (6, 3, 1)
    assert (figures(campaign, "C"), figures(campaign, "B")) == ((3, 2, 0), (3, 1, 1))
    assert tallies_of(campaign) == recounted(campaign)
    assert seen_by(office_of("C")) == {"C", "X", "X1", "X2"}


JULY_2026 = date(2026, 7, 26)


@pytest.fixture
def commune_of_2026():
    """A commune with two intermediate committees, its campaign, and posts."""
    live(
        """
        P   -  PROVINCE              -            -
        C   P  GRASSROOTS_COMMITTEE  COMMUNE      -
        S   C  SUB_GRASSROOTS        -            -
        S1  S  CELL                  -            -
        S2  S  CELL                  -            -
        T   C  SECTIONAL             -            -
        T1  T  CELL                  -            -
        V   P  GRASSROOTS_CELL       POLICE       -
        """,
        {"S1": "GOOD GOOD GOOD", "S2": "GOOD GOOD", "T1": "GOOD", "V": "GOOD GOOD"},
    )
    for code in ("S", "T", "S1"):
        PostFactory(unit=at(code), role=Role.SECRETARY)
    campaign = open_campaign("xa", "C", year=2026)
    fix(campaign)
    return campaign


def end_intermediate_committees(commune: Actor, goes: Member) -> UnitDecision:
    """The commune's own decision; one cell gives somebody to a new one on the way."""
    decision = drafted(commune, "C", "6-QĐ/ĐU", JULY_2026)
    office = add(commune, decision, Act.CREATE, to="C", code="N", kind="CELL",
                 name="Chi bộ Văn phòng")  # fmt: skip
    add(commune, decision, Act.DIVIDE, of="S1", to=office, parts={"people": [goes]})
    add(commune, decision, Act.MERGE, of="S", to="C")
    add(commune, decision, Act.MERGE, of="T", to="C")
    reorganising.carry_out(decision=decision, actor=commune, now=NOW)
    return decision


def receive_police(province: Actor) -> UnitDecision:
    """A cell from beside: on that the province decides."""
    decision = drafted(province, "P", "20-QĐ/TU", JULY_2026)
    add(province, decision, Act.MOVE, of="V", to="C")
    add(province, decision, Act.RENAME, of="V", name="Chi bộ Công an", kind="CELL")
    reorganising.carry_out(decision=decision, actor=province, now=NOW)
    return decision


def test_july_2026_the_commune_receives_the_cells_of_its_intermediate_committees(
    commune_of_2026,
):
    campaign, commune = commune_of_2026, office_of("C")
    goes = Membership.objects.filter(unit=at("S1")).order_by("pk")[0].member
    taken = [
        end_intermediate_committees(commune, goes),
        receive_police(office_of("P")),
    ]

    assert below("C", date(2026, 7, 25)) == {"S", "T"}
    assert below("C", JULY_2026) == {"N", "S1", "S2", "T1", "V"}
    assert open_posts() == {"P", "C", "S1"}
    assert roll()[goes.code] == "N"
    assert figures(campaign, "C") == (6, 3, 0)
    for decision in taken:
        reorganising.apply_reorganisation(
            campaign=campaign, decision=decision, actor=commune, now=NOW
        )

    assert tree_of(campaign) == {
        "C": None, "N": "C", "S1": "C", "S2": "C", "T1": "C", "V": "C",
    }  # fmt: skip
    assert (figures(campaign, "C"), figures(campaign, "N")) == ((8, 5, 0), (1, 0, 0))
    assert places_of(campaign)[goes.code] == "N"
    assert tallies_of(campaign) == recounted(campaign)
    assert seen_by(commune) == {"C", "S", "S1", "S2", "T", "T1", "N", "V"}
