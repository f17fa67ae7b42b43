"""Addresses of pledges, their checks and their criteria."""

from django.urls import path

from campaigns.views import criteria
from campaigns.views.pledges import answering, checking, reading, setting, writing

person = "pledges/<int:participant_id>/"
unit = "pledges/campaigns/<int:campaign_id>/units/<int:unit_id>/"
item = "pledges/items/<int:pledge_item_id>/"
criterion = "pledges/criteria/<int:criterion_id>/"
urlpatterns = [
    path("pledges/", reading.pledge_own, name="pledge_own"),
    path("pledges/manifestations/", reading.manifestations, name="manifestations"),
    path("pledges/drafts/key/", writing.draft_key, name="draft_key"),
    path(person, reading.pledge_detail, name="pledge_detail"),
    path(f"{person}begin/", writing.pledge_begin, name="pledge_begin"),
    path(f"{person}write/", writing.pledge_write, name="pledge_write"),
    path(f"{person}draft/", writing.draft_save, name="draft_save"),
    path(f"{person}send/", writing.pledge_send, name="pledge_send"),
    path(f"{person}confirm/", answering.pledge_confirm, name="pledge_confirm"),
    path(f"{person}return/", answering.pledge_return, name="pledge_return"),
    path(
        f"{person}acknowledge/",
        answering.pledge_acknowledge,
        name="pledge_acknowledge",
    ),
    path(f"{person}paper/", answering.pledge_paper, name="pledge_paper"),
    path(f"{person}results/", checking.pledge_results, name="pledge_results"),
    path(unit, reading.unit_pledges, name="unit_pledges"),
    path(f"{unit}checks/", checking.check_list, name="check_list"),
    path(f"{unit}checks/round/", checking.check_round, name="check_round"),
    path(f"{item}check/", checking.item_check, name="item_check"),
    path(f"{item}report/", checking.item_report, name="item_report"),
    path(f"{unit}criteria/", criteria.criteria_list, name="criteria_list"),
    path(f"{unit}criteria/add/", criteria.criterion_add, name="criterion_add"),
    path(f"{unit}criteria/send/", criteria.criteria_send, name="criteria_send"),
    path(
        f"{unit}criteria/publish/", criteria.criteria_publish, name="criteria_publish"
    ),
    path(f"{unit}criteria/return/", criteria.criteria_return, name="criteria_return"),
    path(f"{criterion}edit/", criteria.criterion_edit, name="criterion_edit"),
    path(f"{criterion}remove/", criteria.criterion_remove, name="criterion_remove"),
    path(
        "pledges/campaigns/<int:campaign_id>/setup/",
        setting.pledge_setup,
        name="pledge_setup",
    ),
]
