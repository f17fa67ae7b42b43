"""Addresses of logging in and of the registry."""

from django.urls import path

from members.views import (
    accounts,
    corrections,
    email_addresses,
    log_ins,
    memberships,
    oidc,
    opening_figures,
    posts,
    roll,
    roll_files,
    second_factors,
    shutting,
    slips,
    terms,
    units,
    unlocking,
)

app_name = "members"
correction = "members/corrections/<int:correction_id>/"
urlpatterns = [
    path("login/", log_ins.login, name="login"),
    path("login/second-step/", log_ins.second_step, name="second_step"),
    path("login/oidc/", oidc.oidc_begin, name="oidc_begin"),
    path("login/oidc/back/", oidc.oidc_back, name="oidc_back"),
    path("logout/", log_ins.logout, name="logout"),
    path("start/", log_ins.start, name="start"),
    path("unlock/", unlocking.unlock, name="unlock"),
    path("unlock/here/", unlocking.unlock_in_place, name="unlock_in_place"),
    path("unlock/form/", unlocking.form_send, name="form_send"),
    path("sessions/use/", unlocking.session_use, name="session_use"),
    path("password/", accounts.password_change, name="password_change"),
    path("email/", email_addresses.email_edit, name="email_edit"),
    path("email/confirm/", email_addresses.email_confirm, name="email_confirm"),
    path(
        "second-factors/", second_factors.second_factor_list, name="second_factor_list"
    ),
    path("second-factors/card/", second_factors.card_print, name="card_print"),
    path(
        "second-factors/app/",
        second_factors.authenticator_add,
        name="authenticator_add",
    ),
    path(
        "second-factors/app/remove/",
        second_factors.authenticator_remove,
        name="authenticator_remove",
    ),
    path("second-factors/passkeys/", second_factors.passkey_add, name="passkey_add"),
    path(
        "second-factors/passkeys/<int:passkey_id>/remove/",
        second_factors.passkey_remove,
        name="passkey_remove",
    ),
    path("second-factors/oidc/", oidc.oidc_link, name="oidc_link"),
    path("second-factors/oidc/remove/", oidc.oidc_unlink, name="oidc_unlink"),
    path("sessions/", accounts.session_list, name="session_list"),
    path(
        "sessions/end-others/", accounts.session_end_others, name="session_end_others"
    ),
    path("sessions/<int:session_id>/end/", accounts.session_end, name="session_end"),
    path("slips/", slips.slip_list, name="slip_list"),
    path("accounts/<int:account_id>/", shutting.account_detail, name="account_detail"),
    path("me/", roll.own_record, name="own_record"),
    path("me/corrections/add/", corrections.correction_add, name="correction_add"),
    path("members/corrections/", corrections.correction_list, name="correction_list"),
    path(correction, corrections.correction_detail, name="correction_detail"),
    path(
        f"{correction}take-back/",
        corrections.correction_take_back,
        name="correction_take_back",
    ),
    path(
        f"{correction}refuse/", corrections.correction_refuse, name="correction_refuse"
    ),
    path(
        f"{correction}settle/", corrections.correction_settle, name="correction_settle"
    ),
    path("members/", roll.member_list, name="member_list"),
    path("members/template/", roll_files.roll_template, name="roll_template"),
    path("members/export/", roll_files.roll_export, name="roll_export"),
    path("members/beside/", memberships.membership_list, name="membership_list"),
    path(
        "members/beside/<int:membership_id>/end/",
        memberships.membership_end,
        name="membership_end",
    ),
    path("members/exemplarity/", memberships.exemplarity_list, name="exemplarity_list"),
    path(
        "members/<int:member_id>/exemplarity/",
        memberships.member_exemplarity,
        name="member_exemplarity",
    ),
    path("members/<int:member_id>/", roll.member_detail, name="member_detail"),
    path("units/", units.unit_list, name="unit_list"),
    path("units/<int:unit_id>/", units.unit_detail, name="unit_detail"),
    path("units/<int:unit_id>/terms/add/", terms.term_add, name="term_add"),
    path("units/terms/<int:term_id>/edit/", terms.term_edit, name="term_edit"),
    path("units/<int:unit_id>/numbers/", terms.number_list, name="number_list"),
    path("units/<int:unit_id>/numbers/add/", terms.number_add, name="number_add"),
    path(
        "units/<int:unit_id>/opening/",
        opening_figures.opening_list,
        name="opening_list",
    ),
    path(
        "units/<int:unit_id>/opening/add/",
        opening_figures.opening_add,
        name="opening_add",
    ),
    path(
        "units/opening/<int:figure_id>/correct/",
        opening_figures.opening_correct,
        name="opening_correct",
    ),
    path("units/<int:unit_id>/posts/add/", posts.post_add, name="post_add"),
    path("units/posts/<int:post_id>/charge/", posts.post_charge, name="post_charge"),
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
