"""Addresses of logging in and of the registry."""

from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("members/", views.member_list, name="member_list"),
]
