"""Addresses: each app has its own."""

from django.urls import URLPattern, URLResolver, include, path

from members import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reports.urls")),
    path("", include("reviews.urls")),
    path("", include("members.urls")),
    path("language/", views.set_language, name="set_language"),
    path("healthz/", views.health, name="health"),
]
