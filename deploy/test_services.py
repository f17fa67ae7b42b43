"""Run a command as a site with a real PostgreSQL and Redis; `make test` calls it.

    .venv/bin/python -m deploy.test_services COMMAND [ARGUMENT…]

Those named by `DATABASE_URL` and `REDIS_URL`; else those on their usual local
ports; else private throw-away ones, ended when the command ends.
"""

import getpass
import os
import pwd
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from urllib.parse import quote

import psycopg2
import redis

from deploy import packages

LOCAL = "127.0.0.1"
DATABASE_NAME = f"tusoi_{os.getpid()}"  # two runs at once do not meet
READY_SECONDS = 30
STOP_SECONDS = 10
NO_SQLITE = (
    "DATABASE_URL names SQLite, but the tests need what only PostgreSQL has:"
    " name a PostgreSQL database, or unset DATABASE_URL."
)


class ServiceUnavailable(Exception):
    """The tests cannot run; the text is for whoever typed the command."""


def main(command: Sequence[str]) -> int:
    """Run the command with `DATABASE_URL` and `REDIS_URL` set; return its exit code."""
    signal.signal(signal.SIGTERM, end_cleanly)
    try:
        with ExitStack() as stack:
            key = {"SECRET_KEY": secrets.token_urlsafe(50)}  # such a site asks for one
            return run(command, {**key, **os.environ, **services(stack)})
    except (ServiceUnavailable, packages.PackagesMissing) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def services(stack: ExitStack) -> dict[str, str]:
    """Return the addresses of both services, starting on `stack` what is missing."""
    database_url = os.environ.get("DATABASE_URL")
    redis_url = os.environ.get("REDIS_URL") or local_redis_url()
    if database_url and database_url.startswith("sqlite"):
        raise ServiceUnavailable(NO_SQLITE)
    local = None if database_url else local_postgres()
    # Tests that kill workers empty a Redis, so they start one of their own.
    needs = [*packages.BROWSER, packages.REDIS]
    needs += [] if database_url or local else [packages.POSTGRES]
    packages.ensure(needs)
    if not database_url:
        database_url = stack.enter_context(
            tidied(local) if local else private_postgres()
        )
    return {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url or stack.enter_context(private_redis()),
    }


def local_postgres() -> str | None:
    """Return the server on the usual port where someone may make databases.

    Only accounts that need no password are tried.
    """
    for user in dict.fromkeys((getpass.getuser(), "postgres", "root")):
        url = f"postgres://{user}@{LOCAL}:5432"
        if may_create_databases(url):
            return url
    return None


@contextmanager
def tidied(server_url: str) -> Iterator[str]:
    """Name a database for the block; drop what an interrupted run left of it."""
    try:
        yield f"{server_url}/{DATABASE_NAME}"
    finally:
        connection = psycopg2.connect(f"{server_url}/postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(datname) FROM pg_database WHERE datname ~ %s",
                [f"^test_{DATABASE_NAME}(_gw[0-9]+)?$"],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.close()


def may_create_databases(server_url: str) -> bool:
    """Return whether the server lets this user in, and make databases."""
    try:
        connection = psycopg2.connect(f"{server_url}/postgres", connect_timeout=2)
    except psycopg2.OperationalError:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        (may,) = cursor.fetchone() or (False,)
    connection.close()
    return bool(may)


def local_redis_url() -> str | None:
    """Return an empty database of the server on the usual port, counting down."""
    for number in range(15, 0, -1):
        with redis.Redis(host=LOCAL, db=number, socket_timeout=2) as client:
            try:
                if client.dbsize() == 0:
                    return f"redis://{LOCAL}:6379/{number}"
            except redis.RedisError:
                return None
    return None


@contextmanager
def private_postgres() -> Iterator[str]:
    """Start a PostgreSQL of our own, reachable by a socket in its folder only."""
    programs = packages.postgres_folder()
    assert programs is not None
    packages.say("starting a private PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="tusoi-pg-") as name:
        folder, account = Path(name), unprivileged_account()
        if account:
            os.chown(folder, account["user"], account["group"])
        make_cluster(programs / "initdb", folder, account)
        command = [str(programs / "postgres"), "-D", f"{folder}/data", "-k", name]
        for setting in ("listen_addresses=", "fsync=off", "full_page_writes=off"):
            command += ["-c", setting]
        url = f"postgres://postgres@{quote(name, safe='')}"
        with server(command, folder / "log", account):
            wait_until(lambda: may_create_databases(url), folder / "log")
            yield f"{url}/{DATABASE_NAME}"


def unprivileged_account() -> dict[str, Any]:
    """Return who runs PostgreSQL, which refuses root; empty if we are not root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def make_cluster(initdb: Path, folder: Path, account: Mapping[str, Any]) -> None:
    """Make the files of an empty cluster in `folder/data`."""
    command = [str(initdb), "-D", f"{folder}/data", "-U", "postgres", "--no-sync"]
    command += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, **account
    )
    if done.returncode != 0:
        raise ServiceUnavailable(f"PostgreSQL cannot be set up:\n{done.stderr}")


@contextmanager
def private_redis() -> Iterator[str]:
    """Start a Redis of our own on a free port, which keeps nothing."""
    packages.say("starting a private Redis")
    with tempfile.TemporaryDirectory(prefix="tusoi-redis-") as name:
        port = free_port()
        command = ["redis-server", "--bind", LOCAL, "--port", str(port)]
        command += ["--save", "", "--appendonly", "no", "--dir", name]
        log = Path(name) / "log"
        with server(command, log), redis.Redis(host=LOCAL, port=port) as client:
            wait_until(lambda: answers(client), log)
            yield f"redis://{LOCAL}:{port}/0"


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        port: int = probe.getsockname()[1]
        return port


def answers(client: redis.Redis) -> bool:
    """Return whether Redis is up."""
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


@contextmanager
def server(
    command: Sequence[str], log: Path, account: Mapping[str, Any] | None = None
) -> Iterator[None]:
    """Run a server while the block runs.

    In a session of its own: Ctrl-C is for the tests, which still need their
    databases while they tidy up.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=log.parent,
            stdout=output,
            stderr=output,
            start_new_session=True,
            **(account or {}),
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)  # to PostgreSQL: without waiting for clients
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(is_ready: Callable[[], bool], log: Path) -> None:
    """Return as soon as the server is ready.

    Raises: ServiceUnavailable with what it wrote, if that takes too long.
    """
    give_up_at = time.monotonic() + READY_SECONDS
    while not is_ready():
        if time.monotonic() > give_up_at:
            raise ServiceUnavailable(f"It did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.05)


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the command to its end, whatever is pressed or sent; return its exit code.

    A Ctrl-C reaches the command from the terminal, with us; what is sent to us
    alone is handed on.
    """
    with subprocess.Popen(command, env=environment) as child:

        def hand_on(number: int, _frame: FrameType | None) -> None:
            child.send_signal(number)

        signal.signal(signal.SIGINT, lambda _number, _frame: None)
        signal.signal(signal.SIGTERM, hand_on)
        signal.signal(signal.SIGHUP, hand_on)
        code = child.wait()
    return code if code >= 0 else 128 - code


def end_cleanly(number: int, _frame: FrameType | None) -> NoReturn:
    """End by an exception, so that what was started is stopped."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
