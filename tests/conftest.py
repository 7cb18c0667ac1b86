"""What every test stands on: settings for tests, the policy on skips, the real data beside the project."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Keep what a test run writes apart from what a person tries out, and nothing of it in the tree."""
    os.environ.setdefault("TOUCHMARK_VAR", str(ROOT / "var" / "test"))
    os.environ.setdefault("TOUCHMARK_EMAIL", "locmem")


@pytest.fixture(autouse=True)
def _fit_for_tests(settings: object) -> None:
    """
    Serve static files under their plain names (the hashed ones are made when the site starts), and hash passwords
    fast: Argon2 takes its second on purpose, and a test makes a dozen people.
    """
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STORAGES = {**settings.STORAGES, **storages}  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real data that may lie beside the project; it is never part of it."""
    folder = Path(os.environ.get("TOUCHMARK_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the real data are not beside the project (TOUCHMARK_SHARED_DATA)")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[object]:
    """Turn a skip into a failure where the environment says that nothing may be missing."""
    report = yield
    if os.environ.get("TOUCHMARK_FORBID_SKIPS") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but TOUCHMARK_FORBID_SKIPS is set: {report.longrepr}"
    return report
