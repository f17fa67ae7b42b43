"""The access matrix as data: every address, who gets through, and what they get.

Written by hand, so that a new address or a widened reach is a decision. A subject
that has many addresses keeps its own in a module beside this one.
"""

from tests.access.cases_ballots import CASES_OF_BALLOTS, PARAMETERS_OF_BALLOTS
from tests.access.cases_collective_reports import (
    CASES_OF_COLLECTIVE_REPORTS,
    PARAMETERS_OF_COLLECTIVE_REPORTS,
)
from tests.access.cases_consequences import (
    CASES_OF_CONSEQUENCES,
    PARAMETERS_OF_CONSEQUENCES,
)
from tests.access.cases_meetings import CASES_OF_MEETINGS, PARAMETERS_OF_MEETINGS
from tests.access.cases_opinions import CASES_OF_OPINIONS, PARAMETERS_OF_OPINIONS
from tests.access.cases_plans import CASES_OF_PLANS, PARAMETERS_OF_PLANS
from tests.access.cases_pledges import CASES_OF_PLEDGES, PARAMETERS_OF_PLEDGES
from tests.access.cases_records import CASES_OF_RECORDS, PARAMETERS_OF_RECORDS
from tests.access.cases_remediation import (
    CASES_OF_REMEDIATION,
    PARAMETERS_OF_REMEDIATION,
)
from tests.access.cases_reminders import CASES_OF_REMINDERS
from tests.access.cases_self_reviews import (
    CASES_OF_SELF_REVIEWS,
    PARAMETERS_OF_SELF_REVIEWS,
)
from tests.access.cases_submissions import (
    CASES_OF_SUBMISSIONS,
    PARAMETERS_OF_SUBMISSIONS,
)
from tests.access.cases_work import CASES_OF_WORK, PARAMETERS_OF_WORK
from tests.access.standings import (
    CELL,
    CLERKS,
    COMMITTEE,
    COMMITTEE_AS_A_WHOLE,
    COMMITTEES_OF_CELLS,
    DISTRICT,
    EVERYONE,
    KEEPERS,
    NEIGHBOURS,
    OF_THE_ROLL,
    OFFICES,
    READ_WITH_REASON,
    READERS,
    RECEIVERS,
    WITH_FIGURES,
    Case,
)

ALL_WITH_PROGRESS = WITH_FIGURES | {"propaganda"}
ALL = set(EVERYONE)
CASES = (
    Case("home", "home", ALL),
    Case("figures_home", "figures_home", ALL),
    Case("todo:guide", "guide", ALL),
    Case("members:member_list", "member_list", READERS | {"other clerk"}),
    Case("members:own_record", "own_record", {"member"}),
    Case("own_results", "own_results", {"member"}),
    Case("own_record_pdf", "own_record_pdf", {"member"}),
    Case("own_record_json", "own_record_json", {"member"}),
    Case("members:correction_add", "correction_add", {"member"}),
    Case("members:correction_add", "correction_add", {"member"}, "post", 422),
    Case("members:correction_list", "correction_list", KEEPERS | NEIGHBOURS),
    Case("members:correction_detail", "correction_detail .G.1", KEEPERS | {"member"}),
    Case(
        "members:correction_take_back",
        "correction_take_back .G.1",
        {"member"},
        "post",
        302,
        is_personal=True,
    ),
    *(
        Case(f"members:{name}", f"{name} .G.1", KEEPERS, method, status)
        for name in ("correction_refuse", "correction_settle")
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("members:password_change", "password_change", ALL),
    Case("members:password_change", "password_change", ALL, "post", 422),
    Case("members:session_use", "session_use", set()),
    Case("members:form_send", "form_send", ALL, "get", 302),
    Case("members:form_send", "form_send", ALL, "post", 302),
    Case("members:second_factor_list", "second_factor_list", ALL),
    # The password was just typed, so that nothing is asked.
    Case("members:card_print", "card_print", ALL),
    Case("members:card_print", "card_print", ALL, "post"),
    *(
        Case(f"members:{name}", name, ALL, method, status)
        for name in (
            "authenticator_add",
            "authenticator_remove",
            "passkey_add",
        )
        for method, status in (("get", 200), ("post", 422))
    ),
    # There is no other place to log in, where the settings name none.
    Case("members:oidc_link", "oidc_link", set()),
    Case("members:oidc_link", "oidc_link", set(), "post"),
    Case("members:oidc_unlink", "oidc_unlink", set()),
    Case("members:oidc_unlink", "oidc_unlink", set(), "post"),
    Case("members:passkey_remove", "passkey_remove", {"clerk"}),
    Case("members:passkey_remove", "passkey_remove", {"clerk"}, "post", 422),
    Case("members:session_list", "session_list", ALL),
    Case("members:session_end", "session_end", {"clerk"}, "post", 302),
    Case("members:session_end_others", "session_end_others", ALL, "post", 302),
    Case("members:slip_list", "slip_list", KEEPERS | NEIGHBOURS),
    Case("members:slip_list", "slip_list", KEEPERS | NEIGHBOURS, "post", 422),
    Case("members:account_detail", "account_detail .G.1", KEEPERS),
    Case("members:account_detail", "account_detail .G.1", KEEPERS, "post", 422),
    Case("members:member_detail", "member_detail .G.1", OF_THE_ROLL),
    Case("members:member_detail", "member_detail .S", CLERKS),
    Case("members:membership_list", "membership_list", KEEPERS | NEIGHBOURS),
    *(
        Case(
            "members:membership_end",
            "membership_end",
            KEEPERS | RECEIVERS,
            method,
            status,
        )
        for method, status in (("get", 200), ("post", 422))
    ),
    *(
        Case(
            "members:exemplarity_list",
            "exemplarity_list",
            COMMITTEES_OF_CELLS,
            method,
            status,
            is_personal=True,
        )
        for method, status in (("get", 200), ("post", 302))
    ),
    *(
        Case(
            "members:member_exemplarity",
            "member_exemplarity .G.1",
            KEEPERS,
            method,
            status,
        )
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("members:transfer_list", "transfer_list", READERS | {"other clerk"}),
    Case("members:transfer_detail", "transfer_detail .G.1", OF_THE_ROLL | RECEIVERS),
    Case("member_add", "member_add", KEEPERS | NEIGHBOURS),
    Case("member_add", "member_add", KEEPERS | NEIGHBOURS, "post", 422),
    *(
        Case(f"{name}", f"{name} .G.1", KEEPERS, method, status)
        for name in (
            "member_edit",
            "member_full",
            "member_pause",
            "member_resume",
            "member_end",
            "member_send_outside",
        )
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("member_send", "member_send .G.1", KEEPERS),
    Case("member_send", "member_send .G.1", KEEPERS, "post", 200),
    *(
        Case(f"{name}", f"{name} .G.1", RECEIVERS, method, status)
        for name in ("transfer_receive", "transfer_return")
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("transfer_take_back", "transfer_take_back .G.1", KEEPERS, "post", 302),
    Case("late_change_list", "late_change_list", CLERKS | {"other clerk"}),
    Case("late_change", "late_change .late", CLERKS),
    Case("late_change", "late_change .late", CLERKS, "post", 422),
    Case(
        "members:unit_list", "unit_list", WITH_FIGURES, sent_on=WITH_FIGURES - OFFICES
    ),
    Case("members:unit_detail", "unit_detail ", DISTRICT),
    Case("members:unit_detail", "unit_detail .G", COMMITTEE_AS_A_WHOLE),
    Case("members:unit_detail", "unit_detail .G.1", CELL),
    *(
        Case(f"members:{name}", f"{name} {suffix}", CLERKS, method, status)
        for name, suffix in (
            ("term_add", ".G.1"),
            ("term_edit", ""),
            ("number_add", ".G.1"),
            ("opening_add", ".G.1"),
            ("opening_correct", ""),
        )
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("members:number_list", "number_list .G.1", CLERKS),
    Case("members:opening_list", "opening_list ", DISTRICT),
    Case("members:opening_list", "opening_list .G", COMMITTEE_AS_A_WHOLE),
    Case("members:opening_list", "opening_list .G.1", CELL),
    Case("members:post_add", "post_add .G.1", CLERKS),
    Case("members:post_add", "post_add .G.1", CLERKS, "post", 200),
    Case("members:post_charge", "post_charge .G", CLERKS),
    Case("members:post_charge", "post_charge .G", CLERKS, "post", 422),
    Case("members:post_end", "post_end .G.1", CLERKS),
    Case("members:post_end", "post_end .G.1", CLERKS, "post", 422),
    Case("members:post_hand_over", "post_hand_over .G.1", KEEPERS),
    Case("members:post_hand_over", "post_hand_over .G.1", KEEPERS, "post", 200),
    Case("members:post_delegate", "post_delegate .G.1", {"cell secretary"}),
    Case(
        "members:post_delegate", "post_delegate .G.1", {"cell secretary"}, "post", 200
    ),
    Case("members:roll_template", "roll_template", CLERKS | {"other clerk"}),
    Case("members:roll_export", "roll_export", KEEPERS | NEIGHBOURS),
    Case("members:roll_export", "roll_export", KEEPERS | NEIGHBOURS, "post", 422),
    Case("roll_import_list", "roll_import_list", CLERKS | {"other clerk"}),
    Case("roll_import_list", "roll_import_list", CLERKS | {"other clerk"}, "post", 422),
    Case("roll_import_detail", "roll_import_detail", CLERKS),
    Case("roll_import_confirm", "roll_import_confirm", CLERKS, "post", 302),
    Case("roll_import_retry", "roll_import_retry", CLERKS, "post", 302),
    Case("roll_import_refused", "roll_import_refused", CLERKS),
    Case("decision_list", "decision_list", OFFICES),
    Case("decision_add", "decision_add", OFFICES),
    Case("decision_add", "decision_add", OFFICES, "post", 422),
    Case("decision_detail", "decision_detail draft", CLERKS),
    Case("decision_detail", "decision_detail done", CLERKS),
    *(
        Case(name, f"{name} draft", CLERKS, method, status)
        for name in (
            "decision_edit",
            "decision_discard",
            "decision_carry_out",
            "change_remove",
        )
        for method, status in (("get", 200), ("post", 422))
    ),
    Case("change_add", "change_add draft", CLERKS),
    Case("change_add", "change_add draft", CLERKS, "post", 200),
    Case("decision_apply", "decision_apply done", CLERKS),
    Case("decision_apply", "decision_apply done", CLERKS, "post", 422),
    Case("unit_figures", "unit_figures ", DISTRICT),
    Case("unit_figures", "unit_figures .G", COMMITTEE_AS_A_WHOLE),
    Case("unit_figures", "unit_figures .G.1", CELL),
    Case("unit_figures", "unit_figures .G.3", COMMITTEE),
    *(
        Case(
            "statistical_forms_print",
            f"statistical_forms_print {extension} {whose}",
            seen_by,
        )
        for extension in ("pdf", "docx", "xlsx")
        for whose, seen_by in (
            ("", DISTRICT),
            (".G", COMMITTEE),
            (".G.1", CELL),
            (".G.3", COMMITTEE),
        )
    ),
    Case("reports:report_request", "report_request ", DISTRICT, "post", 302),
    Case("reports:report_request", "report_request .G", COMMITTEE, "post", 302),
    Case("reports:report_request", "report_request .G.1", CELL, "post", 302),
    Case("reports:report_request", "report_request .G.3", COMMITTEE, "post", 302),
    Case("reports:report_detail", "report_detail ", DISTRICT),
    Case("reports:report_detail", "report_detail .G", COMMITTEE),
    Case("reports:report_detail", "report_detail .G.1", CELL),
    Case("reports:report_detail", "report_detail .G.3", COMMITTEE),
    Case("reports:report_retry", "report_retry ", DISTRICT, "post", 302),
    Case("reports:report_retry", "report_retry .G", COMMITTEE, "post", 302),
    Case("reports:report_retry", "report_retry .G.1", CELL, "post", 302),
    Case("reports:report_retry", "report_retry .G.3", COMMITTEE, "post", 302),
    Case("reports:report_list", "report_list", WITH_FIGURES),
    Case("reports:report_cancel", "report_cancel ", DISTRICT, "post", 302),
    Case("reports:report_cancel", "report_cancel .G", COMMITTEE, "post", 302),
    Case("reports:report_cancel", "report_cancel .G.1", CELL, "post", 302),
    Case("reports:report_cancel", "report_cancel .G.3", COMMITTEE, "post", 302),
    *(
        Case(
            "reports:report_issue",
            f"report_issue {suffix}",
            seen_by,
            *sent,
            is_personal=bool(suffix),
        )
        for suffix, seen_by in (
            ("", CLERKS | {"upper committee"}),
            (".G", {"grassroots committee"}),
            (".G.1", {"cell secretary"}),
        )
        for sent in ((), ("post", 422))
    ),
    Case("reports:report_file", "report_file pdf ", DISTRICT),
    Case("reports:report_file", "report_file pdf .G", COMMITTEE),
    Case("reports:report_file", "report_file pdf .G.1", CELL),
    Case("reports:report_file", "report_file pdf .G.3", COMMITTEE),
    Case("reports:report_file", "report_file xlsx ", DISTRICT),
    Case("reports:report_file", "report_file xlsx .G", COMMITTEE),
    Case("reports:report_file", "report_file xlsx .G.1", CELL),
    Case("reports:report_file", "report_file xlsx .G.3", COMMITTEE),
    Case(
        "reports:progress_list",
        "progress_list",
        ALL_WITH_PROGRESS,
        sent_on=frozenset(ALL_WITH_PROGRESS),
    ),
    Case("reports:unit_progress", "unit_progress ", DISTRICT | {"propaganda"}),
    Case(
        "reports:unit_progress",
        "unit_progress .G",
        COMMITTEE_AS_A_WHOLE | {"propaganda"},
    ),
    Case("reports:unit_progress", "unit_progress .G.1", CELL | {"propaganda"}),
    Case("reports:reading_list", "reading_list", COMMITTEE | {"other clerk"}),
    Case("reports:reading_add", "reading_add", READ_WITH_REASON),
    Case("reports:reading_add", "reading_add", READ_WITH_REASON, "post", 422),
    Case(
        "reports:reading_detail",
        "reading_detail own",
        {"inspection"},
        is_personal=True,
    ),
    *(
        Case(
            f"reports:{name}",
            f"{name} waiting",
            {"inspection"},
            "post",
            302,
            is_personal=True,
        )
        for name in ("reading_approve", "reading_close")
    ),
    Case("reviews:import_list", "import_list", CLERKS | {"other clerk"}),
    Case("reviews:import_list", "import_list", CLERKS | {"other clerk"}, "post", 422),
    Case("reviews:import_template", "import_template", CLERKS | {"other clerk"}),
    Case("reviews:import_detail", "import_detail", CLERKS),
    Case("reviews:import_confirm", "import_confirm", CLERKS, "post", 302),
    Case("reviews:import_retry", "import_retry", CLERKS, "post", 302),
    Case("reviews:import_annotated", "import_annotated", CLERKS),
    *CASES_OF_REMINDERS,
    *CASES_OF_RECORDS,
    *CASES_OF_PLANS,
    *CASES_OF_WORK,
    *CASES_OF_MEETINGS,
    *CASES_OF_BALLOTS,
    *CASES_OF_PLEDGES,
    *CASES_OF_REMEDIATION,
    *CASES_OF_SELF_REVIEWS,
    *CASES_OF_COLLECTIVE_REPORTS,
    *CASES_OF_OPINIONS,
    *CASES_OF_CONSEQUENCES,
    *CASES_OF_SUBMISSIONS,
)
# Addresses that need no log-in, and why.
OPEN = {
    "members:login": "where one logs in",
    "members:start": "where one comes in by a slip, without a password so far",
    "members:second_step": "between the password and being logged in",
    "members:unlock": "where a session that has locked is opened again",
    "members:unlock_in_place": "the same, for a page that has locked itself",
    "members:oidc_begin": "on the way to another place to log in",
    "members:oidc_back": "on the way back from there",
    "members:logout": "ending a session that has ended already is no fault",
    "set_language": "the log-in page is read in both languages",
    "reports:verify": "whoever holds a document asks whether it was issued",
    "reports:verify_code": "the same, by the code on the paper",
    "health": "asked by a load balancer, says ok",
}


# What stands in an address, by the name of a parameter of its route.
PARAMETERS = {
    "campaign_id": lambda district, suffix: district.campaign.pk,
    "unit_id": lambda district, suffix: district.units[suffix].pk,
    "report_id": lambda district, suffix: district.reports[suffix].pk,
    "post_id": lambda district, suffix: district.posts[suffix].pk,
    "member_id": lambda district, suffix: district.people[suffix].pk,
    "correction_id": lambda district, suffix: district.correction.pk,
    "term_id": lambda district, suffix: district.term.pk,
    "figure_id": lambda district, suffix: district.figure.pk,
    "reading_id": lambda district, suffix: district.readings[suffix].pk,
    "membership_id": lambda district, suffix: district.beside.pk,
    "transfer_id": lambda district, suffix: district.transfer.pk,
    "import_id": lambda district, suffix: district.upload.pk,
    "roll_import_id": lambda district, suffix: district.roll.pk,
    "decision_id": lambda district, suffix: district.decisions[suffix].pk,
    "change_id": lambda district, suffix: district.decisions[suffix].changes.get().pk,
    "session_id": lambda district, suffix: district.session.pk,
    "account_id": lambda district, suffix: district.account.pk,
    "passkey_id": lambda district, suffix: district.passkey.pk,
    **PARAMETERS_OF_RECORDS,
    **PARAMETERS_OF_PLANS,
    **PARAMETERS_OF_WORK,
    **PARAMETERS_OF_MEETINGS,
    **PARAMETERS_OF_BALLOTS,
    **PARAMETERS_OF_PLEDGES,
    **PARAMETERS_OF_SELF_REVIEWS,
    **PARAMETERS_OF_CONSEQUENCES,
    **PARAMETERS_OF_SUBMISSIONS,
    **PARAMETERS_OF_REMEDIATION,
    **PARAMETERS_OF_COLLECTIVE_REPORTS,
    **PARAMETERS_OF_OPINIONS,
}
