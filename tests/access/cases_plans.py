"""The matrix of campaigns as plans: who reads them, who runs them, who does what."""

from campaigns.models import Peak, PlanDocument, PlanTask
from tests.access.standings import CELL, CLERKS, Case, paper

# Who makes and runs a campaign of the district; who keeps a plan in it.
RUN = CLERKS | {"upper committee"}
LOCAL = RUN | {"grassroots committee"}
MAKE = LOCAL | {"other clerk"}
READ = CELL | {"working team", "neighbour secretary", "propaganda", "member"}
BOTH = (("get", 200), ("post", 422))

CASES_OF_PLANS = (
    Case("plans:campaign_list", "campaign_list", READ | {"other clerk"}),
    *(
        Case("plans:campaign_add", "campaign_add", MAKE, method, status)
        for method, status in BOTH
    ),
    Case("plans:campaign_home", "campaign_home", READ),
    Case("plans:plan_detail", "plan_detail", READ),
    *(
        Case("plans:local_plan", f"local_plan {suffix}", READ)
        for suffix in ("", ".G", ".G.1", ".G.2", ".G.3", ".S")
    ),
    Case("plans:tasks_take", "tasks_take", RUN, "post", 302),
    Case("plans:document_file", "document_file", READ),
    Case("plans:plan_preview", "plan_preview", RUN),
    *(
        Case("campaign_close", "campaign_close", RUN, method, status)
        for method, status in BOTH
    ),
    *(
        Case(f"plans:{path.split(' ')[0]}", path, who, method, status)
        for path, who in (
            ("campaign_edit", RUN),
            ("campaign_open", RUN),
            ("roll_fix", RUN),
            ("part_add", RUN),
            ("part_edit", RUN),
            ("part_remove", RUN),
            ("extension_add", LOCAL),
            ("local_part_add .G", LOCAL),
            ("task_report", RUN | {"cell secretary"}),
            ("peak_day ", RUN),
        )
        for method, status in BOTH
    ),
    Case("plans:peak_detail", "peak_detail .G.1", CELL),
    *paper("plan_print", "", RUN, is_personal=False),
    *paper("guidance_print", "", RUN, is_personal=False),
    *paper("local_plan_print", ".G", LOCAL, is_personal=False),
    *paper("local_guidance_print", ".G", LOCAL, is_personal=False),
    *paper("local_plan_print", ".G.1", LOCAL, is_personal=False),
)


def _of(model: type) -> object:
    return lambda district, suffix: model.objects.get(campaign=district.campaign).pk


PARAMETERS_OF_PLANS = {
    "part_kind": lambda district, suffix: "tasks",
    "part_id": _of(PlanTask),
    "plan_task_id": _of(PlanTask),
    "plan_document_id": _of(PlanDocument),
    "peak_id": _of(Peak),
}
