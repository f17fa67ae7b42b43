"""What several tests of rolls that are sent share; each has a `world` of its own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import Post, RollImport
from members.policy import Role
from members.queries import actor_for
from members.services import uploads
from tests.campaigns.sent_rolls import work
from tests.factories import PostFactory
from tests.roll_books import NOW


@pytest.fixture
def clerk(world) -> Post:
    return PostFactory(unit=world["X"], role=Role.CLERK)


@pytest.fixture
def send(world, clerk):
    """Send a roll of the committee X, read by a worker."""

    def send(content: bytes, language: str = "en") -> RollImport:
        upload = uploads.receive(
            RollImport(within=world["X"], language=language),
            file=SimpleUploadedFile("danh sách.xlsx", content),
            actor=actor_for(clerk.account),
            now=NOW,
        )
        return work(upload)

    return send
