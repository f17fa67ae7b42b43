"""Every page that gives out a file says what bounds how many people it is about.

Source: docs/rules/accounts.md § 7.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GIVERS = {
    "attachment",
    "FileResponse",
    "written_file",
    "printed_file",
}
FIGURES = "counts, nobody's name"
EMPTY = "an empty form"
ONE = "one person"
# By module and function: the limit, or what the file holds.
GIVEN_OUT = {
    "members/views/roll_files.py roll_export": "bulk_reading.demand_quota",
    "members/views/roll_files.py roll_template": EMPTY,
    "members/views/uploads.py handed_out": "what the reader, or the office, has sent in",
    "campaigns/views/work_records.py product_file": "a seminar's paper",
    "campaigns/views/plans.py document_file": "a paper of the plan",
    "campaigns/views/consultations.py comments_file": EMPTY,
    "campaigns/views/consultations.py comments_answers": "what one body said of one draft",
    "reviews/views/imports.py import_template": EMPTY,
    "reports/views/figures.py report_file": FIGURES,
    "reports/views/record_figures.py record_figures_file": FIGURES,
    "reports/views/cell_papers.py cell_papers_file": "one cell; bulk_reading.tell_of_bulk",
    "reports/views/committee_lists.py commendation_request_print": "who is proposed",
    "reports/views/papers.py table_file": "what its callers say",
    "reports/views/minutes.py meeting_minutes": "the people of one meeting",
    "reports/views/papers.py printed_file": "what its callers say",
    "reports/views/meeting_papers.py _file": "the people of one meeting",
    "reports/views/campaign_papers.py _file": "a plan, nobody's name",
    "reports/views/teams.py team_print": "the members of one team",
    "reports/views/handover.py handover_print": "counts of one file",
    "reports/views/ballots.py ballot_print": "the people of one round",
    "reports/views/ballots.py tellers_print": "the people of one round",
    "reports/views/level_papers.py decision_print": "the people of one decision",
    "reports/views/level_papers.py request_print": "one cell",
    "reports/views/level_papers.py decision_minutes_print": "the people of one decision",
    "reports/views/level_papers.py verification_print": "whom a rule speaks of in files that came",
    "reports/views/extracts.py extract_print": ONE,
    "reports/views/unreviewed.py _file": "who of one unit is not reviewed, for who decides",
    "reports/views/organisations.py body_proposals_print": FIGURES,
    "reports/views/organisations.py body_decision_print": FIGURES,
    "reports/views/organisations.py body_decision_minutes_print": FIGURES,
    "reports/views/notices.py notice_print": ONE,
    "reports/views/remediation.py named_person_print": ONE,
    "reports/views/remediation.py remediation_print": "one plan, got by a scope",
    "reports/views/remediation.py remediation_book": "what a unit follows, for who keeps it",
    "reports/views/notices.py unit_notices_print": "one cell",
    "reports/views/own.py own_record_file": ONE,
    "reports/views/own.py supplement_print": ONE,
    "reports/views/written.py written_file": "one cell; bulk_reading.tell_of_bulk",
    "reports/views/pledges.py _file": "one cell; bulk_reading.tell_of_bulk",
    "reviews/views/opinion_files.py opinion_file": "whom one body is asked about; no words",
    "reports/views/opinions.py _file": "one opinion, or blank sheets of one unit",
    "reports/views/accusations.py _file": EMPTY,
    "reports/views/collective_reports.py collective_report_print": "one collective",
    "reports/views/self_reviews.py _file": "one cell; bulk_reading.tell_of_bulk",
}


def givers(module: str, source: str) -> set[str]:
    """The functions that answer with a file."""
    return {
        f"{module} {function.name}"
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) in GIVERS
    }


def test_every_page_that_gives_out_a_file_is_bounded():
    found = {
        giver
        for app in ("members", "campaigns", "reviews", "reports")
        for path in sorted((ROOT / app / "views").rglob("*.py"))
        for giver in givers(str(path.relative_to(ROOT)), path.read_text("utf-8"))
    }

    assert found == GIVEN_OUT.keys()


def test_a_new_page_that_gives_out_a_file_is_found():
    source = "def all_names(request):\n    return http.FileResponse(names())\n"

    assert givers("members/views/x.py", source) == {"members/views/x.py all_names"}
