"""Published tables as test cases: what was printed, and a campaign that shows it.

The files of `tests/data/published` say the counts; which of them are chosen stands
under `chosen`. `published` is the percent as printed, with its comma; where printing
was off, `off` says how, by name.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

from campaigns.contents import NO_PARENT, Contents, PeopleTable, UnitTable
from reviews.scenarios.people import name_sets
from tests.oracle import half_up

FOLDER = Path(__file__).resolve().parent / "data" / "published"
NOT_ASSESSED = {
    "EXEMPT": "members.exempt",
    "NOT_REVIEWED": "members.not_reviewed",
    "SUSPENDED": "members.not_assessed.SUSPENDED",
    "UNDER_SIX_MONTHS": "members.not_assessed.UNDER_SIX_MONTHS",
    "OTHER": "members.not_assessed.OTHER",
}
STATUS_LABELS = {
    "ASSESSED": "được đánh giá",
    "EXEMPT": "miễn",
    "NOT_REVIEWED": "chưa kiểm điểm",
    "SUSPENDED": "đình chỉ",
    "UNDER_SIX_MONTHS": "dưới 6 tháng",
    "OTHER": "khác",
}


@dataclass(frozen=True)
class Percent:
    path: str  # in the roll-up's JSON
    part: int
    base: int
    published: str = ""  # "" where none was printed
    off: str = ""  # the name of the matter, where the printed one is not half up

    @property
    def decimals(self) -> int:
        return len(self.published.partition(",")[2])


@dataclass(frozen=True)
class Table:
    name: str  # "T2"
    campaign: str
    year: int
    rule_set: str
    root: dict[str, str]
    between: dict[str, Any]
    rated: dict[str, Any]
    counts: dict[str, int]
    percents: tuple[Percent, ...]


@cache
def tables() -> tuple[Table, ...]:
    files = sorted(FOLDER.glob("T*.toml"), key=lambda file: int(file.stem[1:]))
    return tuple(_table(file) for file in files)


def _table(file: Path) -> Table:
    values = tomllib.loads(file.read_text(encoding="utf-8"))
    percents = tuple(Percent(**row) for row in values.pop("percents"))
    return Table(
        name=file.stem,
        campaign=values.pop("code"),
        counts=values.pop("counts") | values.pop("chosen", {}),
        between=values.pop("between", {}),
        rated=values.pop("rated", {}),
        percents=percents,
        **values,
    )


def expected(table: Table) -> dict[str, int | str | None]:
    """What the roll-up's JSON must say at each path."""
    return table.counts | {
        percent.path: half_up(percent.part, percent.base) for percent in table.percents
    }


@cache
def contents_of(name: str) -> Contents:
    """A campaign with exactly these counts, the same every time."""
    table = next(table for table in tables() if table.name == name)
    rng = random.Random(table.campaign)
    units = UnitTable()
    _add_unit(units, parent=NO_PARENT, **table.root)
    rated = _add_rated(units, table, rng)
    return Contents(units, _people(table, rated or [0], rng))


def _add_rated(units: UnitTable, table: Table, rng: random.Random) -> list[int]:
    if not table.rated:
        return []
    kind = table.rated["kind"]
    subject = "cells" if kind == "CELL" else "grassroots"
    above = [
        _add_unit(
            units,
            parent=0,
            code=f"{table.root['code']}.{number:02}",
            name=f"{table.between['name']} {number}",
            kind=table.between["kind"],
        )
        for number in range(1, table.between.get("units", 0) + 1)
    ]
    levels = list(_repeated(table.counts, f"{subject}.levels."))
    levels += [""] * (table.counts[f"{subject}.total"] - len(levels))
    rng.shuffle(levels)
    sectors = table.rated["sectors"] or [table.root["sector"]]
    return [
        _add_unit(
            units,
            parent=above[at % len(above)] if above else 0,
            code=f"{table.root['code']}-{at + 1:04}",
            name=f"{table.rated['name']} {at + 1}",
            kind=kind,
            sector=sectors[at % len(sectors)],
            level=level,
        )
        for at, level in enumerate(levels)
    ]


def _repeated(counts: dict[str, int], prefix: str) -> Iterator[str]:
    for path, count in counts.items():
        if path.startswith(prefix):
            yield from [path.removeprefix(prefix)] * count


def _add_unit(
    units: UnitTable,
    *,
    parent: int,
    code: str,
    name: str,
    kind: str,
    sector: str = "",
    level: str = "",
) -> int:
    at = len(units)
    for column, value in (
        (units.code, code),
        (units.name, name),
        (units.parent, parent),
        (units.kind, kind),
        (units.sector, sector),
        (units.level, level),
        (units.row, at + 2),
    ):
        column.append(value)
    return at


def _people(table: Table, homes: list[int], rng: random.Random) -> PeopleTable:
    outcomes = list(_outcomes(table.counts))
    rng.shuffle(outcomes)
    genders = [rng.choice("MF") for _ in outcomes]
    kinh, size = name_sets()["KINH"], len(outcomes)
    return PeopleTable(
        code=[f"{table.root['code']}-{at:06}" for at in range(1, size + 1)],
        full_name=[kinh.full_name(rng, gender=gender) for gender in genders],
        born_on=[f"{1950 + at % 40}-{1 + at % 12:02}-17" for at in range(size)],
        gender=genders,
        unit=[homes[at % len(homes)] for at in range(size)],
        admitted_on=["2010-09-02"] * size,
        official_on=["2011-09-02"] * size,
        status=[status for status, _, _ in outcomes],
        level=[level for _, level, _ in outcomes],
        reason=[reason for _, _, reason in outcomes],
        row=[at + 2 for at in range(size)],
    )


def _outcomes(counts: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    for status, path in NOT_ASSESSED.items():
        yield from [(status, "", "")] * counts.get(path, 0)
    for level in _repeated(counts, "members.levels."):
        if level != "NOT_COMPLETED":
            yield "ASSESSED", level, ""
    for reason in _repeated(counts, "members.reasons."):
        yield "ASSESSED", "NOT_COMPLETED", reason


def sheets_of(contents: Contents) -> dict[str, dict[str, list[str]]]:
    """The results workbook that a clerk would have sent: columns by documented head."""
    units, people = contents.units, contents.people
    above = ["" if at == NO_PARENT else units.code[at] for at in units.parent]
    reasons = ["" if code == "UNSTATED" else code for code in people.reason]
    labels = {"M": "Nam", "F": "Nữ", "": ""}
    return {
        "Đơn vị": {
            "Mã đơn vị": units.code,
            "Tên đơn vị": units.name,
            "Mã cấp trên": above,
            "Loại tổ chức đảng": units.kind,
            "Loại hình TCCSĐ": units.sector,
            "Xếp loại chất lượng": units.level,
        },
        "Đảng viên": {
            "Mã đảng viên": people.code,
            "Họ và tên": people.full_name,
            "Ngày sinh": [_as_typed(day) for day in people.born_on],
            "Giới tính": [labels[gender] for gender in people.gender],
            "Mã chi bộ": [units.code[at] for at in people.unit],
            "Ngày vào Đảng": [_as_typed(day) for day in people.admitted_on],
            "Ngày chính thức": [_as_typed(day) for day in people.official_on],
            "Tình trạng": [STATUS_LABELS[status] for status in people.status],
            "Xếp loại chất lượng": people.level,
            "Lý do không hoàn thành nhiệm vụ": reasons,
        },
    }


def write_workbook(contents: Contents, path: Path) -> None:
    """The same as a file."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        for name, columns in sheets_of(contents).items():
            sheet = book.add_worksheet(name)
            for at, (head, values) in enumerate(columns.items()):
                sheet.write_column(0, at, [head, *values])


def _as_typed(day: str) -> str:
    """dd/mm/yyyy, mm/yyyy or yyyy."""
    return "/".join(reversed(day.split("-")))
