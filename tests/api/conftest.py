from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"
    settings.SHARDS, settings.TOUCHMARK_LIMITS = tmp_path / "shards", tmp_path / "limits"
    settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK = False
