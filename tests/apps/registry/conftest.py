from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def blobs_folder(settings: Any, tmp_path: Path) -> Path:
    """A folder of the test's own for pictures."""
    settings.BLOBS = tmp_path / "blobs"
    return settings.BLOBS
