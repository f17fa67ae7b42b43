"""Addresses of figures and reports."""

from django.urls import path

from reports.views import (
    boards,
    figures,
    issues,
    queue,
    readings,
    record_figures,
    submissions,
    verifying,
)

app_name = "reports"
report = "reports/<int:report_id>/"
reading = "readings/<int:reading_id>/"
signed = "signed/<int:submission_id>/"
urlpatterns = [
    path(
        "campaigns/<int:campaign_id>/units/<int:unit_id>/reports/",
        figures.report_request,
        name="report_request",
    ),
    path(
        "campaigns/<int:campaign_id>/units/<int:unit_id>/signed/",
        submissions.unit_submissions,
        name="unit_submissions",
    ),
    path(
        "campaigns/<int:campaign_id>/units/<int:unit_id>/sign/",
        submissions.submission_sign,
        name="submission_sign",
    ),
    path(signed, submissions.submission_detail, name="submission_detail"),
    path(f"{signed}return/", submissions.submission_return, name="submission_return"),
    path(
        "progress/<int:campaign_id>/<int:unit_id>/",
        boards.unit_progress,
        name="unit_progress",
    ),
    path("progress/", boards.progress_list, name="progress_list"),
    path("reports/", queue.report_list, name="report_list"),
    path(f"{report}cancel/", queue.report_cancel, name="report_cancel"),
    path(report, figures.report_detail, name="report_detail"),
    path(f"{report}retry/", figures.report_retry, name="report_retry"),
    path(f"{report}issue/", issues.report_issue, name="report_issue"),
    path(f"{report}<str:extension>/", figures.report_file, name="report_file"),
    path(
        "records/units/<int:unit_id>/<str:extension>/",
        record_figures.record_figures_file,
        name="record_figures_file",
    ),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<str:code>/", verifying.verify_code, name="verify_code"),
    path("readings/", readings.reading_list, name="reading_list"),
    path("readings/add/", readings.reading_add, name="reading_add"),
    path(reading, readings.reading_detail, name="reading_detail"),
    path(f"{reading}approve/", readings.reading_approve, name="reading_approve"),
    path(f"{reading}close/", readings.reading_close, name="reading_close"),
]
