"""The addresses of secret ballots: who keeps the meeting, who counts, who sees above."""

from tests.access.standings import Case, paper
from tests.access.world_ballots import ballot_of, turn_of

SECRETARY = {"cell secretary"}
TELLER = {"member"}
BOTH = (("get", 200), ("post", 422))
CASES_OF_BALLOTS = (
    Case("reviews:ballot_list", "ballot_list counted", SECRETARY | TELLER, is_personal=True),
    Case("reviews:ballot_list", "ballot_list locked", SECRETARY, is_personal=True),
    *(
        Case(f"reviews:{name}", f"{name} counted", SECRETARY, method, status, is_personal=True)
        for name in ("teller_edit", "ballot_open")
        for method, status in BOTH
    ),
    Case("reviews:turn_list", "turn_list counted", SECRETARY, is_personal=True),
    *(
        Case(f"reviews:{name}", f"{name} counted", SECRETARY, method, status, is_personal=True)
        for name in ("turn_call", "turn_edit", "turn_leave", "turn_statement", "collective_turn")
        for method, status in BOTH
    ),
    *(
        Case(f"reviews:{name}", f"{name} counted", SECRETARY, "post", 422, is_personal=True)
        for name in ("turn_save", "collective_turn_save")
    ),
    *(
        Case("reviews:turn_reply", "turn_reply counted", TELLER, method, status, is_personal=True)
        for method, status in BOTH
    ),
    Case("reviews:ballot_detail", "ballot_detail counted", SECRETARY | TELLER, is_personal=True),
    Case("reviews:ballot_detail", "ballot_detail locked", SECRETARY | {"grassroots committee"}, is_personal=True),
    *(
        Case(f"reviews:{name}", f"{name} counted", TELLER, method, status, is_personal=True)
        for name in ("ballot_enter", "ballot_confirm")
        for method, status in BOTH
    ),
    Case("reviews:ballot_save", "ballot_save counted", TELLER, "post", 422, is_personal=True),
    Case("reviews:ballot_draft_remove", "ballot_draft_remove counted", TELLER, "post", 302, is_personal=True),
    *(
        Case("reviews:ballot_correct", "ballot_correct locked", SECRETARY, method, status, is_personal=True)
        for method, status in BOTH
    ),
    *paper("committee_minutes", "counted", SECRETARY),
    *paper("group_minutes", "counted", SECRETARY),
    *paper("ballot_print", "counted", SECRETARY | TELLER),
    *paper("ballot_print", "locked", SECRETARY | {"grassroots committee"}),
    *paper("tellers_print", "counted", set()),
    *paper("tellers_print", "locked", SECRETARY | {"grassroots committee"}),
)  # fmt: skip
PARAMETERS_OF_BALLOTS = {
    "occasion_id": lambda district, suffix: turn_of(district.code, suffix).pk,
    "ballot_id": lambda district, suffix: ballot_of(district.code, suffix).pk,
}
