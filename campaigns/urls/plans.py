"""Addresses of campaigns as plans: their home, the plan, its parts, the acts."""

from django.urls import path

from campaigns.views import plan_acts, plan_parts, plans

campaign = "plans/<int:campaign_id>/"
local = f"{campaign}units/<int:unit_id>/"
part = "plans/parts/<slug:part_kind>/<int:part_id>/"
peak = f"{campaign}peaks/<int:peak_id>/units/<int:unit_id>/"
urlpatterns = [
    path("plans/", plans.campaign_list, name="campaign_list"),
    path("plans/add/", plan_parts.campaign_add, name="campaign_add"),
    path(campaign, plans.campaign_home, name="campaign_home"),
    path(f"{campaign}edit/", plan_parts.campaign_edit, name="campaign_edit"),
    path(f"{campaign}preview/", plans.plan_preview, name="plan_preview"),
    path(f"{campaign}open/", plan_acts.campaign_open, name="campaign_open"),
    path(f"{campaign}roll/", plan_acts.roll_fix, name="roll_fix"),
    path(f"{campaign}longer/", plan_acts.extension_add, name="extension_add"),
    path(f"{campaign}tasks/take/", plan_parts.tasks_take, name="tasks_take"),
    path(f"{campaign}plan/", plans.plan_detail, name="plan_detail"),
    path(
        f"{campaign}parts/<slug:part_kind>/add/", plan_parts.part_add, name="part_add"
    ),
    path(local, plans.local_plan, name="local_plan"),
    path(
        f"{local}parts/<slug:part_kind>/add/",
        plan_parts.local_part_add,
        name="local_part_add",
    ),
    path(part, plan_parts.part_edit, name="part_edit"),
    path(f"{part}remove/", plan_parts.part_remove, name="part_remove"),
    path("plans/tasks/<int:plan_task_id>/", plan_parts.task_report, name="task_report"),
    path(
        "plans/documents/<int:plan_document_id>/file/",
        plans.document_file,
        name="document_file",
    ),
    path(peak, plans.peak_detail, name="peak_detail"),
    path(f"{peak}day/", plan_acts.peak_day, name="peak_day"),
]
