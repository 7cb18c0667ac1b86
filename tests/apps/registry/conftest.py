from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def blobs_folder(settings: Any, tmp_path: Path) -> Path:
    """A folder of the test's own for pictures."""
    settings.BLOBS = tmp_path / "blobs"
    return settings.BLOBS


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Nobody signs in here, and argon2 for every person made takes its time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
