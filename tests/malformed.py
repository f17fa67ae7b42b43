"""Requests that no browser sends: a seeded stream of them for one address.

Each is one environment of WSGI, put together by hand: the test client would mend it.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

HUGE = ("9" * 19, str(2**63), str(2**64), "1" + "0" * 30, "9" * 5_000)
TEXTS = (
    "", "\0", "a\0b", "NaN", "Infinity", "-1", "0", "1e400", "1" * 40, str(2**63),
    "-" + "9" * 30, "١٢", "½", "0x10", "True", "null", "[]", "{}", "00/00/0000",
    "31/02/2025", "01/01/0001", "31/12/9999", "99999999999", "25:61", "2025-13-45",
    "../../etc/passwd", "%s%n%d", "{{ 7*7 }}", "{% debug %}", "';--", '"><script>',
    "\N{RIGHT-TO-LEFT OVERRIDE}", "e\N{COMBINING ACUTE ACCENT}" * 50, "\ud800",
    "\N{ZERO WIDTH SPACE}", "\N{FULLWIDTH DIGIT ONE}", "\r\nSet-Cookie: a=b", "a" * 20_000,
)  # fmt: skip
QUERIES = (
    b"", b"a", b"=", b"&&&&", b"%", b"%zz", b"%00", b"%ff%fe", b"\xff\xfe", b"a=%00",
    b"q=%00", b"q=%ed%a0%80", b"page=-1", b"page=99999999999999999999", b"page=NaN",
    b"sort=%00&order=%ff", b"q=" + b"a" * 60_000, b"q=" + b"%25" * 5_000,
    b"&".join(b"a%d=b" % n for n in range(1_200)), b"a[b][c][d]=" + b"[" * 2_000,
    b"to=99999999999999999999", b"to=%00", b"of=-1", b"of=\xc3\x28", b"on=31/02/2025",
    b"on=0001-01-01", b"on=9999-12-31", b"next=//evil.example", b"next=%00",
    b"language=%00", b"unit=1&unit=2&unit=a", b"year=99999999999", b"after=%00",
)  # fmt: skip
NAMES = ("q", "page", "sort", "to", "of", "on", "unit", "year", "from", "until", "after",
         "kind", "state", "by", "level", "day", "area", "step")  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT",
           "get", "BREW", "POST POST", "\xff", "")  # fmt: skip
# What gunicorn itself refuses is left out, NUL in a header or a length that is no number:
# tests/config/test_raw_requests.py.
HEADERS = (
    ("HTTP_COOKIE", "a=" + "b" * 70_000),
    ("HTTP_COOKIE", "=; ;;; \x01=\x02; session=\x01; csrf=\xff"),
    ("HTTP_COOKIE", "session=" + "../" * 50 + "; messages=\xff\xfe; django_language=\x01"),
    ("HTTP_COOKIE", "; ".join(f"a{n}=b" for n in range(2_000))),
    ("HTTP_COOKIE", 'messages="[[\\"__json_message\\",0,99,\\"a\\"]]:a:b"'),
    ("HTTP_REFERER", "http://[::1"),
    ("HTTP_REFERER", "\xff\x01"),
    ("HTTP_REFERER", "javascript:alert(1)"),
    ("HTTP_USER_AGENT", "\x01" * 100),
    ("HTTP_USER_AGENT", "\xff" * 5_000),
    ("HTTP_USER_AGENT", ""),
    ("HTTP_ACCEPT_LANGUAGE", "," * 5_000),
    ("HTTP_ACCEPT_LANGUAGE", "a-" * 2_000),
    ("HTTP_ACCEPT_ENCODING", "\x01"),
    ("HTTP_ACCEPT", "*/*;q=" + "9" * 500),
    ("HTTP_IF_MODIFIED_SINCE", "Thu, 99 Foo 99999 99:99:99 GMT"),
    ("HTTP_IF_NONE_MATCH", '"' * 500),
    ("HTTP_RANGE", "bytes=-99999999999999999999-"),
    ("HTTP_HX_REQUEST", "true"),
    ("HTTP_HX_CURRENT_URL", "http://[::1"),
    ("HTTP_HX_CURRENT_URL", "\xff\x01"),
    ("HTTP_HX_CURRENT_URL_URI_AUTOENCODED", "true"),
    ("HTTP_HX_TARGET", "\xff"),
    ("HTTP_HX_TRIGGERING_EVENT", "{"),
    ("HTTP_X_FORWARDED_PROTO", "\x01, https"),
    ("HTTP_X_REQUESTED_WITH", "\x01"),
    ("HTTP_ORIGIN", "null"),
    ("HTTP_ORIGIN", "http://[::1"),
    ("HTTP_HOST", "testserver:99999999"),
    ("HTTP_HOST", "evil.example"),
    ("HTTP_HOST", "a" * 5_000),
    ("HTTP_HOST", "\xff\x01"),
    ("HTTP_HOST", ""),
    ("HTTP_EXPECT", "100-continue"),
    ("HTTP_TRANSFER_ENCODING", "chunked"),
    ("HTTP_CONTENT_ENCODING", "gzip"),
    ("CONTENT_TYPE", "application/json"),
    ("CONTENT_TYPE", "application/x-www-form-urlencoded; charset=utf-7"),
    ("CONTENT_TYPE", "application/x-www-form-urlencoded; charset=\x01"),
    ("CONTENT_TYPE", "text/plain; charset=no-such-charset"),
    ("CONTENT_TYPE", "multipart/form-data"),
    ("CONTENT_TYPE", "multipart/form-data; boundary="),
    ("CONTENT_TYPE", "multipart/form-data; boundary=" + "a" * 300),
    ("CONTENT_TYPE", "multipart/form-data; boundary=\xff"),
    ("CONTENT_TYPE", "multipart/form-data; charset=utf-16; boundary=b"),
    ("CONTENT_TYPE", "\xff\x01"),
    ("CONTENT_LENGTH", "99999999999999999999"),
    ("CONTENT_LENGTH", "1"),
    ("CONTENT_LENGTH", ""),
)  # fmt: skip


class Body(BytesIO):
    """A body as gunicorn gives it, which takes any number for a size."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(_fitting(size))

    def readline(self, size: int | None = -1) -> bytes:
        return super().readline(_fitting(size))


def _fitting(size: int | None) -> int:
    return -1 if size is None else min(size, 2**31)


FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
PATHS = (
    "\0", "%00", "/../../etc/passwd", "//", "/.", "\xff\xfe", "\xed\xa0\x80", "\r\n",
    ";a=b", "?", "#", "a" * 5_000, "\\", "*", "%2e%2e/", "\xc3\x28/",
)  # fmt: skip


@dataclass
class Malformed:
    """One request; `said` is what it was made of, for whoever has to repeat it."""

    environment: dict[str, Any]
    said: list[str] = field(default_factory=list)


def requests_for(
    path: str, fields: Sequence[str], *, seed: str, count: int
) -> Iterator[Malformed]:
    """Give so many requests to an address; `fields` are the names in its forms."""
    chance = random.Random(seed)
    for _ in range(count):
        yield _Making(chance, path, fields).request()


class _Making:
    def __init__(self, chance: random.Random, path: str, fields: Sequence[str]) -> None:
        self.chance, self.path, self.fields = chance, path, [*fields, *NAMES]
        self.made = Malformed(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": path,
                "QUERY_STRING": "",
                "SERVER_NAME": "testserver",
                "SERVER_PORT": "80",
                "HTTP_HOST": "testserver",
                "CONTENT_TYPE": "",
                "CONTENT_LENGTH": "0",
            }
        )
        self.body = b""

    def request(self) -> Malformed:
        kinds = (self.send_form, self.send_parts, self.change_path, self.ask,
                 self.add_header, self.other_method, self.send_noise)  # fmt: skip
        # A form that is taken apart gets further than a broken head.
        for make in self.chance.choices(kinds, (6, 3, 2, 4, 4, 1, 1), k=2):
            make()
        self.made.environment["wsgi.input"] = Body(self.body)
        return self.made

    def say(self, *what: object) -> None:
        self.made.said.append(" ".join(repr(each)[:120] for each in what))

    def change_path(self) -> None:
        numbers = list(re.finditer(r"\d+", self.path))
        if numbers and self.chance.random() < 0.8:
            found = self.chance.choice(numbers)
            other = self.chance.choice((*HUGE, "0", "٣", "-1", "1.5"))
            path = self.path[: found.start()] + other + self.path[found.end() :]
        else:
            at = self.chance.randrange(len(self.path) + 1)
            path = self.path[:at] + self.chance.choice(PATHS) + self.path[at:]
        self.say("path", path)
        raw = path.encode("utf-8", "surrogatepass") if "٣" in path else None
        self.made.environment["PATH_INFO"] = raw.decode("latin-1") if raw else path

    def ask(self) -> None:
        if self.chance.random() < 0.5:
            query = self.chance.choice(QUERIES)
        else:
            pairs = (
                f"{self.chance.choice(self.fields)}={_quoted(self.chance.choice(TEXTS))}"
                for _ in range(self.chance.randint(1, 5))
            )
            query = "&".join(pairs).encode()
        self.say("query", query)
        self.made.environment["QUERY_STRING"] = query.decode("latin-1")

    def add_header(self) -> None:
        name, value = self.chance.choice(HEADERS)
        self.say(name, value)
        known = self.made.environment.get(name, "")
        is_cookie = name == "HTTP_COOKIE" and known
        self.made.environment[name] = f"{known}; {value}" if is_cookie else value

    def other_method(self) -> None:
        method = self.chance.choice(METHODS)
        self.say("method", method)
        self.made.environment["REQUEST_METHOD"] = method

    def send_form(self) -> None:
        """Every field of the page's forms with something that does not belong there."""
        names = [each for each in self.fields if each not in NAMES] or list(NAMES)
        if self.chance.random() < 0.3:
            names = self.chance.sample(names, self.chance.randint(1, len(names)))
        pairs = []
        for name in names:
            pairs += [
                (name, self.chance.choice(TEXTS))
                for _ in range(self.chance.choice((1, 1, 1, 2)))
            ]
        body = "&".join(f"{name}={_quoted(text)}" for name, text in pairs).encode()
        body += self.chance.choice((b"", b"", b"&%ff=%fe", b"&=&&", b"&a=%", b"\0"))
        self.say("form", [(name, text[:20]) for name, text in pairs])
        self._send(body, FORM)

    def send_parts(self) -> None:
        """A form with a file, broken in one way."""
        names = [each for each in self.fields if each not in NAMES] or ["file"]
        parts = [self._part(self.chance.choice(names)) for _ in range(3)]
        body = b"".join(parts) + b"--b--\r\n"
        breaking = self.chance.randrange(6)
        if breaking == 0:
            body = body[: self.chance.randrange(len(body))]
        elif breaking == 1:
            body = body.replace(b"\r\n", b"\n")
        elif breaking == 2:
            body = body.replace(b"--b--", b"")
        elif breaking == 3:
            body = b"--b\r\n" * 500 + body
        self.say("parts", body)
        self._send(body, MULTIPART)

    def _part(self, name: str) -> bytes:
        file_name = self.chance.choice(
            ("", '; filename="a.pdf"', '; filename="\0"', '; filename="../../a"',
             "; filename*=utf-8''%ff", "; filename*=no''a", '; filename="' + "a" * 3_000 + '"',
             '; filename="a.xlsx"', '; filename=""')
        )  # fmt: skip
        extra = self.chance.choice(
            ("", "", "Content-Transfer-Encoding: base64\r\n", "Content-Length: -1\r\n",
             "Content-Type: \xff\r\n", "Content-Type: text/plain; charset=no\r\n",
             "X" * 2_000 + "\r\n", "Content-Transfer-Encoding: \0\r\n")
        )  # fmt: skip
        content = self.chance.choice(
            (
                b"",
                b"\0\xff",
                b"%PDF-1.7",
                b"PK\x03\x04" + b"\0" * 50,
                b"====",
                b"a" * 9_000,
            )
        )
        head = (
            f'Content-Disposition: form-data; name="{name}"{file_name}\r\n{extra}\r\n'
        )
        return b"--b\r\n" + head.encode("latin-1", "replace") + content + b"\r\n"

    def send_noise(self) -> None:
        body = self.chance.randbytes(self.chance.choice((1, 100, 5_000)))
        self.say("noise", body)
        self._send(body, self.chance.choice((FORM, MULTIPART, "application/json", "")))

    def _send(self, body: bytes, kind: str) -> None:
        self.body = body
        self.made.environment |= {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(len(body)),
        }


def _quoted(text: str) -> str:
    raw = text.encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02x}" for byte in raw) if len(raw) < 1_000 else text
