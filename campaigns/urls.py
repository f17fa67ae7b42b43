"""Addresses of acts on the roll: the site's own, because the roll leads to them."""

from django.urls import path

from campaigns.views import late_changes, people, rolls, transfers

member = "members/<int:member_id>/"
transfer = "transfers/<int:transfer_id>/"
upload = "members/imports/<int:roll_import_id>/"
urlpatterns = [
    path("late-changes/", late_changes.late_change_list, name="late_change_list"),
    path(
        "late-changes/<int:campaign_id>/<int:member_id>/",
        late_changes.late_change,
        name="late_change",
    ),
    path("members/imports/", rolls.roll_import_list, name="roll_import_list"),
    path(upload, rolls.roll_import_detail, name="roll_import_detail"),
    path(f"{upload}confirm/", rolls.roll_import_confirm, name="roll_import_confirm"),
    path(f"{upload}retry/", rolls.roll_import_retry, name="roll_import_retry"),
    path(f"{upload}refused/", rolls.roll_import_refused, name="roll_import_refused"),
    path("members/add/", people.member_add, name="member_add"),
    path(f"{member}edit/", people.member_edit, name="member_edit"),
    path(f"{member}full/", people.member_full, name="member_full"),
    path(f"{member}pause/", people.member_pause, name="member_pause"),
    path(f"{member}resume/", people.member_resume, name="member_resume"),
    path(f"{member}end/", people.member_end, name="member_end"),
    path(f"{member}send/", transfers.member_send, name="member_send"),
    path(
        f"{member}send-outside/",
        transfers.member_send_outside,
        name="member_send_outside",
    ),
    path(f"{transfer}receive/", transfers.transfer_receive, name="transfer_receive"),
    path(f"{transfer}return/", transfers.transfer_return, name="transfer_return"),
    path(
        f"{transfer}take-back/", transfers.transfer_take_back, name="transfer_take_back"
    ),
]
