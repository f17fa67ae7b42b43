"""Where posts are given and changed, and by which document."""

from django.urls import reverse

DOCUMENT = "Quyết định số 12-QĐ/ĐU, ngày 05/9/2026"


def act(name, post, to=None) -> str:
    url = reverse(f"members:post_{name}", args=[post.pk])
    return f"{url}?to={to.pk}" if to else url


def add(unit, to=None) -> str:
    url = reverse("members:post_add", args=[unit.pk])
    return f"{url}?to={to.pk}" if to else url
