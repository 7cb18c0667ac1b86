"""What every test of pages needs."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Any, tmp_path: Path) -> None:
    """Let the folder of collected static files be there, and empty: whitenoise warns where it is missing."""
    settings.STATIC_ROOT = tmp_path
