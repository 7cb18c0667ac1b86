"""A rights holder who is signed in, and a folder of the test's own for pictures."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web import worlds

from touchmark.engine.terms import Actor, Role


@pytest.fixture(autouse=True)
def blobs_folder(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def holder() -> tuple[Client, Actor]:
    client, actor, _ = worlds.person(Role.HOLDER, "Aldermoor")
    return client, actor
