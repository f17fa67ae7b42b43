"""Asking clamd whether a file holds something; its protocol is a few bytes on a socket.

Source: docs/rules/attachments.md § 3.
"""

import socket
import struct
from typing import IO

_PIECE_BYTES = 64 * 1024
_SECONDS = 60
_LONGEST_ANSWER = 4096


class ScannerNotReached(Exception):
    """The scanner is not there, or did not say whether the file is clean."""


def is_clean(file: IO[bytes], address: str) -> bool:
    """Return whether the scanner knows of nothing in the file.

    `address` is the path of a socket, or HOST:PORT.
    Raises: ScannerNotReached.
    """
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(_PIECE_BYTES):
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            answer = _answer_on(line)
    except (OSError, ValueError) as fault:
        raise ScannerNotReached(str(fault)) from fault
    if answer == b"stream: OK":
        return True
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return False
    raise ScannerNotReached(answer.decode(errors="replace"))


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), _SECONDS)


def _answer_on(line: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0")
