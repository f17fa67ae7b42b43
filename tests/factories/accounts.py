"""Accounts with what opens them, posts, events and jobs."""

from datetime import date, timedelta

import factory
from django.contrib.sessions.models import Session
from django.utils.crypto import get_random_string
from factory.django import Password
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestedCredentialData

from members import events
from members.models import (
    Account,
    AccountSession,
    Authenticator,
    CodeCard,
    Event,
    Job,
    Passkey,
    Post,
    ReasonedReading,
    Slip,
)
from members.policy import Role
from tests.factories.base import NOON, OPENED, Factory
from tests.factories.people import MemberFactory
from tests.factories.units import DistrictFactory, UnitFactory

PASSWORD = "mật khẩu dài để thử"
NO_KEY = ES256({1: 2, 3: -7, -1: 1, -2: b"", -3: b""})


class AccountFactory(Factory):
    """Somebody who is no member and logs in with `PASSWORD`."""

    class Meta:
        model = Account

    login = factory.Sequence(lambda n: f"dong.chi.{n}")
    display_name = "Trần Thị Bình"
    password = Password(PASSWORD)


class SlipFactory(Factory):
    """A slip printed at noon, whose code nobody knows."""

    class Meta:
        model = Slip

    account = factory.SubFactory(AccountFactory)
    code_hash = "0" * 64
    printed_at = NOON


class CodeCardFactory(Factory):
    """A card in use, with three codes left."""

    class Meta:
        model = CodeCard

    account = factory.SubFactory(AccountFactory)
    codes = "11111111 22222222 33333333"
    printed_at = NOON
    taken_at = factory.SelfAttribute("printed_at")


class AuthenticatorFactory(Factory):
    """An app that has shown no code yet."""

    class Meta:
        model = Authenticator

    account = factory.SubFactory(AccountFactory)
    seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    last_step = 0
    added_at = NOON


class PasskeyFactory(Factory):
    """A passkey that signs nothing."""

    class Meta:
        model = Passkey

    account = factory.SubFactory(AccountFactory)
    credential = factory.Sequence(lambda n: f"credential {n}".encode())
    public_key = factory.LazyAttribute(
        lambda passkey: bytes(
            AttestedCredentialData.create(Aaguid.NONE, passkey.credential, NO_KEY)
        )
    )
    device = "Chrome, Android"
    added_at = NOON


class AccountSessionFactory(Factory):
    """A session that was begun and last used at noon."""

    class Meta:
        model = AccountSession

    session = factory.LazyFunction(
        lambda: Session.objects.create(
            session_key=get_random_string(32), expire_date=NOON + timedelta(days=1)
        )
    )
    account = factory.SubFactory(AccountFactory)
    begun_at = NOON
    seen_at = NOON
    browser = "Firefox, Linux"


class PostFactory(Factory):
    """An office clerk, by an account of their own unless `member=` is given."""

    class Meta:
        model = Post

    account = factory.Maybe(
        "member",
        yes_declaration=None,
        no_declaration=factory.SubFactory(AccountFactory),
    )
    member = None
    unit = factory.SubFactory(UnitFactory)
    role = Role.CLERK
    from_on = OPENED


class ReasonedReadingFactory(Factory):
    """What a committee read yesterday, for a reason."""

    class Meta:
        model = ReasonedReading

    member = factory.SubFactory(MemberFactory)
    unit = factory.SubFactory(DistrictFactory)
    post = factory.SubFactory(
        PostFactory, unit=factory.SelfAttribute("..unit"), role=Role.SECRETARY
    )
    account = factory.SelfAttribute("post.account")
    is_inspection = False
    reason = "Xem xét quy hoạch"
    asked_at = NOON
    opened_at = NOON
    shown_from = date(2024, 12, 1)


class EventFactory(Factory):
    """What a command on the server did to a unit."""

    class Meta:
        model = Event

    @classmethod
    def _create(cls, model, **columns):
        event = model(**columns)
        events.append([event])
        return event

    at = NOON
    system_reason = "test"
    action = "units.created"
    unit = factory.SubFactory(UnitFactory)
    subject_kind = "members.partyunit"
    subject_id = factory.SelfAttribute("unit.pk")


class JobFactory(Factory):
    class Meta:
        model = Job

    kind = "rollup"
    subject_id = factory.Sequence(lambda n: n + 1)
