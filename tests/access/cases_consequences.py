"""What follows from levels, who is not reviewed, and levels of organisations."""

from reports.queries.committee_lists import KINDS
from tests.access.standings import (
    CELL,
    CLERKS,
    COMMITTEE_AS_A_WHOLE,
    Case,
    paper,
)
from tests.access.world_consequences import body_decision, body_proposal

IN_CELL = {"cell secretary"}
DECIDE = {"grassroots committee"}
VERIFY = {"organisation"}
# By DECIDED: the file of the cell beside the committee lies with the district.
READ_FILES = VERIFY | {"upper committee"}
RIGHT_ABOVE = CLERKS | {"upper committee"}
RUN = RIGHT_ABOVE | {"grassroots committee"}
CASES_OF_CONSEQUENCES = (
    Case("reviews:streak_list", "streak_list .G", DECIDE, is_personal=True),
    Case("cell_papers", "cell_papers .G.1", IN_CELL, is_personal=True),
    Case("cell_papers", "cell_papers .G.1", IN_CELL, "post", 302, is_personal=True),
    # Of who asked for it alone: here the secretary.
    Case("cell_papers_file", "cell_papers_file .G.1", IN_CELL, is_personal=True),
    Case("committee_lists", "committee_lists .G", DECIDE, is_personal=True),
    *(
        Case(f"committee_list_{kind}", f"committee_list_{kind} .G", DECIDE, is_personal=True)
        for kind in KINDS
    ),
    *(
        Case(f"committee_list_{kind}_print", f"committee_list_{kind}_print {extension} .G", DECIDE, is_personal=True)
        for kind in KINDS
        for extension in ("pdf", "docx", "xlsx")
    ),
    *paper("commendation_request_print", ".G", set()),  # nobody has the years for it
    Case("extract_add", "extract_add", VERIFY, is_personal=True),
    Case("extract_add", "extract_add", VERIFY, "post", 422, is_personal=True),
    Case("extract_detail", "extract_detail extract", VERIFY, is_personal=True),
    *paper("extract_print", "extract", VERIFY),
    *paper("supplement_print", ".G.1-1", {"member"}),
    Case("reviews:unreviewed_cell", "unreviewed_cell .G.1", IN_CELL, is_personal=True),
    Case("reviews:unreviewed_cell", "unreviewed_cell .G.1", IN_CELL, "post", 302, is_personal=True),
    *paper("unreviewed_cell_print", ".G.1", IN_CELL),
    Case("reviews:unreviewed_list", "unreviewed_list .G", DECIDE, is_personal=True),
    *paper("unreviewed_print", ".G", DECIDE),
    *paper("verification_print", "", READ_FILES),
    *paper("decision_minutes_print", ".G", DECIDE),
    Case("reviews:organisation_list", "organisation_list .G", RUN),
    Case("reviews:body_proposals", "body_proposals .G.1", CELL),
    *paper("body_proposals_print", ".G.1", CELL, is_personal=False),
    *(  # nothing is proposed for them
        each
        for whose in (".G", ".G.2")
        for each in paper("body_proposals_print", whose, set(), is_personal=False)
    ),
    *(
        Case(f"reviews:{name}", f"{name} .G.1", IN_CELL | DECIDE, method, status, is_personal=True)
        for name in ("body_proposal_add", "body_proposal_edit")
        for method, status in (("get", 200), ("post", 422))
    ),
    *(  # of one's own unit, and of a unit right below
        Case("reviews:body_proposal_add", f"body_proposal_add {whose}", seen_by, method, status)
        for whose, seen_by in ((".G", RUN), (".S", RIGHT_ABOVE))
        for method, status in (("get", 200), ("post", 422))
    ),
    *(
        Case(f"reviews:{name}", f"{name} .G", RUN, method, status)
        for name in ("body_decide", "collective_add")
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("reviews:body_decision_detail", "body_decision_detail .G", COMMITTEE_AS_A_WHOLE | {"neighbour secretary"}),
    *paper("body_decision_print", ".G", RUN, is_personal=False),
    *paper("body_decision_minutes_print", ".G", RUN, is_personal=False),
)  # fmt: skip
PARAMETERS_OF_CONSEQUENCES = {
    "body_proposal_id": lambda district, suffix: (
        body_proposal(district.code, suffix).pk
    ),
    "body_decision_id": lambda district, suffix: (
        body_decision(district.code, suffix).pk
    ),
}
