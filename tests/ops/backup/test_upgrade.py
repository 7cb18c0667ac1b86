"""What an earlier release left is taken up by this one: nothing of it is lost, the record holds, work goes on."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ops.backup.test_whole import Here, Installation, installation

__all__ = ["installation"]

RELEASES = Path(__file__).parent / "releases"
SAID = """
import django, json
django.setup()
from collections import Counter
from django.apps import apps

decided = Counter(apps.get_model("decisions.Decision").objects.values_list("status", flat=True))
names = "catalog.Listing registry.Right decisions.Statement notices.Notice appeals.Appeal inbox.Letter".split()
print(json.dumps(decided | {name: apps.get_model(name).objects.count() for name in names}))
"""
#: What ``keep_release`` made; the letters and listings are all that an upgrade may neither lose nor double.
THERE = {
    "0.1.0": {
        "in_force": 2,
        "reversed": 1,
        "catalog.Listing": 11,
        "registry.Right": 3,
        "decisions.Statement": 3,
        "notices.Notice": 1,
        "appeals.Appeal": 2,
    }
}


def said(here: Here) -> dict[str, int]:
    """Count what stands in an installation."""
    settings = here.environment | {"DJANGO_SETTINGS_MODULE": "touchmark.site.settings"}
    ran = subprocess.run([sys.executable, "-c", SAID], env=settings, capture_output=True, text=True, check=True)
    found: dict[str, int] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("release", sorted(THERE))
def test_an_earlier_release_is_taken_up_whole(installation: Installation, tmp_path: Path, release: str) -> None:
    here, backup = installation("later"), tmp_path / "backup.tar"
    kind = "sqlite" if "sqlite" in here.environment["TOUCHMARK_DATABASE_URL"] else "postgresql"
    backup.write_bytes(gzip.decompress((RELEASES / f"{release}.{kind}.tar.gz").read_bytes()))
    assert "The record holds:" in here.run("restore", str(backup))
    assert said(here).items() >= THERE[release].items()
    assert "and the key opens them" in here.run("doctor")
    here.run("migrate")  # which has nothing left to do
    here.run("tick")
    assert "The record holds" in here.run("verify-audit")
    here.run("backup", str(tmp_path / "again.tar"))
    assert said(here).items() >= THERE[release].items()


def test_every_release_is_kept_for_both_databases() -> None:
    kept = {path.name for path in RELEASES.iterdir()}
    assert kept == {f"{release}.{kind}.tar.gz" for release in THERE for kind in ("sqlite", "postgresql")}
