"""Notices, declarations and results under the E-Commerce Law are published, redacted, once they are settled."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories.disputes import LATER, dispute
from touchmark.apps.reports import publications
from touchmark.apps.reports.models import Publication
from touchmark.flows.lapse import lapse_due

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


def test_published_once_settled_and_anew_when_the_result_changes() -> None:
    made = dispute("cn")
    dispute("us")  # which no law has published
    assert publications.keep_up(at=LATER + timedelta(hours=1)) == 1
    assert publications.keep_up(at=LATER + timedelta(hours=2)) == 0
    assert Publication.objects.get().content["result"] == "upheld"
    text = "Blue Crate bought them; ask Sam Crate, +86 139 1234 5678, sam@example.test."
    made.answered(explanation=text, at=LATER + DAY)
    assert publications.keep_up(at=LATER + 2 * DAY) == 0  # the answer is under way
    lapse_due(LATER + 40 * DAY)
    assert publications.keep_up(at=LATER + 41 * DAY) == 1
    content = Publication.objects.get().content
    assert content["result"] == "put_back"
    (declared,) = content["declarations"]
    assert declared["text"].startswith("[redacted] bought them")
    page = Client().get("/published").content.decode()
    assert "Put back after the seller answered" in page
    for secret in ("Blue Crate", "1234", "@example", "Aldermoor Ltd"):
        assert secret not in page


def test_with_nothing_published_the_page_says_so() -> None:
    assert "Nothing is published yet" in Client().get("/published").content.decode()
