"""A log-in through the site, against the check of its password alone."""

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from benchmarks.measuring import Row, in_turns, timed
from members.models import Account

GOAL = 2
LOG_INS = 30  # in one round
PEOPLE = 10
AT_ONCE = 8  # more than this machine has cores
A_SECOND = 15  # what the peak of a year's end asks for
PASSWORD = "hoa sen nở bên hồ"  # noqa: S105 -- of accounts that end with the benchmark


def measure(*, rounds: int) -> Row:
    """Log people in, one after the other and several at once; check their passwords."""
    people = [
        Account.objects.create_user(f"benchmark-{number}", PASSWORD, display_name="-")
        for number in range(PEOPLE)
    ]
    turns = cycle(people)

    client = Client()

    def ours() -> None:
        for account in islice(turns, LOG_INS):
            _log_in(client, account)

    def plain() -> None:
        for account in islice(turns, LOG_INS):
            assert account.check_password(PASSWORD)

    with override_settings(ALLOWED_HOSTS=["testserver"]):
        times = in_turns(ours, plain, rounds=rounds)
        together, _done = timed(lambda: _all_at_once(list(islice(turns, 4 * LOG_INS))))
    return Row(
        name=f"{LOG_INS} log-ins / the checks of their passwords alone",
        ratio=times.ratio,
        goal=GOAL,
        detail=f"{times}; {LOG_INS / median(times.ours):.3g} log-ins a second one after"
        f" the other, {4 * LOG_INS / together:.3g} by {AT_ONCE} at once (goal:"
        f" {A_SECOND})",
    )


def _log_in(client: Client, account: Account) -> None:
    client.cookies.clear()
    typed = {"username": account.login, "password": PASSWORD}
    answer = client.post(reverse("members:login"), typed, secure=True)
    assert answer.status_code == 302, answer.status_code


def _all_at_once(accounts: list[Account]) -> None:
    def log_in(some: list[Account]) -> None:
        client = Client()
        try:
            for account in some:
                _log_in(client, account)
        finally:
            connection.close()

    shares = [accounts[at::AT_ONCE] for at in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(log_in, shares))
