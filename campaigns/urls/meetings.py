"""Addresses of meetings: a unit's year, one meeting, what is recorded of it."""

from django.urls import path

from campaigns.views import meeting_ratings, meeting_records, meetings

_UNIT = "campaigns/<int:campaign_id>/units/<int:unit_id>/meetings/"
_ONE = f"{_UNIT}<int:meeting_id>/"

urlpatterns = [
    path("meetings/", meetings.meeting_home, name="meeting_home"),
    path(_UNIT, meetings.meeting_list, name="meeting_list"),
    path(f"{_UNIT}add/", meetings.meeting_add, name="meeting_add"),
    path(f"{_UNIT}sheet/", meeting_ratings.meeting_sheet, name="meeting_sheet"),
    path(_ONE, meetings.meeting_detail, name="meeting_detail"),
    path(f"{_ONE}edit/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{_ONE}cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path(f"{_ONE}hold/", meeting_records.meeting_hold, name="meeting_hold"),
    path(f"{_ONE}draft/", meeting_records.meeting_draft, name="meeting_draft"),
    path(f"{_ONE}draft/remove/", meeting_records.draft_remove, name="draft_remove"),
    path(f"{_ONE}sign/", meeting_records.meeting_sign, name="meeting_sign"),
    path(f"{_ONE}correct/", meeting_records.meeting_correct, name="meeting_correct"),
    path(f"{_ONE}rate/", meeting_ratings.meeting_rate, name="meeting_rate"),
    path(f"{_ONE}guests/add/", meeting_records.guest_add, name="guest_add"),
    path(
        f"{_ONE}guests/<int:guest_id>/", meeting_records.guest_edit, name="guest_edit"
    ),
    path(
        f"{_ONE}guests/<int:guest_id>/remove/",
        meeting_records.guest_remove,
        name="guest_remove",
    ),
    path(
        f"{_ONE}tasks/<int:task_id>/remove/",
        meeting_records.task_remove,
        name="task_remove",
    ),
]
