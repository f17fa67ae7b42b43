"""Addresses of acts on roll and units: the site's own, the registry leads to them."""

from django.urls import path

from campaigns.views import (
    changes,
    decisions,
    late_changes,
    people,
    reorganisations,
    rolls,
    transfers,
)

member = "members/<int:member_id>/"
transfer = "transfers/<int:transfer_id>/"
upload = "members/imports/<int:roll_import_id>/"
decision = "units/decisions/<int:decision_id>/"
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
    path("units/decisions/", decisions.decision_list, name="decision_list"),
    path("units/decisions/add/", decisions.decision_add, name="decision_add"),
    path(decision, decisions.decision_detail, name="decision_detail"),
    path(f"{decision}edit/", decisions.decision_edit, name="decision_edit"),
    path(f"{decision}discard/", decisions.decision_discard, name="decision_discard"),
    path(
        f"{decision}carry-out/", decisions.decision_carry_out, name="decision_carry_out"
    ),
    path(f"{decision}changes/add/", changes.change_add, name="change_add"),
    path(
        f"{decision}changes/<int:change_id>/remove/",
        changes.change_remove,
        name="change_remove",
    ),
    path(
        f"{decision}campaigns/<int:campaign_id>/",
        reorganisations.decision_apply,
        name="decision_apply",
    ),
]
