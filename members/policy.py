"""Who may see what: the actor, and the table of the policy. Pure.

The table itself is data (`members/data/policy.toml`), for readers who do not
program and for the tests; this module turns it and a person's posts into path
ranges that querysets filter by.

Source: docs/policy.md.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Role(StrEnum):
    """The capacity in which somebody holds a post (`docs/policy.md` § 2)."""

    SECRETARY = "SECRETARY"
    DEPUTY_SECRETARY = "DEPUTY_SECRETARY"
    COMMITTEE_MEMBER = "COMMITTEE_MEMBER"
    CLERK = "CLERK"
    ORGANISATION_DEPARTMENT = "ORGANISATION_DEPARTMENT"
    PROPAGANDA_DEPARTMENT = "PROPAGANDA_DEPARTMENT"
    INSPECTION_COMMISSION = "INSPECTION_COMMISSION"
    WORKING_TEAM = "WORKING_TEAM"
    OUTSIDE = "OUTSIDE"  # authorities and unions: recorded, gives no access


class Tier(StrEnum):
    """Where a unit stands: what a committee may see depends on it."""

    CELL = "CELL"
    GRASSROOTS = "GRASSROOTS"
    UPPER = "UPPER"


class Standing(StrEnum):
    """A row of the policy table (`docs/policy.md` § 3)."""

    CELL_COMMITTEE = "CELL_COMMITTEE"
    GRASSROOTS_COMMITTEE = "GRASSROOTS_COMMITTEE"
    UPPER_COMMITTEE = "UPPER_COMMITTEE"
    CLERK = "CLERK"
    ORGANISATION_DEPARTMENT = "ORGANISATION_DEPARTMENT"
    PROPAGANDA_DEPARTMENT = "PROPAGANDA_DEPARTMENT"
    INSPECTION_COMMISSION = "INSPECTION_COMMISSION"
    WORKING_TEAM = "WORKING_TEAM"
    OUTSIDE = "OUTSIDE"


# In the order in which a committee is named.
COMMITTEE_ROLES = (Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER)


class Area(StrEnum):
    """What can be seen or done (`docs/policy.md` § 1)."""

    FIGURES = "FIGURES"  # counts of a subtree, and the reports made of them
    ROLL = "ROLL"  # the live roll: names, births, cells
    ROLL_EDIT = "ROLL_EDIT"  # keep that roll: enter, correct, transfer, end
    ROLL_IMPORT = "ROLL_IMPORT"  # keep it by workbooks, for many people at once
    POSTS = "POSTS"  # record who holds which post, from when, and its end
    LEVELS = "LEVELS"  # names with their levels
    TEXTS = "TEXTS"  # pledges, self-reviews, remarks
    BALLOTS = "BALLOTS"  # counts of ballots
    IMPORT = "IMPORT"  # write results into campaigns of the subtree
    ACCOUNTS = "ACCOUNTS"  # print slips for a password, and cards of codes
    UNITS = "UNITS"  # decisions that change the tree of units
    PROGRESS = "PROGRESS"  # counts of study, programmes, pledges and checks
    CAMPAIGN = "CAMPAIGN"  # make and run campaigns, and local plans
    WORK = "WORK"  # a unit's programme, study and meetings, as the collective's
    WORK_EDIT = "WORK_EDIT"  # record them
    PLEDGES = "PLEDGES"  # keep a cell's pledges: confirm, return, check
    RECORDS = "RECORDS"  # inspection, discipline, commendations, by document
    RECORDS_EDIT = "RECORDS_EDIT"  # record them


_BY_FILE = {Area.IMPORT, Area.ROLL_IMPORT}


class Reach(StrEnum):
    """How far an area goes from the unit of the post."""

    NONE = "NONE"
    UNIT = "UNIT"  # the unit of the post alone
    SUBTREE = "SUBTREE"  # the unit and all below it
    DECIDED = "DECIDED"  # of those whose level the unit decides on
    REASON = "REASON"  # with a stated reason, logged, shown to the person


class BadPolicy(ValueError):
    """The policy file lacks or misspells something; the text says what."""


@dataclass(frozen=True, slots=True)
class PostInForce:
    """One post that gives authority now."""

    post_id: int
    role: Role
    tier: Tier
    unit_id: int
    unit_path: str

    @property
    def standing(self) -> Standing:
        """Return the row of the policy table that this post falls under."""
        if self.role in COMMITTEE_ROLES:
            return Standing(f"{self.tier}_COMMITTEE")
        return Standing(self.role)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: an account, the member behind it if any, the posts in force.

    Nothing of it is cached between requests, so a post that ends, ends at once.
    """

    account_id: int | None
    member_id: int | None
    posts: tuple[PostInForce, ...] = ()
    is_system: bool = False  # a command on the server, never a request

    def subtrees(self, area: Area) -> tuple[str, ...]:
        """Return the tree paths whose whole subtree the actor reaches in `area`.

        Shape: outermost paths only, sorted; empty for somebody without such a post.
        """
        paths = sorted({post.unit_path for post in self._posts(area, Reach.SUBTREE)})
        outermost: list[str] = []
        for path in paths:
            if not outermost or not path.startswith(outermost[-1]):
                outermost.append(path)
        return tuple(outermost)

    def units(self, area: Area) -> tuple[int, ...]:
        """Return the ids of the single units that the actor reaches in `area`."""
        return tuple(sorted({post.unit_id for post in self._posts(area, Reach.UNIT)}))

    def reaches_below(self, area: Area, path: str) -> bool:
        """Tell whether the actor reaches all that stands below the unit at `path`."""
        return self.is_system or path.startswith(self.subtrees(area))

    def reaches_only_below(self, area: Area, path: str) -> bool:
        """Tell whether the unit at `path` stands below the own in `area`, and is not it."""
        own = self.subtrees(area)
        return self.is_system or (path.startswith(own) and path not in own)

    def reaches_unit(self, area: Area, unit_id: int, path: str) -> bool:
        """Tell whether the actor reaches the unit itself in `area`."""
        return self.reaches_below(area, path) or unit_id in self.units(area)

    def reaches(self, area: Area) -> bool:
        """Tell whether the actor reaches anything in `area`."""
        return bool(self.subtrees(area) or self.units(area))

    def deciding(self, area: Area) -> tuple[int, ...]:
        """Return the ids of the units for whose decisions on levels the actor reads.

        In `area` by DECIDED. Whoever reads texts so, reads the level that they led to.
        What a unit decides on is asked where it is written down (docs/policy.md § 1).
        """
        posts = self._posts(area, Reach.DECIDED)
        if area is Area.LEVELS:
            posts += self._posts(Area.TEXTS, Reach.DECIDED)
        return tuple(sorted({post.unit_id for post in posts}))

    def posts_with_reason(self) -> tuple[PostInForce, ...]:
        """Return the posts that read about people of their subtree for a stated reason.

        Whoever reaches texts by a reason reaches the level that they led to.
        """
        areas = (Area.LEVELS, Area.TEXTS)
        return tuple(
            post
            for post in self.posts
            if any(reach_of(post.standing, area) is Reach.REASON for area in areas)
        )

    def posts_for_extracts(self) -> tuple[PostInForce, ...]:
        """Return the posts of departments that get an extract, for a stated reason.

        Of one person at a time, of those on whom the committee of their unit decides.
        Source: docs/policy.md § 5.7.
        """
        return tuple(
            post
            for post in self._posts(Area.LEVELS, Reach.DECIDED)
            if post.role not in COMMITTEE_ROLES
        )

    def narrowest_post(
        self, area: Area, path: str, *, with_below: bool = False
    ) -> PostInForce | None:
        """Return the lowest post that reaches the unit at `path`, for the event log.

        `with_below` asks for one that reaches what stands below the unit, too.
        """
        reaching = [
            post
            for post in self.posts
            if (reach := reach_of(post.standing, area)) is not Reach.NONE
            and (
                post.unit_path == path and not with_below
                if reach is Reach.UNIT
                else path.startswith(post.unit_path)
            )
        ]
        return max(reaching, key=lambda post: len(post.unit_path), default=None)

    def _posts(self, area: Area, reach: Reach) -> list[PostInForce]:
        return [post for post in self.posts if reach_of(post.standing, area) is reach]


SYSTEM = Actor(account_id=None, member_id=None, is_system=True)
NOBODY = Actor(account_id=None, member_id=None)


def reach_of(standing: Standing, area: Area) -> Reach:
    """Return how far a standing reaches in an area.

    Source: docs/policy.md § 3, the rows of `members/data/policy.toml`.
    """
    return table()[standing][area]


@cache
def table() -> dict[Standing, dict[Area, Reach]]:
    """Return the whole policy; every standing has every area."""
    text = resources.files("members").joinpath("data/policy.toml").read_text("utf-8")
    return parse(text)


def parse(text: str) -> dict[Standing, dict[Area, Reach]]:
    """Return the policy that a TOML text states.

    Raises: BadPolicy, naming standing and area, if one lacks, is unknown or has
        a reach that is unknown or cannot be: an explicit NONE is as important as a
        grant.
    """
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as refusal:
        raise BadPolicy(str(refusal)) from refusal
    for standing in sorted(set(rows) - set(Standing)):
        raise BadPolicy(f"{standing} is unknown")
    return {standing: _row(standing, rows.get(standing, {})) for standing in Standing}


def _row(standing: Standing, row: object) -> dict[Area, Reach]:
    if not isinstance(row, dict):
        raise BadPolicy(f"{standing} is no table of areas")
    for area in sorted(set(row) ^ set(Area)):
        problem = "is missing" if area in set(Area) else "is unknown"
        raise BadPolicy(f"{standing}.{area} {problem}")
    return {area: _reach(standing, area, row[area]) for area in Area}


def _reach(standing: Standing, area: Area, value: object) -> Reach:
    if value not in list(Reach):
        raise BadPolicy(f"{standing}.{area}: unknown reach {value!r}")
    reach = Reach(str(value))
    if area in _BY_FILE and reach not in {Reach.NONE, Reach.SUBTREE}:
        raise BadPolicy(f"{standing}.{area}: a file brings all below a unit: {reach}")
    if area is Area.UNITS and reach not in {Reach.NONE, Reach.SUBTREE}:
        raise BadPolicy(f"{standing}.{area}: no unit decides on itself: {reach}")
    return reach
