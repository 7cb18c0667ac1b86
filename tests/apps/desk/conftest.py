"""A desk with work on it, built and screened anew for each test."""

from pathlib import Path
from typing import Any

import pytest
from tests.factories import decisions
from tests.factories.decisions import Desk


@pytest.fixture
def made(db: None, settings: Any, tmp_path: Path) -> Desk:
    """Build the world of the desk's tests, with a few plain listings more."""
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = (tmp_path / name for name in ("blobs", "snaps", "shards"))
    return decisions.desk(plain=3)
