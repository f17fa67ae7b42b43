"""Addresses of results coming in, and of self-reviews with their suggestions."""

from django.urls import path

from reviews.views import (
    ballots,
    collective_reports,
    collective_suggestions,
    collective_turns,
    counting,
    decisions,
    files,
    imports,
    notices,
    opinion_files,
    opinion_words,
    opinions,
    organisations,
    remarks,
    remediation,
    remediation_items,
    remediation_steps,
    requests,
    self_reviews,
    statements,
    streaks,
    suggestions,
    turns,
    unreviewed,
)

app_name = "reviews"
unit = "self-reviews/campaigns/<int:campaign_id>/units/<int:unit_id>/"
person = "self-reviews/<int:participant_id>/"
report = "collective-reports/<int:body_id>/"
reports_of = "collective-reports/campaigns/<int:campaign_id>/units/<int:unit_id>/"
cell = "proposals/campaigns/<int:campaign_id>/units/<int:unit_id>/"
organisations_of = (
    "organisation-levels/campaigns/<int:campaign_id>/units/<int:unit_id>/"
)
of_body = "organisation-levels/<int:body_id>/"
committee = "level-decisions/campaigns/<int:campaign_id>/units/<int:unit_id>/"
file = "unit-files/<int:file_id>/"
notices_of_cell = "level-notices/campaigns/<int:campaign_id>/units/<int:unit_id>/"
notice = "level-notices/<int:participant_id>/<int:level_decision_id>/"
requests_to = "level-requests/campaigns/<int:campaign_id>/units/<int:unit_id>/"
level_request = "level-requests/<int:level_request_id>/"
at_meeting = (
    "campaigns/<int:campaign_id>/units/<int:unit_id>/meetings/<int:meeting_id>/"
)
meeting = f"{at_meeting}ballots/"
turn = f"{at_meeting}turns/<int:occasion_id>/"
ballot = "ballots/<int:ballot_id>/"
plan = "remediation/<int:remediation_plan_id>/"
plans_of_unit = "remediation/units/<int:unit_id>/"
plan_item = "remediation/items/<int:remediation_item_id>/"
asks_opinions = "opinions/campaigns/<int:campaign_id>/units/<int:unit_id>/"
asked_opinions = "opinions/requests/<int:opinion_request_id>/"
opinion = "opinions/<int:opinion_id>/"
opinion_urls = [
    path(asks_opinions, opinions.opinion_list, name="opinion_list"),
    path(f"{asks_opinions}ask/", opinions.opinion_ask, name="opinion_ask"),
    path(
        f"{asks_opinions}residence/", opinions.residence_exempt, name="residence_exempt"
    ),
    path(asked_opinions, opinions.opinion_request, name="opinion_request"),
    path(
        f"{asked_opinions}end/",
        opinions.opinion_request_end,
        name="opinion_request_end",
    ),
    path(f"{asked_opinions}file/", opinion_files.opinion_file, name="opinion_file"),
    path(
        f"{asked_opinions}receive/",
        opinion_files.opinion_receive,
        name="opinion_receive",
    ),
    path(f"{opinion}record/", opinion_words.opinion_record, name="opinion_record"),
    path(f"{opinion}reply/", opinion_words.opinion_reply, name="opinion_reply"),
    path(
        "opinions/people/<int:participant_id>/",
        opinion_words.opinion_person,
        name="opinion_person",
    ),
    path(
        "opinions/collectives/<int:body_id>/",
        opinion_words.opinion_body,
        name="opinion_body",
    ),
]
remediation_urls = [
    path("remediation/", remediation.remediation_own, name="remediation_own"),
    path("remediation/open/", remediation.remediation_open, name="remediation_open"),
    path(plans_of_unit, remediation.remediation_unit, name="remediation_unit"),
    path(
        f"{plans_of_unit}open/",
        remediation.remediation_unit_open,
        name="remediation_unit_open",
    ),
    path(
        f"{plans_of_unit}paper/",
        remediation.remediation_paper,
        name="remediation_paper",
    ),
    path(
        f"{plans_of_unit}follow/",
        remediation_items.remediation_follow,
        name="remediation_follow",
    ),
    path(plan, remediation.remediation_detail, name="remediation_detail"),
    path(
        f"{plan}items/add/",
        remediation.remediation_item_add,
        name="remediation_item_add",
    ),
    path(f"{plan}give/", remediation_steps.remediation_give, name="remediation_give"),
    path(
        f"{plan}minute/",
        remediation_steps.remediation_minute,
        name="remediation_minute",
    ),
    path(f"{plan}send/", remediation_steps.remediation_send, name="remediation_send"),
    path(
        f"{plan}accept/",
        remediation_steps.remediation_accept,
        name="remediation_accept",
    ),
    path(
        f"{plan}return/",
        remediation_steps.remediation_return,
        name="remediation_return",
    ),
    path(
        f"{plan_item}edit/",
        remediation.remediation_item_edit,
        name="remediation_item_edit",
    ),
    path(
        f"{plan_item}remove/",
        remediation.remediation_item_remove,
        name="remediation_item_remove",
    ),
    path(
        f"{plan_item}check/",
        remediation_items.remediation_check,
        name="remediation_check",
    ),
    path(
        f"{plan_item}repeat/",
        remediation_items.remediation_repeat,
        name="remediation_repeat",
    ),
    path(
        f"{plan_item}people/add/",
        remediation_items.remediation_person_add,
        name="remediation_person_add",
    ),
    path(
        "remediation/named/<int:named_person_id>/",
        remediation_items.remediation_answer,
        name="remediation_answer",
    ),
]
organisation_urls = [
    path(organisations_of, organisations.organisation_list, name="organisation_list"),
    path(
        f"{organisations_of}add/", organisations.collective_add, name="collective_add"
    ),
    path(f"{organisations_of}decide/", organisations.body_decide, name="body_decide"),
    path(of_body, organisations.body_proposals, name="body_proposals"),
    path(f"{of_body}add/", organisations.body_proposal_add, name="body_proposal_add"),
    path(
        "organisation-levels/proposals/<int:body_proposal_id>/edit/",
        organisations.body_proposal_edit,
        name="body_proposal_edit",
    ),
    path(
        "organisation-decisions/<int:body_decision_id>/",
        organisations.body_decision_detail,
        name="body_decision_detail",
    ),
]
urlpatterns = [
    *remediation_urls,
    *organisation_urls,
    *opinion_urls,
    path("imports/", imports.import_list, name="import_list"),
    path("imports/template/", imports.import_template, name="import_template"),
    path("imports/<int:import_id>/", imports.import_detail, name="import_detail"),
    path(
        "imports/<int:import_id>/confirm/",
        imports.import_confirm,
        name="import_confirm",
    ),
    path("imports/<int:import_id>/retry/", imports.import_retry, name="import_retry"),
    path(
        "imports/<int:import_id>/annotated/",
        imports.import_annotated,
        name="import_annotated",
    ),
    path(person, self_reviews.self_review_detail, name="self_review_detail"),
    path(f"{person}begin/", self_reviews.self_review_begin, name="self_review_begin"),
    path(f"{person}write/", self_reviews.self_review_write, name="self_review_write"),
    path(f"{person}draft/", self_reviews.self_review_save, name="self_review_save"),
    path(f"{person}send/", self_reviews.self_review_send, name="self_review_send"),
    path(
        f"{person}confirm/",
        self_reviews.self_review_confirm,
        name="self_review_confirm",
    ),
    path(
        f"{person}return/", self_reviews.self_review_return, name="self_review_return"
    ),
    path(
        f"{person}acknowledge/",
        self_reviews.self_review_acknowledge,
        name="self_review_acknowledge",
    ),
    path(f"{person}paper/", self_reviews.self_review_paper, name="self_review_paper"),
    path(f"{unit}suggestions/", suggestions.suggestion_list, name="suggestion_list"),
    path(f"{unit}suggestions/add/", suggestions.suggestion_add, name="suggestion_add"),
    path(
        "self-reviews/suggestions/<int:suggestion_id>/judge/",
        suggestions.suggestion_judge,
        name="suggestion_judge",
    ),
    *(
        path(
            f"{report}{piece}",
            getattr(collective_reports, f"collective_report_{act}"),
            name=f"collective_report_{act}",
        )
        for act, piece in (
            ("detail", ""),
            ("begin", "begin/"),
            ("write", "write/"),
            ("save", "draft/"),
            ("send", "send/"),
            ("confirm", "accept/"),
            ("return", "return/"),
            ("paper", "paper/"),
        )
    ),
    path(
        f"{report}statement/",
        statements.collective_report_statement,
        name="collective_report_statement",
    ),
    path(
        f"{reports_of}suggestions/",
        collective_suggestions.collective_suggestion_list,
        name="collective_suggestion_list",
    ),
    path(
        f"{reports_of}suggestions/add/",
        collective_suggestions.collective_suggestion_add,
        name="collective_suggestion_add",
    ),
    path(
        "collective-reports/suggestions/<int:collective_suggestion_id>/judge/",
        collective_suggestions.collective_suggestion_judge,
        name="collective_suggestion_judge",
    ),
    path(cell, files.proposal_list, name="proposal_list"),
    path(f"{cell}send/", files.proposal_send, name="proposal_send"),
    path(f"{cell}unreviewed/", unreviewed.unreviewed_cell, name="unreviewed_cell"),
    path(f"{committee}unreviewed/", unreviewed.unreviewed_list, name="unreviewed_list"),
    path(committee, files.file_list, name="file_list"),
    path(file, files.file_detail, name="file_detail"),
    path(f"{file}receive/", files.file_receive, name="file_receive"),
    path(f"{file}return/", files.file_return, name="file_return"),
    path(f"{committee}years/", streaks.streak_list, name="streak_list"),
    path(f"{committee}add/", decisions.decision_add, name="decision_add"),
    path(
        "level-decisions/<int:level_decision_id>/",
        decisions.decision_detail,
        name="decision_detail",
    ),
    path(notices_of_cell, notices.notice_list, name="notice_list"),
    path(notice, notices.notice_detail, name="notice_detail"),
    path(f"{notice}read/", notices.notice_read, name="notice_read"),
    path(f"{notice}ask/", notices.request_add, name="request_add"),
    path(requests_to, requests.request_list, name="request_list"),
    path(f"{requests_to}add/", requests.request_paper, name="request_paper"),
    path(f"{requests_to}reopen/", requests.level_reopen, name="level_reopen"),
    path(level_request, requests.request_detail, name="request_detail"),
    path(f"{level_request}receive/", requests.request_receive, name="request_receive"),
    path(f"{level_request}answer/", requests.request_answer, name="request_answer"),
    path(f"{at_meeting}turns/", turns.turn_list, name="turn_list"),
    path(f"{at_meeting}turns/call/", turns.turn_call, name="turn_call"),
    path(
        f"{at_meeting}turns/collective/",
        collective_turns.collective_turn,
        name="collective_turn",
    ),
    path(
        f"{at_meeting}turns/collective/draft/",
        collective_turns.collective_turn_save,
        name="collective_turn_save",
    ),
    path(turn, turns.turn_edit, name="turn_edit"),
    path(f"{turn}draft/", remarks.turn_save, name="turn_save"),
    path(f"{turn}statement/", statements.turn_statement, name="turn_statement"),
    path(f"{turn}leave/", turns.turn_leave, name="turn_leave"),
    path("turns/<int:occasion_id>/reply/", remarks.turn_reply, name="turn_reply"),
    path(meeting, ballots.ballot_list, name="ballot_list"),
    path(f"{meeting}tellers/", ballots.teller_edit, name="teller_edit"),
    path(f"{meeting}open/", ballots.ballot_open, name="ballot_open"),
    path(ballot, ballots.ballot_detail, name="ballot_detail"),
    path(f"{ballot}enter/", counting.ballot_enter, name="ballot_enter"),
    path(f"{ballot}draft/", counting.ballot_save, name="ballot_save"),
    path(
        f"{ballot}draft/remove/",
        counting.ballot_draft_remove,
        name="ballot_draft_remove",
    ),
    path(f"{ballot}confirm/", ballots.ballot_confirm, name="ballot_confirm"),
    path(f"{ballot}correct/", ballots.ballot_correct, name="ballot_correct"),
]
