"""Addresses of logging in and of the registry."""

from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("me/", views.own_record, name="own_record"),
    path("members/", views.member_list, name="member_list"),
    path("members/<int:member_id>/", views.member_detail, name="member_detail"),
    path("transfers/", views.transfer_list, name="transfer_list"),
    path("transfers/<int:transfer_id>/", views.transfer_detail, name="transfer_detail"),
]
