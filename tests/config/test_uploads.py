import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.multipartparser import TooManyFilesSent
from django.test import RequestFactory

from config import uploads

MEGABYTE = 2**20


@pytest.fixture
def send(settings, tmp_path, monkeypatch):
    """Send a file as a browser does; what a page gets of it. At most 3 MB are read."""
    monkeypatch.setattr(uploads, "MOST_BYTES", 3 * MEGABYTE)
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    def sent(content: bytes):
        file = io.BytesIO(content)
        file.name = "a.xlsx"
        received.append(RequestFactory().post("/", {"file": file}).FILES["file"])
        return received[-1]

    received = []
    yield sent
    for each in received:
        each.close()


@pytest.mark.parametrize("megabytes", [1, 3])
def test_an_ordinary_file_arrives_whole(send, megabytes):
    content = bytes(range(256)) * 4096 * megabytes

    received = send(content)

    assert (received.size, received.read()) == (len(content), content)


def test_of_a_file_too_large_no_more_is_stored_than_can_be_read(send):
    received = send(b"x" * (8 * MEGABYTE + 1))

    stored = Path(received.temporary_file_path()).stat().st_size
    assert (received.size, stored) == (8 * MEGABYTE + 1, 3 * MEGABYTE)


def test_the_limit_is_that_of_the_largest_workbook():
    assert uploads.MOST_BYTES == 30 * MEGABYTE


def test_a_second_file_that_no_form_asks_for_is_not_stored():
    files = {name: SimpleUploadedFile("a.xlsx", b"x") for name in ("file", "other")}

    request = RequestFactory().post("/", files)

    with pytest.raises(TooManyFilesSent):
        assert request.FILES
