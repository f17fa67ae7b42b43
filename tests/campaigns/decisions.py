"""Decisions on a small province, and what a campaign looks like before and after."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.services import opening, reorganising
from campaigns.services.opening import CampaignNotChangeable
from members.models import Member, PartyUnit, UnitChange, UnitDecision, UnitPart
from reports.queries import rollup_of
from tests.small_worlds import (
    BY_COMMAND,
    NOW,
    recounted,
    tallies_of,
)

JULY = date(2025, 7, 1)
OPENED_ON = date(2024, 12, 31)
TREE = """
    P   -  PROVINCE              -         -
    H   P  SUPERIOR              -         -
    X   H  GRASSROOTS_COMMITTEE  COMMUNE   GOOD
    X1  X  CELL                  -         GOOD
    X2  X  CELL                  -         EXCELLENT
    Y   H  GRASSROOTS_COMMITTEE  TOWNSHIP  EXCELLENT
    Y1  Y  CELL                  -         SATISFACTORY
    K   P  SUPERIOR              -         -
    K1  K  GRASSROOTS_CELL       OTHER     GOOD
"""
PEOPLE = {"X1": "GOOD EXCELLENT", "X2": "GOOD EXEMPT", "Y1": "GOOD", "K1": "GOOD GOOD"}


def open_campaign(code: str, root: str, year: int = 2024) -> Campaign:
    campaign = opening.create_campaign(
        code=code,
        name=code,
        year=year,
        root_unit=PartyUnit.objects.get(code=root),
        rule_set_code="qd124-2023",
    )
    return opening.open_campaign(campaign=campaign, **BY_COMMAND)


def fix(campaign: Campaign) -> None:
    opening.fix_roll(campaign=campaign, **BY_COMMAND)


def decide(number: str, *changes) -> UnitDecision:
    """A decision of (act, unit, target, columns), not carried out.

    The columns of a division have its parts: `{"parts": "P001 X1"}`, people or units.
    """
    decision = UnitDecision.objects.create(
        number=number,
        issuer="Tỉnh ủy",
        signed_on=JULY,
        effective_on=JULY,
        title="Sắp xếp",
    )
    for position, (act, unit, target, columns) in enumerate(changes):
        parts = columns.get("parts", "").split()
        rest = {name: text for name, text in columns.items() if name != "parts"}
        change = UnitChange.objects.create(
            decision=decision, position=position, act=act, unit=at(unit), target=at(target),
            **rest,
        )  # fmt: skip
        for code in parts:
            member = Member.objects.filter(code=code).first()
            UnitPart.objects.create(
                change=change, member=member, unit=None if member else at(code)
            )
    return decision


def at(code: str | None) -> PartyUnit | None:
    return code and PartyUnit.objects.filter(code=code).first()


def carry_out(number: str, *changes) -> UnitDecision:
    """Decide, and carry out on the live tree, each a day after the other."""
    decision = decide(number, *changes)
    later = NOW + timedelta(days=UnitDecision.objects.count())
    reorganising.carry_out(decision=decision, **{**BY_COMMAND, "now": later})
    return decision


def apply(campaign: Campaign, decision: UnitDecision) -> None:
    """Apply it; what was counted anew is all that had to be."""
    reorganising.apply_reorganisation(
        campaign=campaign, decision=decision, **BY_COMMAND
    )
    assert tallies_of(campaign) == recounted(campaign)


def new_unit(code: str, kind: str, sector: str = "") -> dict[str, str]:
    return {"code": code, "name": f"Đơn vị {code}", "kind": kind, "sector": sector}


NO_CUSTODY = {"custodian_id": None, "custody_by_closing": None}


def state_of(campaign: Campaign) -> tuple:
    """Everything that a reorganisation could change but the custodians."""
    units = CampaignUnit.objects.filter(campaign=campaign).order_by("pk")
    placements = Placement.objects.filter(participant__campaign=campaign)
    top = units.filter(closed_on=None, parent__parent=None)
    return (
        [{**row, **NO_CUSTODY} for row in units.values()],
        list(placements.order_by("pk").values()),
        list(Participant.objects.filter(campaign=campaign).order_by("pk").values()),
        [rollup_of(unit, with_below=True) for unit in top.select_related("campaign")],
    )


def history(code: str) -> list[tuple]:
    placements = Placement.objects.filter(participant__member__code=code).order_by("pk")
    return list(placements.values_list("unit__code", "from_on", "until_on", "event"))


def presence(campaign: Campaign) -> dict[str, str]:
    people = Participant.objects.filter(campaign=campaign)
    return dict(people.values_list("member__code", "presence"))


def refusal(campaign: Campaign, decision: UnitDecision) -> str:
    before = state_of(campaign)
    with override("en"), pytest.raises(CampaignNotChangeable) as refused:
        apply(campaign, decision)
    assert state_of(campaign) == before
    return str(refused.value)
