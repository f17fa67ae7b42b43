"""The example of a proxy is one that nginx takes, and does what it is there for."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deploy import packages
from deploy.test_services import free_port

EXAMPLE = Path(__file__).resolve().parents[2] / "deploy/nginx.conf"
HOST = "tusoi.example.vn"
INVENTED = {
    "X-Forwarded-For": "10.0.0.1",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Port": "1",
    "X-Real-IP": "10.0.0.1",
    "X-Original-URL": "/evil/",
    "X-Rewrite-URL": "/evil/",
    "X-HTTP-Method-Override": "DELETE",
    "X-Script-Name": "/evil",
    "X-Anything": "at all",
    "Forwarded": "for=10.0.0.1;proto=http",
    "Proxy": "http://evil.example",
    "Transfer-Encoding-Really": "chunked",
}
PASSED_ON = {
    "Cookie": "session=a",
    "Accept-Language": "vi",
    "User-Agent": "a browser",
    "Referer": f"https://{HOST}/",
    "HX-Request": "true",
    "HX-Target": "list",
    "If-None-Match": '"a"',
}

pytestmark = pytest.mark.long


class Site(HTTPServer):
    """Stands for gunicorn with one worker: whoever it waits for, all wait for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []


class _Page(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = (self.command, self.path, dict(self.headers), body)
        self.server.asked.append(asked)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_POST = do_GET  # noqa: N815 -- the name is the library's

    def log_message(self, *_args) -> None:
        pass


class Proxy:
    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site = folder, site
        self.plain, self.secure = free_port(), free_port()
        self._certify()
        self.config = folder / "nginx.conf"
        self.config.write_text(self._around(self._example()))

    def _example(self) -> str:
        text = EXAMPLE.read_text("utf-8")
        text = re.sub(r"^\s*listen \[::\].*\n", "", text, flags=re.MULTILINE)
        for shipped, here in (
            ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
            ("listen 443 ", f"listen 127.0.0.1:{self.secure} "),
            ("127.0.0.1:8000", f"127.0.0.1:{self.site.server_address[1]}"),
            ("/etc/ssl/tusoi", str(self.folder)),
            ("/var/log/nginx", str(self.folder)),
        ):
            assert shipped in text
            text = text.replace(shipped, here)
        return text

    def _around(self, example: str) -> str:
        paths = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        return (
            f"daemon off; worker_processes 1; pid {self.folder}/pid;\n"
            f"error_log {self.folder}/error.log;\n"
            "events { worker_connections 512; }\n"
            f"http {{\n{paths}{example}\n}}\n"
        )

    def _certify(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
        begins = datetime(2020, 1, 1, tzinfo=UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=36_500))
            .sign(key, hashes.SHA256())
        )
        pem = serialization.Encoding.PEM
        (self.folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
        (self.folder / "key.pem").write_bytes(
            key.private_bytes(
                pem,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )

    def command(self, *words: str) -> list[str]:
        return [
            program(),
            "-e",
            f"{self.folder}/error.log",
            "-c",
            str(self.config),
            *words,
        ]

    def line(self) -> ssl.SSLSocket:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.secure), 20)
        return context.wrap_socket(plain, server_hostname=HOST)

    def ask(self, method="GET", path="/", *, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.secure)
        connection.sock = self.line()
        connection.request(method, path, body, {"Host": HOST, **(headers or {})})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer


def program() -> str:
    found = shutil.which("nginx", path=packages.PROGRAMS)
    assert found
    return found


@contextmanager
def served(site: Site):
    thread = threading.Thread(target=site.serve_forever, args=[0.05], daemon=True)
    thread.start()
    yield
    site.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    packages.ensure([packages.PROXY])
    folder = tmp_path_factory.mktemp("proxy")
    folder.chmod(0o711)
    for above in folder.parents[:2]:
        above.chmod(0o711)  # its worker is another account than ours
    with Site() as site, served(site):
        proxy = Proxy(folder, site)
        with subprocess.Popen(proxy.command()) as running:
            for _try in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", proxy.secure)) == 0:
                        break
                time.sleep(0.05)
            yield proxy
            running.terminate()


@pytest.fixture(autouse=True)
def _nothing_asked(proxy):
    proxy.site.asked.clear()


def test_nginx_takes_the_example(proxy):
    done = subprocess.run(
        proxy.command("-t"), capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_no_header_that_a_visitor_invents_goes_on(proxy):
    proxy.ask(headers={**INVENTED, **PASSED_ON})

    (_method, _path, headers, _body) = proxy.site.asked[0]
    invented = [name for name in headers if name.lower().startswith(("x-", "forw"))]
    assert invented == ["X-Forwarded-Proto"]
    assert headers["X-Forwarded-Proto"] == "https"
    assert headers["Host"] == HOST
    assert {name: headers.get(name) for name in PASSED_ON} == PASSED_ON
    assert not INVENTED.keys() & headers.keys() - {"X-Forwarded-Proto"}


def test_a_form_comes_whole(proxy):
    body = b"a" * 300_000
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = proxy.ask("POST", "/a/?b=c", body=body, headers=kind)

    method, path, headers, came = proxy.site.asked[0]
    assert (answer.status, method, path) == (200, "POST", "/a/?b=c")
    assert (came, headers["Content-Type"]) == (body, kind["Content-Type"])


def test_a_plain_line_leads_to_the_secure_one(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.plain)
    connection.request("GET", "/a/?b=c", headers={"Host": HOST})
    answer = connection.getresponse()

    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/a/?b=c"
    connection.close()


def test_what_is_too_large_does_not_reach_the_site(proxy):
    with proxy.line() as line:
        line.sendall(
            f"POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 40000000\r\n\r\n".encode()
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")
    huge = proxy.ask(headers={"Cookie": "a=" + "b" * 65_536})

    assert huge.status == 400
    assert proxy.site.asked == []


def test_who_is_slow_holds_no_worker_of_the_site(proxy):
    head = f"POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n\r\n".encode()
    slow = [proxy.line() for _ in range(100)]
    try:
        for line in slow:
            line.sendall(head + b"a" * 10)
        started = time.monotonic()
        answer = proxy.ask()
        assert (answer.status, time.monotonic() - started < 1) == (200, True)
        assert [asked[0] for asked in proxy.site.asked] == ["GET"]
    finally:
        for line in slow:
            line.close()


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 40\r\n",
        "Content-Length: +5\r\n",
        " Content-Length: 5\r\n",
    ],
)
def test_no_second_request_is_smuggled_behind_another(proxy, headers):
    with proxy.line() as line:
        line.sendall(
            f"POST /first HTTP/1.1\r\nHost: {HOST}\r\n{headers}\r\n"
            "0\r\n\r\nGET /second HTTP/1.1\r\nX: ".encode()
        )
        line.settimeout(3)
        answer = b""
        try:
            while piece := line.recv(1000):
                answer += piece
        except TimeoutError:
            pass

    assert "/second" not in [asked[1] for asked in proxy.site.asked]
    assert answer.count(b"HTTP/1.1 200") <= 1


def test_nobody_learns_what_runs_here_and_no_name_is_logged(proxy):
    answer = proxy.ask(path="/members/?q=Nguyen")

    assert answer.headers["Server"] == "nginx"
    log = (proxy.folder / "tusoi.log").read_text()
    assert '"GET /members/"' in log
    assert "Nguyen" not in log
