"""Addresses: each app has its own; those of the site every app may lead to."""

from django.urls import URLPattern, URLResolver, include, path

from members.views.accounts import health, set_language
from reports.views import home, unit_figures

handler500 = "members.http.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path(
        "campaigns/<int:campaign_id>/units/<int:unit_id>/",
        unit_figures,
        name="unit_figures",
    ),
    path("", include("reports.urls")),
    path("", include("reviews.urls")),
    path("", include("campaigns.urls")),
    path("", include("members.urls")),
    path("language/", set_language, name="set_language"),
    path("healthz/", health, name="health"),
]
