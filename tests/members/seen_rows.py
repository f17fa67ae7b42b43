"""Who sees which rows, worked out once more: slow, plain, from nothing but the tables.

Tests compare `visible_to` and row-level security with this; it shares no line of code
with either.
"""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from campaigns.models import CampaignUnit, LateChange, Participant, Placement
from members.models import (
    Account,
    ActivityPause,
    CorrectionRequest,
    Event,
    Member,
    Membership,
    PartyUnit,
    Post,
    ReasonedReading,
    RollImport,
    Transfer,
)
from reviews.models import ResultsImport

COMMITTEES = ("SECRETARY", "DEPUTY_SECRETARY", "COMMITTEE_MEMBER")
CELLS = ("CELL", "GRASSROOTS_CELL")
GRASSROOTS = ("GRASSROOTS_COMMITTEE", "SUB_GRASSROOTS", "SECTIONAL")
# docs/policy.md § 3, the areas of which rows are told here: "all" is the subtree.
WIDE = {
    "CLERK": {
        "FIGURES": "all", "ROLL": "all", "ROLL_EDIT": "all", "ROLL_IMPORT": "all",
        "IMPORT": "all",
    },
    "cell": {"FIGURES": "unit", "ROLL": "unit", "ROLL_EDIT": "unit", "LEVELS": "unit"},
    "grassroots": {"FIGURES": "all", "ROLL": "all", "LEVELS": "all"},
    "upper": {"FIGURES": "all"},
    "ORGANISATION_DEPARTMENT": {"FIGURES": "all"},
    "INSPECTION_COMMISSION": {"FIGURES": "all"},
    "WORKING_TEAM": {"FIGURES": "unit"},
}  # fmt: skip
TABLES = (
    Account,
    ActivityPause,
    CampaignUnit,
    CorrectionRequest,
    Event,
    LateChange,
    Member,
    Membership,
    Participant,
    PartyUnit,
    Placement,
    Post,
    ReasonedReading,
    ResultsImport,
    RollImport,
    Transfer,
)


class World:
    """All rows of a small world, read once."""

    def __init__(self) -> None:
        self.rows = {
            model.__name__: {row["id"]: row for row in model.objects.values()}
            for model in TABLES
        }
        self.today = timezone.localdate(timezone=ZoneInfo("Asia/Ho_Chi_Minh"))

    def seen_by(self, account_id: int) -> dict[str, set[int]]:
        """The numbers of the rows that an account sees, by model."""
        return _Eyes(self, account_id).seen()


class _Eyes:
    def __init__(self, world: World, account_id: int) -> None:
        self.rows, self.today = world.rows, world.today
        self.account = self.rows["Account"][account_id]
        self.member = self.account["member_id"] if self.account["is_active"] else None
        is_out = not self.account["is_active"] or self.account["is_technical"]
        self.posts = [] if is_out else [*filter(self.holds, self.rows["Post"].values())]

    def holds(self, post: dict[str, Any]) -> bool:
        mine = post["account_id"] == self.account["id"] or (
            post["member_id"] is not None and post["member_id"] == self.member
        )
        over: date | None = post["ends_on"]
        return (
            mine
            and post["ended_at"] is None
            and post["from_on"] <= self.today
            and (over is None or over >= self.today)
        )

    def seen(self) -> dict[str, set[int]]:
        return {
            name: {pk for pk, row in self.rows[name].items() if sees(row)}
            for name, sees in {
                "Member": self.sees_member,
                "Membership": lambda row: (
                    self.is_me(row) or self.reaches("ROLL", row["unit_id"])
                ),
                "ActivityPause": lambda row: self.sees_member(
                    self.rows["Member"][row["member_id"]]
                ),
                "Transfer": lambda row: (
                    self.is_me(row)
                    or self.reaches("ROLL", row["source_id"])
                    or self.reaches("ROLL", row["target_id"])
                ),
                "Post": self.sees_act,
                "Event": self.sees_act,
                "ResultsImport": lambda row: self.reaches("IMPORT", row["within_id"]),
                "RollImport": lambda row: self.reaches("ROLL_IMPORT", row["within_id"]),
                "CorrectionRequest": self.sees_request,
                "ReasonedReading": self.sees_reading,
                "Placement": self.sees_placement,
                "Participant": self.sees_participant,
                "LateChange": lambda row: self.sees_participant(
                    self.rows["Participant"][row["participant_id"]]
                ),
            }.items()
        }

    def is_me(self, row: dict[str, Any]) -> bool:
        return self.member is not None and row["member_id"] == self.member

    def sees_member(self, row: dict[str, Any]) -> bool:
        return row["id"] == self.member or any(
            each["member_id"] == row["id"]
            and each["until_on"] is None
            and self.reaches("ROLL", each["unit_id"])
            for each in self.rows["Membership"].values()
        )

    def sees_act(self, row: dict[str, Any]) -> bool:
        return (
            self.is_me(row)
            or row["account_id"] == self.account["id"]
            or self.reaches("FIGURES", row["unit_id"])
        )

    def sees_request(self, row: dict[str, Any]) -> bool:
        return self.is_me(row) or any(
            each["member_id"] == row["member_id"]
            and each["until_on"] is None
            and each["kind"] == "OFFICIAL"
            and self.reaches("ROLL_EDIT", each["unit_id"])
            for each in self.rows["Membership"].values()
        )

    def sees_reading(self, row: dict[str, Any]) -> bool:
        above = self.rows["PartyUnit"][row["unit_id"]]["parent_id"]
        is_shown = row["opened_at"] is not None and row["shown_from"] <= self.today
        is_of_my_commission = row["is_inspection"] and any(
            post["role"] == "INSPECTION_COMMISSION"
            and post["unit_id"] == row["unit_id"]
            for post in self.posts
        )
        return (
            row["account_id"] == self.account["id"]
            or (self.is_me(row) and is_shown)
            or is_of_my_commission
            or self.reaches("FIGURES", above, by=("all",))
        )

    def sees_placement(self, row: dict[str, Any]) -> bool:
        unit = self.rows["CampaignUnit"][row["unit_id"]]
        if self.reaches("LEVELS", unit["custodian_id"], by=("all",)):
            return True
        is_part = unit["custody_by_closing"] or any(
            above["live_unit_id"] == unit["custodian_id"] for above in self.above(unit)
        )
        return not is_part and self.reaches("LEVELS", unit["custodian_id"])

    def sees_participant(self, row: dict[str, Any]) -> bool:
        return self.is_me(row) or any(
            each["participant_id"] == row["id"]
            and each["until_on"] is None
            and self.sees_placement(each)
            for each in self.rows["Placement"].values()
        )

    def above(self, unit: dict[str, Any]) -> list[dict[str, Any]]:
        found, parent = [], unit["parent_id"]
        while parent is not None:
            found.append(self.rows["CampaignUnit"][parent])
            parent = found[-1]["parent_id"]
        return found

    def reaches(
        self, area: str, unit_id: int | None, by: tuple[str, ...] = ("all", "unit")
    ) -> bool:
        line, above = [], unit_id
        while above is not None:
            line.append(above)
            above = self.rows["PartyUnit"][above]["parent_id"]
        for post in self.posts:
            how = WIDE.get(self.standing(post), {}).get(area)
            if how in by and post["unit_id"] in (line if how == "all" else line[:1]):
                return True
        return False

    def standing(self, post: dict[str, Any]) -> str:
        kind = self.rows["PartyUnit"][post["unit_id"]]["kind"]
        if post["role"] not in COMMITTEES:
            return post["role"]
        if kind in CELLS:
            return "cell"
        return "grassroots" if kind in GRASSROOTS else "upper"
