"""What waits for somebody, and the first page that shows it."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.lifecycle import State
from campaigns.models import Campaign, Meeting, Participant, PledgeSetup, Tally
from campaigns.queries import todo
from campaigns.queries.phases import spans_of_units
from campaigns.queries.steps_taken import spans_of_unit
from campaigns.services.tallies import changing
from campaigns.steps import Step
from members.due import DueItem, in_order
from members.policy import Role
from members.queries import actor_for, due_items
from tests.clients import english_client, english_client_of
from tests.factories import (
    NOON,
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    ExtensionFactory,
    GrassrootsFactory,
    MeetingFactory,
    MemberFactory,
    ParticipantFactory,
    PhaseFactory,
    PlacementFactory,
    PledgeSetupFactory,
    PostFactory,
    ResultsImportFactory,
    RollImportFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2024, 3, 25)  # a week before the last day, 31 March
LAST_DAY = date(2024, 3, 31)
NAMES = ("Nguyễn Văn Bé", "Trần Thị Đào", "Lê Thị Út")


@pytest.fixture
def campaign():
    campaign = CampaignFactory(
        state=State.OPEN, opened_at=NOON, rule_set_resolved={}, rule_set_sha256="x"
    )
    PledgeSetupFactory(campaign=campaign, needs_criteria=False)
    return campaign


@pytest.fixture
def cell(campaign):
    root = CampaignUnitFactory(campaign=campaign)
    above = CampaignUnitFactory(
        campaign=campaign,
        parent=root,
        live_unit=GrassrootsFactory(parent=root.live_unit),
    )
    live = UnitFactory(parent=above.live_unit, kind="CELL")
    return CampaignUnitFactory(campaign=campaign, parent=above, live_unit=live)


@pytest.fixture
def phase(campaign):
    return PhaseFactory(campaign=campaign)


def placed(cell, *states, names=NAMES):
    people = []
    with changing([cell.pk]):
        for name, state in zip(names, states, strict=False):
            person = ParticipantFactory(
                campaign=cell.campaign,
                member=MemberFactory(full_name=name),
                pledge_state=state,
            )
            PlacementFactory(unit=cell, participant=person)
            people.append(person)
    return people


def secretary(cell):
    return PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account


def told(account, today=TODAY):
    return [
        (item.sentence, item.due_on, item.is_own, item.is_done)
        for item in due_items(actor_for(account), today=today)
    ]


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"
    from django.utils import translation

    with translation.override("en"):
        yield


def test_what_is_due_first_comes_first_and_what_has_no_day_last():
    never, late, soon = (
        DueItem("a", "a"),
        DueItem("b", "b", due_on=date(2024, 3, 2)),
        DueItem("c", "c", due_on=date(2024, 3, 1)),
    )

    assert in_order([never, late, soon]) == [soon, late, never]
    assert [each.days_left(date(2024, 3, 2)) for each in (soon, late, never)] == [
        -1,
        0,
        None,
    ]


def test_the_cell_reads_who_is_missing_and_what_waits_for_it(cell, phase):
    placed(cell, "NONE", "SENT", "DRAFT")

    assert told(secretary(cell)) == [
        ("2 comrades have not sent the pledge: Bé, Út.", LAST_DAY, False, False),
        ("1 pledge waits for you to look at it.", None, False, False),
    ]


def test_namesakes_are_told_apart_and_many_are_only_counted(cell, phase):
    placed(cell, "NONE", "NONE", names=("Nguyễn Văn Bé", "Trần Bé"))
    assert told(secretary(cell))[0][0] == (
        "2 comrades have not sent the pledge: Nguyễn Văn Bé, Trần Bé."
    )

    placed(cell, *["NONE"] * 4, names=[f"Lê Văn {word}" for word in "ABCD"])
    assert told(secretary(cell))[0][0] == "6 comrades have not sent the pledge."


def test_before_the_first_day_and_without_a_phase_nobody_is_asked(cell):
    (own,) = placed(cell, "NONE")
    account = AccountFactory(member=own.member)
    assert told(account) == told(secretary(cell)) == []

    PhaseFactory(campaign=cell.campaign, from_on=date(2024, 3, 26))
    assert told(account) == []


@pytest.mark.parametrize(
    ("state", "sentence", "is_done"),
    [
        ("NONE", "Your pledge is not begun.", False),
        ("DRAFT", "Your pledge is being written.", False),
        ("RETURNED", "The cell has returned your pledge for completion.", False),
        ("SENT", "Your pledge is sent; the cell confirms it.", True),
        ("CONFIRMED", "Your pledge is confirmed by the cell.", True),
    ],
)
def test_a_person_reads_of_ones_own_pledge_alone(cell, phase, state, sentence, is_done):
    own, _other = placed(cell, state, "NONE")
    account = AccountFactory(member=own.member)

    assert told(account) == [(sentence, None if is_done else LAST_DAY, True, is_done)]


def test_while_criteria_are_wanting_both_are_told_and_nobody_is_sent_to_write(
    cell, phase
):
    PledgeSetup.objects.update(needs_criteria=True)
    own, _sent = placed(cell, "NONE", "SENT")
    account = AccountFactory(member=own.member)

    (mine,) = due_items(actor_for(account), today=TODAY)
    assert mine.sentence == (
        "Your pledge opens once the criteria of the cell are published; they are not "
        "yet."
    )
    assert not mine.button

    owed = due_items(actor_for(secretary(cell)), today=TODAY)
    (missing,) = [each for each in owed if "missing" in each.key]
    assert missing.sentence.endswith("Pledges open once the criteria are published.")
    assert missing.url == reverse(
        "pledges:criteria_list", args=[cell.campaign_id, cell.live_unit_id]
    )
    assert not missing.other_button


def test_while_criteria_are_wanting_who_has_begun_can_still_be_reminded(cell, phase):
    PledgeSetup.objects.update(needs_criteria=True)
    own, _unbegun = placed(cell, "RETURNED", "NONE")

    (missing,) = due_items(actor_for(secretary(cell)), today=TODAY)
    assert (missing.button, missing.other_button) == (
        "Open the criteria of the cell",
        "Remind 2 comrades",
    )
    assert missing.other_url == reverse(
        "reminders:people_remind", args=[cell.campaign_id, cell.live_unit_id]
    )
    (mine,) = due_items(actor_for(AccountFactory(member=own.member)), today=TODAY)
    assert mine.button == "Complete it"


def test_after_the_last_day_both_are_told_and_nothing_is_offered_that_is_refused(
    cell, phase
):
    own, returned = placed(cell, "NONE", "RETURNED")
    after = date(2024, 4, 1)

    def items(account):
        return [
            (each.sentence, each.button, each.url, each.is_own)
            for each in due_items(actor_for(account), today=after)
        ]

    assert items(AccountFactory(member=own.member)) == [
        ("Your pledge is not sent. The last day was 31/03/2024.", "", "", True)
    ]
    [(sentence, *_rest)] = items(AccountFactory(member=returned.member))
    assert sentence.startswith("The cell has returned your pledge")
    [(sentence, button, _url, _own)] = items(secretary(cell))
    assert sentence == "2 comrades have not sent the pledge: Bé, Đào."
    assert button == "Open the list"


def test_where_no_texts_are_entered_nobody_is_asked_to_write(cell, phase):
    Campaign.objects.update(mode=Campaign.Mode.RESULTS_ONLY)
    PledgeSetup.objects.update(needs_criteria=True)
    (own,) = placed(cell, "NONE")

    assert told(AccountFactory(member=own.member)) == []
    (missing,) = due_items(actor_for(secretary(cell)), today=TODAY)
    assert missing.sentence == "1 comrade has not sent the pledge: Bé."
    assert (missing.button, missing.other_button) == (
        "Remind 1 comrade",
        "Enter from the paper",
    )


def test_the_exempt_owe_nothing(cell, phase):
    (own,) = placed(cell, "NONE")
    with changing([cell.pk]):
        Participant.objects.filter(pk=own.pk).update(status="EXEMPT")

    assert told(AccountFactory(member=own.member)) == told(secretary(cell)) == []


def test_above_the_cell_there_are_numbers_of_units(cell, phase):
    placed(cell, "NONE", "CONFIRMED")
    beside = CampaignUnitFactory(campaign=cell.campaign, parent=cell.parent)
    placed(beside, "CONFIRMED", names=("Phạm Thị Mơ",))
    committee = PostFactory(unit=cell.parent.live_unit, role=Role.SECRETARY).account

    assert told(committee) == [
        ("1 of 2 units are not through with the pledges.", LAST_DAY, False, False)
    ]


def test_above_the_cell_each_part_that_has_begun_is_told_to_who_may_read_it(
    cell, phase
):
    for step in (Step.STUDY, Step.SELF_REVIEW):
        PhaseFactory(campaign=cell.campaign, step=step, until_on=date(2024, 4, 1))
    first, second = placed(cell, "CONFIRMED", "CONFIRMED")
    with changing([cell.pk]):
        Participant.objects.filter(pk=first.pk).update(review_state="CONFIRMED")
        Participant.objects.filter(pk=second.pk).update(review_state="SENT")
    Tally.objects.filter(unit=cell).update(study_owed=2, studied=2)
    above = cell.parent.live_unit
    committee = PostFactory(unit=above, role=Role.SECRETARY).account
    department = PostFactory(unit=above, role=Role.PROPAGANDA_DEPARTMENT).account

    through = [
        ("All 1 units are through with their study.", None, False, True),
        ("All pledges are confirmed in all 1 units.", None, False, True),
    ]
    assert sorted(told(committee)) == sorted(
        [
            *through,
            (
                "1 of 1 units are not through with the self-reviews.",
                date(2024, 3, 31),
                False,
                False,
            ),
        ]
    )
    assert sorted(told(department)) == through


@pytest.mark.parametrize("made", [ResultsImportFactory, RollImportFactory])
def test_who_sent_a_file_is_told_that_it_waits_and_nobody_else(made):
    unit = UnitFactory()
    office = PostFactory(unit=unit, role=Role.CLERK).account
    beside = PostFactory(unit=unit, role=Role.CLERK).account
    upload = made(
        within=unit, uploaded_by=office, state="READY", digest="x", file_name="a.xlsx"
    )
    sentence = "The file a.xlsx was read and waits for your confirmation."

    assert told(office) == [(sentence, None, False, False)]
    assert told(beside) == []
    made._meta.model.objects.filter(pk=upload.pk).update(state="DONE")
    assert told(office) == []


def test_a_longer_time_moves_the_day_that_the_committee_reads(cell, phase):
    placed(cell, "NONE")
    ExtensionFactory(
        campaign=cell.campaign,
        unit=cell.parent,
        with_below=True,
        until_on=date(2024, 5, 1),
    )
    committee = PostFactory(unit=cell.parent.live_unit, role=Role.SECRETARY).account

    ((_sentence, day, _is_own, _is_done),) = told(committee)

    assert day == date(2024, 4, 30)


def test_the_days_of_a_unit_are_those_that_each_step_gives_it(cell, phase):
    PhaseFactory(campaign=cell.campaign, step=Step.CRITERIA, until_on=date(2024, 2, 1))
    PhaseFactory(campaign=cell.campaign, unit=cell.parent, until_on=date(2024, 3, 20))
    ExtensionFactory(
        unit=cell.parent, campaign=cell.campaign, step=Step.CRITERIA,
        until_on=date(2024, 3, 22),
    )  # fmt: skip

    found = spans_of_unit(cell)

    assert found == {
        step: spans_of_units([cell.pk], step=step)[cell.pk]
        for step in (Step.CRITERIA, Step.PLEDGE)
    }
    assert found[Step.PLEDGE].until_on == date(2024, 3, 22)


def test_three_cards_are_shown_and_the_rest_is_folded():
    items = [DueItem(str(at), str(at)) for at in range(5)]
    own, done = DueItem("o", "o", is_own=True), DueItem("d", "d", is_done=True)

    cards = todo.cards_of([own, *items, done], today=TODAY)

    assert [[each.item.key for each in part] for part in (cards.first, cards.rest)] == [
        ["0", "1", "2"],
        ["3", "4"],
    ]
    assert [each.item.key for each in cards.own] == ["o"]
    assert cards.done == [done]


def test_cards_name_their_campaign_once_there_is_more_than_one():
    one = DueItem("a", "a", campaign="Đợt 2023")
    other = DueItem("b", "b", is_own=True, campaign="Đợt 2024")

    def named(*items):
        cards = todo.cards_of(items, today=TODAY)
        return [card.campaign for card in cards.first + cards.own]

    assert named(one, DueItem("c", "c")) == ["", ""]
    assert named(one, other) == ["Đợt 2023", "Đợt 2024"]


def test_the_first_page_of_a_secretary(cell, phase, time_machine):
    time_machine.move_to(NOON.replace(year=2024, month=3, day=25))
    placed(cell, "NONE", "SENT", "CONFIRMED")
    PostFactory(unit=cell.parent.live_unit, role=Role.CLERK)
    client = english_client()
    client.force_login(secretary(cell))

    page = client.get(reverse("home"))

    assert page.context["place"] == todo.Place(cell.name, cell, 3)
    assert page.context["present"] == todo.Present("Writing pledges", LAST_DAY)
    assert [(line.state, line.is_current) for line in page.context["year"]] == [
        ("1/3", True),
        ("month 3: not yet", False),
        ("0/3", False),
        *[("no time set", False)] * 4,
    ]
    assert page.context["helper"].endswith(f", {cell.parent.name}")
    assert "6 days left." in page.text
    _head, _, main = page.text.partition("<main")
    main, _, _foot = main.partition("</main>")
    assert main.count("btn btn-primary") == 1


def year_lines(cell, today=TODAY):
    actor = actor_for(secretary(cell))
    lines = todo.year_of(cell, actor, spans_of_unit(cell), today)
    return [line.state for line in lines]


def test_results_imported_for_a_later_year_are_not_the_work_of_today(cell, phase):
    later = CampaignFactory(
        year=cell.campaign.year + 1,
        root_unit=cell.campaign.root_unit,
        state=State.OPEN,
        opened_at=NOON,
        rule_set_resolved={},
        rule_set_sha256="x",
        only_imported=True,
    )
    CampaignUnitFactory(campaign=later, live_unit=cell.live_unit)

    place = todo.place_of(actor_for(secretary(cell)))

    assert place.unit == cell


def test_the_year_counts_those_who_owe_and_names_who_does_not(cell, phase):
    _done, exempt = placed(cell, "CONFIRMED", "NONE")
    with changing([cell.pk]):
        Participant.objects.filter(pk=exempt.pk).update(status="EXEMPT")

    pledges, _months, reviews, *_rest = year_lines(cell)

    assert (pledges, reviews) == ("done 1/1 (1 owes none)", "0/1 (1 owes none)")


def test_after_its_year_a_campaign_says_what_was_and_not_what_comes(cell, phase):
    PhaseFactory(
        campaign=cell.campaign, step=Step.REVIEW_MEETING, until_on=date(2024, 12, 21)
    )
    for day in (date(2024, 3, 4), date(2024, 3, 20), date(2024, 5, 6)):
        MeetingFactory(unit=cell, on=day, state=Meeting.State.HELD)
    MeetingFactory(unit=cell, on=date(2025, 1, 9), state=Meeting.State.HELD)

    assert year_lines(cell)[3] == "by 20/12/2024"
    _pledges, months, _reviews, meeting, *_rest = year_lines(cell, date(2025, 1, 10))
    assert months == "held in 2 months of 2024"
    assert meeting == "over since 20/12/2024"


@pytest.mark.parametrize("kind", ["CELL", "GRASSROOTS_CELL"])
def test_each_kind_of_cell_has_the_seven_lines_of_its_year(cell, kind):
    cell.kind = kind
    cell.save()
    actor = actor_for(secretary(cell))

    year = todo.year_of(cell, actor, spans_of_unit(cell), TODAY)

    assert len(year) == 7


def test_a_member_finds_the_own_work_and_no_line_of_the_cell(cell, phase, time_machine):
    time_machine.move_to(NOON.replace(year=2024, month=3, day=25))
    own, _other = placed(cell, "NONE", "NONE")
    client = english_client()
    client.force_login(AccountFactory(member=own.member))

    page = client.get(reverse("home"))

    assert page.context["place"] == todo.Place(cell.name, cell, None)
    assert page.context["year"] == []
    assert "Your pledge is not begun." in page.text
    assert "Đào" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_takes_the_same_queries_for_one_and_for_three(
    cell, phase, count, django_assert_num_queries, time_machine
):
    time_machine.move_to(NOON.replace(year=2024, month=3, day=25))
    placed(cell, *["NONE"] * count)
    client = english_client()
    client.force_login(secretary(cell))
    client.get(reverse("home"))

    with django_assert_num_queries(36):
        client.get(reverse("home"))


@pytest.mark.parametrize(
    ("language", "names"),
    [("vi", ("thứ Năm", "Chủ Nhật")), ("en", ("Thursday", "Sunday"))],
)
def test_the_day_of_the_week_is_a_word(language, names):
    from django.utils import translation

    with translation.override(language):
        days = date(2026, 11, 26), date(2026, 11, 29)
        assert tuple(map(todo.weekday, days)) == names


@pytest.mark.parametrize(
    ("account", "parts"),
    [
        pytest.param(lambda: AccountFactory(), [], id="nobody in particular"),
        pytest.param(
            lambda: AccountFactory(member=MemberFactory()), ["Your pledge"], id="member"
        ),
        pytest.param(
            lambda: (
                PostFactory(unit=UnitFactory(kind="CELL"), role=Role.SECRETARY).account
            ),
            ["The work of a cell"],
            id="secretary of a cell",
        ),
        pytest.param(
            lambda: PostFactory(unit=GrassrootsFactory(), role=Role.CLERK).account,
            ["The work of a committee and its office"],
            id="office",
        ),
    ],
)
def test_the_guide_has_the_parts_that_ones_posts_need(account, parts):
    page = english_client_of(account()).get(reverse("todo:guide")).text

    told = ("Your pledge", "The work of a cell", "The work of a committee and its office")  # fmt: skip
    assert [part for part in told if f"<h2>{part}</h2>" in page] == parts
