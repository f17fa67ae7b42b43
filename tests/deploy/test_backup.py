"""A backup is what was there at one moment, and the drill finds what is wrong with it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.db import connection

from deploy import backup
from deploy.backup import NotDone, drill, dump
from tests.factories import MembershipFactory, UnitFactory
from tests.members.log import TABLES as LOG
from tests.members.log import write_log

ROOT = Path(__file__).resolve().parents[2]
ROLES = {
    "tusoi_tests_backup": "LOGIN BYPASSRLS PASSWORD 'only-for-tests'",
    "tusoi_tests_page": "LOGIN PASSWORD 'only-for-tests'",
    "tusoi_tests_owner": "LOGIN PASSWORD 'only-for-tests'",
}

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def url_of(*, role: str = "", name: str = "") -> str:
    """The database of the test, or another of its server, as whoever is named."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    if role:
        host = parts.netloc.rpartition("@")[2]
        parts = parts._replace(netloc=f"{role}:only-for-tests@{host}")
    return parts._replace(path=f"/{name or connection.settings_dict['NAME']}").geturl()


@pytest.fixture
def roles():
    with connection.cursor() as cursor:
        for role, can in ROLES.items():
            cursor.execute(f"DROP ROLE IF EXISTS {role}")
            cursor.execute(f"CREATE ROLE {role} {can}")
        cursor.execute("GRANT pg_read_all_data TO tusoi_tests_backup")
    yield
    with connection.cursor() as cursor:
        for role in ROLES:
            cursor.execute(f"DROP OWNED BY {role}")
            cursor.execute(f"DROP ROLE {role}")


@pytest.fixture
def made(roles, tmp_path):
    """A backup of a site with people, a log and files, made by the role for it."""
    write_log()
    MembershipFactory.create_batch(3, unit=UnitFactory(pk=10_001))
    files = tmp_path / "files"
    (files / "plans").mkdir(parents=True)
    (files / "plans" / "a.pdf").write_bytes(b"%PDF-1.7")
    folder = tmp_path / "backup"
    dump(url_of(role="tusoi_tests_backup"), folder, files=files)
    return folder


def databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'tusoi_drill%'"
        )
        return {name for (name,) in cursor.fetchall()}


def in_copy_of(folder: Path, tmp_path: Path, *statements: str) -> Path:
    """The same backup after somebody has changed a restored copy and dumped it again."""
    before = databases()
    drill(folder, url_of(), keep=True)
    (name,) = databases() - before
    other = psycopg2.connect(url_of(name=name))
    other.autocommit = True
    with other.cursor() as cursor:
        for table in LOG:  # as the owner, whom no trigger stops
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            cursor.execute(statement)
    other.close()
    tampered = tmp_path / "tampered"
    dump(url_of(name=name), tampered)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    return tampered


def test_a_backup_is_restored_with_every_row_and_a_whole_log(made, capsys):
    said = json.loads((made / backup.SAID).read_text())

    faults = drill(made, url_of(), kept_seal=said["seal"][1])

    assert faults == []
    assert said["tables"]["members_member"] >= 3
    assert said["tables"]["members_event"] == 11
    assert said["seal"][0] == 2
    assert f"2: {said['seal'][1]}" in capsys.readouterr().out  # as verify_log tells it
    assert databases() == set()
    assert (made / backup.DUMP).stat().st_mode & 0o077 == 0


def test_a_role_that_does_not_see_every_row_makes_no_backup(roles, tmp_path):
    with pytest.raises(NotDone, match="does not see every row"):
        dump(url_of(role="tusoi_tests_page"), tmp_path / "backup")
    assert not (tmp_path / "backup" / backup.DUMP).exists()


def test_a_changed_event_is_found_though_the_dump_was_made_anew(made, tmp_path):
    tampered = in_copy_of(
        made,
        tmp_path,
        "UPDATE members_event SET data = '{\"rows\": 4}' WHERE position = 2",
    )

    (fault,) = drill(tampered, url_of())

    assert fault.startswith("verify_log: ")


def test_a_log_whose_end_was_cut_whole_is_found_by_the_seal_kept_elsewhere(
    made, tmp_path
):
    kept = json.loads((made / backup.SAID).read_text())["seal"][1]
    tampered = in_copy_of(
        made,
        tmp_path,
        "DELETE FROM members_sealedhead",
        "DELETE FROM members_logseal",
        "DELETE FROM members_loghead",
        "DELETE FROM members_event",
    )

    assert drill(tampered, url_of()) == []
    (fault,) = drill(tampered, url_of(), kept_seal=kept)
    assert "kept elsewhere" in fault


def test_rows_that_are_gone_are_counted(made, tmp_path):
    tampered = in_copy_of(made, tmp_path, "DELETE FROM members_membership")
    said = json.loads((made / backup.SAID).read_text())
    now = json.loads((tampered / backup.SAID).read_text())
    (tampered / backup.SAID).write_text(json.dumps({**said, "dump": now["dump"]}))

    faults = drill(tampered, url_of())

    there = said["tables"]["members_membership"]
    assert faults == [f"Table members_membership has 0 rows of {there}."]


def test_another_dump_and_other_files_are_found(made, tmp_path):
    said = json.loads((made / backup.SAID).read_text())
    (made / backup.SAID).write_text(json.dumps({**said, "dump": "0" * 64}))
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path / "files", copy)
    assert len(drill(made, url_of(), files=copy)) == 1

    (copy / "plans" / "a.pdf").write_bytes(b"other")
    assert "File plans/a.pdf is another." in drill(made, url_of(), files=copy)
    (copy / "plans" / "a.pdf").unlink()
    assert "File plans/a.pdf is missing." in drill(made, url_of(), files=copy)


def test_a_site_goes_on_from_a_backup_with_its_two_roles(made):
    """As deploy/README.md tells it, word by word."""
    name = "tusoi_drill_in_earnest"
    environment = {
        **os.environ,
        "SECRET_KEY": "k" * 50,
        "DATABASE_URL": url_of(role="tusoi_tests_page", name=name),
        "DATABASE_OWNER_URL": url_of(role="tusoi_tests_owner", name=name),
    }
    manage = [sys.executable, "manage.py"]
    restore = ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error"]
    restore += ["--role=tusoi_tests_owner", f"--dbname={url_of(name=name)}"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} OWNER tusoi_tests_owner")
    try:
        subprocess.run([*restore, str(made / backup.DUMP)], check=True)
        for command in (["migrate", "--verbosity=0"], ["verify_log"]):
            subprocess.run([*manage, *command], cwd=ROOT, env=environment, check=True)
        look = "from members.services.database_roles import second_lock as lock;"
        look += (
            "from members.models import Member; print(lock(), Member.objects.count())"
        )
        shell = [*manage, "shell", "--no-imports", "-c", look]
        told = subprocess.run(
            shell, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        assert told.stdout.split() == ["HELD", "3"]  # a command sees all
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_dump_that_cannot_be_read_leaves_no_database(made):
    with (made / backup.DUMP).open("r+b") as file:
        file.truncate(2_000)

    with pytest.raises(NotDone, match="pg_restore failed"):
        drill(made, url_of())

    assert databases() == set()


def test_the_commands_say_what_they_need_and_what_they_found(made):
    def run(*words, **environment):
        named = {**os.environ, "SECRET_KEY": "k" * 50, **environment}
        command = [sys.executable, "-m", "deploy.backup", *map(str, words)]
        return subprocess.run(
            command, cwd=ROOT, env=named, capture_output=True, text=True, check=False
        )

    missing = run("dump", made.parent / "again", BACKUP_URL="")
    assert (missing.returncode, "Set BACKUP_URL" in missing.stderr) == (1, True)
    again = run(
        "dump", made.parent / "again", BACKUP_URL=url_of(role="tusoi_tests_backup")
    )
    assert again.returncode == 0
    seal = again.stdout.strip().rpartition(" ")[2]
    good = run("drill", made.parent / "again", "--seal", seal, DRILL_URL=url_of())
    assert (good.returncode, good.stderr) == (0, "")
    assert "0 faults" in good.stdout
    bad = run("drill", made.parent / "again", "--seal", "f" * 64, DRILL_URL=url_of())
    assert (bad.returncode, "kept elsewhere" in bad.stderr) == (1, True)
    none = run("drill", made.parent / "nothing", DRILL_URL=url_of())
    assert (none.returncode, "There is no backup" in none.stderr) == (1, True)
    away = run("dump", made.parent / "x", BACKUP_URL="postgres://a@127.0.0.1:1/a")
    assert (away.returncode, "cannot be reached" in away.stderr) == (1, True)
