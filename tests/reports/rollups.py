"""Made-up roll-ups of any size whose parts sum up as the contract says."""

import random
from datetime import date

from campaigns import rulesets
from campaigns.rulesets import RuleSet
from campaigns.rulesets.model import REASONS
from members.vocabulary import vocabulary
from reports.documents.head import DocumentHead, Previous, Signatory
from reports.figures import (
    NOT_ASSESSED,
    Figures,
    MemberCounts,
    OrganisationCounts,
    Rollup,
    UnitFigures,
    UnitHead,
)
from reviews.ceilings import CeilingCounts, CeilingRow, check

SECTORS = tuple(vocabulary().sectors)
NAMES = (
    "Đảng bộ xã Tam Hồng",
    "Đảng bộ thị trấn Yên Lạc",
    "Chi bộ Trường Mầm non Sơn Ca",
    "Đảng bộ Công ty cổ phần Thương mại và Dịch vụ tổng hợp Liên Châu",
    "Chi bộ Hạt Kiểm lâm",
    "Đảng bộ cơ quan Ủy ban nhân dân huyện",
)
LONGEST = (
    "Đảng bộ Trung tâm Giáo dục nghề nghiệp – Giáo dục thường xuyên và Hướng nghiệp, "
    "Bồi dưỡng nghiệp vụ cho cán bộ quản lý hợp tác xã nông nghiệp miền núi phía Bắc "
    "trực thuộc Đảng ủy Khối Các cơ quan và Doanh nghiệp (giai đoạn chuyển tiếp)"
)


def sums(rows, codes):
    rows = list(rows)
    return {code: sum(row.get(code, 0) for row in rows) for code in codes}


def member_counts(rule_set: RuleSet, levels, *, reasons=None, **others) -> MemberCounts:
    """Counts whose sums fit; `others` are exempt, not_reviewed and NOT_ASSESSED."""
    codes = rule_set.members.codes
    by_level = dict(zip(codes, levels, strict=True))
    not_assessed = {code: others.get(code, 0) for code in NOT_ASSESSED}
    unstated = dict.fromkeys(REASONS, 0)
    unstated["UNSTATED"] = by_level[codes[-1]]
    assessed = sum(levels)
    exempt, not_reviewed = others.get("exempt", 0), others.get("not_reviewed", 0)
    return MemberCounts(
        present=assessed + exempt + not_reviewed + sum(not_assessed.values()),
        exempt=exempt,
        not_reviewed=not_reviewed,
        not_assessed=not_assessed,
        assessed=assessed,
        levels=by_level,
        reasons=reasons or unstated,
    )


def organisation_counts(rule_set: RuleSet, levels, *, unrated=0) -> OrganisationCounts:
    scheme = rule_set.organisations
    by_level = dict(zip(scheme.codes, levels, strict=True))
    return OrganisationCounts(
        total=sum(levels) + unrated,
        assessed=sum(levels),
        levels=by_level,
        groups={
            group.code: sum(by_level[code] for code in group.levels)
            for group in scheme.groups
        },
    )


def figures(rule_set: RuleSet, members, cells=None, grassroots=None) -> Figures:
    nothing = organisation_counts(rule_set, [0] * len(rule_set.organisations.codes))
    return Figures(
        members=members, cells=cells or nothing, grassroots=grassroots or nothing
    )


def summed(rule_set: RuleSet, parts: list[Figures]) -> Figures:
    """The sum of figures, as the fold would give it."""
    members = [part.members for part in parts]
    codes = rule_set.members.codes
    return Figures(
        members=MemberCounts(
            present=sum(each.present for each in members),
            exempt=sum(each.exempt for each in members),
            not_reviewed=sum(each.not_reviewed for each in members),
            not_assessed=sums([each.not_assessed for each in members], NOT_ASSESSED),
            assessed=sum(each.assessed for each in members),
            levels=sums([each.levels for each in members], codes),
            reasons=sums([each.reasons for each in members], REASONS),
        ),
        cells=_summed_organisations(rule_set, [part.cells for part in parts]),
        grassroots=_summed_organisations(rule_set, [part.grassroots for part in parts]),
    )


def _summed_organisations(rule_set, parts):
    scheme = rule_set.organisations
    levels = sums([part.levels for part in parts], scheme.codes)
    return organisation_counts(
        rule_set,
        list(levels.values()),
        unrated=sum(part.total - part.assessed for part in parts),
    )


def ceilings(rule_set: RuleSet, unit: UnitHead, **levels) -> tuple[CeilingRow, ...]:
    """The rows of one unit; `levels` are counts by level for each subject."""
    return check(
        rule_set,
        [
            CeilingCounts(unit.code, unit.name, subject, counts)
            for subject, counts in levels.items()
        ],
    )


def district(
    children: int = 6,
    *,
    rule_set_code: str = "hd27-2014",
    seed: int = 1,
    scale: int = 1,
) -> Rollup:
    """A unit with committees and cells below it, sectors, and a ceiling row each."""
    rule_set = rulesets.load(rule_set_code)
    chance = random.Random(seed)
    made = [_child(at, rule_set, chance, scale) for at in range(children)]
    own = [_own(child, rule_set) for child in made]
    head = UnitHead("YL", "Đảng bộ huyện Yên Lạc", "DISTRICT", "", "")
    by_sector = _by_sector(rule_set, made, own)
    unit = UnitFigures(
        unit=head,
        figures=summed(rule_set, [*(child.figures for child in made), *own]),
        by_sector=by_sector,
        ceiling=(
            *ceilings(
                rule_set,
                head,
                grassroots=sums(
                    [part.grassroots.levels for part in own],
                    rule_set.organisations.codes,
                ),
            ),
            *(row for child in made for row in child.ceiling),
        ),
    )
    return Rollup(
        campaign=f"YL-{2018}", rule_set=rule_set.code, unit=unit, children=tuple(made)
    )


def _by_sector(rule_set, made, own):
    found = {child.unit.sector for child in made}
    return {
        sector: summed(
            rule_set,
            [
                part
                for child, itself in zip(made, own, strict=True)
                if child.unit.sector == sector
                for part in (child.figures, itself)
            ],
        )
        for sector in SECTORS
        if sector in found
    }


def _child(at, rule_set, chance, scale):
    is_committee = at % 3 != 2
    size = chance.randint(15, 240 if is_committee else 60) * scale
    members = _split(size, (8, 72, 17, 1), chance)
    codes = rule_set.organisations.codes
    cells = [0] * len(codes)
    if is_committee:
        cells = _split(
            chance.randint(3, 14) * scale, (2, 6, 6, 2, 1)[-len(codes) :], chance
        )
    counts = member_counts(
        rule_set,
        members,
        exempt=chance.randint(0, 9),
        not_reviewed=chance.randint(0, 3),
        SUSPENDED=chance.randint(0, 1),
        UNDER_SIX_MONTHS=chance.randint(0, 2),
    )
    unit = UnitHead(
        code=f"YL.{at + 1:03}",
        name=f"{NAMES[at % len(NAMES)]} {at + 1}",
        kind="GRASSROOTS_COMMITTEE" if is_committee else "GRASSROOTS_CELL",
        sector=SECTORS[at * 5 % len(SECTORS)],
        level=chance.choice((*codes, "")),
    )
    return UnitFigures(
        unit=unit,
        figures=figures(rule_set, counts, organisation_counts(rule_set, cells)),
        by_sector={
            unit.sector: figures(rule_set, counts, organisation_counts(rule_set, cells))
        },
        ceiling=ceilings(
            rule_set,
            unit,
            members=counts.levels,
            **({"cells": dict(zip(codes, cells, strict=True))} if is_committee else {}),
        ),
    )


def _own(child, rule_set):
    """The child itself as one grassroots organisation."""
    codes = rule_set.organisations.codes
    levels = [int(code == child.unit.level) for code in codes]
    itself = organisation_counts(rule_set, levels, unrated=int(not child.unit.level))
    nobody = member_counts(rule_set, [0] * len(rule_set.members.codes))
    return figures(rule_set, nobody, grassroots=itself)


def _split(total, weights, chance):
    counts = [0] * len(weights)
    for _each in range(total):
        counts[chance.choices(range(len(weights)), weights)[0]] += 1
    return counts


def head(**changes) -> DocumentHead:
    values = {
        "language": "vi",
        "superior": "Đảng bộ tỉnh Vĩnh Phúc",
        "issuer": "Huyện ủy Yên Lạc",
        "symbol": "BC/HU",
        "number": 25,
        "place": "Yên Lạc",
        "issued_on": date(2019, 1, 5),
        "abstract": "tổng hợp kết quả đánh giá, phân loại chất lượng tổ chức đảng và "
        "đảng viên năm 2018",
        "campaign": "Đợt kiểm điểm, đánh giá, phân loại năm 2018",
        "year": 2018,
        "signatories": (
            Signatory(
                on_behalf_of="Ban Thường vụ", post="Bí thư", name="Nguyễn Văn Thử"
            ),
        ),
        "recipients": (
            "Ban Thường vụ Tỉnh ủy",
            "Ban Tổ chức Tỉnh ủy",
            "Các tổ chức cơ sở đảng trực thuộc",
            "Lưu Văn phòng Huyện ủy",
        ),
    }
    return DocumentHead(**{**values, **changes})


def previous(year: int = 2017, **of) -> Previous:
    return Previous(year=year, rollup=district(**{"seed": 2, **of}))


def nobody(rule_set_code: str = "hd27-2014") -> Rollup:
    """Units and members, and not one of them assessed."""
    rule_set = rulesets.load(rule_set_code)
    none = [0] * len(rule_set.organisations.codes)
    children = tuple(
        UnitFigures(
            unit=UnitHead(
                f"N.{at}", f"Đảng bộ xã {at}", "GRASSROOTS_COMMITTEE", "", ""
            ),
            figures=figures(
                rule_set,
                member_counts(rule_set, [0, 0, 0, 0], not_reviewed=30),
                organisation_counts(rule_set, none, unrated=3),
            ),
            by_sector={},
            ceiling=(),
        )
        for at in (1, 2)
    )
    own = [_own(child, rule_set) for child in children]
    unit = UnitFigures(
        unit=UnitHead("N", "Đảng bộ huyện Chưa Đánh Giá", "DISTRICT", "", ""),
        figures=summed(rule_set, [*(child.figures for child in children), *own]),
        by_sector={},
        ceiling=(),
    )
    return Rollup("N-2016", rule_set.code, unit, children)


def flat(
    cells: int = 5, *, rule_set_code: str = "qd132-2018", directly: int = 2
) -> Rollup:
    """A grassroots committee with cells only, and some members of its own."""
    rule_set = rulesets.load(rule_set_code)
    codes = rule_set.organisations.codes
    children = tuple(
        UnitFigures(
            unit=UnitHead(
                f"F.{at}", f"Chi bộ thôn {at}", "CELL", "COMMUNE", codes[at % 4]
            ),
            figures=figures(rule_set, member_counts(rule_set, [1, 10 + at, 2, 0])),
            by_sector={},
            ceiling=(),
        )
        for at in range(cells)
    )
    own = [
        figures(
            rule_set,
            member_counts(rule_set, [0, 0, 0, 0]),
            cells=organisation_counts(
                rule_set, [int(code == child.unit.level) for code in codes]
            ),
        )
        for child in children
    ]
    themselves = figures(rule_set, member_counts(rule_set, [0, directly, 0, 0]))
    unit = UnitFigures(
        unit=UnitHead(
            "F", "Đảng bộ xã Phẳng", "GRASSROOTS_COMMITTEE", "COMMUNE", "GOOD"
        ),
        figures=summed(
            rule_set, [*(child.figures for child in children), *own, themselves]
        ),
        by_sector={},
        ceiling=(),
    )
    return Rollup("F-2019", rule_set.code, unit, children)
