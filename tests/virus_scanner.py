"""A scanner that speaks clamd's protocol and knows one harmless test signature."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNATURE = b"TUSOI-TEST-SIGNATURE"  # a real one would alarm the developer's machine


class _Conversation(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert self._exactly(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack(">I", self._exactly(4))[0]:
            content += self._exactly(size)
        self.server.asked.append(content)
        self.request.sendall(self.server.answer(content) + b"\0")

    def _exactly(self, count: int) -> bytes:
        got = b""
        while len(got) < count:
            got += self.request.recv(count - len(got))
        return got


class _Answers:
    daemon_threads = True

    def __init__(self, address: tuple[str, int] | str) -> None:
        super().__init__(address, _Conversation)
        self.asked: list[bytes] = []
        self.always: bytes | None = None

    def answer(self, content: bytes) -> bytes:
        if self.always is not None:
            return self.always
        is_known = SIGNATURE in content
        return b"stream: Test.Signature FOUND" if is_known else b"stream: OK"


class Scanner(_Answers, socketserver.ThreadingTCPServer):
    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class LocalScanner(_Answers, socketserver.ThreadingUnixStreamServer):
    pass


@contextmanager
def running() -> Iterator[Scanner]:
    with Scanner(("127.0.0.1", 0)) as scanner, _served(scanner):
        yield scanner


@contextmanager
def running_at(path: str) -> Iterator[LocalScanner]:
    with LocalScanner(path) as scanner, _served(scanner):
        yield scanner


@contextmanager
def _served(scanner) -> Iterator[None]:
    thread = threading.Thread(target=scanner.serve_forever, args=[0.05], daemon=True)
    thread.start()
    yield
    scanner.shutdown()
    thread.join()
