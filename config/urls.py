"""Addresses: each app has its own; those of the site every app may lead to."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from campaigns.views.reminders import reminder_list
from campaigns.views.todo import home
from members.views.site import health, set_language
from reports.queries.committee_lists import KINDS
from reports.views.accusations import (
    accusation_form,
    accusation_page,
    accusation_receipt,
)
from reports.views.ballots import ballot_print, tellers_print
from reports.views.campaign_papers import (
    guidance_print,
    local_guidance_print,
    local_plan_print,
    plan_print,
)
from reports.views.cell_papers import cell_papers, cell_papers_file
from reports.views.collective_reports import collective_report_print
from reports.views.committee_lists import (
    commendation_request_print,
    committee_list,
    committee_list_print,
    committee_lists,
)
from reports.views.extracts import extract_add, extract_detail, extract_print
from reports.views.figures import figures_home, unit_figures
from reports.views.handover import handover_print
from reports.views.level_papers import (
    decision_minutes_print,
    decision_print,
    request_print,
    verification_print,
)
from reports.views.meeting_papers import (
    committee_minutes,
    group_minutes,
    guest_invitation,
    meeting_assignments,
    meeting_invitations,
    meeting_programme,
)
from reports.views.minutes import meeting_minutes
from reports.views.notices import notice_print, unit_notices_print
from reports.views.opinions import (
    opinion_print,
    opinion_request_print,
    unit_opinions_print,
)
from reports.views.organisations import (
    body_decision_minutes_print,
    body_decision_print,
    body_proposals_print,
)
from reports.views.own import own_record_file, own_results, supplement_print
from reports.views.papers import PaperExtension, TableExtension
from reports.views.pledges import pledge_print, unit_pledges_print
from reports.views.record_figures import record_figures
from reports.views.remediation import (
    named_person_print,
    remediation_book,
    remediation_print,
)
from reports.views.self_reviews import self_review_print, unit_self_reviews_print
from reports.views.statistical_forms import statistical_forms_print
from reports.views.teams import team_print
from reports.views.unreviewed import unreviewed_cell_print, unreviewed_print
from reviews.views.closing import campaign_close
from reviews.views.collective_reports import unit_collective_reports
from reviews.views.keepers import keeper_papers
from reviews.views.self_reviews import self_review_own, unit_self_reviews

register_converter(PaperExtension, "paper")
register_converter(TableExtension, "table")
papers = "cell-papers/campaigns/<int:campaign_id>/units/<int:unit_id>/"
lists = "level-decisions/campaigns/<int:campaign_id>/units/<int:unit_id>/lists/"
meeting = "campaigns/<int:campaign_id>/units/<int:unit_id>/meetings/<int:meeting_id>/"
handler500 = "config.middleware.answers.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("figures/", figures_home, name="figures_home"),
    path(
        "campaigns/<int:campaign_id>/units/<int:unit_id>/",
        unit_figures,
        name="unit_figures",
    ),
    path(
        "campaigns/<int:campaign_id>/units/<int:unit_id>/forms/<table:extension>/",
        statistical_forms_print,
        name="statistical_forms_print",
    ),
    path("plans/<int:campaign_id>/close/", campaign_close, name="campaign_close"),
    path("records/units/<int:unit_id>/", record_figures, name="record_figures"),
    path(
        f"{meeting}minutes/<paper:extension>/", meeting_minutes, name="meeting_minutes"
    ),
    path(
        f"{meeting}invitations/<paper:extension>/",
        meeting_invitations,
        name="meeting_invitations",
    ),
    path(
        f"{meeting}guests/<int:guest_id>/invitation/<paper:extension>/",
        guest_invitation,
        name="guest_invitation",
    ),
    path(
        f"{meeting}programme/<paper:extension>/",
        meeting_programme,
        name="meeting_programme",
    ),
    path(
        f"{meeting}assignments/<paper:extension>/",
        meeting_assignments,
        name="meeting_assignments",
    ),
    path(
        f"{meeting}committee-minutes/<paper:extension>/",
        committee_minutes,
        name="committee_minutes",
    ),
    path(
        f"{meeting}group-minutes/<paper:extension>/",
        group_minutes,
        name="group_minutes",
    ),
    path(
        "plans/<int:campaign_id>/plan/<paper:extension>/",
        plan_print,
        name="plan_print",
    ),
    path(
        "plans/<int:campaign_id>/guidance/<paper:extension>/",
        guidance_print,
        name="guidance_print",
    ),
    path(
        "plans/<int:campaign_id>/units/<int:unit_id>/plan/<paper:extension>/",
        local_plan_print,
        name="local_plan_print",
    ),
    path(
        "plans/<int:campaign_id>/units/<int:unit_id>/guidance/<paper:extension>/",
        local_guidance_print,
        name="local_guidance_print",
    ),
    path(
        "work/teams/<int:working_team_id>/decision/<paper:extension>/",
        team_print,
        name="team_print",
    ),
    path(
        "unit-files/<int:file_id>/handover/<paper:extension>/",
        handover_print,
        name="handover_print",
    ),
    path(
        "ballots/<int:ballot_id>/<paper:extension>/", ballot_print, name="ballot_print"
    ),
    path(
        "ballots/<int:ballot_id>/minutes/<paper:extension>/",
        tellers_print,
        name="tellers_print",
    ),
    path("extracts/add/", extract_add, name="extract_add"),
    path("extracts/<int:reading_id>/", extract_detail, name="extract_detail"),
    path(
        "extracts/<int:reading_id>/<paper:extension>/",
        extract_print,
        name="extract_print",
    ),
    path(
        "level-decisions/<int:level_decision_id>/<paper:extension>/",
        decision_print,
        name="decision_print",
    ),
    path(
        "level-decisions/<int:level_decision_id>/minutes/<paper:extension>/",
        decision_minutes_print,
        name="decision_minutes_print",
    ),
    path(
        "level-decisions/campaigns/<int:campaign_id>/units/<int:unit_id>/verification/"
        "<paper:extension>/",
        verification_print,
        name="verification_print",
    ),
    path(
        "level-decisions/campaigns/<int:campaign_id>/units/<int:unit_id>/unreviewed/"
        "<paper:extension>/",
        unreviewed_print,
        name="unreviewed_print",
    ),
    path(lists, committee_lists, name="committee_lists"),
    *(
        path(
            f"{lists}{kind}/",
            committee_list,
            {"kind": kind},
            name=f"committee_list_{kind}",
        )
        for kind in KINDS
    ),
    *(
        path(
            f"{lists}{kind}/<table:extension>/",
            committee_list_print,
            {"kind": kind},
            name=f"committee_list_{kind}_print",
        )
        for kind in KINDS
    ),
    path(
        f"{lists}commendations/<paper:extension>/",
        commendation_request_print,
        name="commendation_request_print",
    ),
    path(
        "proposals/campaigns/<int:campaign_id>/units/<int:unit_id>/unreviewed/"
        "<paper:extension>/",
        unreviewed_cell_print,
        name="unreviewed_cell_print",
    ),
    path(
        "level-files/campaigns/<int:campaign_id>/units/<int:unit_id>/<paper:extension>/",
        request_print,
        name="request_print",
    ),
    path(
        "level-notices/<int:participant_id>/<int:level_decision_id>/<paper:extension>/",
        notice_print,
        name="notice_print",
    ),
    path(
        "level-notices/campaigns/<int:campaign_id>/units/<int:unit_id>/<paper:extension>/",
        unit_notices_print,
        name="unit_notices_print",
    ),
    path(
        "remediation/<int:remediation_plan_id>/<paper:extension>/",
        remediation_print,
        name="remediation_print",
    ),
    path(
        "remediation/named/<int:named_person_id>/<paper:extension>/",
        named_person_print,
        name="named_person_print",
    ),
    path(
        "remediation/units/<int:unit_id>/book/<paper:extension>/",
        remediation_book,
        name="remediation_book",
    ),
    path(
        "organisation-levels/<int:body_id>/<paper:extension>/",
        body_proposals_print,
        name="body_proposals_print",
    ),
    path(
        "organisation-decisions/<int:body_decision_id>/<paper:extension>/",
        body_decision_print,
        name="body_decision_print",
    ),
    path(
        "organisation-decisions/<int:body_decision_id>/minutes/<paper:extension>/",
        body_decision_minutes_print,
        name="body_decision_minutes_print",
    ),
    path(
        "opinions/<int:opinion_id>/<paper:extension>/",
        opinion_print,
        name="opinion_print",
    ),
    path(
        "opinions/requests/<int:opinion_request_id>/<paper:extension>/",
        opinion_request_print,
        name="opinion_request_print",
    ),
    path(
        "opinions/campaigns/<int:campaign_id>/units/<int:unit_id>/<paper:extension>/",
        unit_opinions_print,
        name="unit_opinions_print",
    ),
    path("accusations/", accusation_page, name="accusation_page"),
    path(
        "accusations/form/<paper:extension>/", accusation_form, name="accusation_form"
    ),
    path(
        "accusations/receipt/<paper:extension>/",
        accusation_receipt,
        name="accusation_receipt",
    ),
    path("me/results/", own_results, name="own_results"),
    path(
        "me/supplements/<int:participant_id>/<paper:extension>/",
        supplement_print,
        name="supplement_print",
    ),
    path("me/reminders/", reminder_list, name="own_reminders"),
    path(
        "me/record/pdf/", own_record_file, {"extension": "pdf"}, name="own_record_pdf"
    ),
    path(
        "me/record/json/",
        own_record_file,
        {"extension": "json"},
        name="own_record_json",
    ),
    path(
        "pledges/<int:participant_id>/<paper:extension>/",
        pledge_print,
        name="pledge_print",
    ),
    path(
        "pledges/campaigns/<int:campaign_id>/units/<int:unit_id>/<paper:extension>/",
        unit_pledges_print,
        name="unit_pledges_print",
    ),
    path("self-reviews/", self_review_own, name="self_review_own"),
    path(
        "self-reviews/campaigns/<int:campaign_id>/units/<int:unit_id>/",
        unit_self_reviews,
        name="unit_self_reviews",
    ),
    path(
        "self-reviews/<int:participant_id>/<paper:extension>/",
        self_review_print,
        name="self_review_print",
    ),
    path(
        "self-reviews/campaigns/<int:campaign_id>/units/<int:unit_id>/<paper:extension>/",
        unit_self_reviews_print,
        name="unit_self_reviews_print",
    ),
    path(
        "collective-reports/campaigns/<int:campaign_id>/units/<int:unit_id>/",
        unit_collective_reports,
        name="unit_collective_reports",
    ),
    path(
        "collective-reports/<int:body_id>/<paper:extension>/",
        collective_report_print,
        name="collective_report_print",
    ),
    path(
        "papers/campaigns/<int:campaign_id>/units/<int:unit_id>/",
        keeper_papers,
        name="keeper_papers",
    ),
    path(papers, cell_papers, name="cell_papers"),
    path(f"{papers}file/", cell_papers_file, name="cell_papers_file"),
    path("", include("reports.urls")),
    path("", include("reviews.urls")),
    path("", include("campaigns.urls")),
    path("", include("members.urls")),
    path("language/", set_language, name="set_language"),
    path("healthz/", health, name="health"),
]
