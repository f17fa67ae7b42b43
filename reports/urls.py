"""Addresses of figures and reports."""

from django.urls import path

from reports import views

app_name = "reports"
unit = "campaigns/<int:campaign_id>/units/<int:unit_id>/"
report = "reports/<int:report_id>/"
urlpatterns = [
    path("", views.home, name="home"),
    path(unit, views.unit_figures, name="unit_figures"),
    path(f"{unit}reports/", views.report_request, name="report_request"),
    path(report, views.rollup_detail, name="rollup_detail"),
    path(f"{report}retry/", views.report_retry, name="report_retry"),
    path(f"{report}<str:extension>/", views.report_file, name="report_file"),
]
