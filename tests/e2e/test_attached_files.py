"""A clerk attaches papers to a plan: one too large, one that acts, one that is right."""

from django.urls import reverse
from playwright.sync_api import expect

from campaigns.models import PlanDocument
from tests.attachment_parts import pdf
from tests.e2e import plan_states

ACTING = pdf(catalog="/OpenAction << /S /JavaScript /JS (a) >>")


def test_a_paper_is_attached_and_what_is_refused_says_why(site, clerk, page, tmp_path):
    campaign = plan_states.draft(site)
    files = {"large": bytes(11 * 2**20), "acting": ACTING, "right": pdf()}
    for name, content in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.address("plans:part_add", campaign.pk, "documents"))
    page.get_by_label("Tên văn bản").fill("Kế hoạch số 66")
    field, button = (
        page.get_by_label("Tệp"),
        page.get_by_role("button", name="Thêm vào"),
    )

    field.set_input_files(tmp_path / "large.pdf")
    assert field.evaluate("field => field.validationMessage") == "Tệp lớn hơn 10 MB."

    field.set_input_files(tmp_path / "acting.pdf")
    button.click()
    expect(page.get_by_text("Tệp PDF có chứa mã lệnh")).to_be_visible()
    expect(page.get_by_label("Tên văn bản")).to_have_value("Kế hoạch số 66")

    field.set_input_files(tmp_path / "right.pdf")
    button.click()
    link = page.get_by_role("link", name="Kế hoạch số 66", exact=True)
    with page.expect_download() as came:
        link.click()
    assert came.value.path().read_bytes() == pdf()
    document = PlanDocument.objects.get(title="Kế hoạch số 66")
    assert reverse("plans:document_file", args=[document.pk]) in came.value.url
