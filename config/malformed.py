"""What Django meets before it can answer: a request that it cannot even put together.

It looks at the query of a request that names its letters ("charset") before anything
stands around it, and more parameters than it takes would be a fault of the server.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_STATUS = f"{HTTPStatus.BAD_REQUEST.value} {HTTPStatus.BAD_REQUEST.phrase}"
_TEXT = HTTPStatus.BAD_REQUEST.phrase.encode()
_HEADERS = [
    ("Content-Type", "text/plain"),
    ("Content-Length", str(len(_TEXT))),
    ("X-Content-Type-Options", "nosniff"),
]


def refusing(application: Application) -> Application:
    """Return the application with an answer to what it cannot put together."""

    def answer(
        environment: dict[str, Any], start: Callable[..., Any]
    ) -> Iterable[bytes]:
        try:
            return application(environment, start)
        except SuspiciousOperation:
            start(_STATUS, _HEADERS)
            return [_TEXT]

    return answer
