import pytest

from deploy import packages
from deploy.packages import Need, PackagesMissing

ABSENT = Need("absent", lambda: False)
ALSO_ABSENT = Need("also-absent", lambda: False)
PRESENT = Need("present", lambda: True)


@pytest.fixture
def apt_get(tmp_path, monkeypatch):
    """An apt-get that notes what it is asked, and a machine on which we are root."""
    noted = tmp_path / "noted"
    program = tmp_path / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> {noted}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(packages, "root_prefix", list)
    return noted


def test_only_what_is_missing_is_installed(apt_get):
    packages.ensure([ABSENT, PRESENT, ALSO_ABSENT])

    assert apt_get.read_text().splitlines() == [
        "noninteractive -qq update",
        "noninteractive -qq install --yes --no-install-recommends absent also-absent",
    ]


def test_nothing_is_run_where_nothing_is_missing(apt_get):
    packages.ensure([PRESENT])

    assert not apt_get.exists()


def test_without_the_right_the_exact_line_is_named(monkeypatch):
    monkeypatch.setattr(packages, "root_prefix", lambda: None)

    with pytest.raises(PackagesMissing) as refusal:
        packages.ensure([ABSENT, PRESENT, ALSO_ABSENT])

    assert str(refusal.value) == (
        "Missing system packages. As root: "
        "apt-get install --no-install-recommends absent also-absent"
    )


def test_a_failing_apt_shows_what_it_said_and_what_to_type(apt_get, capfd):
    (apt_get.parent / "apt-get").write_text("#!/bin/sh\necho no such mirror; exit 100")

    with pytest.raises(PackagesMissing) as refusal:
        packages.ensure([ABSENT])

    assert str(refusal.value) == (
        "That failed. By hand, as root: apt-get install --no-install-recommends absent"
    )
    assert capfd.readouterr().err == "no such mirror\n"


def test_a_library_is_there_if_it_loads():
    assert packages.has_library("libc.so.6")
    assert not packages.has_library("libno-such-thing.so.0")


def test_a_font_without_the_vietnamese_letters_does_not_count(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "FONT_FOLDERS", (tmp_path, tmp_path / "none"))
    font = tmp_path / "liberation" / "LiberationSerif-Regular.ttf"
    font.parent.mkdir()

    font.write_bytes(b"\x05acute\x06adieresis")
    assert not packages.has_vietnamese_font()

    font.write_bytes(b"\x05acute\x09adotbelow")
    assert packages.has_vietnamese_font()
