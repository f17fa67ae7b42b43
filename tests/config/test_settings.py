import importlib
import json
import os
import secrets
import stat
import subprocess
import sys

import pytest

LOOK = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""
SITE = {
    "DATABASE_URL": "postgres://tusoi@127.0.0.1/tusoi",
    "SECRET_KEY": "only-for-this-test-" + "0123456789" * 4,
    "DJANGO_SETTINGS_MODULE": "config.settings",
}


OPTIONS = """
import json, sys
{}
from django.db import connection
print(json.dumps(connection.settings_dict["OPTIONS"]["options"]))
"""


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def look(tmp_path):
    """What settings come to in a process of its own, by its environment alone."""

    def settings_of(*names, script=LOOK, umask=0o022, **variables):
        done = subprocess.run(
            [sys.executable, "-c", script, *names],
            env={
                "PATH": os.environ["PATH"],
                "TUSOI_VAR": str(tmp_path / "var"),
                **SITE,
                **variables,
            },
            umask=umask,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return settings_of


@pytest.fixture
def key_of():
    return importlib.import_module("config.settings").embedded_secret_key


def test_only_what_answers_pages_is_cut_off_after_seconds(look):
    of_all = "-c idle_in_transaction_session_timeout=5min -c jit=off"
    of_pages = f"{of_all} -c statement_timeout=10s -c lock_timeout=3s"

    assert look(script=OPTIONS.format("import config.celery")) == of_all
    assert look(script=OPTIONS.format("import config.wsgi")) == of_pages


def test_a_header_that_anybody_can_send_is_not_believed_unless_told(look):
    names = ("SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER")

    assert look(*names) == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_PROXY_SSL_HEADER": None,
    }
    assert look(*names, BEHIND_PROXY="True") == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    }


def test_a_domain_enters_the_browsers_lists_only_by_its_owners_word(look):
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_PRELOAD")

    assert look(*names) == {
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_HSTS_PRELOAD": False,
    }
    assert look(*names, HSTS_PRELOAD="True")["SECURE_HSTS_PRELOAD"] is True


def test_the_folder_of_the_data_is_its_owners_alone(look, tmp_path):
    found = look("FILE_UPLOAD_PERMISSIONS", "FILE_UPLOAD_DIRECTORY_PERMISSIONS")

    assert mode_of(tmp_path / "var") == 0o700
    assert found == {
        "FILE_UPLOAD_PERMISSIONS": 0o600,
        "FILE_UPLOAD_DIRECTORY_PERMISSIONS": 0o700,
    }


def test_a_folder_that_was_there_keeps_the_rights_its_owner_gave_it(look, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var").chmod(0o750)

    look("DEBUG")

    assert mode_of(tmp_path / "var") == 0o750


def test_the_key_is_made_once_and_read_by_its_owner_alone(key_of, tmp_path):
    path = tmp_path / "secret_key"

    key = key_of(path)

    assert (len(key) > 50, key_of(path)) == (True, key)
    assert mode_of(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_key_whose_making_broke_off_leaves_nothing(key_of, tmp_path, monkeypatch):
    def break_off(size):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(secrets, "token_urlsafe", break_off)
        with pytest.raises(KeyboardInterrupt):
            key_of(tmp_path / "secret_key")

    assert list(tmp_path.iterdir()) == []
    assert len(key_of(tmp_path / "secret_key")) > 50


def test_of_two_that_make_the_key_both_get_the_first(key_of, tmp_path, monkeypatch):
    path = tmp_path / "secret_key"

    def other_was_quicker(size):
        path.write_text("the other's key", encoding="ascii")
        return "mine"

    monkeypatch.setattr(secrets, "token_urlsafe", other_was_quicker)

    assert key_of(path) == "the other's key"


def manage(*arguments, **changes):
    environment = {**os.environ, "DATABASE_URL": SITE["DATABASE_URL"], **changes}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["check", "makemigrations"])
def test_what_is_not_set_is_said_in_one_line(command):
    done = manage(command, SECRET_KEY="")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Set SECRET_KEY: a random text of 50 characters or more, the same for every "
        "process of this site."
    ]


def test_an_argument_that_is_no_text_is_refused_in_one_line():
    done = manage("rollup", "--out", b"/tmp/\xff", SECRET_KEY=SITE["SECRET_KEY"])

    assert done.returncode == 1
    assert done.stderr == "This argument is not UTF-8: '/tmp/\\udcff'\n"


def test_another_place_to_log_in_is_off_and_reached_by_https_alone(look):
    assert look("OIDC_ISSUER") == {"OIDC_ISSUER": ""}
    issuer = "https://provider.example"
    assert look("OIDC_ISSUER", OIDC_ISSUER=f"{issuer}/") == {"OIDC_ISSUER": issuer}
    with pytest.raises(subprocess.CalledProcessError) as refused:
        look("OIDC_ISSUER", OIDC_ISSUER="http://provider.example")
    assert "OIDC_ISSUER must begin with https://" in refused.value.stderr
