"""What an account reaches, by its posts and as a person: what all subjects ask for."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from campaigns.models import CampaignUnit, Meeting, Participant, Placement
from members.models import Account, Membership, PartyUnit, Post
from reviews.models import Decision, DecisionLine, Proposal, UnitFile

Row = dict[str, Any]
Table = type[Model]
Sees = Callable[["Eyes", Row], bool]

COMMITTEES = ("SECRETARY", "DEPUTY_SECRETARY", "COMMITTEE_MEMBER")
CELLS = ("CELL", "GRASSROOTS_CELL")
GRASSROOTS = ("GRASSROOTS_COMMITTEE", "SUB_GRASSROOTS", "SECTIONAL")
# docs/policy.md § 3, the areas of which rows are told here: "all" is the subtree.
WIDE = {
    "CLERK": {
        "FIGURES": "all", "ROLL": "all", "ROLL_EDIT": "all", "ROLL_IMPORT": "all",
        "IMPORT": "all", "CAMPAIGN": "all", "WORK": "all", "WORK_EDIT": "unit",
        "RECORDS": "all", "RECORDS_EDIT": "all",
    },
    "cell": {
        "FIGURES": "unit", "ROLL": "unit", "ROLL_EDIT": "unit", "LEVELS": "unit",
        "TEXTS": "unit", "PLEDGES": "unit", "WORK": "unit", "WORK_EDIT": "unit",
        "RECORDS": "unit", "RECORDS_EDIT": "unit",
    },
    "grassroots": {
        "FIGURES": "all", "ROLL": "all", "LEVELS": "all", "CAMPAIGN": "all",
        "WORK": "all", "WORK_EDIT": "unit", "RECORDS": "all", "RECORDS_EDIT": "unit",
    },
    "upper": {
        "FIGURES": "all", "CAMPAIGN": "all", "WORK": "all", "WORK_EDIT": "unit",
        "RECORDS": "all", "RECORDS_EDIT": "unit",
    },
    "ORGANISATION_DEPARTMENT": {
        "FIGURES": "all", "WORK": "all", "RECORDS": "all", "RECORDS_EDIT": "unit",
    },
    "INSPECTION_COMMISSION": {
        "FIGURES": "all", "WORK": "all", "RECORDS": "all", "RECORDS_EDIT": "unit",
    },
    "WORKING_TEAM": {"FIGURES": "unit", "WORK": "unit"},
}  # fmt: skip

# By DECIDED: who reads the texts of whom their unit decides on, and who the levels.
DECIDING = {
    "TEXTS": ("grassroots", "ORGANISATION_DEPARTMENT"),
    "LEVELS": ("grassroots", "upper", "ORGANISATION_DEPARTMENT"),
}


def like(table: Table, column: str) -> Sees:
    """Rows that are seen by who sees the row of a table that they name in a column."""
    return lambda eyes, row: eyes.sees(table, row[column])


class Eyes:
    def __init__(
        self,
        rows: Mapping[Table, Mapping[int, Row]],
        rules: Mapping[Table, Sees],
        account_id: int,
        today: date,
    ) -> None:
        self.rows, self.rules, self.today = rows, rules, today
        self.account = rows[Account][account_id]
        self.member = self.account["member_id"] if self.account["is_active"] else None
        is_out = not self.account["is_active"] or self.account["is_technical"]
        self.posts = [] if is_out else [*filter(self.holds, rows[Post].values())]

    def sees(self, table: Table, pk: int) -> bool:
        return self.rules[table](self, self.rows[table][pk])

    # As a person.

    def is_me(self, row: Row) -> bool:
        return self.member is not None and row["member_id"] == self.member

    def is_of_me(self, row: Row) -> bool:
        return self.takes_part(row["participant_id"])

    def takes_part(self, participant_id: int | None) -> bool:
        return participant_id is not None and self.is_me(
            self.rows[Participant][participant_id]
        )

    # By a post.

    def holds(self, post: Row) -> bool:
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

    def standing(self, post: Row) -> str:
        kind = self.rows[PartyUnit][post["unit_id"]]["kind"]
        if post["role"] not in COMMITTEES:
            return post["role"]
        if kind in CELLS:
            return "cell"
        return "grassroots" if kind in GRASSROOTS else "upper"

    def reaches(
        self, area: str, unit_id: int | None, by: tuple[str, ...] = ("all", "unit")
    ) -> bool:
        line, above = [], unit_id
        while above is not None:
            line.append(above)
            above = self.rows[PartyUnit][above]["parent_id"]
        for post in self.posts:
            how = WIDE.get(self.standing(post), {}).get(area)
            if how in by and post["unit_id"] in (line if how == "all" else line[:1]):
                return True
        return False

    def is_committee_of(self, unit_id: int | None) -> bool:
        return any(
            post["unit_id"] == unit_id
            and self.standing(post) in ("grassroots", "upper")
            for post in self.posts
        )

    def decides_at(self, area: str, campaign_unit_id: int | None) -> bool:
        """Whether a post is at the very unit that looks after one of a campaign."""
        if campaign_unit_id is None:
            return False
        unit_id = self.rows[CampaignUnit][campaign_unit_id]["custodian_id"]
        return any(
            post["unit_id"] == unit_id and self.standing(post) in DECIDING.get(area, ())
            for post in self.posts
        )

    def decides(self, area: str, participant_id: int) -> bool:
        """Whether one's unit has somebody's file before it, or has decided."""
        person = self.rows[Participant][participant_id]
        before = [person["decided_by_id"]]
        for proposal in self.rows[Proposal].values():
            file = self.rows[UnitFile][proposal["file_id"]]
            is_here = file["state"] in ("SENT", "RECEIVED")
            if is_here and proposal["participant_id"] == participant_id:
                before.append(file["goes_to_id"])
        for line in self.rows[DecisionLine].values():
            if line["participant_id"] == participant_id:
                before.append(self.rows[Decision][line["decision_id"]]["unit_id"])
        return any(self.decides_at(area, unit) for unit in before)

    def keeps_member(self, area: str, member_id: int | None) -> bool:
        """Whether somebody is on a roll that is reached in an area."""
        return any(
            each["member_id"] == member_id
            and each["until_on"] is None
            and each["kind"] == "OFFICIAL"
            and self.reaches(area, each["unit_id"])
            for each in self.rows[Membership].values()
        )

    # In a campaign, whose tree is another.

    def reaches_frozen(self, area: str, row: Row) -> bool:
        unit = self.rows[CampaignUnit][row["unit_id"]]
        if self.reaches(area, unit["custodian_id"], by=("all",)):
            return True
        is_part = unit["custody_by_closing"] or any(
            above["live_unit_id"] == unit["custodian_id"] for above in self.above(unit)
        )
        return not is_part and self.reaches(area, unit["custodian_id"])

    def above(self, unit: Row) -> list[Row]:
        found, parent = [], unit["parent_id"]
        while parent is not None:
            found.append(self.rows[CampaignUnit][parent])
            parent = found[-1]["parent_id"]
        return found

    def works(self, area: str, table: Table, pk: int) -> bool:
        """Whether the unit of a row is reached."""
        return self.reaches_frozen(area, self.rows[table][pk])

    def keeps(self, meeting_id: int) -> bool:
        return self.works("WORK_EDIT", Meeting, meeting_id)

    def is_or_reaches(self, area: str, participant_id: int) -> bool:
        return (
            self.takes_part(participant_id)
            or any(
                each["participant_id"] == participant_id
                and each["until_on"] is None
                and self.reaches_frozen(area, each)
                for each in self.rows[Placement].values()
            )
            or self.decides(area, participant_id)
        )

    def reads_work(self, unit_id: int) -> bool:
        """By a post, or as somebody who is placed just there."""
        return self.reaches_frozen("WORK", {"unit_id": unit_id}) or any(
            self.takes_part(each["participant_id"])
            and each["unit_id"] == unit_id
            and each["until_on"] is None
            for each in self.rows[Placement].values()
        )
