"""Addresses of figures and reports."""

from django.urls import path

from reports import views

app_name = "reports"
report = "reports/<int:report_id>/"
urlpatterns = [
    path(
        "campaigns/<int:campaign_id>/units/<int:unit_id>/reports/",
        views.report_request,
        name="report_request",
    ),
    path(report, views.report_detail, name="report_detail"),
    path(f"{report}retry/", views.report_retry, name="report_retry"),
    path(f"{report}<str:extension>/", views.report_file, name="report_file"),
]
