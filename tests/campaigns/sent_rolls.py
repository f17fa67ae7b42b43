"""A roll that goes its way, step by step, and rows about people of the small world."""

from campaigns import tasks
from members.models import RollImport
from members.queries import actor_for
from members.services import people, uploads
from tests.campaigns.movement_worlds import person
from tests.members.keepers import keeper_of
from tests.roll_books import NOW, row


def work(upload: RollImport) -> RollImport:
    """Let a worker do the upload's next step."""
    upload.refresh_from_db()
    task = {
        "roll_preview": tasks.preview_roll,
        "roll_import": tasks.apply_roll,
    }[upload.job.kind]
    task(upload.job_id)
    return RollImport.objects.select_related("job", "within", "uploaded_by").get(
        pk=upload.pk
    )


def confirm(upload: RollImport) -> RollImport:
    by = upload.uploaded_by
    uploads.confirm(upload, actor=actor_for(by), now=NOW)
    return work(upload)


def copy_of(upload: RollImport) -> bytes:
    with upload.annotated.open("rb") as file:
        return file.read()


def told(upload: RollImport) -> list[tuple[int, str]]:
    return [(each["row"], each["text"]) for each in upload.summary["faults"]["en"]]


def correct(world, code: str, **facts: str) -> None:
    member = person(code)
    people.correct_member(
        member=member,
        version=member.version,
        facts=facts,
        actor=keeper_of(world["X1"]),
        now=NOW,
    )


def known(code: str, **changes: object) -> tuple[object, ...]:
    """A row about somebody of the small world, with what is changed about them."""
    same = {
        "name": "Nguyễn Văn An",
        "born": "02/01/1970",
        "sex": "Nam",
        "admitted": "1995",
        "official": "1996",
    }
    return row(code, **{**same, **changes})
