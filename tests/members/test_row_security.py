"""The second lock: what the database shows by itself, whatever a query forgets.

Every look is taken as a role for which the lock holds; the first test proves it.
"""

from functools import partial

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.models import (
    Attendance,
    CoChair,
    Commendation,
    Digest,
    Discipline,
    Essay,
    Inspection,
    LateChange,
    MeetingDraft,
    MeetingGuest,
    MeetingTask,
    Minutes,
    MinutesCorrection,
    Participant,
    PersonalExtension,
    Placement,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeDraft,
    PledgeItem,
    PledgeText,
    Reminder,
    StudyAttendance,
    TeamMember,
)
from members import queries
from members.models import (
    Account,
    ActivityPause,
    CorrectionRequest,
    Event,
    Member,
    Membership,
    Post,
    ReasonedReading,
    RollImport,
    Transfer,
)
from members.policy import Area, Reach, table
from members.row_security import Purpose, asked_by
from members.services import database_roles
from members.services.database_roles import SecondLock
from members.vocabulary import vocabulary
from reviews.models import (
    Ballot,
    BallotDraft,
    BallotLine,
    CollectiveRemark,
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportDraft,
    CollectiveReportStatement,
    CollectiveReportText,
    CollectiveSaidVersion,
    CollectiveSuggestion,
    CollectiveTurn,
    Decision,
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
    NamedPerson,
    Opinion,
    OpinionEntry,
    OpinionRequest,
    Proposal,
    Remark,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
    ResidenceExemption,
    ResultsImport,
    ReviewOccasion,
    ReviewSuggestion,
    SaidVersion,
    SelfReview,
    SelfReviewAnswer,
    SelfReviewDraft,
    SelfReviewStatement,
    SelfReviewText,
    Teller,
    UnitFile,
)
from tests.factories import MemberFactory, PostFactory, SlipFactory, UnitFactory
from tests.members import random_rows
from tests.members.seen_rows import World
from tests.restricted import ROLE, restricted, value_of

pytestmark = pytest.mark.django_db

SCOPED = (
    ActivityPause,
    Ballot,
    BallotDraft,
    BallotLine,
    Commendation,
    Attendance,
    CorrectionRequest,
    CollectiveRemark,
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportDraft,
    CollectiveReportStatement,
    CollectiveReportText,
    CollectiveSaidVersion,
    CollectiveSuggestion,
    CollectiveTurn,
    Decision,
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
    NamedPerson,
    Opinion,
    OpinionEntry,
    OpinionRequest,
    ResidenceExemption,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
    Digest,
    Discipline,
    CoChair,
    Essay,
    Event,
    Inspection,
    LateChange,
    MeetingDraft,
    MeetingGuest,
    MeetingTask,
    Member,
    Membership,
    Minutes,
    MinutesCorrection,
    Participant,
    PersonalExtension,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeDraft,
    PledgeItem,
    PledgeText,
    Post,
    Proposal,
    ReasonedReading,
    Remark,
    Reminder,
    ResultsImport,
    ReviewOccasion,
    ReviewSuggestion,
    SelfReview,
    SelfReviewAnswer,
    SelfReviewDraft,
    SaidVersion,
    SelfReviewStatement,
    SelfReviewText,
    RollImport,
    StudyAttendance,
    TeamMember,
    Teller,
    Transfer,
    UnitFile,
)
LOCKED = (*SCOPED, Placement)
ACCOUNTS = 100
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
    "reports_rollupreport": "counts; who asked, by number",
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


def test_the_role_of_these_tests_is_held():
    assert database_roles.second_lock() is SecondLock.PASSED  # whoever makes the rows
    with restricted():
        assert value_of("SELECT current_user") == [(ROLE,)]
        assert value_of(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ) == [(False, False)]
        assert value_of(
            "SELECT relname FROM pg_class"
            " WHERE pg_has_role(current_user, relowner, 'USAGE')"
        ) == []  # fmt: skip
        assert database_roles.second_lock() is SecondLock.HELD


def test_nobody_for_nothing_sees_nothing():
    SlipFactory()
    PostFactory(member=MemberFactory(cell=UnitFactory()))
    tables = [
        name
        for (name,) in value_of("SELECT relname FROM pg_class WHERE relrowsecurity")
    ]

    with restricted():
        seen = {name: value_of(f"SELECT count(*) FROM {name}") for name in tables}

    assert seen == {name: [(0,)] for name in tables}
    assert len(tables) > len(SCOPED)


# What each purpose opens, as docs/policy.md § 6 has it; the policies are the truth.
EVERYTHING = {Purpose.COMMAND, Purpose.IMPORT, Purpose.ACT}
OPENED = {
    "campaigns_commendation": {Purpose.COUNT},
    "campaigns_discipline": {Purpose.COUNT},
    "campaigns_inspection": {Purpose.COUNT},
    "campaigns_cochair": set(),
    "campaigns_digest": {Purpose.REMIND},
    "campaigns_essay": {Purpose.RETALLY},
    "campaigns_latechange": {Purpose.LATE},
    "campaigns_participant": {
        Purpose.RETALLY, Purpose.RESULTS, Purpose.LATE, Purpose.MEETING,
    },
    "campaigns_personalextension": {Purpose.RETALLY},
    "campaigns_placement": {
        Purpose.RETALLY, Purpose.RESULTS, Purpose.LATE, Purpose.MEETING,
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
    "campaigns_pledge": {Purpose.RESULTS},
    "campaigns_pledgeanswer": {Purpose.RESULTS},
    "campaigns_pledgecheck": {Purpose.RESULTS},
    "campaigns_pledgedraft": set(),
    "campaigns_pledgeitem": {Purpose.RESULTS},
    "campaigns_pledgetext": {Purpose.RESULTS, Purpose.LOOK_UP},
    "reviews_collectiveremark": set(),
    "reviews_collectivereport": set(),
    "reviews_collectivereportanswer": set(),
    "reviews_collectivereportdraft": set(),
    "reviews_collectivereportstatement": set(),
    "reviews_collectivesaidversion": set(),
    "reviews_saidversion": set(),
    "reviews_selfreviewstatement": set(),
    "reviews_collectivereporttext": {Purpose.LOOK_UP},
    "reviews_collectivesuggestion": set(),
    "reviews_collectiveturn": set(),
    "reviews_decision": set(),
    "reviews_decisionline": set(),
    "reviews_levelnotice": set(),
    "reviews_levelrequest": set(),
    "reviews_levelrevision": set(),
    "reviews_proposal": set(),
    "reviews_unitfile": {Purpose.RECORD},
    "reviews_reviewsuggestion": set(),
    "reviews_selfreview": set(),
    "reviews_selfreviewanswer": set(),
    "reviews_selfreviewdraft": set(),
    "reviews_selfreviewtext": {Purpose.LOOK_UP},
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
        Purpose.COUNT,
    },
    "members_nameword": set(),
    "members_oidclink": {Purpose.COMING_IN},
    "members_passkey": {Purpose.COMING_IN},
    "members_post": {
        Purpose.RECORD, Purpose.HOLDERS, Purpose.LOOK_UP, Purpose.COMING_IN,
        Purpose.REACH, Purpose.RESULTS,
    },
    "members_reasonedreading": set(),
    "members_rollimport": {Purpose.JOB, Purpose.UPKEEP},
    "members_slip": {Purpose.COMING_IN, Purpose.UPKEEP},
    "members_transfer": {Purpose.RECORD, Purpose.LOOK_UP},
    "members_unitpart": set(),
    "reviews_ballot": {Purpose.MEETING},
    "reviews_ballotdraft": set(),
    "reviews_ballotline": set(),
    "reviews_namedperson": set(),
    "reviews_remark": set(),
    "reviews_remediationcheck": set(),
    "reviews_remediationitem": {Purpose.COUNT, Purpose.RESULTS},
    "reviews_opinion": set(),
    "reviews_opinionentry": set(),
    "reviews_opinionrequest": set(),
    "reviews_residenceexemption": set(),
    "reviews_remediationplan": {Purpose.COUNT, Purpose.RESULTS},
    "reviews_remediationstep": set(),
    "reviews_resultsimport": {Purpose.JOB},
    "reviews_reviewoccasion": {Purpose.MEETING},
    "reviews_teller": {Purpose.MEETING},
}  # fmt: skip


def test_each_purpose_opens_the_tables_that_it_is_for():
    policies = dict(
        value_of(
            "SELECT tablename, qual FROM pg_policies WHERE cmd IN ('ALL', 'SELECT')"
        )
    )
    named = {
        name: {purpose for purpose in Purpose if f"'{purpose}'::text" in text}
        for name, text in policies.items()
    }

    assert named == {name: EVERYTHING | more for name, more in OPENED.items()}


def test_every_table_has_a_policy_or_says_why_not():
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in {"members", "campaigns", "reviews", "reports"}
    }
    locked = dict(
        value_of(
            "SELECT relname, relforcerowsecurity FROM pg_class WHERE relrowsecurity"
        )
    )

    assert ours == set(UNLOCKED) | set(OPENED)
    assert locked == dict.fromkeys(OPENED, True)


def test_the_database_has_the_table_of_the_policy():
    written = set(value_of("SELECT * FROM members_policy()"))

    assert written == {
        (standing, area, reach)
        for standing, areas in table().items()
        for area, reach in areas.items()
        if reach in {Reach.UNIT, Reach.SUBTREE}
    }


def test_the_database_knows_where_each_kind_of_unit_stands():
    kinds = vocabulary().kinds.values()

    assert set(value_of("SELECT * FROM members_tiers()")) == {
        (kind.code, kind.tier) for kind in kinds
    }


def test_whoever_keeps_a_roll_may_read_it():
    """The policy of members is that of ROLL: the other areas lie within it."""
    for areas in table().values():
        for area in (Area.ROLL_EDIT, Area.ACCOUNTS, Area.POSTS):
            assert areas[area] in {Reach.NONE, areas[Area.ROLL]}


def scope_of(model, actor):
    seen = model.objects.visible_to(actor)
    if model is not ReasonedReading:
        return seen
    own = model.objects.filter(member=actor.member_id or 0)
    return seen | own.shown_to_the_person(timezone.localdate())


def three_oracles_agree(seed, *, turns):
    """Each account asks for one table of as many turns, the next for the next ones."""
    with transaction.atomic():
        accounts = random_rows.make(seed, accounts=ACCOUNTS)
        world = World()
        for at, account in enumerate(Account.objects.filter(pk__in=accounts)):
            actor = queries.actor_for(account)
            scoped, locked = (all_[at % turns :: turns] for all_ in (SCOPED, LOCKED))
            first = {
                model.__name__: set(scope_of(model, actor).values_list("pk", flat=True))
                for model in scoped
            }
            with asked_by(account.pk):
                second = rows_of(*locked)
            plain = world.seen_by(account.pk)
            assert second == {name: plain[name] for name in second}
            assert first == {name: plain[name] for name in first}
        transaction.set_rollback(True)


quietly = partial(
    settings, suppress_health_check=list(HealthCheck), database=None, deadline=None
)
seeds = given(seed=st.integers(0, 2**32))


@quietly(max_examples=500 // ACCOUNTS)
@seeds
def test_scope_plain_oracle_and_row_security_agree(seed):
    """500 times: 100 accounts in each of 5 worlds, each for a fifth of the tables."""
    three_oracles_agree(seed, turns=5)


PARTS = 10  # so that all processors have something to do


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
@quietly(max_examples=20_000 // ACCOUNTS // PARTS)
@seeds
def test_scope_plain_oracle_and_row_security_agree_20_000_times(part, seed):
    three_oracles_agree(seed, turns=1)
