"""The addresses of pledges, of their checks and criteria."""

from tests.access.standings import CLERKS, EVERYONE, Case, paper
from tests.access.world_pledges import criterion, item, participant

ALL = set(EVERYONE)
IN_CELL = {"cell secretary"}
AUTHOR = {"member"}
# By DECIDED, as in cases_self_reviews.
DECIDED = {"grassroots committee"}
VERIFY = {"organisation"}
RUN_CAMPAIGNS = CLERKS | {"upper committee"}
APPROVE = RUN_CAMPAIGNS | {"grassroots committee"}
SEE_WORK = APPROVE | {"organisation", "inspection"}
OF_THE_CELL = SEE_WORK | {"cell secretary", "working team of a cell", "member"}
CASES_OF_PLEDGES = (
    Case(
        "pledges:pledge_own",
        "pledge_own",
        APPROVE | IN_CELL | AUTHOR | {"neighbour secretary", "other clerk"},
    ),
    Case("pledges:manifestations", "manifestations", ALL),
    # Without a device and a day there is nothing to give.
    Case("pledges:draft_key", "draft_key", set()),
    Case("pledges:pledge_detail", "pledge_detail .G.1-1", IN_CELL | AUTHOR | DECIDED, is_personal=True),
    Case("pledges:pledge_detail", "pledge_detail .G.1-2", IN_CELL | DECIDED, is_personal=True),
    Case("pledges:pledge_detail", "pledge_detail .G.1-3", IN_CELL | DECIDED, is_personal=True),
    Case("pledges:pledge_detail", "pledge_detail .G.2-1", {"neighbour secretary"} | DECIDED, is_personal=True),
    Case("pledges:pledge_detail", "pledge_detail .S-1", VERIFY, is_personal=True),
    *(
        Case(f"pledges:{name}", f"{name} {whose}", seen_by, method, status, is_personal=True)
        for name, whose, seen_by, posted in (
            ("pledge_begin", ".G.1-1", IN_CELL | AUTHOR, 422),
            ("pledge_write", ".G.1-1", AUTHOR, 422),
            ("pledge_send", ".G.1-1", AUTHOR, 422),
            ("pledge_confirm", ".G.1-2", IN_CELL, 422),
            ("pledge_return", ".G.1-2", IN_CELL, 422),
            ("pledge_acknowledge", ".G.1-2", IN_CELL, 422),
            ("pledge_paper", ".G.1-2", IN_CELL, 422),
            ("pledge_results", ".G.1-3", IN_CELL, 302),
            ("item_check", ".G.1-3", IN_CELL, 422),
            ("item_report", ".G.1-1", AUTHOR, 422),
            ("check_round", ".G.1", IN_CELL, 422),
            ("criterion_add", ".G.1", IN_CELL, 422),
            ("criteria_send", ".G.1", IN_CELL, 422),
            ("criterion_edit", ".G.1", IN_CELL, 422),
            ("criterion_remove", ".G.1", IN_CELL, 422),
        )
        for method, status in (("get", 200), ("post", posted))
    ),
    Case("pledges:draft_save", "draft_save .G.1-1", AUTHOR, "post", 422, is_personal=True),
    Case("pledges:unit_pledges", "unit_pledges .G.1", IN_CELL, is_personal=True),
    Case("pledges:check_list", "check_list .G.1", IN_CELL, is_personal=True),
    Case("pledges:criteria_list", "criteria_list .G.1", OF_THE_CELL),
    Case(
        "pledges:criteria_list",
        "criteria_list .S",
        OF_THE_CELL | {"working team", "neighbour secretary"},
    ),
    *(
        Case(f"pledges:{name}", f"{name} .G.2", APPROVE, method, status)
        for name in ("criteria_publish", "criteria_return")
        for method, status in (("get", 200), ("post", 422))
    ),
    # Nobody has sent these up.
    *(
        Case(f"pledges:{name}", f"{name} {suffix}", set(), method)
        for name in ("criteria_publish", "criteria_return")
        for suffix in (".G", ".G.1", ".S")
        for method in ("get", "post")
    ),
    Case("keeper_papers", "keeper_papers .G", APPROVE),
    Case("keeper_papers", "keeper_papers .G.1", APPROVE),
    Case("pledges:pledge_setup", "pledge_setup ", RUN_CAMPAIGNS),
    Case("pledges:pledge_setup", "pledge_setup ", RUN_CAMPAIGNS, "post", 422),
    *paper("pledge_print", ".G.1-1", IN_CELL | AUTHOR | DECIDED),
    *paper("pledge_print", ".S-1", VERIFY),
    *paper("unit_pledges_print", ".G.1", IN_CELL),
)  # fmt: skip
PARAMETERS_OF_PLEDGES = {
    "participant_id": lambda district, suffix: participant(district.code, suffix).pk,
    "pledge_item_id": lambda district, suffix: item(district.code, suffix).pk,
    "criterion_id": lambda district, suffix: criterion(district.code, suffix).pk,
}
