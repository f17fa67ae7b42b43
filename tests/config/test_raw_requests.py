"""What is no request at all is refused by the server, before anybody is asked.

And so it is left out of `tests/malformed.py`.
"""

import http.client
import random
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from deploy.test_services import free_port
from tests.workers import ROOT, environment

pytestmark = pytest.mark.long

GUNICORN = Path(sys.executable).parent / "gunicorn"
HEAD = b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
RAW = {
    "nothing": b"",
    "empty lines": b"\r\n" * 200,
    "bytes": random.Random(1).randbytes(4_000) + b"\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\n\r\n",
    "no method": b" / HTTP/1.1\r\n\r\n",
    "a method with blanks": b"GET POST / HTTP/1.1\r\n\r\n",
    "a long method": b"A" * 5_000 + b" / HTTP/1.1\r\n\r\n",
    "NUL in the path": b"GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n",
    "a long path": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    "NUL in a header": HEAD + b"Content-Type: a; charset=\0\r\n\r\n",
    "a header without a name": HEAD + b": a\r\n\r\n",
    "a header without a colon": HEAD + b"Content-Type\r\n\r\n",
    "blanks in a name": HEAD + b"Content Length: 5\r\n\r\n",
    "a header of 64 kB": HEAD + b"Cookie: " + b"a" * 65_536 + b"\r\n\r\n",
    "1,000 headers": HEAD + b"X-A: b\r\n" * 1_000 + b"\r\n",
    "a line end alone": HEAD + b"X-A: b\rContent-Length: 5\r\n\r\n",
    "a length that is no number": HEAD + b"Content-Length: abc\r\n\r\nabc",
    "a length below nothing": HEAD + b"Content-Length: -1\r\n\r\nabc",
    "a length with a sign": HEAD + b"Content-Length: +3\r\n\r\nabc",
    "a length with a power": HEAD + b"Content-Length: 1e3\r\n\r\nabc",
    "a length of other digits": HEAD + "Content-Length: ٣\r\n\r\nabc".encode(),
    "two lengths": HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "both lengths": HEAD
    + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "an unknown coding": HEAD + b"Transfer-Encoding: foo\r\n\r\n",
    "a bad chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
    "a chunk below nothing": HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n",
    "a huge chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\na",
    "more parameters than are read, in other letters": b"GET /login/?"
    + b"a=b&" * 1_200
    + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n",
    "parts without an end": HEAD
    + b"Content-Type: multipart/form-data; boundary=b\r\n"
    + b"Content-Length: 99999999999999999999\r\n\r\n--b\r\n",
    "a secure line": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    folder = tmp_path_factory.mktemp("raw")
    named = environment(
        DATABASE_URL=f"sqlite:///{folder / 'db.sqlite3'}",
        SECRET_KEY="k" * 50,
        TUSOI_VAR=str(folder),
        HTTPS="False",
        ALLOWED_HOSTS="127.0.0.1",
    )
    manage = [sys.executable, "manage.py"]
    for command in (["migrate", "-v0"], ["collectstatic", "-v0", "--no-input"]):
        subprocess.run([*manage, *command], cwd=ROOT, env=named, check=True)
    port = free_port()
    command = [GUNICORN, "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    log = folder / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=named, stdout=output, stderr=output
        ) as server,
    ):
        for _try in range(300):
            if is_well(port):
                break
            time.sleep(0.1)
        yield port
        server.terminate()
    assert b"Internal Server Error" not in log.read_bytes()


def is_well(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
        try:
            line.request("GET", "/login/")
            return line.getresponse().status == 200
        except OSError:
            return False


@pytest.mark.parametrize("name", RAW)
def test_what_is_no_request_is_refused_and_harms_nobody(port, name):
    answer = b""
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        with suppress(OSError):  # it may hang up before it has heard all
            line.sendall(RAW[name])
            line.shutdown(socket.SHUT_WR)
        with suppress(OSError):
            while piece := line.recv(65_536):
                answer += piece

    status = answer[9:12]
    assert status in {b"", b"501"} or status.startswith((b"3", b"4"))
    assert b"Traceback" not in answer
    assert is_well(port)
