"""Addresses of logging in and of the registry."""

from django.urls import path

from members.views import accounts, posts, roll, units

app_name = "members"
urlpatterns = [
    path("login/", accounts.login, name="login"),
    path("logout/", accounts.logout, name="logout"),
    path("me/", roll.own_record, name="own_record"),
    path("members/", roll.member_list, name="member_list"),
    path("members/<int:member_id>/", roll.member_detail, name="member_detail"),
    path("units/", units.unit_list, name="unit_list"),
    path("units/<int:unit_id>/", units.unit_detail, name="unit_detail"),
    path("units/<int:unit_id>/posts/add/", posts.post_add, name="post_add"),
    path("units/posts/<int:post_id>/end/", posts.post_end, name="post_end"),
    path(
        "units/posts/<int:post_id>/hand-over/",
        posts.post_hand_over,
        name="post_hand_over",
    ),
    path(
        "units/posts/<int:post_id>/delegate/", posts.post_delegate, name="post_delegate"
    ),
    path("transfers/", roll.transfer_list, name="transfer_list"),
    path("transfers/<int:transfer_id>/", roll.transfer_detail, name="transfer_detail"),
]
