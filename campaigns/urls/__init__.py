"""Addresses by subject: the acts on roll and units are the site's own.

The registry leads to these. Every other subject has a namespace.
"""

from django.urls import URLPattern, URLResolver, include, path

from campaigns.urls import (
    meetings,
    plans,
    pledges,
    records,
    reminders,
    roll,
    todo,
    work,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *roll.urlpatterns,
    path("", include((meetings.urlpatterns, "meetings"))),
    path("", include((plans.urlpatterns, "plans"))),
    path("", include((pledges.urlpatterns, "pledges"))),
    path("", include((records.urlpatterns, "records"))),
    path("", include((reminders.urlpatterns, "reminders"))),
    path("", include((todo.urlpatterns, "todo"))),
    path("", include((work.urlpatterns, "work"))),
]
