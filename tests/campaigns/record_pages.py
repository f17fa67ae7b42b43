"""The pages of records, and who keeps them."""

from django.test import Client
from django.urls import reverse

from members.policy import Role
from tests.clients import english_client
from tests.factories import PostFactory


def holder(unit, role=Role.SECRETARY, **columns) -> Client:
    client = english_client()
    client.force_login(PostFactory(unit=unit, role=role, **columns).account)
    return client


def page(name, *arguments):
    return reverse(f"records:{name}", args=arguments)


def errors(response):
    return {
        name: list(texts) for name, texts in response.context["form"].errors.items()
    }
