import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.factories import tables


def touchmark(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command with the site's own settings, not those of the tests."""
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-m", "touchmark.ops.cli", command],
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def doctor(**environment: str) -> subprocess.CompletedProcess[str]:
    return touchmark("doctor", environment)


def test_a_new_installation_is_told_its_next_step(tmp_path: Path) -> None:
    before = doctor(TOUCHMARK_VAR=str(tmp_path))
    assert before.returncode == 1
    assert "wrong  tables" in before.stdout
    assert "touchmark migrate" in before.stdout
    (tmp_path / "touchmark.sqlite3").unlink()
    tables.on_sqlite(tmp_path / "touchmark.sqlite3")  # as that leaves it
    after = doctor(TOUCHMARK_VAR=str(tmp_path))
    assert after.returncode == 0, after.stdout
    assert "good   tables" in after.stdout


#: (variables, what the line must name)
WRONG = [
    ({"TOUCHMARK_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, "TOUCHMARK_DATABASE_URL"),
    ({"TOUCHMARK_WEBHOOKS_TO_LOOPBACK": "maybe"}, "TOUCHMARK_WEBHOOKS_TO_LOOPBACK"),
]


@pytest.mark.parametrize(("variables", "named"), WRONG)
def test_what_is_wrong_is_named(tmp_path: Path, variables: dict[str, str], named: str) -> None:
    found = doctor(TOUCHMARK_VAR=str(tmp_path), **variables)
    assert found.returncode == 1, found.stdout + found.stderr
    assert named in found.stdout
    assert "Traceback" not in found.stderr


def test_no_password_is_shown(tmp_path: Path) -> None:
    found = doctor(TOUCHMARK_VAR=str(tmp_path), TOUCHMARK_DATABASE_URL="postgres://me:hidden@127.0.0.1:1/none")
    assert "hidden" not in found.stdout + found.stderr
