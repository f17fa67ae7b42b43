"""Addresses of results coming in."""

from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("imports/", views.import_list, name="import_list"),
    path("imports/template/", views.import_template, name="import_template"),
    path("imports/<int:import_id>/", views.import_detail, name="import_detail"),
    path(
        "imports/<int:import_id>/confirm/", views.import_confirm, name="import_confirm"
    ),
    path("imports/<int:import_id>/retry/", views.import_retry, name="import_retry"),
    path(
        "imports/<int:import_id>/annotated/",
        views.import_annotated,
        name="import_annotated",
    ),
]
