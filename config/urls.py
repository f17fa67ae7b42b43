"""Addresses: each app has its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reports.urls")),
    path("", include("reviews.urls")),
    path("", include("members.urls")),
]
