"""List of parts, search for secrets, check against advisories: each can fail."""

import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from packaging.utils import canonicalize_name

from deploy import advisories, parts, secret_search
from deploy.advisories import NothingSaid
from deploy.locked import RUNTIME, Part, parts_of

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 27, tzinfo=UTC)
LOCK = RUNTIME.read_text(encoding="utf-8")
PARTS = [Part("good-part", "1.2.0", ()), Part("django", "5.2.19", ())]


def advisory(
    name="django", *, number="PYSEC-1", modified="2026-11-26T00:00:00Z", **kind
):
    affected = {"package": {"ecosystem": "PyPI", "name": name}, **kind}
    return {
        "id": number,
        "modified": modified,
        "summary": "a hole",
        "affected": [affected],
    }


def between(*events):
    return {"ranges": [{"type": "ECOSYSTEM", "events": [*events]}]}


OF_OLD_DJANGO = advisory(**between({"introduced": "0"}, {"fixed": "4.2"}))


def test_the_list_names_every_part_that_is_installed_and_no_host():
    made = parts.list_of(LOCK)

    pinned = set(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==([^ ]+)", LOCK, re.MULTILINE))
    listed = {(each["name"], each["version"]) for each in made["components"]}
    assert listed == pinned
    assert made["bomFormat"] == "CycloneDX"
    assert all(each["hashes"] for each in made["components"])
    assert "://" not in json.dumps(
        [{**each, "licenses": None} for each in made["components"]]
    )


def test_equal_locks_make_equal_lists():
    assert parts.list_of(LOCK) == parts.list_of(LOCK)
    other = parts.list_of(LOCK + "another==1.0 \\\n")
    assert other["serialNumber"] != parts.list_of(LOCK)["serialNumber"]


def test_the_list_is_written(tmp_path, monkeypatch, capsys):
    file = tmp_path / "new" / "parts.json"
    monkeypatch.setattr(sys, "argv", ["parts", str(file)])

    assert parts.main() == 0

    assert json.loads(file.read_text())["components"]
    assert str(file) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "version", "is_known"),
    [
        ({"versions": ["1.2.0"]}, "1.2.0", True),
        ({"versions": ["1.2.0"]}, "1.2.1", False),
        (between({"introduced": "0"}), "1.2.0", True),
        (between({"introduced": "1.2"}, {"fixed": "1.3"}), "1.2.0", True),
        (between({"introduced": "1.2"}, {"fixed": "1.3"}), "1.3", False),
        (between({"introduced": "1.3"}), "1.2.0", False),
        (between({"introduced": "1"}, {"last_affected": "1.2.0"}), "1.2.0", True),
        (between({"introduced": "1"}, {"last_affected": "1.1"}), "1.2.0", False),
        (
            between(
                {"introduced": "0"},
                {"fixed": "1"},
                {"introduced": "1.10"},
                {"fixed": "2"},
            ),
            "1.9",
            False,
        ),
        (
            between(
                {"introduced": "0"},
                {"fixed": "1"},
                {"introduced": "1.10"},
                {"fixed": "2"},
            ),
            "1.11",
            True,
        ),
        (between({"introduced": "no version"}), "1.2.0", True),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, "1", False),
    ],
)
def test_a_hole_is_known_by_version_or_range(kind, version, is_known):
    found = advisories.holes_of(
        [Part("good-part", version, ())], [advisory("Good_Part", **kind)]
    )

    assert bool(found) == is_known


def test_a_withdrawn_advisory_and_one_of_another_world_are_no_holes():
    withdrawn = advisory("good-part", versions=["1.2.0"]) | {"withdrawn": "2026-01-01"}
    other = advisory("good-part", versions=["1.2.0"])
    other["affected"][0]["package"]["ecosystem"] = "npm"

    assert advisories.holes_of(PARTS, [withdrawn, other]) == []


def test_a_hole_of_a_part_is_told():
    hole = advisory("good-part", number="PYSEC-2", versions=["1.2.0"])

    found = advisories.checked(PARTS, [OF_OLD_DJANGO, hole], now=NOW)

    assert [(each.part.name, each.advisory) for each in found] == [
        ("good-part", "PYSEC-2")
    ]
    assert advisories.checked(PARTS, [OF_OLD_DJANGO], now=NOW) == []


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], "of no day"),
        (
            [advisory(modified="2026-10-01T00:00:00Z", versions=["3.2"])],
            "older than 30",
        ),
        ([advisory("other", versions=["1"])], "no whole database"),
    ],
)
def test_a_database_that_is_hollow_or_old_says_nothing(entries, told):
    with pytest.raises(NothingSaid, match=told):
        advisories.checked(PARTS, entries, now=NOW)


@pytest.mark.parametrize("blind_to", ["versions", "ranges"])
def test_a_search_that_finds_nothing_that_was_planted_is_no_search(
    monkeypatch, blind_to
):
    real = advisories.holes_of

    def blind(parts, entries):
        seen = [
            entry
            for entry in entries
            if not (
                entry["id"].startswith("PLANTED") and blind_to in entry["affected"][0]
            )
        ]
        return real(parts, seen)

    monkeypatch.setattr(advisories, "holes_of", blind)

    with pytest.raises(NothingSaid, match="planted hole was not found"):
        advisories.checked(PARTS, [OF_OLD_DJANGO], now=NOW)


def run_check(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["advisories", *map(str, arguments)])
    return advisories.main()


def fresh(entry):
    return {**entry, "modified": (timezone.now() - timedelta(days=1)).isoformat()}


def test_without_a_database_the_gate_is_closed_and_says_what_to_bring(
    monkeypatch, capsys, tmp_path
):
    assert run_check(monkeypatch) == 2
    assert run_check(monkeypatch, tmp_path / "nothing.zip") == 2
    assert "nothing was checked" in capsys.readouterr().err
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "broken.zip").write_text("{")
    assert run_check(monkeypatch, tmp_path / "broken.json") == 2
    assert run_check(monkeypatch, tmp_path / "broken.zip") == 2
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["folder", "zip", "json"])
def test_a_planted_hole_of_an_installed_part_closes_the_gate(
    monkeypatch, capsys, tmp_path, kind
):
    installed = parts_of(LOCK)[0]
    hole = fresh(
        advisory(installed.name, number="HOLE-1", versions=[installed.version])
    )

    def database(*entries):
        path = tmp_path / f"{len(entries)}.{kind}"
        if kind == "json":
            path.write_text(json.dumps(entries))
        elif kind == "zip":
            with zipfile.ZipFile(path, "w") as archive:
                for number, entry in enumerate(entries):
                    archive.writestr(f"{number}.json", json.dumps(entry))
        else:
            path.mkdir()
            for number, entry in enumerate(entries):
                (path / f"{number}.json").write_text(json.dumps(entry))
        return path

    assert run_check(monkeypatch, database(fresh(OF_OLD_DJANGO))) == 0
    assert "1 advisories read, 0 holes known" in capsys.readouterr().out
    assert run_check(monkeypatch, database(fresh(OF_OLD_DJANGO), hole)) == 1
    assert f"{installed.name} {installed.version}: HOLE-1" in capsys.readouterr().out


def test_names_of_the_lock_are_those_that_are_compared():
    assert all(canonicalize_name(part.name) == part.name for part in parts_of(LOCK))
    assert {part.name for part in advisories.parts_in_use()} > {"django", "pytest"}


# Put together here, so that this file itself holds none.
PLANTED = {
    "a private key": "-----BEGIN RSA PRIVATE " + "KEY-----",
    "a key of Amazon": "AKIA" + "ABCDEFGHIJ234567",
    "a token of GitHub": "ghp_" + "a1B2" * 10,
    "a token of GitLab": "glpat-" + "a1B2" * 6,
    "a token of Slack": "xoxb-" + "1234567890-abc",
    "a token of PyPI": "pypi-" + "a1B2" * 20,
    "a key of Google": "AIza" + "a1B2c" * 7,
    "a signed token": ".".join(["eyJ" + "hbGciOiJIUzI1", "eyJ" + "zdWIiOiIxMjM0", "a" * 12]),
    "a password in an address": "DB = 'postgres://tusoi:" + "Zx81kQp0@db/tusoi'",
    "something given to the name of a secret": "SECRET_KEY = '" + "q8Zr1LmX0vT5bN7w" + "'",
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_secret_is_found_and_not_shown(kind):
    found = list(secret_search.findings_of("a.py", f"x = 1\n{PLANTED[kind]}\n"))

    assert [(each.line, each.kind) for each in found] == [(2, kind)]
    assert PLANTED[kind] not in repr(found)
    excused = f"{PLANTED[kind]}  # {secret_search.MARK} a test"
    assert list(secret_search.findings_of("a.py", excused)) == []


def test_every_shape_has_been_planted():
    assert PLANTED.keys() - secret_search.SHAPES.keys() == {
        "something given to the name of a secret"
    }


@pytest.mark.parametrize(
    "line",
    [
        "DATABASE_URL=postgres://tusoi:change-me@127.0.0.1:5432/tusoi",
        "password = request.POST['password_of_the_account']",
        "token = signing.dumps(account.pk, salt='members.tokens')",
        "secret_key = embedded_secret_key(VAR / 'secret_key')",
        "PASSWORD_HASHERS = ['config.passwords.Argon2idHasher']",
    ],
)
def test_code_that_speaks_of_secrets_is_none(line):
    assert secret_search.kinds_in(line) == []


def test_the_gate_closes_on_a_new_file_and_leaves_out_what_git_does(
    tmp_path, monkeypatch, capsys
):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("var\n")
    (tmp_path / "var").write_text(PLANTED["a private key"])
    monkeypatch.setattr(secret_search, "ROOT", tmp_path)
    assert secret_search.main() == 0

    (tmp_path / "new.pem").write_text(PLANTED["a private key"])
    assert secret_search.main() == 1

    assert "new.pem:1: a private key" in capsys.readouterr().out


def test_this_tree_holds_no_secret():
    assert list(secret_search.findings_in(ROOT)) == []
