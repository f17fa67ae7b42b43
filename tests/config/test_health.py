import pytest
from django.db import connection
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_load_balancer_is_told_that_process_and_database_work(client):
    response = client.get(reverse("health"))

    assert (response.status_code, response.text) == (200, "ok")
    assert response["Content-Type"] == "text/plain"


def test_the_load_balancer_is_told_that_the_database_is_gone(client, monkeypatch):
    client.raise_request_exception = False

    def gone():
        raise ConnectionError

    monkeypatch.setattr(connection, "cursor", gone)

    assert client.get(reverse("health")).status_code == 500


@pytest.fixture
def production(settings):
    """Reached by HTTPS under one name, as a site that others use."""
    settings.ALLOWED_HOSTS = ["tusoi.example.vn"]
    settings.SECURE_SSL_REDIRECT = True


@pytest.mark.usefixtures("production")
def test_the_load_balancer_asks_by_number_and_without_https(client):
    response = client.get(reverse("health"), headers={"host": "10.0.0.7:8000"})

    assert (response.status_code, response.text) == (200, "ok")


@pytest.mark.usefixtures("production")
def test_every_other_address_keeps_to_name_and_https(client):
    by_number = client.get(reverse("members:login"), headers={"host": "10.0.0.7"})
    plain = client.get(reverse("members:login"), headers={"host": "tusoi.example.vn"})

    assert by_number.status_code == 400
    assert (plain.status_code, plain.url) == (301, "https://tusoi.example.vn/login/")
