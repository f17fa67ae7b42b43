"""The addresses of collective reports, and of what is suggested to collectives."""

from tests.access.standings import CELL, CLERKS, Case, paper
from tests.access.world_collective_reports import body_of, suggestion_to

READ = CELL | {"member"}  # the work of the first cell, its members included
WRITE = {"cell secretary"}
ANSWER = {"grassroots committee"}
RUN = CLERKS | {"upper committee", "grassroots committee"}
CASES_OF_COLLECTIVE_REPORTS = (
    Case("unit_collective_reports", "unit_collective_reports .G.1", READ),
    Case("reviews:collective_report_detail", "collective_report_detail .G.1", READ),
    *paper("collective_report_print", ".G.1", READ, is_personal=False),
    *(
        Case(f"reviews:{name}", f"{name} {whose}", seen_by, method, status, is_personal=True)
        for name, whose, seen_by in (
            ("collective_report_begin", ".G.1", WRITE),
            ("collective_report_write", ".G.1", WRITE),
            ("collective_report_send", ".G.1", WRITE),
            ("collective_report_confirm", ".G.2", ANSWER),
            ("collective_report_return", ".G.2", ANSWER),
            ("collective_report_paper", ".G.2", ANSWER),
            ("collective_report_statement", ".G.2", ANSWER),
        )
        for method, status in (("get", 200), ("post", 422))
    ),
    *(  # a unit right above answers, whatever kind of committee it has
        Case("reviews:collective_report_paper", f"collective_report_paper {whose}", CLERKS | {"upper committee"}, method, status)
        for whose in (".G", ".S")
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("reviews:collective_report_save", "collective_report_save .G.1", WRITE, "post", 422, is_personal=True),
    Case("reviews:collective_suggestion_list", "collective_suggestion_list .G", RUN),
    *(
        Case(f"reviews:{name}", f"{name} {whose}", RUN, method, status)
        for name, whose in (
            ("collective_suggestion_add", ".G"),
            ("collective_suggestion_judge", ".G.2"),
        )
        for method, status in (("get", 200), ("post", 422))
    ),
)  # fmt: skip
PARAMETERS_OF_COLLECTIVE_REPORTS = {
    "body_id": lambda district, suffix: body_of(district.code, suffix).pk,
    "collective_suggestion_id": lambda district, suffix: (
        suggestion_to(district.code, suffix).pk
    ),
}
