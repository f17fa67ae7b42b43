"""A district's clerk in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from members.policy import Role
from tests.clients import english_client
from tests.factories import PostFactory
from tests.reviews.result_books import book_of


@pytest.fixture(autouse=True)
def in_vietnamese():
    with override("vi"):
        yield


@pytest.fixture
def clerk(district):
    return PostFactory(unit=district, role=Role.CLERK).account


@pytest.fixture
def client(clerk):
    client = english_client()
    client.force_login(clerk)
    return client


@pytest.fixture
def send(client, district):
    """Fill in the form and send it."""

    def post(**changes):
        fields = {
            "file": SimpleUploadedFile("ket-qua.xlsx", book_of()),
            "within": district.pk,
            "campaign_code": "yen-lac-2017",
            "campaign_name": "Năm 2017",
            "rule_set": "hd27-2014",
            "year": 2017,
            **changes,
        }
        return client.post(reverse("reviews:import_list"), fields)

    return post
