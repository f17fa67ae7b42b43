"""Addresses: each app has its own; those of the site every app may lead to."""

from django.urls import URLPattern, URLResolver, include, path

from members.views.accounts import health, set_language
from reports.views.figures import home, unit_figures
from reports.views.own import own_record_file, own_results

handler500 = "members.http.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path(
        "campaigns/<int:campaign_id>/units/<int:unit_id>/",
        unit_figures,
        name="unit_figures",
    ),
    path("me/results/", own_results, name="own_results"),
    path(
        "me/record/pdf/", own_record_file, {"extension": "pdf"}, name="own_record_pdf"
    ),
    path(
        "me/record/json/",
        own_record_file,
        {"extension": "json"},
        name="own_record_json",
    ),
    path("", include("reports.urls")),
    path("", include("reviews.urls")),
    path("", include("campaigns.urls")),
    path("", include("members.urls")),
    path("language/", set_language, name="set_language"),
    path("healthz/", health, name="health"),
]
