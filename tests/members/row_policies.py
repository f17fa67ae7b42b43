"""Which tables have a policy of row-level security, what opens it, which have none."""

from django.db import connection

from campaigns.models import Placement
from members.row_security import Purpose
from tests.members.seen_rows import SEES
from tests.restricted import restricted

LOCKED = tuple(SEES)
SCOPED = tuple(model for model in SEES if model is not Placement)  # open ones alone


# No row of these names a person, says what one did, or opens anything to somebody.
UNLOCKED = {
    "campaigns_activity": "seminars and their products",
    "campaigns_agendaitem": "what meetings are about, read by all members of the unit",
    "campaigns_campaign": "a round, its rules and its days",
    "campaigns_campaignbody": "organisations and their levels",
    "campaigns_campaignunit": "units as they were frozen",
    "campaigns_conferencedelegation": "bodies and headcounts",
    "campaigns_conferencetask": "tasks of units",
    "campaigns_inspectionprogramme": "papers of units",
    "campaigns_contentitem": "what a year is about",
    "campaigns_directionrequest": "numbers of letters between units",
    "campaigns_draft": "drafts sent to bodies",
    "campaigns_draftcomment": "what bodies comment on drafts",
    "campaigns_internalrule": "rules of units",
    "campaigns_extension": "longer times of units",
    "campaigns_foreseenbody": "bodies by headcount",
    "campaigns_checkround": "days on which a cell went through its pledges",
    "campaigns_criteriaset": "criteria of units, published to all",
    "campaigns_criterion": "criteria of units, published to all",
    "campaigns_meeting": "days and topics of meetings",
    "campaigns_peak": "occasions and days",
    "campaigns_peakday": "days and headcounts of units",
    "campaigns_meetingrating": "points of meetings",
    "campaigns_meetingsheet": "criteria for meetings",
    "campaigns_phase": "days of steps",
    "campaigns_plannedinspection": "kinds and days of visits to units",
    "campaigns_plandocument": "papers that a campaign rests on",
    "campaigns_plantask": "tasks of units",
    "campaigns_pledgesetup": "forms and guidance of a campaign",
    "campaigns_programme": "what a unit promises, read by all its members",
    "campaigns_programmeitem": "what a unit promises; who answers for it, by number",
    "campaigns_progressday": "counts of days",
    "campaigns_summaryconference": "days and conclusions; who chaired, as printed",
    "campaigns_tally": "counts",
    "campaigns_wantedreminder": "days and kinds of readers",
    "campaigns_programmecheck": "how what a unit promised stands",
    "campaigns_programmereply": "what the unit above answers",
    "campaigns_recommendation": "what seminars recommend, and to which body",
    "campaigns_studydocument": "documents to study",
    "campaigns_studysession": "days and topics of study",
    "campaigns_supervisionfinding": "what bodies found at a unit",
    "campaigns_teamvisit": "when a team attends which unit",
    "campaigns_workingteam": "teams and the decisions on them",
    "members_documentnumber": "numbers and subjects of papers of units",
    "members_failedtry": "digests of what was typed",
    "members_job": "kinds and numbers; who asked, by number",
    "members_letterhead": "heads of documents",
    "members_loghead": "places and digests",
    "members_logseal": "numbers and digests",
    "members_openingfigure": "counts before the first campaign",
    "members_partyunit": "names and places of units, no secret inside",
    "members_postcharge": "units and fields of work; whose post, by number",
    "members_sealedhead": "places and digests",
    "members_unitchange": "acts on units",
    "members_unitdecision": "papers on units",
    "members_unitstate": "names and places of units over time",
    "members_unitsuccession": "which unit became which",
    "members_unitterm": "terms of units between congresses",
    "reports_reportissue": "number, day and code of such a report; anybody asks by the code",
    "reports_rollupreport": "counts; who asked, by number",
    "reviews_bodydecision": "levels of organisations; who signed, as printed",
    "reviews_bodydecisionline": "levels of organisations",
    "reviews_bodyproposal": "levels that bodies propose for organisations",
    "reviews_accusationreceipt": "numbers and days of forms, of nobody",
}


def rows_of(*models):
    """One query for the numbers of all rows that the database shows."""
    sql = " UNION ALL ".join(
        f"SELECT '{model.__name__}', id FROM {model._meta.db_table}" for model in models
    )
    found = {model.__name__: set() for model in models}
    with restricted(), connection.cursor() as cursor:
        cursor.execute(sql)
        for name, pk in cursor.fetchall():
            found[name].add(pk)
    return found


# What each purpose opens, as docs/policy.md § 6 has it; the policies are the truth.
EVERYTHING = {Purpose.COMMAND, Purpose.IMPORT, Purpose.ACT}
OPENED = {
    "campaigns_commendation": {Purpose.COUNT},
    "campaigns_departure": {Purpose.COUNT},
    "campaigns_discipline": {Purpose.COUNT},
    "campaigns_inspection": {Purpose.COUNT},
    "campaigns_cochair": set(),
    "campaigns_digest": {Purpose.REMIND},
    "campaigns_essay": {Purpose.RETALLY},
    "campaigns_latechange": {Purpose.LATE},
    "campaigns_participant": {
        Purpose.RETALLY, Purpose.RESULTS, Purpose.LATE, Purpose.MEETING,
        Purpose.REASON,
        Purpose.REACH,
    },
    "campaigns_personalextension": {Purpose.RETALLY},
    "campaigns_placement": {
        Purpose.RETALLY, Purpose.RESULTS, Purpose.LATE, Purpose.MEETING,
        Purpose.REASON,
    },
    "campaigns_reminder": {Purpose.REMIND},
    "campaigns_studyattendance": {Purpose.RETALLY},
    "campaigns_teammember": set(),
    "campaigns_attendance": {Purpose.MEETING},
    "campaigns_meetingdraft": set(),
    "campaigns_meetingguest": set(),
    "campaigns_meetingtask": {Purpose.MEETING},
    "campaigns_minutes": set(),
    "campaigns_minutescorrection": set(),
    "campaigns_pledge": {Purpose.RESULTS, Purpose.REASON},
    "campaigns_pledgeanswer": {Purpose.RESULTS, Purpose.REASON},
    "campaigns_pledgecheck": {Purpose.RESULTS, Purpose.REASON},
    "campaigns_pledgedraft": set(),
    "campaigns_pledgeitem": {Purpose.RESULTS, Purpose.REASON},
    "campaigns_pledgetext": {Purpose.RESULTS, Purpose.LOOK_UP, Purpose.REASON},
    "reviews_collectiveremark": set(),
    "reviews_collectivereport": set(),
    "reviews_collectivereportanswer": set(),
    "reviews_collectivereportdraft": set(),
    "reviews_collectivereportstatement": set(),
    "reviews_collectivesaidversion": set(),
    "reviews_saidversion": {Purpose.REASON},
    "reviews_selfreviewstatement": {Purpose.REASON},
    "reviews_collectivereporttext": {Purpose.LOOK_UP},
    "reviews_collectivesuggestion": set(),
    "reviews_collectiveturn": set(),
    "reviews_decision": {Purpose.REACH},
    "reports_submission": set(),
    "reports_submissionpart": set(),
    "reviews_decisionline": {Purpose.REACH},
    "reviews_levelnotice": set(),
    "reviews_levelrequest": set(),
    "reviews_levelrevision": set(),
    "reviews_proposal": {Purpose.REACH},
    "reviews_unitfile": {Purpose.RECORD, Purpose.REACH},
    "reviews_reviewsuggestion": {Purpose.REASON},
    "reviews_selfreview": {Purpose.REASON},
    "reviews_selfreviewanswer": {Purpose.REASON},
    "reviews_selfreviewdraft": set(),
    "reviews_selfreviewtext": {Purpose.LOOK_UP, Purpose.REASON},
    "members_account": {
        Purpose.COMING_IN, Purpose.REMIND, Purpose.RETALLY, Purpose.HOLDERS,
        Purpose.JOB, Purpose.UPKEEP,
    },
    "members_accountsession": {Purpose.COMING_IN, Purpose.UPKEEP},
    "members_activitypause": {Purpose.RECORD},
    "members_authenticator": {Purpose.COMING_IN},
    "members_codecard": {Purpose.COMING_IN, Purpose.UPKEEP},
    "members_correctionrequest": set(),
    "members_event": {Purpose.RECORD, Purpose.LOG},
    "members_formreceipt": set(),
    "members_member": {
        Purpose.RECORD, Purpose.HOLDERS, Purpose.LOOK_UP, Purpose.COMING_IN,
        Purpose.RESULTS, Purpose.LATE, Purpose.COUNT,
    },
    "members_membership": {
        Purpose.RECORD, Purpose.LOOK_UP, Purpose.COMING_IN, Purpose.LATE,
        Purpose.COUNT, Purpose.REASON,
    },
    "members_nameword": set(),
    "members_oidclink": {Purpose.COMING_IN},
    "members_passkey": {Purpose.COMING_IN},
    "members_post": {
        Purpose.RECORD, Purpose.HOLDERS, Purpose.LOOK_UP, Purpose.COMING_IN,
        Purpose.REACH, Purpose.RESULTS,
    },
    "members_reasonedreading": set(),
    "reports_cellpapers": {Purpose.UPKEEP},
    "members_rollimport": {Purpose.JOB, Purpose.UPKEEP},
    "members_slip": {Purpose.COMING_IN, Purpose.UPKEEP},
    "members_transfer": {Purpose.RECORD, Purpose.LOOK_UP},
    "members_unitpart": set(),
    "reviews_ballot": {Purpose.MEETING},
    "reviews_ballotdraft": set(),
    "reviews_ballotline": set(),
    "reviews_namedperson": set(),
    "reviews_opinion": set(),
    "reviews_opinionentry": set(),
    "reviews_opinionrequest": set(),
    "reviews_residenceexemption": set(),
    "reviews_unreviewedreason": set(),
    "reviews_remark": {Purpose.REASON},
    "reviews_remediationcheck": {Purpose.REASON},
    "reviews_remediationitem": {Purpose.COUNT, Purpose.RESULTS, Purpose.REASON},
    "reviews_remediationplan": {Purpose.COUNT, Purpose.RESULTS, Purpose.REASON},
    "reviews_remediationstep": set(),
    "reviews_resultsimport": {Purpose.JOB},
    "reviews_reviewoccasion": {Purpose.MEETING, Purpose.REASON},
    "reviews_teller": {Purpose.MEETING},
}  # fmt: skip
