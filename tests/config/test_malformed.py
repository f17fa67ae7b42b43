import pytest
from django.core.exceptions import TooManyFieldsSent
from django.core.wsgi import get_wsgi_application

from config.malformed import refusing
from tests.malformed import Body

pytestmark = pytest.mark.django_db


def environment():
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/healthz/",
        "QUERY_STRING": "&".join("a=b" for _ in range(1_200)),
        "CONTENT_TYPE": "text/plain; charset=utf-7",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": Body(b""),
        "wsgi.url_scheme": "http",
    }


def test_a_request_that_django_cannot_put_together_is_refused_and_no_fault():
    began = []
    application = get_wsgi_application()
    with pytest.raises(TooManyFieldsSent):
        application(environment(), None)

    answer = refusing(application)(environment(), lambda *said: began.append(said))

    assert b"".join(answer) == b"Bad Request"
    assert began[0][0] == "400 Bad Request"
    assert ("X-Content-Type-Options", "nosniff") in began[0][1]


def test_any_other_request_is_answered_as_it_was():
    answered = refusing(lambda _environment, _start: [b"ok"])({}, None)

    assert answered == [b"ok"]
