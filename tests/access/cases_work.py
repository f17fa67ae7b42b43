"""The matrix of a unit's work: its home, programme, study and plain rows."""

from tests.access.standings import (
    CELL,
    CLERKS,
    COMMITTEE_AS_A_WHOLE,
    DISTRICT,
    WITH_FIGURES,
    Case,
    paper,
)

# Every member of a unit below reads what the units above promise and study.
READERS = DISTRICT | {"member"}
OF_THE_COMMITTEE = COMMITTEE_AS_A_WHOLE | {"member"}
OF_THE_CELL = CELL | {"member"}
EDITORS = CLERKS | {"upper committee"}
# Whom the way to work leads to the only unit that they record for.
LED_HOME = EDITORS | {
    "grassroots committee",
    "cell secretary",
    "neighbour secretary",
    "other clerk",
}
BOTH = (("get", 200), ("post", 422))

HANGING = {
    "recommendation": "activity",
    "team_member": "team",
    "visit": "team",
    "comment": "draft",
    "item": "programme",
    "direction": "programme",
    "co_chair": "programme",
}
OF_UNIT = ("document", "rule", "activity", "team", "draft", "finding")
PAGES = (
    "unit_work", "programme", "study", "rules", "activities", "teams", "drafts",
    "findings",
)  # fmt: skip

CASES_OF_WORK = (
    Case(
        "work:work_list",
        "work_list",
        WITH_FIGURES | {"member"},
        sent_on=frozenset(LED_HOME),
    ),
    *(
        Case(f"work:{page}", f"{page} {suffix}", readers)
        for page in PAGES
        for suffix, readers in (
            ("", READERS),
            (".G", OF_THE_COMMITTEE),
            (".G.1", OF_THE_CELL),
        )
    ),
    Case("work:programme_named", "programme_named programme", READERS),
    Case("work:session_detail", "session_detail session", READERS),
    Case("work:product", "product activity", READERS),
    Case("work:programme_begin", "programme_begin ", EDITORS),
    Case("work:programme_begin", "programme_begin ", EDITORS, "post", 302),
    *(
        Case(f"work:programme_{act}", f"{act} programme", EDITORS, method, status)
        for act in ("write", "adopt", "amend", "check", "send", "answer")
        for method, status in BOTH
    ),
    *(
        Case(
            "work:programme_answer",
            "answer cell_programme",
            {"grassroots committee"},
            method,
            status,
            is_personal=True,
        )
        for method, status in BOTH
    ),
    *(
        Case(
            "work:programme_result",
            "result programme",
            EDITORS | {"member"},
            method,
            status,
        )
        for method, status in BOTH
    ),
    *(
        Case(
            "work:co_chair_sign",
            "sign own_chair",
            {"member"},
            method,
            status,
            is_personal=True,
        )
        for method, status in BOTH
    ),
    *(
        Case(f"work:{name}", f"{name} {row}", EDITORS, method, status)
        for name, row in (
            ("co_chair_paper", "co_chair"),
            ("session_add", ""),
            ("body_session_add", ""),
            ("session_edit", "session"),
            ("session_make_up", "session"),
            ("session_remove", "session"),
            ("comments_receive", "draft"),
        )
        for method, status in BOTH
    ),
    *(
        Case(
            "work:session_add",
            "session_add .G.1",
            {"cell secretary"},
            method,
            status,
            is_personal=True,
        )
        for method, status in BOTH
    ),
    Case("work:documents_take", "documents_take ", EDITORS, "post", 302),
    Case("work:comments_file", "comments_file draft", EDITORS),
    Case("work:comments_answers", "comments_answers draft", EDITORS),
    Case("work:essays", "essays ", EDITORS),
    Case("work:essays", "essays ", EDITORS, "post", 302),
    *paper("team_print", "team", EDITORS, is_personal=False),
    *(
        Case(f"work:{kind}_add", f"{kind}_add {row}", EDITORS, method, status)
        for kind, row in [*((kind, "") for kind in OF_UNIT), *HANGING.items()]
        for method, status in BOTH
    ),
    *(
        Case(f"work:{kind}_{act}", f"{kind}_{act} {kind}", EDITORS, method, status)
        for kind in (*OF_UNIT, *HANGING)
        for act in ("edit", "remove")
        for method, status in BOTH
    ),
)

PARAMETERS_OF_WORK = {
    "programme_id": lambda district, row: district.work[row].pk,
    "record_id": lambda district, row: district.work[row].pk,
    "working_team_id": lambda district, row: district.work[row].pk,
    "parent_id": lambda district, row: district.work[row].pk,
    "study_document_id": lambda district, row: district.work["document"].pk,
}
