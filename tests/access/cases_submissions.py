"""The addresses of signed figures."""

from tests.access.standings import (
    CELL,
    CLERKS,
    COMMITTEE,
    COMMITTEE_AS_A_WHOLE,
    DISTRICT,
    Case,
)
from tests.access.world_submissions import submission

ABOVE = CLERKS | {"upper committee"}
READ = (
    ("", DISTRICT),
    (".G", COMMITTEE_AS_A_WHOLE),
    (".G.1", CELL),
)
CASES_OF_SUBMISSIONS = (
    *(
        Case(f"reports:{name}", f"{name} {whose}", seen_by)
        for name in ("unit_submissions", "submission_detail")
        for whose, seen_by in READ
    ),
    # A closed cell's rows are seen by whoever sees all of the committee.
    Case("reports:unit_submissions", "unit_submissions .G.3", COMMITTEE),
    *(
        Case("reports:submission_sign", f"submission_sign {whose}", seen_by, method, status, is_personal=whose != "")
        for whose, seen_by in (("", ABOVE), (".G.1", {"cell secretary"}))
        for method, status in (("get", 200), ("post", 422))
    ),
    # Whoever keys in for a committee is not the one who signs.
    Case("reports:submission_sign", "submission_sign .G", {"grassroots committee"}, is_personal=True),
    *(
        Case("reports:submission_return", f"submission_return {whose}", seen_by, method, status, is_personal=whose == ".G.1")
        for whose, seen_by in (
            ("", ABOVE),
            (".G", ABOVE),
            (".G.1", {"grassroots committee"}),
        )
        for method, status in (("get", 200), ("post", 422))
    ),
)  # fmt: skip
PARAMETERS_OF_SUBMISSIONS = {
    "submission_id": lambda district, suffix: submission(district.code, suffix).pk,
}
