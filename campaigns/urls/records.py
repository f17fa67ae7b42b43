"""Addresses of records: inspection, discipline, commendations, departures, conferences."""

from django.urls import path

from campaigns.views.records import (
    commendations,
    conferences,
    departures,
    disciplines,
    inspections,
    programmes,
)

inspection = "inspections/<int:inspection_id>/"
discipline = "disciplines/<int:discipline_id>/"
commendation = "commendations/<int:commendation_id>/"
departure = "departures/<int:departure_id>/"
conference = "conferences/<int:conference_id>/"
programme = "inspection-programmes/<int:inspection_programme_id>/"
urlpatterns = [
    path("inspections/", inspections.inspection_list, name="inspection_list"),
    path("inspections/add/", inspections.inspection_add, name="inspection_add"),
    path(inspection, inspections.inspection_detail, name="inspection_detail"),
    path(f"{inspection}edit/", inspections.inspection_edit, name="inspection_edit"),
    path("inspection-programmes/", programmes.programme_list, name="programme_list"),
    path(programme, programmes.programme_detail, name="programme_detail"),
    path(f"{programme}visits/add/", programmes.planned_add, name="planned_add"),
    path(
        "units/<int:unit_id>/inspection-programmes/add/",
        programmes.programme_add,
        name="programme_add",
    ),
    path("disciplines/", disciplines.discipline_list, name="discipline_list"),
    path("disciplines/add/", disciplines.discipline_add, name="discipline_add"),
    path(discipline, disciplines.discipline_detail, name="discipline_detail"),
    path(f"{discipline}edit/", disciplines.discipline_edit, name="discipline_edit"),
    path(
        f"{discipline}change/", disciplines.discipline_change, name="discipline_change"
    ),
    path("commendations/", commendations.commendation_list, name="commendation_list"),
    path("commendations/add/", commendations.commendation_add, name="commendation_add"),
    path(commendation, commendations.commendation_detail, name="commendation_detail"),
    path(
        f"{commendation}edit/",
        commendations.commendation_edit,
        name="commendation_edit",
    ),
    path("departures/", departures.departure_list, name="departure_list"),
    path("departures/add/", departures.departure_add, name="departure_add"),
    path(departure, departures.departure_detail, name="departure_detail"),
    path(f"{departure}edit/", departures.departure_edit, name="departure_edit"),
    path("conferences/", conferences.conference_list, name="conference_list"),
    path(conference, conferences.conference_detail, name="conference_detail"),
    path(f"{conference}edit/", conferences.conference_edit, name="conference_edit"),
    path(
        "units/<int:unit_id>/conferences/add/",
        conferences.conference_add,
        name="conference_add",
    ),
]
