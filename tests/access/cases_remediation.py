"""The addresses of remediation: one's own plans, those of a unit, their items."""

from tests.access.standings import CELL, CLERKS, Case, paper
from tests.access.world_remediation import (
    named_person,
    remediation_item,
    remediation_plan,
)

IN_CELL = {"cell secretary"}
AUTHOR = {"member"}
COMMITTEE = {"grassroots committee"}
RECORD_WORK = CLERKS | COMMITTEE | IN_CELL | {"upper committee", "neighbour secretary"}
FORM = (("get", 200), ("post", 422))
CASES_OF_REMEDIATION = (
    Case("reviews:remediation_own", "remediation_own", RECORD_WORK | AUTHOR | {"other clerk"}),
    Case("reviews:remediation_open", "remediation_open", AUTHOR, "post", 302, is_personal=True),
    Case("reviews:remediation_unit", "remediation_unit .G.1", CELL | {"propaganda"}),
    Case("reviews:remediation_unit_open", "remediation_unit_open .G.1", IN_CELL, "post", 302, is_personal=True),
    *(
        Case("reviews:remediation_detail", f"remediation_detail {which}", seen_by, is_personal=True)
        for which, seen_by in (
            ("draft", AUTHOR),
            ("given", IN_CELL),
            ("minuted", IN_CELL),
            ("sent", IN_CELL | COMMITTEE),
            ("unit-draft", IN_CELL),
            ("unit-sent", IN_CELL | COMMITTEE),
        )
    ),
    *(
        Case(f"reviews:remediation_{name}", f"remediation_{name} {which}", seen_by, method, status, is_personal=True)
        for name, which, seen_by in (
            ("paper", ".G.1", IN_CELL),
            ("follow", ".G.1", IN_CELL),
            ("item_edit", "draft", AUTHOR),
            ("give", "draft", AUTHOR),
            ("minute", "given", IN_CELL),
            ("return", "given", IN_CELL),
            ("return", "sent", COMMITTEE),
            ("send", "minuted", IN_CELL),
            ("accept", "sent", COMMITTEE),
            ("check", "minuted", IN_CELL),
            ("repeat", "unit-sent", COMMITTEE),
            ("person_add", "unit-draft", IN_CELL),
            ("answer", "named", AUTHOR),
            # What the state of the plan does not take.
            ("give", "given", set()),
            ("accept", "minuted", set()),
            ("check", "given", set()),
        )
        for method, status in FORM
    ),
    *paper("remediation_print", "draft", AUTHOR),
    *paper("remediation_print", "sent", IN_CELL | COMMITTEE),
    *paper("named_person_print", "outside", IN_CELL),
    *paper("named_person_print", "named", set()),
    *paper("remediation_book", ".G.1", IN_CELL),
    Case("reviews:remediation_item_add", "remediation_item_add draft", AUTHOR, is_personal=True),
    Case("reviews:remediation_item_add", "remediation_item_add draft", AUTHOR, "post", 200, is_personal=True),
    Case("reviews:remediation_item_remove", "remediation_item_remove draft", AUTHOR, "post", 302, is_personal=True),
)  # fmt: skip
PARAMETERS_OF_REMEDIATION = {
    "remediation_plan_id": lambda district, suffix: (
        remediation_plan(district.code, suffix).pk
    ),
    "remediation_item_id": lambda district, suffix: (
        remediation_item(district.code, suffix).pk
    ),
    "named_person_id": lambda district, suffix: named_person(district.code, suffix).pk,
}
