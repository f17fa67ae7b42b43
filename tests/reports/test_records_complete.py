"""The copy of one's own record holds every row that leads to the person, or says why not.

A model leads to a person by a column that names a member, a participant or an account,
or one that names a row which does. A new model fails here until somebody decides.
"""

import html
import json
import re
from datetime import date

import jsonschema
import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import rulesets
from campaigns.models import Participant
from members.models import Account, Member
from members.row_security import asked_by
from reports import queries
from reports.documents.record_html import record_html
from reports.documents.record_json import to_json
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    MemberFactory,
    ParticipantFactory,
    PledgeDraftFactory,
    SelfReviewTextFactory,
)
from tests.reports.record_world import WORDS, give_everything
from tests.reports.schemas import RECORD
from tests.restricted import restricted

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
PEOPLE = (Member, Participant, Account)
# The rows of which the copy is made, beside the person, the account and the events.
COPIED = {
    "members.Member",
    "members.Account",
    "members.Membership",
    "members.ActivityPause",
    "members.Post",
    "members.PostCharge",
    "members.Transfer",
    "members.CorrectionRequest",
    "members.Event",
    "members.ReasonedReading",
    "campaigns.Participant",
    "campaigns.Placement",
    "campaigns.LateChange",
    "campaigns.PersonalExtension",
    "campaigns.Attendance",
    "campaigns.MeetingTask",
    "campaigns.StudyAttendance",
    "campaigns.Essay",
    "campaigns.ProgrammeItem",
    "campaigns.CoChair",
    "campaigns.Pledge",
    "campaigns.PledgeText",
    "campaigns.PledgeAnswer",
    "campaigns.PledgeItem",
    "campaigns.PledgeCheck",
    "campaigns.PledgeDraft",
    "campaigns.Reminder",
    "campaigns.Digest",
    "campaigns.Inspection",
    "campaigns.Discipline",
    "campaigns.Commendation",
    "campaigns.Departure",
    "reviews.SelfReview",
    "reviews.SelfReviewText",
    "reviews.SelfReviewAnswer",
    "reviews.SelfReviewDraft",
    "reviews.ReviewSuggestion",
    "reviews.ReviewOccasion",
    "reviews.Remark",
    "reviews.SaidVersion",
    "reviews.SelfReviewStatement",
    "reviews.Teller",
    "reviews.Proposal",
    "reviews.DecisionLine",
    "reviews.LevelNotice",
    "reviews.LevelRequest",
    "reviews.LevelRevision",
    "reviews.Opinion",
    "reviews.OpinionEntry",
    "reviews.ResidenceExemption",
    "reviews.UnreviewedReason",
    "reviews.RemediationPlan",
    "reviews.RemediationItem",
    "reviews.RemediationCheck",
    "reviews.RemediationStep",
    "reviews.NamedPerson",
}
LOG_IN = "a means of logging in: shown, and taken away, on the page of the account"
OF_ANOTHER = "about a unit; who keyed it in is named, and stands in the log"
NOT_COPIED = {
    # Of the person, and held elsewhere.
    "members.NameWord": "the words of the name, by which it is found",
    "members.FormReceipt": "digests, by which a form that is sent twice is one act",
    "members.Slip": LOG_IN,
    "members.AccountSession": LOG_IN,
    "members.CodeCard": LOG_IN,
    "members.Authenticator": LOG_IN,
    "members.Passkey": LOG_IN,
    "members.OidcLink": LOG_IN,
    "members.UnitPart": "who goes where by a decision; once carried out a membership",
    "campaigns.MeetingDraft": "what somebody types of a meeting of others",
    "reviews.BallotDraft": "what somebody types of a count, until it is entered",
    "reviews.BallotLine": "counts of a ballot, read in the papers of the decision",
    # Of others: a column names who keyed it in, or who asked for it.
    "members.Job": OF_ANOTHER,
    "members.UnitDecision": OF_ANOTHER,
    "members.OpeningFigure": OF_ANOTHER,
    "reports.ReportIssue": OF_ANOTHER,
    "members.DocumentNumber": OF_ANOTHER,
    "members.RollImport": OF_ANOTHER,
    "campaigns.ProgrammeCheck": "how an item of a unit stood; shown on its page",
    "campaigns.ProgrammeReply": OF_ANOTHER,
    "campaigns.CheckRound": OF_ANOTHER,
    "campaigns.Extension": OF_ANOTHER,
    "campaigns.Minutes": OF_ANOTHER,
    "campaigns.MinutesCorrection": OF_ANOTHER,
    "reviews.Ballot": OF_ANOTHER,
    "reviews.CollectiveReportText": "of a collective; who sent it up stands in the log",
    "reviews.CollectiveReportAnswer": OF_ANOTHER,
    "reviews.CollectiveReportStatement": OF_ANOTHER,
    "reviews.CollectiveSuggestion": OF_ANOTHER,
    "reviews.CollectiveSaidVersion": OF_ANOTHER,
    "reviews.Decision": OF_ANOTHER,
    "reviews.BodyDecision": OF_ANOTHER,
    "reviews.BodyProposal": OF_ANOTHER,
    "reviews.OpinionRequest": "to a body; what it asks of a person is copied with it",
    "reviews.UnitFile": OF_ANOTHER,
    "reviews.ResultsImport": OF_ANOTHER,
    "reports.RollupReport": OF_ANOTHER,
    "reports.Submission": "of a unit; who signed and keyed in stands in the log",
    "reports.CellPapers": "a file of papers; whose are in it reads who took it",
}


def models_of_people() -> set[str]:
    """Names of the models that lead to a person, in one step or by a row that is copied."""
    ours = [
        model
        for model in apps.get_models()
        if model._meta.app_label in {"members", "campaigns", "reviews", "reports"}
    ]
    leads = {model._meta.label for model in PEOPLE} | COPIED
    return {
        model._meta.label
        for model in ours
        if model in PEOPLE
        or any(
            column.related_model and column.related_model._meta.label in leads
            for column in model._meta.concrete_fields
        )
    }


@pytest.fixture
def person():
    member = MemberFactory(code="DV1", full_name="Đỗ Thị Yến")
    AccountFactory(member=member, login="do.thi.yen", email="yen@example.org")
    return member


def account_of(member: Member) -> Account:
    return Account.objects.get(member=member)


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_model_that_leads_to_a_person_is_copied_or_says_why_not():
    assert models_of_people() == COPIED | set(NOT_COPIED)
    assert not COPIED & set(NOT_COPIED)
    assert all(NOT_COPIED.values())


def test_the_copy_reads_every_table_of_which_it_is_made(person):
    give_everything(person, account_of(person))
    with CaptureQueriesContext(connection) as asked:
        queries.record_of(person, today=TODAY)

    read = " ".join(each["sql"] for each in asked)
    tables = {label: apps.get_model(label)._meta.db_table for label in COPIED}
    assert [label for label, table in tables.items() if f'"{table}"' not in read] == []


def test_both_formats_hold_the_words_of_every_row(person):
    give_everything(person, account_of(person))
    record = queries.record_of(person, today=TODAY)

    data = to_json(record)
    jsonschema.validate(data, RECORD)
    written = json.dumps(data, ensure_ascii=False)
    printed = text_of(record_html(record, language="vi"))
    assert [word for word in (*WORDS, "yen@example.org") if word not in written] == []
    assert [word for word in (*WORDS, "yen@example.org") if word not in printed] == []


def test_the_data_say_what_became_of_everything(person):
    give_everything(person, account_of(person))

    data = to_json(queries.record_of(person, today=TODAY))

    first, second = data["pledges"][0]["texts"]
    assert (first["answer"]["confirmed"], second["answer"]) == (False, None)
    assert [
        (item["text"], item["criterion"], item["programme_item"], item["task"])
        for item in second["items"]
    ] == [("Lời hứa một", "Tiêu chí của mục", "Việc của chương trình", "Việc họp giao")]
    assert [check["state"] for check in second["items"][0]["checks"]] == ["BEHIND"]
    assert data["self_reviews"][0]["texts"][0]["own_level"] == "GOOD"
    assert [draft["kind"] for draft in data["drafts"]] == ["pledges", "self_reviews"]
    assert [(row["state"], row["dues"]) for row in data["attendance"]] == [
        ("LATE", "PAID")
    ]
    assert data["longer_times"][0]["last_day"] == "2024-04-30"
    assert [row["to"] for row in data["reminders"]] == ["PERSON", "SECRETARY"]
    assert data["proposals"][0]["state"] == "SENT"
    assert data["occasions"][0]["remarks_made"] == 4
    assert data["tellers"][0]["head"] is True


def test_points_and_what_the_form_no_longer_asks_are_printed(person):
    rules = {"rule_set_resolved": rulesets.resolve("qd366-2025")}
    taking_part = ParticipantFactory(
        member=person, campaign=CampaignFactory(year=2025, **rules)
    )
    SelfReviewTextFactory(
        self_review__participant=taking_part,
        self_review__form="self-review-2b-2025.1",
        marks={"points.COMMON": "28,5"},
        own_level="",
    )
    PledgeDraftFactory(
        participant=taking_part,
        content={
            "answers": {"gone": "Từ mẫu cũ\nhai dòng", "empty": ""},
            "items": [{"text": "", "goal": ""}],
        },
    )

    printed = text_of(
        record_html(queries.record_of(person, today=TODAY), language="vi")
    )

    assert ": 28,5/" in printed
    assert "gone: Từ mẫu cũ hai dòng" in printed


def test_nothing_of_anybody_else_is_in_it(person):
    other = MemberFactory()
    give_everything(other, AccountFactory(member=other))

    data = to_json(queries.record_of(person, today=TODAY))

    assert [
        word for word in WORDS if word in json.dumps(data, ensure_ascii=False)
    ] == []


def test_the_second_lock_shows_somebody_all_of_the_own_copy(person):
    account = account_of(person)
    give_everything(person, account)
    whole = to_json(queries.record_of(person, today=TODAY))

    with restricted(), asked_by(account.pk):
        seen = to_json(queries.record_of(person, today=TODAY))

    assert seen == whole


@pytest.mark.parametrize("count", [1, 3])
def test_the_copy_takes_the_same_queries_for_any_history(
    person, django_assert_num_queries, count
):
    for number in range(count):
        give_everything(person, account_of(person), number=number)

    with django_assert_num_queries(56):
        record = queries.record_of(person, today=TODAY)
        to_json(record)
        record_html(record, language="vi")
