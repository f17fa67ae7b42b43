"""Every address × every standing × an object inside and one outside × the method.

The table is written by hand, so that a new address or a widened reach is a decision.
What is out of scope looks like what does not exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from members.models import Account, Event
from tests.access import world as worlds
from tests.access.world import District, World

pytestmark = pytest.mark.django_db

EVERYONE = (
    *worlds.POSTS,
    "other clerk",
    "former clerk",
    "clerk elect",
    "overdue clerk",
    "technical",
    "member",
)
CLERKS = {"clerk", "overdue clerk"}
# Who sees the figures and reports of the district, of the committee below it, of its
# first cell; a working team sees the committee as a whole, and no report, which would
# show its cells. What a closed cell left is seen by those who see all of the committee.
DISTRICT = CLERKS | {"upper committee", "inspection", "organisation"}
COMMITTEE = DISTRICT | {"grassroots committee"}
COMMITTEE_AS_A_WHOLE = COMMITTEE | {"working team"}
CELL = COMMITTEE | {"cell secretary", "working team of a cell"}
# Who keeps the roll of A.G.1, who receives what it sends to A.G.2, who reads both.
KEEPERS = CLERKS | {"cell secretary"}
NEIGHBOURS = {"neighbour secretary", "other clerk"}
RECEIVERS = CLERKS | {"neighbour secretary"}
READERS = CLERKS | {"cell secretary", "neighbour secretary", "grassroots committee"}
READ_WITH_REASON = {"upper committee", "inspection"}
OF_THE_ROLL = KEEPERS | {"grassroots committee", "member"}
# Whose offices decide on units: each those below its own.
OFFICES = CLERKS | {"other clerk"}
# Whoever has figures of any unit of A or B.
WITH_FIGURES = CELL | {"working team", "neighbour secretary", "other clerk"}


@dataclass(frozen=True)
class Case:
    """One address with one object: who gets through, and what they get."""

    name: str
    path: str  # of the district that is asked about, by the names of `address`
    seen_by: set[str]
    method: str = "get"
    status: int = 200
    sent_on: frozenset[str] = frozenset()  # whom it leads to their own page
    is_personal: bool = False  # no clerk gets through, of whatever district

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.path}"


ALL = set(EVERYONE)
CASES = (
    Case("home", "home", ALL, sent_on=frozenset({"member"})),
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
    *(
        Case(f"members:{name}", name, ALL, method, status)
        for name in (
            "card_print",
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
    Case("members:member_detail", "member_detail .G.1", OF_THE_ROLL),
    Case("members:member_detail", "member_detail .S", CLERKS),
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
    Case("members:unit_list", "unit_list", WITH_FIGURES),
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
    Case("members:post_charge", "post_charge .G", CLERKS, "post", 302),
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
    Case("reports:report_file", "report_file pdf ", DISTRICT),
    Case("reports:report_file", "report_file pdf .G", COMMITTEE),
    Case("reports:report_file", "report_file pdf .G.1", CELL),
    Case("reports:report_file", "report_file pdf .G.3", COMMITTEE),
    Case("reports:report_file", "report_file xlsx ", DISTRICT),
    Case("reports:report_file", "report_file xlsx .G", COMMITTEE),
    Case("reports:report_file", "report_file xlsx .G.1", CELL),
    Case("reports:report_file", "report_file xlsx .G.3", COMMITTEE),
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
    "transfer_id": lambda district, suffix: district.transfer.pk,
    "import_id": lambda district, suffix: district.upload.pk,
    "roll_import_id": lambda district, suffix: district.roll.pk,
    "decision_id": lambda district, suffix: district.decisions[suffix].pk,
    "change_id": lambda district, suffix: district.decisions[suffix].changes.get().pk,
    "session_id": lambda district, suffix: district.session.pk,
    "passkey_id": lambda district, suffix: district.passkey.pk,
}


def address(case: Case, district: District) -> str:
    """The address of a case for one district."""
    _, *rest = case.path.split(" ")
    suffix = rest[-1] if rest else ""
    found = {
        name: value(district, suffix)
        for name, value in PARAMETERS.items()
        if f":{name}>" in _routes()[case.name]
    }
    extension = {"extension": rest[0]} if len(rest) > 1 else {}
    return reverse(case.name, kwargs={**found, **extension})


def has_object(case: Case) -> bool:
    return "<" in _routes()[case.name]


def _routes() -> dict[str, str]:
    """Every named address of the site with its route."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns, namespace, prefix):
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, route)
        else:
            assert isinstance(pattern, URLPattern)
            assert pattern.name, f"{route} has no name"
            yield f"{namespace}{pattern.name}", route


WITH_OBJECT = [case for case in CASES if has_object(case)]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The world, made once: hundreds of tests look at it, each in a savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db) -> World:
    return built


def ask(client: Client, method: str, path: str) -> int:
    response = getattr(client, method)(path)
    if response.streaming:
        list(response.streaming_content)  # reading it to the end closes the file
    return response.status_code


def as_account(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def test_every_address_is_in_the_matrix():
    assert set(_routes()) == {case.name for case in CASES} | set(OPEN)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_address_answers_whom_the_table_names_and_nobody_else(world, case):
    inside = address(case, world.a)
    answered = {
        name: ask(as_account(world, name), case.method, inside) for name in EVERYONE
    }

    expected = {name: case.status if name in case.seen_by else 404 for name in EVERYONE}
    assert answered == expected | dict.fromkeys(case.sent_on, 302)


@pytest.mark.parametrize("case", WITH_OBJECT, ids=str)
def test_nobody_of_one_district_reaches_the_same_object_of_another(world, case):
    outside = address(case, world.b)
    insiders = [name for name in EVERYONE if name != "other clerk"]

    answered = {ask(as_account(world, name), case.method, outside) for name in insiders}

    assert answered == {404}
    by_a_clerk = ask(as_account(world, "other clerk"), case.method, outside)
    assert by_a_clerk == (404 if case.is_personal else case.status)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_visitor_is_sent_to_the_log_in_page(world, case):
    path = address(case, world.a)

    response = getattr(Client(), case.method)(path)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("members:login"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_account_that_is_disabled_is_out_at_once(world, case):
    client = as_account(world, "clerk")
    clerks = Account.objects.filter(pk=world.accounts["clerk"].pk)
    clerks.update(is_active=False)

    response = getattr(client, case.method)(address(case, world.a))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("members:login"))


@pytest.mark.parametrize("case", WITH_OBJECT, ids=str)
def test_out_of_scope_looks_like_what_does_not_exist(world, case):
    client = as_account(world, "other clerk")
    existing = getattr(client, case.method)(address(case, world.a))
    route = _routes()[case.name]
    arguments = {
        key: value
        for key, value in {
            **dict.fromkeys(PARAMETERS, 999999),
            "extension": "pdf",
        }.items()
        if f":{key}>" in route
    }
    missing = getattr(client, case.method)(reverse(case.name, kwargs=arguments))

    assert (existing.status_code, missing.status_code) == (404, 404)
    assert _neutral(existing) == _neutral(missing)


def _neutral(response) -> tuple[bytes, list[str]]:
    """The body without its token, and the names of the headers."""
    lines = [
        line
        for line in response.content.splitlines()
        if b"csrfmiddlewaretoken" not in line
    ]
    kept = [line for line in lines if b'name="next"' not in line]
    return b"\n".join(kept), sorted(response.headers)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_other_methods_are_refused_and_change_nothing(world, case):
    client = as_account(world, "clerk")
    path = address(case, world.a)
    allowed = {each.method for each in CASES if each.name == case.name}
    methods = {"get", "post", "put", "patch", "delete", "trace"} - allowed
    before = Event.objects.count()

    answered = {method: ask(client, method, path) for method in methods}

    assert answered == dict.fromkeys(methods, 405)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.method == "post"], ids=str
)
def test_a_post_without_a_token_is_refused(world, case):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["clerk"])

    assert client.post(address(case, world.a)).status_code == 403
