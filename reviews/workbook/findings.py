"""What can be the matter with a results workbook alone. Pure."""

from enum import StrEnum


class ResultsMatter(StrEnum):
    """What a tree of units with its people and levels can have wrong."""

    NOT_VALID = "not_valid"
    NO_UNITS = "no_units"
    NO_ROOT = "no_root"
    SEVERAL_ROOTS = "several_roots"
    PARENT_UNKNOWN = "parent_unknown"
    CYCLE = "cycle"
    TOO_DEEP = "too_deep"
    SECTOR_MISSING = "sector_missing"
    NO_SECTOR = "no_sector"
    UNIT_UNKNOWN = "unit_unknown"
    LEVEL_MISSING = "level_missing"
    LEVEL_FORBIDDEN = "level_forbidden"
    REASON_FORBIDDEN = "reason_forbidden"
    ADMITTED_AFTER_YEAR = "admitted_after_year"
    CODE_TAKEN = "code_taken"
