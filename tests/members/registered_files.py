"""A file of units and people as the registry takes it, and what the registry then has."""

from dataclasses import dataclass, field
from datetime import date

from members.models import Event, Member, Membership, NameWord, PartyUnit, UnitState

DAY = date(2024, 12, 31)


@dataclass
class Units:
    """The units of a file, one tuple each: code, name, index above, kind, sector."""

    rows: list[tuple[str, str, int, str, str]]

    def __getattr__(self, name):
        at = ("code", "name", "parent", "kind", "sector").index(name)
        return [row[at] for row in self.rows]


@dataclass
class People:
    """The people of a file, one tuple each: code, name, index of the cell."""

    rows: list[tuple[str, str, int]] = field(default_factory=list)
    born_on: list[str] = field(init=False)
    gender: list[str] = field(init=False)
    admitted_on: list[str] = field(init=False)
    official_on: list[str] = field(init=False)

    def __post_init__(self):
        self.code = [code for code, _, _ in self.rows]
        self.full_name = [name for _, name, _ in self.rows]
        self.unit = [unit for _, _, unit in self.rows]
        count = len(self.rows)
        self.born_on, self.gender = ["1960-05"] * count, ["F"] * count
        self.admitted_on, self.official_on = ["2010-05-19"] * count, [""] * count


UNITS = Units(
    [
        # The root stands last: rows may come in any order.
        ("A.G", "Đảng bộ xã G", 2, "GRASSROOTS_COMMITTEE", "COMMUNE"),
        ("A.G.1", "Chi bộ thôn 1", 0, "CELL", ""),
        ("A", "Đảng bộ huyện A", -1, "SUPERIOR", ""),
        ("A.G.2", "Chi bộ thôn 2", 0, "CELL", ""),
    ]
)

PEOPLE = People([("DV1", "Đỗ Thị Yến", 1), ("DV2", "Nguyễn Văn An", 3)])


def states():
    rows = UnitState.objects.order_by("unit__path")
    return list(
        rows.values_list(
            "unit__code",
            "name",
            "kind",
            "sector",
            "parent__code",
            "from_on",
            "until_on",
        )
    )


def roll():
    rows = Membership.objects.order_by("member__code", "pk")
    return list(rows.values_list("member__code", "unit__code", "from_on", "until_on"))


def counts():
    models = (PartyUnit, UnitState, Member, NameWord, Membership, Event)
    return [model.objects.count() for model in models]


def path_of(code):
    return PartyUnit.objects.get(code=code).path
