"""Attached files: what harms is refused with a sentence, what does not is kept."""

import io
import json
import os
import struct
import subprocess
import sys
import time
import zlib
from functools import cache

import pytest
from django.utils.translation import override
from PIL import Image, ImageCms

from members.attachments import child, kinds, pdfs, reading
from members.attachments.kinds import LIMITS, MAX_BYTES, WALL_SECONDS, Kind
from members.attachments.reading import FileRefused, look_through, readable_name
from members.confined import Unfit
from tests.attachment_parts import (
    TYPES,
    chunk,
    docx,
    pdf,
    phone_photograph,
    picture,
    png,
    types,
)
from tests.hostile_attachments import ALL, NAMES, OFFICE, PDFS, PICTURES
from tests.members.harmless_attachments import GOOD, attached, chart_of, own_pdf
from tests.workers import ROOT, environment

QUICK = [case for case in ALL if not case.is_long]


def test_there_are_at_least_forty_of_each_sort_that_acts():
    assert len(PDFS) >= 40
    assert len(OFFICE) + len(PICTURES) + len(NAMES) >= 50
    assert len({case.name for case in ALL}) == len(ALL)


@pytest.mark.parametrize("case", QUICK, ids=lambda case: case.name)
def test_what_harms_is_refused(case):
    # A parser may end in any way; the process that waits calls this "damaged".
    with pytest.raises(Exception) as refusal:  # noqa: PT011 -- any end will do
        child.look_through(case.make(), case.file_name)

    is_named = isinstance(refusal.value, Unfit)
    code = refusal.value.code if is_named else "damaged"
    assert case.outcome in {code, "any"}


LINES = [
    (table, name)
    for table in ("_ACTIONS", "_KEYS", "_SUBTYPES", "_TYPES")
    for name in getattr(pdfs, table)
]


@pytest.mark.parametrize(("table", "name"), LINES)
def test_without_any_line_of_what_acts_a_file_would_pass(table, name, monkeypatch):
    monkeypatch.delitem(getattr(pdfs, table), name)

    assert any(map(passes, contents_that_act()))


@cache
def contents_that_act() -> list[bytes]:
    codes = {"acts", "submits", "external", "embedded"}
    return [case.make() for case in PDFS if case.outcome in codes]


def passes(content: bytes) -> bool:
    try:
        child.look_through(content, "a.pdf")
    except Unfit:
        return False
    return True


@pytest.mark.parametrize("outcome", sorted({case.outcome for case in ALL} - {"any"}))
def test_each_refusal_is_a_sentence_in_both_languages(outcome):
    case = next(case for case in QUICK if case.outcome == outcome)

    with pytest.raises(FileRefused) as refusal:
        look_through(attached(case.file_name, case.make()))

    assert refusal.value.code == outcome
    told = set()
    for language in ("vi", "en"):
        with override(language):
            told.add(str(refusal.value))
    assert len(told) == 2
    assert all(text.endswith(".") and "%" not in text for text in told)


READ = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from django.core.files.base import File
from members.attachments.reading import FileRefused, look_through
started, told = time.monotonic(), ""
path = Path(sys.argv[1])
try:
    with path.open("rb") as file:
        look_through(File(file, path.name))
except FileRefused as refusal:
    told = str(refusal)
print(json.dumps({
    "told": told,
    "seconds": time.monotonic() - started,
    "kilobytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
}))
"""


@pytest.mark.long
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_what_harms_costs_little(case, tmp_path):
    path = tmp_path / case.file_name
    path.write_bytes(case.make())

    found = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        cwd=ROOT,
        env=environment(DATABASE_URL="sqlite://:memory:", SECRET_KEY="k" * 50),
        stdout=subprocess.PIPE,
        check=True,
    )

    came = json.loads(found.stdout.splitlines()[-1])
    assert came["told"] != ""
    assert came["seconds"] < WALL_SECONDS
    assert came["kilobytes"] < 512 * 1024


@pytest.mark.parametrize("name", GOOD)
def test_what_does_not_harm_is_taken(name):
    content = GOOD[name]()

    kind, written = child.look_through(content, name)

    if kind in {Kind.JPG, Kind.PNG}:
        with Image.open(io.BytesIO(written)) as kept:
            kept.load()
    else:
        assert written == b""


def test_the_child_process_gives_what_looking_through_gives():
    content = phone_photograph()

    fit = look_through(attached("Ảnh.jpeg", content))

    assert (fit.kind, fit.picture) == child.look_through(content, "Ảnh.jpeg")
    assert fit.name == "Ảnh.jpg"
    fit = look_through(attached("a.pdf", own_pdf()))
    assert (fit.kind, fit.picture, fit.name) == (Kind.PDF, b"", "a.pdf")


def test_a_photograph_is_kept_upright_and_without_where_and_by_whom():
    content = phone_photograph()
    with Image.open(io.BytesIO(content)) as came:
        assert came.getexif().get_ifd(0x8825)

    written = child.look_through(content, "a.jpg")[1]

    assert b"OF-LAN" in content
    assert b"OF-LAN" not in written
    assert b"Exif" not in written
    with Image.open(io.BytesIO(written)) as kept:
        assert not kept.getexif()
        assert kept.size == (40, 80)
        # What stood on the left of the picture as it lay stands at its top.
        assert kept.getpixel((20, 10))[1] < 50 < kept.getpixel((20, 70))[1]


def test_nothing_but_the_picture_is_kept_of_a_png():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[0x010F] = "TELEPHONE-OF-LAN"
    content = png(
        chunk(b"tEXt", b"Author\0LAN"),
        chunk(b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0")),
        chunk(b"iCCP", b"a\0\0" + zlib.compress(profile)),
        data=b"\0\x80",
    ) + b"<script>alert(1)</script>"  # fmt: skip

    written = child.look_through(content, "a.png")[1]

    kinds_kept, at = [], 8
    while at < len(written):
        length, kind = struct.unpack(">I4s", written[at : at + 8])
        kinds_kept.append(kind)
        at += length + 12
    assert kinds_kept == [b"IHDR", b"IDAT", b"IEND"]


def test_a_second_picture_in_a_photograph_is_left_out():
    first, second = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    both = io.BytesIO()
    first.save(both, "MPO", save_all=True, append_images=[second])

    written = child.look_through(both.getvalue(), "a.jpg")[1]

    assert written.count(b"\xff\xd8\xff") == 1


def test_a_picture_that_grows_past_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("members.attachments.pictures.MAX_BYTES", 100)

    with pytest.raises(Unfit) as refusal:
        child.look_through(picture(size=(500, 500)), "a.jpg")

    assert refusal.value.code == "too_large"


def test_a_table_behind_a_chart_is_what_it_says():
    with pytest.raises(Unfit) as refusal:
        child.look_through(chart_of("pptx"), "a.docx")

    assert refusal.value.code == "embedded"


def test_content_types_of_parts_are_looked_at():
    harmless = types("word/document.xml", "wordprocessingml.document")
    assert child.look_through(docx({TYPES: harmless}), "a.docx")[0] == Kind.DOCX


def test_too_large_a_file_is_refused_unread(monkeypatch):
    monkeypatch.setattr(reading, "ask", None)

    with pytest.raises(FileRefused) as refusal:
        look_through(attached("a.pdf", bytes(MAX_BYTES + 1)))

    assert refusal.value.code == "too_large"
    with pytest.raises(Unfit):
        child.look_through(bytes(MAX_BYTES + 1), "a.pdf")


@pytest.mark.parametrize("code", ["too_slow", "too_demanding"])
def test_a_process_that_is_stopped_is_told(code, monkeypatch):
    def stopped(*_args, **_named):
        raise Unfit(code)

    monkeypatch.setattr(reading, "ask", stopped)

    with pytest.raises(FileRefused) as refusal:
        look_through(attached("a.pdf", pdf()))

    assert str(refusal.value)
    assert refusal.value.code == code


def test_the_child_is_stopped_in_time():
    assert LIMITS.cpu_seconds < WALL_SECONDS <= 20
    assert LIMITS.address_space_bytes <= 768 * 2**20


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Unfit("acts"), {"unfit": "acts", "params": {}}),
        (MemoryError(), {"unfit": "too_demanding", "params": {}}),
    ],
)
def test_the_child_answers_with_one_line(answer, said, monkeypatch, capsysbinary):
    def refuse(*_):
        raise answer

    order = json.dumps({"path": os.devnull, "name": "a"})
    monkeypatch.setattr(sys, "argv", ["-c", order])
    monkeypatch.setattr(child, "confine", lambda **limits: None)
    monkeypatch.setattr(child, "look_through", refuse)

    child.main()

    assert json.loads(capsysbinary.readouterr().out) == said


def test_the_child_answers_with_the_picture(tmp_path, monkeypatch, capsysbinary):
    path = tmp_path / "upload"
    path.write_bytes(picture())
    order = json.dumps({"path": str(path), "name": "a.jpg"})
    monkeypatch.setattr(sys, "argv", ["-c", order])
    monkeypatch.setattr(child, "confine", lambda **limits: None)

    child.main()

    head, _, written = capsysbinary.readouterr().out.partition(b"\n")
    assert json.loads(head) == {"kind": "jpg"}
    assert written == child.look_through(picture(), "a.jpg")[1]


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("Kế hoạch", "Kế hoạch.pdf"),
        ("Kê\N{COMBINING ACUTE ACCENT} hoạch.PDF", "Kế hoạch.pdf"),
        ("fdp.\N{RIGHT-TO-LEFT OVERRIDE}exe.pdf", "fdp. exe.pdf"),
        ("a\0b\r\nc.pdf", "a b c.pdf"),
        ("..\\..\\a.pdf", "a.pdf"),
        ('"<a>|b?*:.pdf', "a b.pdf"),
        (".pdf", "file.pdf"),
        ("a" * 400 + ".pdf", "a" * 150 + ".pdf"),
    ],
)
def test_the_name_under_which_a_file_came_is_kept_readable(name, readable):
    assert readable_name(name, Kind.PDF) == readable


def test_what_a_browser_is_told_of_a_file_is_never_a_page():
    assert {kinds.content_type_of(name) for name in ("a.html", "a.svg", "", "a")} == {
        "application/octet-stream"
    }
    assert kinds.content_type_of("a.JPG") == "image/jpeg"


def test_looking_through_an_ordinary_file_takes_no_time():
    started = time.monotonic()
    look_through(attached("a.pdf", pdf()))

    assert time.monotonic() - started < 10
