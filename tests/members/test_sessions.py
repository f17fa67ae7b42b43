from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from members.models import AccountSession, Event
from members.policy import Role
from members.queries import actor_for
from members.services.sessions import browser_in_words
from members.tasks import forget_log_ins
from tests.clients import choose
from tests.factories import (
    NOON,
    PASSWORD,
    AccountFactory,
    AccountSessionFactory,
    MemberFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db

HOME = reverse("home")
SESSIONS = reverse("members:session_list")
OTHERS = reverse("members:session_end_others")
PASSWORDS = reverse("members:password_change")
ROLL = reverse("members:member_list")
NEW = "một mật khẩu mới của tôi"
HTMX = {"HX-Request": "true"}
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def client_of(account, **headers) -> Client:
    client = Client(headers=headers)
    client.force_login(account)
    return client


def is_in(client) -> bool:
    return client.get(SESSIONS).status_code == 200


@pytest.fixture
def secretary():
    return PostFactory(role=Role.SECRETARY).account


@pytest.fixture
def member():
    return AccountFactory(member=MemberFactory())


ACCOUNTS = {
    "holder of a post": lambda: PostFactory(role=Role.OUTSIDE).account,
    "neither member nor holder": AccountFactory,
    "technical": lambda: AccountFactory(member=MemberFactory(), is_technical=True),
    "member with a post": lambda: AccountFactory(
        member=PostFactory(member=MemberFactory()).member
    ),
    "member": lambda: AccountFactory(member=MemberFactory()),
}
LIMITS = {
    **dict.fromkeys(ACCOUNTS, (HOUR / 2, 12 * HOUR)),
    "member": (12 * HOUR, 24 * HOUR),
}


@pytest.mark.parametrize("kind", ACCOUNTS)
def test_a_session_locks_after_a_time_without_use(clock, kind):
    idle, _ = LIMITS[kind]
    client = client_of(ACCOUNTS[kind]())
    assert is_in(client)

    clock.shift(idle - SECOND)
    assert is_in(client)
    clock.shift(idle)
    assert not is_in(client)
    assert AccountSession.objects.count() == 1


@pytest.mark.parametrize("kind", ACCOUNTS)
def test_a_session_in_use_ends_all_the_same(clock, kind):
    idle, whole = LIMITS[kind]
    client = client_of(ACCOUNTS[kind]())
    assert is_in(client)

    step = idle / 2
    for _ in range(whole // step - 1):
        clock.shift(step)
        assert is_in(client)
    clock.shift(step)

    assert not is_in(client)


def test_a_new_post_shortens_the_session_that_is_open(member, clock):
    client = client_of(member)
    assert is_in(client)
    PostFactory(member=member.member)

    clock.shift(HOUR / 2)

    assert not is_in(client)


def test_a_page_that_asks_by_itself_keeps_nobody_logged_in(secretary, clock):
    client = client_of(secretary)
    assert is_in(client)

    answers = []
    for _ in range(4):
        clock.shift(HOUR / 6)
        answers.append(client.get(ROLL, headers=HTMX).status_code)

    assert answers == [200, 200, 302, 302]


@pytest.mark.parametrize("query", ["?poll=1", "?htmx=1", "?next=/"])
def test_nothing_in_a_request_skips_the_limits(secretary, clock, query):
    client = client_of(secretary)
    assert is_in(client)
    clock.shift(HOUR)

    for headers in ({}, HTMX, {"X-Requested-With": "XMLHttpRequest"}):
        answer = client.get(f"{ROLL}{query}", headers=headers)
        assert answer.status_code == 302


def test_who_is_logged_out_by_time_is_told_and_has_no_authority(secretary, clock):
    client = client_of(secretary)
    assert is_in(client)
    clock.shift(12 * HOUR)

    answer = client.get(ROLL)

    assert answer.url == f"{reverse('members:login')}?next={ROLL}"
    assert len(list(get_messages(answer.wsgi_request))) == 1
    assert answer.wsgi_request.actor.posts == ()
    assert "notice-info" in client.get(answer.url).text


def test_use_is_noted_at_most_once_a_minute(secretary, clock):
    client = client_of(secretary)
    noted = []
    for _ in range(5):
        client.get(HOME)
        noted.append(AccountSession.objects.get().seen_at - NOON)
        clock.shift(timedelta(seconds=25))

    seconds = [each.total_seconds() for each in noted]
    assert seconds == [0, 0, 0, 75, 75]


def test_one_sees_the_own_open_sessions_alone(secretary):
    phone = client_of(secretary, user_agent="Mozilla (Linux; Android 14) Chrome/140")
    phone.get(HOME)
    AccountSessionFactory()
    AccountSessionFactory(account=secretary, seen_at=NOON - HOUR, browser="Edge")
    AccountSessionFactory(account=secretary, begun_at=NOON - 12 * HOUR)
    here = client_of(secretary)
    here.get(HOME)
    AccountSession.objects.filter(browser__startswith="Chrome").update(
        seen_at=NOON + timedelta(seconds=30)
    )

    page = here.get(SESSIONS)

    assert [each.browser for each in page.context["sessions"]] == [
        "",
        "Chrome, Android",
        "Edge",
    ]
    assert page.context["current"] == here.session.session_key
    assert page.text.count("<tr>") == 4


def test_each_session_can_be_ended_and_only_it(secretary):
    first, second, here = (client_of(secretary) for _ in range(3))
    for client in (first, second):
        client.get(HOME)
    session = AccountSession.objects.get(session=first.session.session_key)

    done = here.post(reverse("members:session_end", args=[session.pk]))

    assert done.url == SESSIONS
    assert (is_in(first), is_in(second), is_in(here)) == (False, True, True)
    (event,) = Event.objects.filter(action="sessions.ended")
    assert (event.account, event.subject_id, event.data) == (
        secretary,
        secretary.pk,
        {"sessions": 1},
    )


def test_ending_the_own_session_is_a_log_out(secretary):
    client = client_of(secretary)
    client.get(HOME)
    session = AccountSession.objects.get()

    client.post(reverse("members:session_end", args=[session.pk]))

    assert not is_in(client)
    assert not Session.objects.exists()


def test_all_others_can_be_ended_at_once(secretary):
    others = [client_of(secretary) for _ in range(2)]
    stranger = client_of(AccountFactory())
    for client in (*others, stranger):
        client.get(HOME)
    here = client_of(secretary)

    here.post(OTHERS)

    assert [is_in(client) for client in (*others, here, stranger)] == [
        False,
        False,
        True,
        True,
    ]


@pytest.fixture
def only_in(secretary):
    """Whoever has the password has logged in with it, and asked for nothing since."""
    client = Client(headers={"user-agent": "Mozilla (Linux; Android 14) Chrome/140"})
    typed = {"username": secretary.login, "password": PASSWORD}
    assert client.post(reverse("members:login"), typed).status_code == 302
    return client


def test_who_has_only_logged_in_stands_in_the_list(secretary, only_in):
    here = client_of(secretary)

    shown = here.get(SESSIONS).context["sessions"]

    assert [each.browser for each in shown] == ["", "Chrome, Android"]
    here.post(OTHERS)
    assert not is_in(only_in)


def test_the_limits_count_from_the_log_in(only_in, clock):
    clock.shift(HOUR / 2)

    assert not is_in(only_in)


def test_a_log_out_leaves_no_row(secretary):
    client = client_of(secretary)
    client.get(HOME)

    client.post(reverse("members:logout"))

    assert not AccountSession.objects.exists()


def test_sessions_that_no_cookie_opens_are_forgotten(secretary, clock):
    client_of(secretary).get(HOME)
    clock.shift(24 * HOUR - SECOND)
    forget_log_ins()
    assert AccountSession.objects.count() == 1

    clock.shift(SECOND)
    forget_log_ins()

    assert (AccountSession.objects.count(), Session.objects.count()) == (0, 0)


def change(client, **changed):
    typed = {"old": PASSWORD, "password": NEW, "again": NEW, **changed}
    return client.post(PASSWORDS, typed)


def test_a_new_password_ends_all_sessions_but_this(secretary):
    other, here = client_of(secretary), client_of(secretary)
    other.get(HOME)
    here.get(HOME)

    done = change(here)

    secretary.refresh_from_db()
    assert (done.url, secretary.check_password(NEW)) == (SESSIONS, True)
    assert (is_in(other), is_in(here)) == (False, True)
    assert list(Event.objects.values_list("action", flat=True).order_by("pk")) == [
        "accounts.password_changed",
        "sessions.ended",
    ]
    assert [each.account for each in AccountSession.objects.all()] == [secretary]


def test_a_new_password_makes_no_session_longer(secretary, clock):
    client = client_of(secretary)
    client.get(HOME)
    clock.shift(HOUR / 4)

    change(client)

    session = AccountSession.objects.get()
    assert (session.begun_at, session.seen_at) == (NOON, NOON + HOUR / 4)
    assert session.session_id == client.session.session_key


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": "x"}, "old"),
        ({"old": ""}, "old"),
        ({"again": "khác"}, "again"),
        ({"again": ""}, "again"),
        ({"password": "ngắn", "again": "ngắn"}, "password"),
        ({"password": "dong.chi.yen", "again": "dong.chi.yen"}, "password"),
        ({"password": "Đỗ Thị Yến HN", "again": "Đỗ Thị Yến HN"}, "password"),
    ],
)
def test_a_password_that_is_refused_changes_nothing(typed, field):
    account = AccountFactory(login="dong.chi.yen", display_name="Đỗ Thị Yến")
    client = client_of(account)

    answer = change(client, **typed)

    account.refresh_from_db()
    assert (answer.status_code, account.check_password(PASSWORD)) == (422, True)
    assert list(answer.context["form"].errors) == [field]


def test_the_present_password_is_not_guessed_in_an_open_session(secretary):
    client = client_of(secretary)
    for _ in range(6):
        change(client, old="x")

    change(client)

    secretary.refresh_from_db()
    assert secretary.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, "
            "like Gecko) coc_coc_browser/125.0 Chrome/119.0 Safari/537.36",
            "Cốc Cốc, Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 "
            "Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) "
            "AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A) AppleWebKit/537.36 "
            "SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
            "Samsung Internet, Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox, Linux"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_words(user_agent, words):
    assert browser_in_words(user_agent) == words


def test_the_page_says_how_long_a_session_lasts(secretary, member, english):
    def line(account):
        client = client_of(account)
        choose(client, "en")
        return client.get(SESSIONS).context["limits"]

    assert actor_for(secretary).posts
    assert line(secretary) == (
        "A session locks 30 minutes after its last use: the password opens it again. "
        "It ends 12 hours after it began."
    )
    assert line(member) == (
        "A session locks 12 hours after its last use: the password opens it again. "
        "It ends 24 hours after it began."
    )
