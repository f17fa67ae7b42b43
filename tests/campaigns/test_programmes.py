"""The programme of a unit from its first item to what the unit above answers."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import (
    CoChair,
    Programme,
    ProgrammeCheck,
    ProgrammeItem,
    ProgrammeReply,
)
from campaigns.services import programmes
from campaigns.services.phases import StepClosed
from campaigns.services.work import NotRecordable
from members.services.versions import ChangedMeanwhile
from tests.campaigns.work_worlds import NOW, browser_of, cell_at_work, typed_in
from tests.factories import (
    AccountFactory,
    CoChairFactory,
    MeetingFactory,
    MemberFactory,
    PhaseFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 5)
ADOPTED = {"state": "ADOPTED", "adopted_on": DAY, "document": "NQ 1"}


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def programme(world):
    return ProgrammeFactory(unit=world.cell)


def adopt(world, programme, **more):
    facts = {"adopted_on": DAY, "document": "NQ 1", "items_on_paper": None}
    programmes.adopt(
        programme=programme, version=programme.version,
        **{**facts, **world.by_secretary, **more},
    )  # fmt: skip
    programme.refresh_from_db()


def sent(world, programme):
    programmes.send_result(
        programme=programme, version=programme.version, discussed_on=DAY,
        minutes="BB 5", meeting=None, **world.by_secretary,
    )  # fmt: skip
    programme.refresh_from_db()


def drafted(world, programme, **results):
    items = ProgrammeItem.objects.filter(programme=programme)
    programmes.draft_result(
        programme=programme, version=programme.version, result="Đạt",
        results={item.pk: ("DONE", "") for item in items} | results,
        **world.by_secretary,
    )  # fmt: skip
    programme.refresh_from_db()


def test_a_programme_begins_once(world):
    first = programmes.begin(unit=world.cell, **world.by_secretary)
    assert programmes.begin(unit=world.cell, **world.by_secretary) == first


def test_a_programme_without_an_item_is_not_adopted(world, programme):
    with pytest.raises(NotRecordable):
        adopt(world, programme)
    adopt(world, programme, items_on_paper=7)
    assert (programme.state, programme.items_on_paper) == ("ADOPTED", 7)


def test_adoption_comes_within_the_phase_and_on_the_version_shown(world, programme):
    ProgrammeItemFactory(programme=programme)
    with pytest.raises(ChangedMeanwhile):
        programmes.adopt(
            programme=programme, version=9, adopted_on=DAY, document="d",
            items_on_paper=None, **world.by_secretary,
        )  # fmt: skip
    PhaseFactory(
        campaign=world.campaign, step="PROGRAMME",
        from_on=date(2024, 1, 1), until_on=date(2024, 4, 1),
    )  # fmt: skip
    with pytest.raises(StepClosed):
        adopt(world, programme)


def test_items_change_in_a_draft_alone(world, programme):
    item = ProgrammeItemFactory(programme=programme)
    programmes.hold_for_items(item)
    adopt(world, programme)
    with pytest.raises(NotRecordable):
        programmes.hold_for_items(item)
    programmes.amend(
        programme=programme, version=programme.version, **world.by_secretary
    )
    programmes.hold_for_items(item)


def test_a_check_names_the_exceptions_and_counts_once_a_day(world):
    programme = ProgrammeFactory(unit=world.cell, **ADOPTED)
    first, second = (ProgrammeItemFactory(programme=programme) for _ in range(2))
    meeting = MeetingFactory(unit=world.cell)
    order = {"programme": programme, "meeting": meeting, **world.by_secretary}
    found = {second.pk: ("BEHIND", "Thiếu hồ sơ")}

    programmes.check(on=date(2024, 4, 5), found=found, **order)

    checks = ProgrammeCheck.objects.order_by("item").values_list(
        "item", "state", "note", "meeting"
    )
    assert list(checks) == [
        (first.pk, "ON_TRACK", "", meeting.pk),
        (second.pk, "BEHIND", "Thiếu hồ sơ", meeting.pk),
    ]
    with pytest.raises(NotRecordable):
        programmes.check(on=date(2024, 4, 5), found={}, **order)
    with pytest.raises(NotRecordable):
        programmes.check(on=date(2024, 1, 5), found={}, **order)
    with pytest.raises(NotRecordable):
        programmes.check(**{**order, "programme": ProgrammeFactory()}, on=DAY, found={})


def test_a_result_goes_up_signed_discussed_and_whole(world):
    programme = ProgrammeFactory(unit=world.cell, **ADOPTED)
    item = ProgrammeItemFactory(programme=programme)
    chair = CoChairFactory(programme=programme)
    programmes.draft_result(
        programme=programme, version=1, result="", results={}, **world.by_secretary
    )
    programme.refresh_from_db()
    with pytest.raises(NotRecordable, match="1"):
        sent(world, programme)
    drafted(world, programme)
    with pytest.raises(NotRecordable, match="Đỗ Văn Nam"):
        sent(world, programme)
    programmes.sign(
        co_chair=chair, version=1, on=date(2024, 5, 1), is_on_paper=True,
        **world.by_secretary,
    )  # fmt: skip
    sent(world, programme)
    item.refresh_from_db()
    assert (programme.state, item.result) == ("SENT", "DONE")


def test_a_signature_counts_for_what_was_signed(world):
    programme = ProgrammeFactory(unit=world.cell, **ADOPTED)
    chair = CoChairFactory(programme=programme)
    drafted(world, programme)
    order = {"co_chair": chair, "version": 1, **world.by_secretary}
    with pytest.raises(NotRecordable):  # before the days of the document
        programmes.sign(on=date(2023, 1, 1), is_on_paper=True, **order)
    CoChair.objects.update(member=MemberFactory())
    with pytest.raises(NotRecordable):  # the secretary is not the co-chair
        programmes.sign(on=DAY, is_on_paper=False, **order)
    programmes.sign(on=DAY, is_on_paper=True, **order)
    drafted(world, programme)
    chair.refresh_from_db()
    assert (chair.signed_on, chair.signed_on_paper) == (None, False)


def test_the_unit_above_returns_with_remarks_then_approves(world):
    programme = ProgrammeFactory(unit=world.cell, **ADOPTED)
    drafted(world, programme)
    sent(world, programme)
    order = {"programme": programme, "document": "CV 3", "actor": world.actor(world.upper), "now": NOW}  # fmt: skip
    with pytest.raises(NotRecordable):
        programmes.answer_result(
            version=programme.version, is_approval=False, remarks="", **order
        )
    programmes.answer_result(
        version=programme.version, is_approval=False, remarks="Bổ sung", **order
    )
    programme.refresh_from_db()
    assert programme.state == "RETURNED"
    drafted(world, programme)
    sent(world, programme)
    programmes.answer_result(
        version=programme.version, is_approval=True, remarks="", **order
    )
    programme.refresh_from_db()
    assert programme.state == "APPROVED"
    replies = ProgrammeReply.objects.order_by("pk").values_list(
        "is_approval", "remarks"
    )
    assert list(replies) == [(False, "Bổ sung"), (True, "")]
    with pytest.raises(NotRecordable):
        drafted(world, programme)


def test_who_drafts_and_who_answers(world):
    programme = ProgrammeFactory(unit=world.cell, **ADOPTED)
    head = AccountFactory(member=MemberFactory())
    former = AccountFactory(member=MemberFactory())
    CoChairFactory(programme=programme, member=head.member)
    CoChairFactory(programme=programme, member=former.member, ends_on=date(2024, 2, 1))

    def may(account):
        actor = world.actor(account)
        rows = Programme.objects
        return (
            rows.visible_to(actor).exists(),
            rows.visible_to(actor).drafted_by(actor).exists(),
            rows.editable_by(actor).exists(),
            rows.receivable_by(actor).exists(),
        )

    assert may(world.secretary) == (True, True, True, False)
    assert may(head) == (True, True, False, False)
    assert may(former) == (False, False, False, False)
    assert may(world.member) == (True, False, False, False)
    assert may(world.upper) == (True, False, False, True)


def test_the_root_writes_what_the_level_above_decided(world):
    programme = ProgrammeFactory(unit=world.committee)
    actor = world.actor(world.upper)
    assert Programme.objects.receivable_by(actor).get() == programme


def test_a_co_chair_with_an_account_reads_drafts_and_signs_and_no_more(world):
    programme = ProgrammeFactory(unit=world.cell, **ADOPTED)
    item = ProgrammeItemFactory(programme=programme)
    head = AccountFactory(member=MemberFactory())
    chair = CoChairFactory(programme=programme, member=head.member)
    client = browser_of(head)
    named = reverse("work:programme_named", args=[programme.pk])

    result = reverse("work:programme_result", args=[programme.pk])
    assert client.get(named).content.decode().count(result) == 1
    typed = {**typed_in(client.get(result)), f"result_{item.pk}": "DONE"}
    assert client.post(result, {**typed, "result": "Đạt"})["Location"] == named
    sign = reverse("work:co_chair_sign", args=[chair.pk])
    assert sign in client.get(named).content.decode()
    assert client.post(sign, typed_in(client.get(sign))).status_code == 302
    assert sign not in client.get(named).content.decode()
    chair.refresh_from_db()
    assert (chair.signed_on is not None, chair.signed_on_paper) == (True, False)
    assert client.get(world.url("unit_work")).status_code == 404
    for act in ("send", "check", "adopt", "answer"):
        address = reverse(f"work:programme_{act}", args=[programme.pk])
        assert client.get(address).status_code == 404


def test_the_head_of_the_agency_is_named_by_code_and_name_together(world, programme):
    member = MemberFactory(code="DV-77", full_name="Đỗ Văn Nam")
    client = browser_of(world.secretary)
    address = reverse("work:co_chair_add", args=[programme.pk])
    typed = {
        **typed_in(client.get(address)),
        "name": "Đỗ Văn Tám", "member_code": "DV-77", "title": "Giám đốc",
        "document": "QĐ 3", "from_on": "01/01/2024", "ends_on": "31/12/2024",
    }  # fmt: skip
    refused = client.post(address, typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (
        422,
        ["member_code"],
    )
    assert client.post(address, {**typed, "name": "đỗ văn nam"}).status_code == 302
    chair = CoChair.objects.get()
    assert chair.member == member
    edit = client.get(reverse("work:co_chair_edit", args=[chair.pk]))
    assert edit.context["form"]["member_code"].value() == "DV-77"


def test_a_secretary_writes_adopts_checks_and_sends_and_the_committee_answers(world):
    client = browser_of(world.secretary)
    begin = world.url("programme_begin")
    client.post(begin, typed_in(client.get(begin)))
    programme = Programme.objects.get()

    def act(name, browser=client, **answers):
        address = reverse(f"work:{name}", args=[programme.pk])
        answer = browser.post(address, {**typed_in(browser.get(address)), **answers})
        assert answer.status_code == 302, answer.context["form"].errors
        programme.refresh_from_db()

    act("programme_write", application="Học và làm theo\nBác mỗi ngày")
    item = {"kind": "INDEX", "text": "Chỉ số cải cách hành chính", "measure": "NUMBER"}
    act("item_add", **item, goal="90", breakthrough="Đột phá 1")
    act("programme_adopt", adopted_on="05/03/2024", document="NQ 1-NQ/CB")
    pk = ProgrammeItem.objects.get().pk
    check = {f"state_{pk}": "BEHIND", f"note_{pk}": "Thiếu hồ sơ"}
    act("programme_check", on="05/04/2024", **check)
    act("programme_result", **{f"result_{pk}": "DONE"})
    act("programme_send", discussed_on="05/05/2024", minutes="BB 5")
    page = client.get(world.url("programme"))
    assert (page.context["page"].lines[0].newest.state, page.context["may_answer"]) == (
        "BEHIND",
        False,
    )
    upper = browser_of(world.upper)
    assert upper.get(world.url("programme")).context["may_answer"] is True
    act("programme_answer", upper, decision="approve", document="QĐ 9")
    assert (programme.state, programme.application) == (
        "APPROVED",
        "Học và làm theo\nBác mỗi ngày",
    )
    member = browser_of(world.member).get(world.url("programme"))
    text = member.content.decode()
    assert "Chỉ số cải cách hành chính" in text
    assert "Đột phá 1" in text


def test_bad_input_is_told_at_its_place(world, programme):
    client = browser_of(world.secretary)
    address = reverse("work:item_add", args=[programme.pk])
    typed = typed_in(client.get(address))
    number = {"kind": "INDEX", "text": "t", "measure": "NUMBER", "goal": "cao"}
    for answers, columns in (
        ({**number}, ["goal"]),
        ({**number, "goal": ""}, ["goal"]),
        ({**number, "goal": "9", "text": "x" * 200_000}, ["text"]),
        ({**number, "goal": "9", "due_on": "31/02/2024"}, ["due_on"]),
    ):
        page = client.post(address, {**typed, **answers})
        assert (page.status_code, list(page.context["form"].errors)) == (422, columns)
    assert not ProgrammeItem.objects.exists()


def test_a_stale_act_shows_both_states(world):
    programme = ProgrammeFactory(unit=world.cell, **ADOPTED)
    client = browser_of(world.secretary)
    address = reverse("work:programme_amend", args=[programme.pk])
    typed = typed_in(client.get(address))
    Programme.objects.update(version=2)
    page = client.post(address, typed)
    assert (page.status_code, page.context["form"]["version"].value()) == (409, "2")


def test_only_figures_ask_for_no_text():
    world = cell_at_work(mode="RESULTS_ONLY")
    programme = ProgrammeFactory(unit=world.cell, **ADOPTED)
    page = browser_of(world.secretary).get(
        reverse("work:programme_result", args=[programme.pk])
    )
    assert list(page.context["form"].fields) == ["version"]


def test_the_programme_page_asks_a_fixed_few_queries(
    world, programme, django_assert_max_num_queries
):
    client = browser_of(world.secretary)
    client.get(world.url("programme"))
    for _ in range(3):
        ProgrammeItemFactory(programme=programme)
        CoChairFactory(programme=programme)
    with django_assert_max_num_queries(30):
        client.get(world.url("programme"))


def test_nothing_is_adopted_checked_signed_or_discussed_on_a_day_to_come(
    world, programme
):
    later = date(2024, 6, 2)  # the day after
    ProgrammeItemFactory(programme=programme)
    chair = CoChairFactory(programme=programme)
    with pytest.raises(NotRecordable) as refused:
        adopt(world, programme, adopted_on=later)
    assert refused.value.column == "adopted_on"
    adopt(world, programme)
    order = {"programme": programme, **world.by_secretary}
    with pytest.raises(NotRecordable):
        programmes.check(on=later, meeting=None, found={}, **order)
    drafted(world, programme)
    with pytest.raises(NotRecordable):
        programmes.sign(
            co_chair=chair, version=1, on=later, is_on_paper=True, **world.by_secretary
        )
    CoChair.objects.all().delete()
    for on in (later, date(2024, 3, 4)):  # the other is before the adoption
        with pytest.raises(NotRecordable) as refused:
            programmes.send_result(
                version=programme.version, discussed_on=on, minutes="BB 5",
                meeting=None, **order,
            )  # fmt: skip
        assert refused.value.column == "discussed_on"
