"""Addresses of reminders; one's own stand at an address of the site."""

from django.urls import path

from campaigns.views import reminders

unit = "reminders/campaigns/<int:campaign_id>/units/<int:unit_id>/"
urlpatterns = [
    path(unit, reminders.people_remind, name="people_remind"),
    path(f"{unit}paper/", reminders.paper_list, name="paper_list"),
    path(f"{unit}cells/", reminders.cells_remind, name="cells_remind"),
]
