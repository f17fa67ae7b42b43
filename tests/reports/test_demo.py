"""The demonstration: only on its own data, twice harmless, by a real worker."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from campaigns.models import Campaign, Extension, Participant
from members.models import Account, Job, PartyUnit
from members.policy import Area
from members.queries import actor_for
from reports.documents.pdf import DocumentNotRendered
from reports.management import processes
from reports.management.commands import demo
from reports.models import RollupReport
from reports.services import demonstrating, sources
from reports.tasks import render_rollup
from tests.factories import AccountFactory, CampaignFactory, MemberFactory, UnitFactory

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
SERVICES = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"}


@pytest.fixture(autouse=True)
def signals():
    """The command takes SIGTERM for itself, which the test run needs back."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def worker(monkeypatch):
    """Work that is done at once and in this process; what was to be started."""
    started: list[str] = []
    web = SimpleNamespace(poll=lambda: 1)  # ends at once, and the command with it
    worker = SimpleNamespace(poll=lambda: None)

    @contextmanager
    def running(command, *, log=None, **variables):
        started.append(command)
        if command != processes.WORKER:
            web.variables = variables
        for job in Job.objects.open():
            render_rollup(job.pk)
        yield worker if command == processes.WORKER else web

    monkeypatch.setattr(processes, "running", running)
    monkeypatch.setattr(sources, "html_to_pdf", lambda html: b"%PDF-1.7")
    return SimpleNamespace(started=started, web=web, worker=worker)


def refusal() -> str:
    with override("en"), pytest.raises(demonstrating.NotADemonstration) as refused:
        demonstrating.refuse_other_data()
    return str(refused.value)


@pytest.mark.django_db
def test_an_empty_database_is_welcome():
    demonstrating.refuse_other_data()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: CampaignFactory(code="that-2020", root_unit=own_unit()), "campaign"),
        (lambda: UnitFactory(code="FOREIGN"), "FOREIGN"),
        (lambda: AccountFactory(login="somebody"), "somebody"),
        (lambda: MemberFactory(code="FOREIGN"), "FOREIGN"),
    ],
    ids=["campaign", "unit", "account", "member"],
)
def test_a_row_of_somebody_else_is_named_and_refused(make, named):
    make()

    says = refusal()

    assert named in says
    assert f"The database {connection.settings_dict['NAME']} holds more" in says


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "names_the_folder"),
    [
        (str(settings.VAR / "db.sqlite3"), True),
        ("/elsewhere/db.sqlite3", False),
        ("tusoi", False),
    ],
    ids=["below the folder", "elsewhere", "on a server"],  # the folder is temporary
)
def test_the_refusal_says_how_to_go_on_and_how_to_begin_afresh(
    monkeypatch, name, names_the_folder
):
    AccountFactory(login="somebody")
    monkeypatch.setitem(connection.settings_dict, "NAME", name)

    says = refusal()

    assert "`make run`" in says
    assert "`make worker`" in says
    assert (f"remove the folder {settings.VAR} first" in says) is names_the_folder


def own_unit() -> PartyUnit:
    return UnitFactory(code=demonstrating.scenario().root.code)


@pytest.mark.django_db
def test_a_table_of_another_program_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE orders (id integer)")

    assert "(orders)" in refusal()


@pytest.mark.django_db
def test_a_database_before_its_first_migration_is_welcome(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda cursor: [])
    AccountFactory(login="not-looked-for")

    demonstrating.refuse_other_data()


@pytest.mark.django_db
def test_accounts_are_created_once_and_work():
    own_unit()
    cell = UnitFactory()
    *clerks, secretary, member = demonstrating.demo_accounts()
    for person in (secretary, member):
        MemberFactory(code=person.member, cell=cell)

    demonstrating.create_accounts(now=NOW)
    demonstrating.create_accounts(now=NOW)

    shown = demonstrating.scenario()
    actors = {each.login: actor_for(each) for each in Account.objects.all()}
    units = {
        login: [PartyUnit.objects.get(pk=post.unit_id).code for post in actor.posts]
        for login, actor in actors.items()
    }
    assert units == {
        "vanthu": [shown.root.code],
        "vanthu-khac": [shown.neighbour.code],
        "bithu": [cell.code],
        "dangvien": [],
    }
    assert all(actors[each.login].subtrees(Area.IMPORT) for each in clerks)
    assert actors["bithu"].units(Area.ROLL_EDIT) == (cell.pk,)
    assert actors["dangvien"].member_id is not None
    for account in Account.objects.all():
        assert account.check_password(demonstrating.PASSWORD)


@pytest.mark.django_db
def test_the_web_server_of_the_demonstration_asks_for_no_second_step(worker):
    with suppress(CommandError):
        call_command("demo", port=0)

    assert worker.web.variables == {"SECOND_FACTOR_ASKED": "False"}


@pytest.mark.django_db
def test_a_port_that_is_taken_is_refused_before_anything_is_written():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError) as refused:
            call_command("demo", port=port)

    assert str(port) in str(refused.value)
    assert Campaign.objects.count() == 0


@pytest.mark.django_db
def test_two_do_not_prepare_the_database_at_once(settings, tmp_path):
    settings.VAR = tmp_path
    with (tmp_path / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(CommandError, match="Một lần trình diễn khác"):
            call_command("demo", no_serve=True)

    assert not Campaign.objects.exists()


@pytest.mark.django_db
def test_other_data_are_refused_before_anything_is_written():
    AccountFactory(login="somebody")

    with pytest.raises(CommandError) as refused:
        call_command("demo", no_serve=True)

    assert "somebody" in str(refused.value)
    assert Campaign.objects.count() == 0


@pytest.mark.django_db
def test_the_report_is_made_by_the_worker_and_its_files_are_told(worker, capsys):
    call_command("demo", no_serve=True)

    told = capsys.readouterr().out.splitlines()
    assert worker.started == [processes.WORKER]
    assert told[-2:] == [
        str(settings.VAR / "yen-lac-2018.pdf"),
        str(settings.VAR / "yen-lac-2018.xlsx"),
    ]
    assert (settings.VAR / "yen-lac-2018.pdf").read_bytes() == b"%PDF-1.7"
    assert (settings.VAR / "yen-lac-2018.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.django_db
def test_twice_is_harmless_and_needs_no_worker(worker):
    call_command("demo", no_serve=True)
    first = Campaign.objects.get()

    call_command("demo", no_serve=True)

    assert worker.started == [processes.WORKER]
    assert Campaign.objects.get().version == first.version
    assert (RollupReport.objects.count(), Account.objects.count()) == (1, 4)


@pytest.mark.django_db
def test_a_pledge_can_be_tried_on_the_day_of_loading_and_again_weeks_later(worker):
    call_command("demo", no_serve=True)
    call_command("demo", no_serve=True)
    account = Account.objects.get(login="dangvien")
    client = Client()
    client.force_login(account)

    def card():
        (own,) = client.get(reverse("home")).context["cards"].own
        return own.item.button, own.days_left

    assert card() == ("Viết bản cam kết", 59)
    person = Participant.objects.get(member=account.member)
    begun = client.post(
        reverse("pledges:pledge_begin", args=[person.pk]), {"form": "pledge-2022.1"}
    )
    assert begun.status_code == 302
    assert Extension.objects.count() == 1

    with time_machine.travel(timezone.now() + timedelta(days=90)):
        call_command("demo", no_serve=True)
        client.force_login(account)
        assert card() == ("Viết tiếp", 59)


@pytest.mark.django_db
def test_a_report_that_cannot_be_made_is_told(worker, monkeypatch):
    def fail(html: str) -> bytes:
        raise DocumentNotRendered("Pango is missing.")

    monkeypatch.setattr(sources, "html_to_pdf", fail)

    with pytest.raises(CommandError) as refused:
        call_command("demo", no_serve=True)

    assert str(refused.value) == "Pango is missing."


@pytest.mark.django_db
def test_a_worker_that_stops_is_told_with_its_log(worker, monkeypatch):
    @contextmanager
    def dead(command, *, log=None):
        yield SimpleNamespace(poll=lambda: 1)

    monkeypatch.setattr(processes, "running", dead)

    with pytest.raises(CommandError) as refused:
        call_command("demo", no_serve=True)

    assert str(settings.VAR / "log" / "worker.log") in str(refused.value)


@pytest.mark.django_db
def test_serving_tells_the_address_and_the_accounts(worker, capsys):
    def interrupted():
        raise KeyboardInterrupt

    worker.web.poll = interrupted
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    call_command("demo", port=port)

    told = capsys.readouterr().out
    assert f"http://127.0.0.1:{port}/" in told
    for account in demonstrating.demo_accounts():
        assert f" {account.login}," in told
    assert told.count(demonstrating.PASSWORD) == 4
    assert worker.started[-1] == processes.WEB.format(address=f"127.0.0.1:{port}")


@pytest.mark.django_db
@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_cannot_be_is_refused_before_anything_is_done(worker, port):
    with pytest.raises(CommandError, match="1 đến 65535"):
        call_command("demo", port=port)

    assert not worker.started


def test_a_broker_that_is_silent_is_refused_before_anything_is_done(worker, settings):
    settings.REDIS_URL = settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    with pytest.raises(CommandError, match="REDIS_URL"):
        demo._refuse_a_silent_broker()

    assert not worker.started


@pytest.mark.django_db
def test_who_ends_it_before_the_report_is_made_is_told_so(worker, monkeypatch):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo.Command, "_render", interrupted)

    with pytest.raises(CommandError, match="trước khi lập xong") as ended:
        call_command("demo", no_serve=True)

    assert ended.value.returncode == 130


@pytest.mark.django_db
def test_a_web_server_that_stops_is_told(worker):
    with pytest.raises(CommandError) as refused:
        call_command("demo", port=0)

    assert "web.log" in str(refused.value)


@pytest.mark.django_db
def test_a_worker_that_dies_is_followed_by_the_next(worker):
    life = iter([None])  # of the worker, as long as the report is made
    worker.worker.poll = lambda: next(life, 1)
    looks = iter([None] * 4)  # at the web server: two for each worker
    worker.web.poll = lambda: next(looks, 1)

    with pytest.raises(CommandError):
        call_command("demo", port=0)

    served = [processes.WEB.format(address="127.0.0.1:0")]
    assert worker.started == [processes.WORKER, *served, *[processes.WORKER] * 2]


@pytest.mark.long
def test_on_a_bare_machine_a_real_worker_makes_the_report(tmp_path):
    environment = {
        name: value for name, value in os.environ.items() if name not in SERVICES
    }

    def demo() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, settings.BASE_DIR / "manage.py", "demo", "--no-serve"],
            env=environment | {"TUSOI_VAR": str(tmp_path)},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    first, second = demo(), demo()

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    files = ["yen-lac-2018.pdf", "yen-lac-2018.xlsx"]
    assert first.stdout.splitlines()[-2:] == files
    assert second.stdout.splitlines()[-2:] == files
    assert (tmp_path / files[0]).read_bytes().startswith(b"%PDF-1.7")
    assert not (tmp_path / "log" / "web.log").exists()
