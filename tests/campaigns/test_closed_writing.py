"""What is being written when a campaign is closed is refused in words, and not lost."""

import pytest
from django.urls import reverse

from campaigns.models import Campaign, PledgeDraft
from campaigns.services.pledges import drafts
from campaigns.services.written.states import NotRunning
from tests.campaigns.pledge_worlds import (
    CONTENT,
    NOW,
    author_of,
    cell_of_writers,
    someone,
    written,
)
from tests.clients import client_of

pytestmark = pytest.mark.django_db
TYPED = {"version": "1", "answer-duty": "Chữ vừa gõ", "do": "save"}


@pytest.fixture
def draft():
    made = written(someone(cell_of_writers()))
    Campaign.objects.update(state="CLOSED", roll_fixed_at=NOW, closed_at=NOW)
    return PledgeDraft.objects.select_related("participant__campaign").get(pk=made.pk)


def test_nothing_is_saved(draft):
    with pytest.raises(NotRunning):
        drafts.save_draft(draft=draft, version=1, content=CONTENT, now=NOW)


def test_the_page_says_so_and_shows_what_was_typed(draft):
    mine = client_of(author_of(draft.participant))
    page = reverse("pledges:pledge_write", args=[draft.participant_id])

    answer = mine.post(page, TYPED)

    assert answer.status_code == 422
    assert "Đã kết thúc" in " ".join(text for text, _field in answer.context["faults"])
    assert "Chữ vừa gõ" in answer.content.decode()


def test_the_script_is_told_in_words_and_keeps_it_on_the_device(draft):
    mine = client_of(author_of(draft.participant))
    save = reverse("pledges:draft_save", args=[draft.participant_id])

    answer = mine.post(save, TYPED)

    assert answer.status_code == 422
    assert "Đã kết thúc" in answer.content.decode()
    assert PledgeDraft.objects.get().content == CONTENT
