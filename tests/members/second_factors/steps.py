"""The way in, step by step, as a browser takes it."""

from datetime import timedelta

from django.urls import reverse

from members.models import Authenticator, Event
from tests.factories import NOON, PASSWORD
from tests.one_time_codes import shown_by_app

LOGIN = reverse("members:login")
STEP = reverse("members:second_step")
FACTORS = reverse("members:second_factor_list")
CARD = reverse("members:card_print")
APP = reverse("members:authenticator_add")
APP_REMOVE = reverse("members:authenticator_remove")
SLIPS = reverse("members:slip_list")
HOME = reverse("home")
ROLL = reverse("members:member_list")
FIRST, SECOND, THIRD = "11111111", "22222222", "33333333"
DAY = timedelta(days=1)


def show_password(client, login="yen", **fields):
    typed = {"username": login, "password": PASSWORD, **fields}
    return client.post(LOGIN, typed)


def show_code(client, code):
    return client.post(STEP, {"code": code})


def is_in(client):
    return "_auth_user_id" in client.session


def code_of(account, *, later=0):
    seed = Authenticator.objects.get(account=account).seed
    return shown_by_app(seed, at=NOON + timedelta(seconds=later))


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))
