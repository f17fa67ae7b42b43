"""The addresses of self-reviews, of proposals and decisions."""

from tests.access.standings import CLERKS, Case, paper
from tests.access.world_self_reviews import (
    decision_of,
    level_request,
    suggestion,
    unit_file,
)

IN_CELL = {"cell secretary"}
AUTHOR = {"member"}
SUGGEST = {"grassroots committee"}
RUN_CAMPAIGNS = CLERKS | {"upper committee"}
LOOK_AGAIN = {"upper committee"}
# By DECIDED: of the first cell the committee has decided, of the cell beside it the
# district is to decide.
DECIDED = {"grassroots committee"}
VERIFY = {"organisation"}
APPROVE = RUN_CAMPAIGNS | {"grassroots committee"}
CASES_OF_SELF_REVIEWS = (
    Case(
        "self_review_own",
        "self_review_own",
        APPROVE | IN_CELL | AUTHOR | VERIFY | {"neighbour secretary", "other clerk"},
    ),
    Case("unit_self_reviews", "unit_self_reviews .G.1", IN_CELL, is_personal=True),
    Case("reviews:self_review_detail", "self_review_detail .G.1-1", IN_CELL | AUTHOR | DECIDED, is_personal=True),
    Case("reviews:self_review_detail", "self_review_detail .G.1-2", IN_CELL | DECIDED, is_personal=True),
    # The workbook of results names the committee that decided on all of them.
    Case("reviews:self_review_detail", "self_review_detail .G.1-3", IN_CELL | DECIDED, is_personal=True),
    Case("reviews:self_review_detail", "self_review_detail .G.2-1", {"neighbour secretary"} | DECIDED, is_personal=True),
    Case("reviews:self_review_detail", "self_review_detail .S-1", VERIFY, is_personal=True),
    *(
        Case(f"reviews:{name}", f"{name} {whose}", seen_by, method, status, is_personal=True)
        for name, whose, seen_by, posted in (
            ("self_review_begin", ".G.1-1", IN_CELL | AUTHOR, 422),
            ("self_review_write", ".G.1-1", AUTHOR, 422),
            ("self_review_send", ".G.1-1", AUTHOR, 422),
            ("self_review_confirm", ".G.1-2", IN_CELL, 422),
            ("self_review_return", ".G.1-2", IN_CELL, 422),
            ("self_review_acknowledge", ".G.1-2", IN_CELL, 422),
            ("self_review_paper", ".G.1-2", IN_CELL, 422),
        )
        for method, status in (("get", 200), ("post", posted))
    ),
    Case("reviews:self_review_save", "self_review_save .G.1-1", AUTHOR, "post", 422, is_personal=True),
    *paper("self_review_print", ".G.1-1", IN_CELL | AUTHOR | DECIDED),
    *paper("self_review_print", ".S-1", VERIFY),
    *paper("unit_self_reviews_print", ".G.1", IN_CELL),
    *(
        Case(f"reviews:{name}", f"{name} .G", SUGGEST, method, status, is_personal=True)
        for name, method, status in (
            ("suggestion_list", "get", 200),
            ("suggestion_add", "get", 200),
            ("suggestion_add", "post", 422),
        )
    ),
    *(
        Case("reviews:suggestion_judge", "suggestion_judge .G.1-1", SUGGEST, method, status, is_personal=True)
        for method, status in (("get", 200), ("post", 422))
    ),
    *(
        Case(f"reviews:{name}", f"{name} .G.2", {"neighbour secretary"}, method, status, is_personal=True)
        for name in ("proposal_list", "proposal_send")
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("reviews:file_list", "file_list .G", SUGGEST, is_personal=True),
    Case("reviews:file_detail", "file_detail .G.1", SUGGEST, is_personal=True),
    Case("reviews:file_detail", "file_detail .S", VERIFY | LOOK_AGAIN, is_personal=True),
    *(
        Case(f"reviews:{name}", f"{name} .G.1", SUGGEST, method, status, is_personal=True)
        for name in ("file_receive", "file_return")
        for method, status in (("get", 200), ("post", 422))
    ),
    *paper("handover_print", ".G.1", SUGGEST | IN_CELL),
    *paper("handover_print", ".S", VERIFY | LOOK_AGAIN),
    *paper("handover_print", ".G.2", set()),
    # Still being put together: nobody above reads it.
    *(
        Case(f"reviews:{name}", f"{name} .G.2", set(), method, is_personal=True)
        for name, methods in (("file_detail", ("get",)), ("file_receive", ("get", "post")), ("file_return", ("get", "post")))
        for method in methods
    ),
    *(
        Case("reviews:decision_add", "decision_add .G", SUGGEST, method, status, is_personal=True)
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("reviews:decision_detail", "decision_detail .G", SUGGEST | IN_CELL | AUTHOR | LOOK_AGAIN, is_personal=True),
    *paper("decision_print", ".G", SUGGEST),
    *paper("request_print", ".G.1", IN_CELL),
    Case("reviews:notice_detail", "notice_detail .G.1-1", SUGGEST | IN_CELL | AUTHOR, is_personal=True),
    Case("reviews:notice_detail", "notice_detail .G.1-2", SUGGEST | IN_CELL, is_personal=True),
    Case("reviews:notice_read", "notice_read .G.1-1", AUTHOR, "post", 302, is_personal=True),
    *paper("notice_print", ".G.1-1", SUGGEST | IN_CELL | AUTHOR),
    *paper("unit_notices_print", ".G.1", IN_CELL),
    *(
        Case(f"reviews:{name}", f"{name} {whose}", seen_by, method, status, is_personal=True)
        for name, whose, seen_by in (
            ("request_add", ".G.1-1", AUTHOR),
            ("notice_list", ".G.1", IN_CELL),
            ("request_paper", ".G", SUGGEST),
            ("level_reopen", ".G", SUGGEST),
            # The second of the cell has asked the district: nobody between reads it.
            ("request_receive", ".G.1-2", LOOK_AGAIN),
            ("request_answer", ".G.1-2", LOOK_AGAIN),
        )
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("reviews:request_list", "request_list .G", SUGGEST, is_personal=True),
    Case("reviews:request_detail", "request_detail .G.1-2", LOOK_AGAIN, is_personal=True),
)  # fmt: skip
PARAMETERS_OF_SELF_REVIEWS = {
    "suggestion_id": lambda district, suffix: suggestion(district.code, suffix).pk,
    "file_id": lambda district, suffix: unit_file(district.code, suffix).pk,
    "level_request_id": lambda district, suffix: (
        level_request(district.code, suffix).pk
    ),
    "level_decision_id": lambda district, suffix: decision_of(district.code, suffix).pk,
}
