import os
import signal
import subprocess
import sys
import time

import psycopg2
import pytest
import redis

from deploy import packages, test_services

NAMED = {"DATABASE_URL": "postgres://named/db", "REDIS_URL": "redis://named/0"}
DATABASES = "SELECT datname FROM pg_database"
SLOW_TO_TIDY = """
import sys, time
try:
    print("up", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.3)
    sys.exit(7)
"""

needs_postgres = pytest.mark.skipif(
    packages.postgres_folder() is None, reason="no PostgreSQL programs"
)


def run_wrapper(*command, environment):
    return subprocess.run(
        [sys.executable, "-m", "deploy.test_services", *command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def wrapped():
    """The wrapper around a command that tidies up on Ctrl-C, in a group of its own."""
    command = [sys.executable, "-m", "deploy.test_services"]
    with subprocess.Popen(
        [*command, sys.executable, "-c", SLOW_TO_TIDY],
        env={**os.environ, **NAMED},
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout.readline() == b"up\n"
        yield process


def test_named_services_are_used_as_they_are():
    look = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"

    done = run_wrapper(sys.executable, "-c", look, environment=NAMED)

    assert (done.returncode, done.stdout) == (
        0,
        "postgres://named/db redis://named/0\n",
    )


def test_a_run_without_a_secret_key_gets_one_of_its_own(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    look = "import os; print(len(os.environ['SECRET_KEY']) > 50)"

    done = run_wrapper(sys.executable, "-c", look, environment=NAMED)

    assert (done.returncode, done.stdout) == (0, "True\n")


def test_the_exit_code_is_that_of_the_command():
    done = run_wrapper("sh", "-c", "exit 5", environment=NAMED)

    assert done.returncode == 5


def test_sqlite_is_refused_with_a_sentence():
    done = run_wrapper("true", environment={"DATABASE_URL": "sqlite:///db.sqlite3"})

    assert (done.returncode, done.stderr) == (1, f"{test_services.NO_SQLITE}\n")


def test_ctrl_c_lets_the_command_tidy_up_and_gives_its_exit_code(wrapped):
    os.killpg(wrapped.pid, signal.SIGINT)

    assert wrapped.wait(10) == 7


def test_what_is_sent_to_us_alone_reaches_the_command(wrapped):
    wrapped.send_signal(signal.SIGTERM)

    assert wrapped.wait(10) == 128 + signal.SIGTERM


@pytest.fixture(scope="module")
def private_postgres():
    with test_services.private_postgres() as url:
        yield url.rpartition("/")[0]


def execute(server, statement):
    connection = psycopg2.connect(f"{server}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


@needs_postgres
def test_a_private_postgres_lives_as_long_as_its_block():
    with test_services.private_postgres() as url:
        server = url.rpartition("/")[0]
        assert test_services.may_create_databases(server)

    assert not test_services.may_create_databases(server)


@needs_postgres
def test_who_may_only_read_may_not_create_databases(private_postgres):
    execute(private_postgres, "CREATE ROLE reader LOGIN")
    as_reader = private_postgres.replace("//postgres@", "//reader@")

    assert not test_services.may_create_databases(as_reader)


@needs_postgres
def test_what_an_interrupted_run_leaves_on_a_shared_server_is_dropped(private_postgres):
    name = test_services.DATABASE_NAME
    names = {f"test_{name}", f"test_{name}_gw1", f"test_{name}1"}

    with test_services.tidied(private_postgres) as url:
        for database in names:
            execute(private_postgres, f"CREATE DATABASE {database}")

    left = {database for (database,) in execute(private_postgres, DATABASES)}
    assert url == f"{private_postgres}/{name}"
    assert left & names == {f"test_{name}1"}


@pytest.mark.skipif(not packages.REDIS.is_met(), reason="no redis-server")
def test_a_private_redis_lives_as_long_as_its_block():
    with test_services.private_redis() as url, redis.Redis.from_url(url) as client:
        assert client.ping()

    with redis.Redis.from_url(url) as client, pytest.raises(redis.ConnectionError):
        client.ping()


def test_a_server_that_does_not_start_is_shown_with_what_it_said(tmp_path, monkeypatch):
    monkeypatch.setattr(test_services, "READY_SECONDS", 0.1)
    log = tmp_path / "log"
    log.write_text("FATAL: no room\n")

    with pytest.raises(test_services.ServiceUnavailable) as refusal:
        test_services.wait_until(lambda: False, log)

    assert str(refusal.value) == "It did not start:\nFATAL: no room\n"


def test_a_server_that_ignores_the_request_to_end_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(test_services, "STOP_SECONDS", 0.2)
    log = tmp_path / "log"
    stubborn = "trap '' INT; echo up; while true; do sleep 0.1; done"

    started = time.monotonic()
    with test_services.server(["sh", "-c", stubborn], log):
        test_services.wait_until(lambda: log.read_text() == "up\n", log)

    assert time.monotonic() - started < 5


def test_a_server_that_lets_nobody_in_is_not_taken(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise psycopg2.OperationalError("no password supplied")

    monkeypatch.setattr(psycopg2, "connect", refuse)

    assert test_services.local_postgres() is None
