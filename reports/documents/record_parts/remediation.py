"""Plans of remediation of somebody, and for what they were named as responsible."""

from django.utils.translation import gettext_lazy as _

from reports.documents.record_parts.part import Part
from reports.documents.record_values import (
    Json,
    day_json,
    day_text,
    joined,
    moment_json,
    moment_text,
    unit_json,
)
from reviews.models import (
    NamedPerson,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
)


def _plan(row: RemediationPlan) -> Json:
    return {
        "number": row.pk,
        "state": row.state,
        "signed_on": day_json(row.signed_on),
        "to": unit_json(row.goes_to),
        "opened_at": moment_json(row.opened_at),
    }


def _item(row: RemediationItem) -> Json:
    return {
        "plan": row.plan_id,
        "source": row.source,
        "document": row.document,
        "document_on": day_json(row.document_on),
        "shortcoming": row.shortcoming,
        "measure": row.measure,
        "responsible": row.responsible,
        "due_on": day_json(row.due_on),
        "state": row.state,
        "ended_on": day_json(row.ended_on),
        "repeated": row.repeats_id is not None,
    }


def _check(row: RemediationCheck) -> Json:
    return {
        "plan": row.item.plan_id,
        "shortcoming": row.item.shortcoming,
        "on": day_json(row.on),
        "state": row.state,
        "note": row.note,
        "due_on": day_json(row.due_on),
    }


def _step(row: RemediationStep) -> Json:
    return {
        "plan": row.plan_id,
        "act": row.act,
        "on": day_json(row.on),
        "document": row.document,
        "text": row.text,
        "to": unit_json(row.to),
        "contents": row.contents,
    }


def _named(row: NamedPerson) -> Json:
    return {
        "unit": unit_json(row.item.plan.unit),
        "document": row.item.document,
        "document_on": day_json(row.item.document_on),
        "shortcoming": row.item.shortcoming,
        "post": row.post,
        "from_on": day_json(row.from_on),
        "until_on": day_json(row.until_on),
        "named_at": moment_json(row.named_at),
        "answer": row.answer,
        "answered_at": moment_json(row.answered_at),
    }


PARTS = (
    Part[RemediationPlan](
        key="remediation_plans",
        heading=_("Plans of remediation"),
        heads=(_("Number"), _("Opened"), _("State"), _("Goes to")),
        widths=("24", "40", "", "60"),
        rows=lambda kept: kept.remediation_plans,
        codes=_plan,
        words=lambda row: (
            str(row.pk),
            moment_text(row.opened_at),
            str(row.get_state_display()),
            row.goes_to.name if row.goes_to else "–",
        ),
    ),
    Part[RemediationItem](
        key="remediation_items",
        heading=_("What the person puts right"),
        heads=(_("Source"), _("What"), _("By which measure"), _("Due on"), _("State")),
        widths=("36", "", "50", "24", "26"),
        rows=lambda kept: kept.remediation_items,
        codes=_item,
        words=lambda row: (
            joined(row.get_source_display(), row.document),
            row.shortcoming,
            joined(row.measure, row.responsible),
            day_text(row.due_on),
            str(row.get_state_display()),
        ),
    ),
    Part[RemediationCheck](
        key="remediation_checks",
        heading=_("How it stood"),
        heads=(_("Day"), _("What"), _("State")),
        widths=("24", "", "60"),
        rows=lambda kept: kept.remediation_checks,
        codes=_check,
        words=lambda row: (
            day_text(row.on),
            row.item.shortcoming,
            joined(
                row.get_state_display(), row.note, row.due_on and day_text(row.due_on)
            ),
        ),
    ),
    Part[RemediationStep](
        key="remediation_steps",
        heading=_("Steps of the plans of remediation"),
        heads=(_("Day"), _("Act"), _("Document"), _("Text")),
        widths=("24", "30", "36", ""),
        rows=lambda kept: kept.remediation_steps,
        codes=_step,
        words=lambda row: (
            day_text(row.on),
            str(row.get_act_display()),
            joined(row.document),
            joined(row.text, *(item["shortcoming"] for item in row.contents)),
        ),
    ),
    Part[NamedPerson](
        key="named_responsible",
        heading=_("Shortcomings of collectives for which the person was named"),
        heads=(_("Unit"), _("Document"), _("What"), _("Post"), _("Answer")),
        widths=("34", "34", "", "36", "40"),
        rows=lambda kept: kept.named_responsible,
        codes=_named,
        words=lambda row: (
            row.item.plan.unit.name if row.item.plan.unit else "–",
            f"{row.item.document}, {day_text(row.item.document_on)}",
            row.item.shortcoming,
            joined(row.post, f"{day_text(row.from_on)} – {day_text(row.until_on)}"),
            joined(row.answer),
        ),
    ),
)
