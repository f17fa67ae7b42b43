"""Opinions of other bodies: asked for, entered, replied to; and all that is refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from campaigns.models import Campaign, CampaignBody
from campaigns.services.written.states import WritingRefused
from members import queries as registry
from members.models import Event
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from reviews.models import (
    AccusationReceipt,
    Opinion,
    OpinionEntry,
    OpinionRequest,
    ResidenceExemption,
)
from reviews.queries import due_opinions, opinions
from reviews.services.opinions import asking, receipts, recording
from tests.factories import (
    CampaignBodyFactory,
    MembershipFactory,
    OpinionEntryFactory,
    PostFactory,
    UnitFactory,
)
from tests.restricted import restricted
from tests.reviews.level_worlds import cell, committee, secretary, someone
from tests.reviews.opinion_worlds import (
    ASKED_ON,
    CAME_ON,
    DUE_ON,
    NOW,
    actor_of,
    ask,
    one,
    opinions_of,
    record,
    secretary_who_is,
)

__all__ = ["cell", "committee", "secretary"]
pytestmark = pytest.mark.django_db
TODAY = date(2024, 12, 10)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def test_a_cell_asks_enters_and_the_person_and_the_committee_read(
    cell, secretary, committee
):
    person = someone(cell)
    own = actor_of(person)
    with restricted(), asked_by(secretary.account_id):
        request = ask(cell, secretary, person)
        record(one(request), secretary, signed_on=date(2024, 11, 10))
    with restricted(), asked_by(own.account_id):
        opinion = one(request)
        recording.reply(opinion=opinion, text="Xin tiếp thu", actor=own, now=NOW)

    assert (request.goes_to, request.asked_by_id) == (cell.parent, secretary.account_id)
    for reader in (secretary, committee, own):
        with restricted(), asked_by(reader.account_id):
            [read] = opinions.reads_of(Opinion.objects.visible_to(reader), today=TODAY)
            assert (read.latest.text, read.replies[0].text) == (
                "Gương mẫu", "Xin tiếp thu",
            )  # fmt: skip
            assert OpinionRequest.objects.visible_to(reader).count() == 1
    events = Event.objects.order_by("pk").values_list("action", "member")
    assert list(events) == [
        ("opinions.asked", None),
        ("opinions.recorded", person.member_id),
        ("opinions.replied", person.member_id),
    ]


def test_nobody_else_reads_them(cell, secretary):
    person, fellow = someone(cell), someone(cell)
    ask(cell, secretary, person)
    above = cell.parent.parent
    strangers = (
        actor_of(fellow),
        registry.actor_for(PostFactory(unit=above.live_unit, role="SECRETARY").account),
        registry.actor_for(
            PostFactory(unit=cell.parent.live_unit, role="CLERK").account
        ),
        registry.actor_for(
            PostFactory(
                unit=cell.parent.live_unit, role="INSPECTION_COMMISSION"
            ).account
        ),
    )
    for stranger in strangers:
        assert not Opinion.objects.visible_to(stranger).exists()
        assert not OpinionRequest.objects.visible_to(stranger).exists()
        assert not Opinion.objects.receivable_by(stranger).exists()
        with restricted(), asked_by(stranger.account_id):
            assert not Opinion.objects.exists()
            assert not OpinionRequest.objects.exists()


def test_a_committee_asks_about_people_on_whom_it_decides(cell, committee, secretary):
    person = someone(cell)
    body = CampaignBodyFactory(unit=cell)
    with restricted(), asked_by(committee.account_id):
        request = ask(
            cell.parent, committee, person, bodies=[body],
            source="INSPECTION_COMMISSION", body_name="UBKT Đảng ủy",
        )  # fmt: skip
        places = opinions.asked_about(cell.parent, is_cell=False)
        found = opinions.subjects_of(cell, cell.parent, is_cell=False)
    assert request.goes_to == cell.parent
    assert cell in places
    assert found == ([person], [body])
    assert set(Opinion.objects.receivable_by(committee)) == set(
        opinions_of(request).all()
    )
    # The cell reads both, and enters that on its own person alone.
    assert Opinion.objects.visible_to(secretary).count() == 2
    assert [each.participant for each in Opinion.objects.receivable_by(secretary)] == [
        person
    ]


def test_nobody_enters_what_is_said_of_oneself(cell):
    own = someone(cell)
    secretary = secretary_who_is(own, cell)
    request = ask(cell, secretary, own)
    assert not Opinion.objects.receivable_by(secretary).exists()
    with pytest.raises(WritingRefused, match="about you"):
        record(one(request), secretary)


@pytest.mark.parametrize(
    ("columns", "column"),
    [
        (
            {"asked_on": TODAY + timedelta(1), "due_on": TODAY + timedelta(2)},
            "asked_on",
        ),
        ({"due_on": ASKED_ON - timedelta(1)}, "due_on"),
    ],
)
def test_days_that_cannot_be_are_refused(cell, secretary, columns, column):
    with pytest.raises(WritingRefused) as refusal:
        ask(cell, secretary, someone(cell), **columns)
    assert refusal.value.column == column


def test_whom_a_body_is_not_asked_about(cell, secretary):
    person, body = someone(cell), CampaignBodyFactory(unit=cell)
    with pytest.raises(WritingRefused, match="Choose about whom"):
        ask(cell, secretary)
    with pytest.raises(WritingRefused, match="people alone"):
        ask(cell, secretary, bodies=[body])
    ask(cell, secretary, person)
    with pytest.raises(WritingRefused, match=person.full_name):
        ask(cell, secretary, person, body_name="Nơi khác")
    ask(cell, secretary, person, source="MASS_ORGANISATION", body_name="Hội Phụ nữ")
    with pytest.raises(WritingRefused, match=person.full_name):
        ask(cell, secretary, person, source="MASS_ORGANISATION", body_name="hội phụ nữ")
    ask(cell, secretary, person, source="MASS_ORGANISATION", body_name="Công đoàn")
    assert OpinionRequest.objects.count() == 3


def test_who_needs_none_is_taken_out_and_not_asked(cell, secretary):
    person, other = someone(cell), someone(cell)
    request = ask(cell, secretary, person, other)
    record(Opinion.objects.get(request=request, participant=other), secretary)
    with restricted(), asked_by(secretary.account_id):
        asking.exempt(
            unit=cell, people=[person, other], category="BARRACKS",
            actor=secretary, now=NOW,
        )  # fmt: skip
    # What has come stays; what was only asked for is gone.
    assert [each.participant for each in opinions_of(request).all()] == [other]
    with pytest.raises(WritingRefused, match=person.full_name):
        ask(cell, secretary, person)
    lines = {
        each.participant: each
        for each in opinions.people_lines(cell, secretary, today=TODAY)
    }
    assert lines[person].exemption
    assert lines[other].residence.latest.text == "Gương mẫu"
    asking.exempt(unit=cell, people=[person], category="", actor=secretary, now=NOW)
    assert not ResidenceExemption.objects.filter(participant=person).exists()
    with pytest.raises(WritingRefused, match="Choose for whom"):
        asking.exempt(unit=cell, people=[], category="", actor=secretary, now=NOW)


def test_nobody_exempts_oneself(cell):
    own = someone(cell)
    secretary = secretary_who_is(own, cell)
    with pytest.raises(WritingRefused, match="Another member"):
        asking.exempt(
            unit=cell, people=[own], category="BARRACKS", actor=secretary, now=NOW
        )


def test_entered_anew_the_earlier_words_stay(cell, secretary):
    request = ask(cell, secretary, someone(cell))
    record(one(request), secretary, "Nhầm")
    with pytest.raises(ChangedMeanwhile):
        record(one(request), secretary, "Khác", version=1)
    record(one(request), secretary, "Đúng")
    [read] = opinions.reads_of(Opinion.objects.all(), today=TODAY)
    assert (read.latest.text, [each.text for each in read.earlier]) == (
        "Đúng", ["Nhầm"],
    )  # fmt: skip
    assert read.opinion.version == 3


@pytest.mark.parametrize(
    ("text", "columns", "why"),
    [
        ("", {}, "Enter what the body says"),
        ("x", {"came_on": TODAY + timedelta(1)}, "not come yet"),
        ("x", {"came_on": ASKED_ON - timedelta(1)}, "later day"),
        ("x", {"signed_on": CAME_ON + timedelta(1)}, "before it was signed"),
    ],
)
def test_a_paper_that_cannot_be_entered(cell, secretary, text, columns, why):
    request = ask(cell, secretary, someone(cell))
    with pytest.raises(WritingRefused, match=why):
        record(one(request), secretary, text, **columns)
    assert not OpinionEntry.objects.exists()


def test_where_no_texts_are_kept_the_days_are(cell, secretary):
    Campaign.objects.update(mode="RESULTS_ONLY")
    cell.refresh_from_db()
    request = ask(cell, secretary, someone(cell))
    with pytest.raises(WritingRefused, match="keeps no texts"):
        record(one(request), secretary, "Gương mẫu")
    record(one(request), secretary, "", document="NX 7")
    assert one(request).state == "RECEIVED"


def test_a_closed_campaign_takes_nothing(cell, secretary):
    person = someone(cell)
    own = actor_of(person)
    request = ask(cell, secretary, person)
    record(one(request), secretary)
    Campaign.objects.update(state="CLOSED", roll_fixed_at=NOW, closed_at=NOW)
    cell.refresh_from_db()
    cell.campaign.refresh_from_db()
    for act in (
        lambda: ask(cell, secretary, someone(cell)),
        lambda: record(one(request), secretary),
        lambda: asking.end(request=request, version=1, actor=secretary, now=NOW),
        lambda: recording.reply(opinion=one(request), text="x", actor=own, now=NOW),
        lambda: asking.exempt(
            unit=cell, people=[person], category="BARRACKS", actor=secretary, now=NOW
        ),
    ):
        request.unit.campaign.refresh_from_db()
        with pytest.raises(WritingRefused, match="does not take this act"):
            act()


def test_only_the_person_replies_and_only_to_what_came(cell, secretary):
    person = someone(cell)
    own = actor_of(person)
    request = ask(cell, secretary, person)
    with pytest.raises(WritingRefused, match="Nothing has come"):
        recording.reply(opinion=one(request), text="x", actor=own, now=NOW)
    with pytest.raises(WritingRefused, match="The person whom"):
        recording.reply(opinion=one(request), text="x", actor=secretary, now=NOW)


# ---- Late ------------------------------------------------------------------


def due(actor, today):
    with override("en"):
        return list(due_opinions.opinions_due(actor, today=today))


def test_what_is_late_is_due_until_it_comes_or_nobody_waits(
    cell, secretary, committee, django_assert_num_queries
):
    people = [someone(cell), someone(cell)]
    request = ask(cell, secretary, *people)
    assert due(secretary, DUE_ON - timedelta(8)) == []
    [soon] = due(secretary, DUE_ON)
    assert soon.sentence.startswith("2 opinions of other bodies have not come")
    with django_assert_num_queries(2):
        [late] = due(secretary, DUE_ON + timedelta(1))
    assert (late.count, late.due_on) == (2, DUE_ON)
    assert late.sentence == f"2 opinions of other bodies are late: {cell.name}."
    assert due(committee, TODAY) == []  # what a cell waits for is the cell's

    record(Opinion.objects.get(participant=people[0]), secretary)
    assert due(secretary, TODAY)[0].count == 1
    [line] = opinions.requests_of(cell, secretary, today=TODAY)
    assert (line.asked, line.received, line.is_late, line.waits) == (2, 1, True, True)
    [below] = opinions.requests_below(cell.parent, committee, today=TODAY)
    assert (below.asked, below.received) == (2, 1)

    asking.end(request=request, version=1, actor=secretary, now=NOW)
    assert due(secretary, TODAY) == []
    request.refresh_from_db()
    with pytest.raises(WritingRefused, match="waited for already"):
        asking.end(request=request, version=2, actor=secretary, now=NOW)
    record(Opinion.objects.get(participant=people[1]), secretary)  # it still comes


def test_half_a_year_elsewhere_obliges_the_old_cell(cell, secretary):
    person, short = someone(cell), someone(cell)
    old = UnitFactory(name="Chi bộ cũ")
    for each, until in ((person, date(2024, 7, 10)), (short, date(2024, 6, 1))):
        MembershipFactory(
            member=each.member, unit=old, from_on=date(2020, 1, 1), until_on=until,
            ending="TRANSFERRED",
        )  # fmt: skip
    with restricted(), asked_by(secretary.account_id):
        lines = opinions.people_lines(cell, secretary, today=TODAY)
    assert {each.participant: each.old_cell for each in lines} == {
        person: "Chi bộ cũ" if cell.campaign.year == 2024 else "",
        short: "",
    }


# ---- The database, accusations ---------------------------------------------


def test_the_database_refuses_what_cannot_be(cell, secretary):
    request = ask(cell, secretary, someone(cell))
    opinion = one(request)
    entry = OpinionEntryFactory(opinion=opinion)
    body = CampaignBodyFactory(unit=cell, kind=CampaignBody.Kind.LEADERSHIP)
    for rows, columns in (
        (OpinionRequest, {"due_on": ASKED_ON - timedelta(1)}),
        (OpinionRequest, {"ended_on": ASKED_ON - timedelta(1)}),
        (Opinion, {"body": body}),
        (Opinion, {"participant": None}),
        (OpinionEntry, {"came_on": None}),
        (OpinionEntry, {"signed_on": entry.came_on + timedelta(1)}),
        (OpinionEntry, {"kind": "REPLY"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.objects.update(**columns)


def test_of_an_accusation_a_number_and_a_day_are_kept(monkeypatch):
    events = Event.objects.count()
    numbers = {receipts.new_receipt(NOW).number for _each in range(20)}
    assert len(numbers) == 20
    assert {field.name for field in AccusationReceipt._meta.fields} == {
        "id", "number", "on",
    }  # fmt: skip
    assert Event.objects.count() == events
    monkeypatch.setattr(receipts, "MOST_A_DAY", 20)
    with pytest.raises(WritingRefused, match="without one"):
        receipts.new_receipt(NOW)
