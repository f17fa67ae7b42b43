"""Addresses of a unit's work: its home, programme, study and plain rows."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from campaigns.views import consultations, study, work
from campaigns.views import work_records as records
from campaigns.views.programmes import adopting, reading, results

unit = "campaigns/<int:campaign_id>/units/<int:unit_id>/work/"
programme = "work/programmes/<int:programme_id>/"
chair = "work/co-chairs/<int:record_id>/"
session = "work/sessions/<int:record_id>/"
draft = "work/drafts/<int:record_id>/"


def _acts_on(name: str, kind: records.Kind) -> Iterator[URLPattern]:
    """The three acts on one kind of plain rows."""
    slug, of = name.replace("_", "-"), {"kind": kind}
    if kind.parent == "unit":
        add, view = f"{unit}{slug}/add/", records.record_add
    else:
        above = kind.parent.replace("_", "-")
        add = f"work/{above}/<int:parent_id>/{slug}/add/"
        view = records.record_add_below
    row = f"work/{slug}/<int:record_id>/"
    yield path(add, view, of, name=f"{name}_add")
    yield path(f"{row}edit/", records.record_edit, of, name=f"{name}_edit")
    yield path(f"{row}remove/", records.record_remove, of, name=f"{name}_remove")


urlpatterns = [
    path("work/", work.work_list, name="work_list"),
    path(unit, work.unit_work, name="unit_work"),
    path(f"{unit}programme/", reading.programme, name="programme"),
    path(f"{unit}programme/begin/", adopting.programme_begin, name="programme_begin"),
    path(programme, reading.programme_named, name="programme_named"),
    *(
        path(f"{programme}{act}/", view, name=f"programme_{act}")
        for act, view in (
            ("write", adopting.programme_write),
            ("adopt", adopting.programme_adopt),
            ("amend", adopting.programme_amend),
            ("check", adopting.programme_check),
            ("result", results.programme_result),
            ("send", results.programme_send),
            ("answer", results.programme_answer),
        )
    ),
    path(f"{chair}sign/", results.co_chair_sign, name="co_chair_sign"),
    path(f"{chair}paper/", results.co_chair_paper, name="co_chair_paper"),
    path(f"{unit}study/", study.study_page, name="study"),
    path(f"{unit}study/documents/take/", study.documents_take, name="documents_take"),
    path(f"{unit}study/sessions/add/", study.session_add, name="session_add"),
    path(f"{unit}study/bodies/add/", study.body_session_add, name="body_session_add"),
    path(
        f"{unit}study/documents/<int:study_document_id>/essays/",
        study.essays,
        name="essays",
    ),
    path(session, study.session_detail, name="session_detail"),
    path(f"{session}edit/", study.session_edit, name="session_edit"),
    path(f"{session}make-up/", study.session_make_up, name="session_make_up"),
    path(f"{session}remove/", study.session_remove, name="session_remove"),
    *(
        path(f"{unit}{page}/", records.record_list, {"page": page}, name=page)
        for page in records.LISTS
    ),
    path("work/activities/<int:record_id>/file/", records.product_file, name="product"),
    path(f"{draft}workbook/", consultations.comments_file, name="comments_file"),
    path(f"{draft}comments/", consultations.comments_receive, name="comments_receive"),
    path(f"{draft}answers/", consultations.comments_answers, name="comments_answers"),
    *(
        pattern
        for name, kind in records.KINDS.items()
        for pattern in _acts_on(name, kind)
    ),
]
