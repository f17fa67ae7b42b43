"""Passkeys, answered by a key that the test holds itself."""

import json
from hashlib import sha256

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

from members.models import Event, Passkey
from members.policy import Role
from tests.factories import (
    NOON,
    PASSWORD,
    AccountFactory,
    CodeCardFactory,
    PasskeyFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db

LOGIN = reverse("members:login")
STEP = reverse("members:second_step")
ADD = reverse("members:passkey_add")
FACTORS = reverse("members:second_factor_list")
HOST, ORIGIN = "testserver", "http://testserver"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Device:
    """A telephone with one key."""

    def __init__(self, name: bytes = b"a telephone", *, origin=ORIGIN, host=HOST):
        self.name, self.origin, self.host = name, origin, host
        self.key = ec.generate_private_key(ec.SECP256R1())

    def _client(self, kind, question):
        challenge = json.loads(question)["publicKey"]["challenge"]
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(said).encode()

    def _data(self, credential=b""):
        flags = AuthenticatorData.FLAG.UP
        if credential:
            flags |= AuthenticatorData.FLAG.AT
        party = sha256(self.host.encode()).digest()
        return AuthenticatorData.create(party, flags, 0, credential)

    def _answer(self, **response):
        name = websafe_encode(self.name)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": {
                    key: websafe_encode(value) for key, value in response.items()
                },
            }
        )

    def make(self, question):
        """What a browser answers when it is asked for a new key."""
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.name, public)
        proof = AttestationObject.create("none", self._data(credential), {})
        return self._answer(
            clientDataJSON=self._client("webauthn.create", question),
            attestationObject=bytes(proof),
        )

    def sign(self, question):
        """What a browser answers when it is asked to sign."""
        client, data = self._client("webauthn.get", question), self._data()
        signed = bytes(data) + sha256(client).digest()
        return self._answer(
            clientDataJSON=client,
            authenticatorData=bytes(data),
            signature=self.key.sign(signed, ec.ECDSA(SHA256())),
        )


@pytest.fixture
def secretary():
    account = AccountFactory(login="yen", created_at=NOON)
    PostFactory(account=account, role=Role.SECRETARY, from_on=NOON.date())
    return account


def show_password(client):
    return client.post(LOGIN, {"username": "yen", "password": PASSWORD})


def is_in(client):
    return "_auth_user_id" in client.session


def add(client, device):
    question = client.get(ADD).context["question"]
    return client.post(ADD, {"answer": device.make(question)})


def answer(client, device):
    question = client.get(STEP).context["question"]
    return client.post(STEP, {"answer": device.sign(question)})


@pytest.fixture
def device(client, secretary):
    """A telephone whose passkey counts; nobody is logged in any more."""
    device = Device()
    show_password(client)
    assert add(client, device).url == reverse("members:card_print")
    client.logout()
    return device


def test_the_passkey_opens_after_the_password(client, device):
    assert show_password(client).url == STEP
    done = answer(client, device)

    assert (done.status_code, is_in(client)) == (302, True)
    assert "passkey_question" not in client.session
    actions = Event.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["passkeys.added"]


def test_an_answer_counts_once(client, device):
    show_password(client)
    signed = device.sign(client.get(STEP).context["question"])
    client.post(STEP, {"answer": signed})
    client.logout()
    show_password(client)
    client.get(STEP)

    assert client.post(STEP, {"answer": signed}).status_code == 422
    assert client.post(STEP, {"answer": signed}).status_code == 422  # asked nothing
    assert not is_in(client)


@pytest.mark.parametrize(
    "other",
    [
        Device(),
        Device(b"another"),
        Device(origin="http://elsewhere.example"),
        Device(host="elsewhere.example"),
    ],
    ids=["another key", "unknown", "another place", "made for another place"],
)
def test_no_other_answer_opens(client, device, other):
    if other.origin != ORIGIN or other.host != HOST:
        other.key = device.key
    show_password(client)

    refused = answer(client, other)

    assert (refused.status_code, is_in(client)) == (422, False)
    assert Event.objects.filter(action="accounts.second_step_refused").count() == 1


@pytest.mark.parametrize("said", ["", "x", "[]", "{}", '{"id": 1}', "null"])
def test_nonsense_is_refused(client, device, said):
    show_password(client)
    client.get(STEP)
    assert client.post(STEP, {"answer": said}).status_code == 422

    client.logout()
    client.force_login(AccountFactory())
    client.get(ADD)
    typed = {"answer": said, "old": PASSWORD}
    assert client.post(ADD, typed).status_code == 422
    assert Passkey.objects.count() == 1


def test_failures_of_passkeys_lock_the_name(client, device):
    show_password(client)
    for _ in range(6):
        answer(client, Device())

    assert answer(client, device).status_code == 422
    assert not is_in(client)


def test_one_key_is_of_one_account(client, device):
    client.force_login(AccountFactory())
    question = client.get(ADD).context["question"]

    refused = client.post(ADD, {"answer": device.make(question), "old": PASSWORD})

    assert refused.status_code == 422
    assert Passkey.objects.count() == 1


def test_a_known_key_is_not_offered_again(client, secretary, device):
    show_password(client)
    answer(client, device)
    question = json.loads(client.get(ADD).context["question"])["publicKey"]

    known = [websafe_decode(key["id"]) for key in question["excludeCredentials"]]
    assert known == [device.name]


def test_a_holder_keeps_the_last_and_nobody_removes_another_s(client, secretary):
    own, other = PasskeyFactory(account=secretary), PasskeyFactory()
    client.force_login(secretary)
    typed = {"old": PASSWORD}

    def remove(passkey):
        return client.post(
            reverse("members:passkey_remove", args=[passkey.pk]), typed
        ).status_code

    assert (remove(other), remove(own)) == (404, 422)
    CodeCardFactory(account=secretary)
    assert remove(own) == 302
    assert list(Passkey.objects.all()) == [other]
