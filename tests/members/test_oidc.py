"""Logging in at a provider that stands on this machine for the time of a test."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.urls import reverse

from members.models import Account, AccountSession, Event, OidcLink, Post
from tests.clients import forget_password
from tests.factories import NOON, PASSWORD, AccountFactory, CodeCardFactory, PostFactory

pytestmark = pytest.mark.django_db

LOGIN = reverse("members:login")
BEGIN = reverse("members:oidc_begin")
BACK = reverse("members:oidc_back")
LINK = reverse("members:oidc_link")
UNLINK = reverse("members:oidc_unlink")
FACTORS = reverse("members:second_factor_list")
HOME = reverse("home")
CLIENT, SECRET = "tusoi", "a secret of both"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """What it signs, and what it was asked."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.subject = "person-1"
        self.key = KEY
        self.algorithm = "RS256"
        self.changed: dict[str, object] = {}  # in the token
        self.nonce = ""
        self.forms: list[dict[str, str]] = []
        self.answers = {
            "/.well-known/openid-configuration": lambda: {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            },
            "/keys": self.keys,
            "/token": lambda: {"id_token": self.token()},
        }

    def keys(self):
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}

    def token(self):
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            "nonce": self.nonce,
            **self.changed,
        }
        return jwt.encode(
            claims, self.key, algorithm=self.algorithm, headers={"kid": "1"}
        )


@pytest.fixture
def provider(settings):
    with serving() as provider:
        settings.OIDC_ISSUER = provider.issuer
        settings.OIDC_CLIENT_ID = CLIENT
        settings.OIDC_CLIENT_SECRET = SECRET
        settings.OIDC_NAME = "Cổng tỉnh"
        yield provider


@contextmanager
def serving():
    held = SimpleNamespace(provider=None)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer()

        def do_POST(self):
            length = int(self.headers["Content-Length"])
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            held.provider.forms.append(form)
            self.answer()

        def answer(self):
            said = held.provider.answers.get(urlsplit(self.path).path, lambda: None)()
            status = 404 if said is None else 200
            if isinstance(said, str):
                status = 302
            self.send_response(status)
            if isinstance(said, str):
                self.send_header("Location", said)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *args):
            """Nothing on the terminal of the tests."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    held.provider = Provider(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield held.provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def go(client, provider, query="", **changed):
    """Press the button, log in there, come back."""
    asked = client.get(f"{BEGIN}{query}")
    sent = {
        name: values[0] for name, values in parse_qs(urlsplit(asked.url).query).items()
    }
    provider.nonce = sent["nonce"]
    return client.get(BACK, {"code": "c", "state": sent["state"], **changed})


@pytest.fixture
def account(provider):
    account = AccountFactory(login="yen")
    OidcLink.objects.create(
        account=account,
        issuer=provider.issuer,
        subject=provider.subject,
        linked_at=NOON,
    )
    return account


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("address", [BEGIN, BACK])
def test_without_a_setting_there_is_no_such_page(client, address):
    assert client.get(address).status_code == 404
    assert "OpenID" not in client.get(LOGIN).text


def test_a_linked_account_comes_in(client, provider, account):
    assert "Đăng nhập bằng Cổng tỉnh" in client.get(LOGIN).text

    done = go(client, provider)

    assert (done.url, is_in(client)) == (HOME, True)
    (form,) = provider.forms
    assert form["client_secret"] == SECRET
    assert form["redirect_uri"] == f"http://testserver{BACK}"
    assert len(form["code_verifier"]) >= 43


def test_the_provider_gets_no_secret_in_the_address(client, provider):
    asked = client.get(BEGIN).url

    sent = parse_qs(urlsplit(asked).query)
    assert asked.startswith(f"{provider.issuer}/authorize?")
    assert sent["code_challenge_method"] == ["S256"]
    assert SECRET not in asked
    assert client.session["oidc"]["verifier"] not in asked


def test_the_second_step_stays(client, provider, account):
    PostFactory(account=account)
    CodeCardFactory(account=account)

    done = go(client, provider)

    assert (done.url, is_in(client)) == (reverse("members:second_step"), False)


def test_nobody_gets_an_account_or_a_post_by_it(client, provider):
    AccountFactory(login=provider.subject, email="person-1@example.vn")

    refused = go(client, provider)

    assert (refused.url, is_in(client)) == (LOGIN, False)
    assert "notice-error" in client.get(LOGIN).text
    assert (Account.objects.count(), Post.objects.count()) == (1, 0)


def test_a_disabled_account_stays_out(client, provider, account):
    Account.objects.update(is_active=False)

    assert go(client, provider).url == LOGIN
    assert not is_in(client)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another site"},
        {"exp": 1},
        {"nonce": "another"},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_for_another_purpose_opens_nothing(client, provider, account, changed):
    provider.changed = changed

    assert go(client, provider).url == LOGIN
    assert not is_in(client)


@pytest.mark.parametrize("case", ["another key", "another kind", "no signature"])
def test_a_token_that_the_provider_has_not_signed_opens_nothing(
    client, provider, account, case
):
    if case == "another key":
        provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    elif case == "another kind":
        provider.key, provider.algorithm = (
            ec.generate_private_key(ec.SECP256R1()),
            "ES256",
        )
    else:
        provider.key, provider.algorithm = None, "none"

    assert go(client, provider).url == LOGIN
    assert not is_in(client)


@pytest.mark.parametrize("changed", [{"state": "another"}, {"code": ""}])
def test_an_answer_that_nobody_asked_for_opens_nothing(
    client, provider, account, changed
):
    assert go(client, provider, **changed).url == LOGIN
    assert not is_in(client)
    assert provider.forms == []


def test_an_answer_counts_once(client, provider, account):
    asked = client.get(BEGIN)
    sent = {key: each[0] for key, each in parse_qs(urlsplit(asked.url).query).items()}
    provider.nonce = sent["nonce"]
    client.get(BACK, {"code": "c", "state": sent["state"]})
    client.logout()

    assert client.get(BACK, {"code": "c", "state": sent["state"]}).url == LOGIN
    assert not is_in(client)


@pytest.mark.parametrize(
    "path", ["/.well-known/openid-configuration", "/token", "/keys"]
)
@pytest.mark.parametrize("said", [None, [], "http://127.0.0.1:1/", {}])
def test_a_provider_that_answers_nonsense_opens_nothing(
    client, provider, account, path, said
):
    asked = client.get(BEGIN)
    sent = {key: each[0] for key, each in parse_qs(urlsplit(asked.url).query).items()}
    provider.answers[path] = lambda: said

    done = client.get(BACK, {"code": "c", "state": sent["state"]})

    assert (done.url, is_in(client)) == (LOGIN, False)


def test_a_provider_that_is_gone_is_told(client, settings, provider):
    settings.OIDC_ISSUER = "http://127.0.0.1:1"

    assert client.get(BEGIN).url == LOGIN
    assert "Cổng tỉnh không trả lời" in client.get(LOGIN).text


def test_no_secret_goes_to_a_file_or_an_open_line(client, provider, account, tmp_path):
    asked = client.get(BEGIN)
    sent = {key: each[0] for key, each in parse_qs(urlsplit(asked.url).query).items()}
    known = provider.answers["/.well-known/openid-configuration"]()
    changed = {**known, "token_endpoint": f"file://{tmp_path}"}
    provider.answers["/.well-known/openid-configuration"] = lambda: changed

    assert client.get(BACK, {"code": "c", "state": sent["state"]}).url == LOGIN


def test_an_account_is_linked_by_its_owner_after_the_password(client, provider):
    account = AccountFactory(login="yen")
    client.force_login(account)
    forget_password(client)
    client.get(HOME)
    assert client.get(f"{BEGIN}?link").url == LINK
    assert client.post(LINK, {"old": "x"}).status_code == 422
    assert f'href="{BEGIN}?link"' not in client.get(LINK).text

    opened = client.post(LINK, {"old": PASSWORD})
    assert f'href="{BEGIN}?link"' in opened.text
    done = go(client, provider, "?link")

    assert done.url == FACTORS
    link = OidcLink.objects.get()
    assert (link.account, link.subject) == (account, "person-1")
    assert Event.objects.get().action == "oidc.linked"
    client.logout()
    go(client, provider)
    assert is_in(client)


def test_one_person_there_is_one_account_here(client, provider, account):
    other = AccountFactory()
    client.force_login(other)
    client.post(LINK, {"old": PASSWORD})

    assert go(client, provider, "?link").url == FACTORS
    assert OidcLink.objects.get().account == account
    assert "notice-error" in client.get(FACTORS).text


def test_whoever_is_logged_out_meanwhile_is_not_linked(client, provider):
    client.force_login(AccountFactory())
    client.post(LINK, {"old": PASSWORD})
    asked = client.get(f"{BEGIN}?link")
    sent = {key: each[0] for key, each in parse_qs(urlsplit(asked.url).query).items()}
    provider.nonce = sent["nonce"]
    kept = client.session["oidc"]
    client.logout()
    session = client.session
    session["oidc"] = kept
    session.save()

    assert client.get(BACK, {"code": "c", "state": sent["state"]}).url == LOGIN
    assert not OidcLink.objects.exists()


def test_a_link_is_removed(client, provider, account):
    client.force_login(account)
    assert UNLINK in client.get(FACTORS).text

    client.post(UNLINK, {"old": PASSWORD})

    assert not OidcLink.objects.exists()
    assert Event.objects.get(action="oidc.unlinked").account == account
    assert AccountSession.objects.count() == 1
