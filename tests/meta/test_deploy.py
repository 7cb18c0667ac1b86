"""What is said about installing holds, as far as it can be looked at without an engine to run an image."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
#: Read by the demo alone, or for tests.
NOT_FOR_OPERATORS = {"TOUCHMARK_SHOP"}
#: The name that people type: Docker's own word, of which the settings are made.
DOCKERS = {"TOUCHMARK_HOST"}


def settings() -> set[str]:
    """Every variable that the settings read."""
    text = (ROOT / "src/touchmark/site/settings.py").read_text(encoding="utf-8")
    return set(re.findall(r"env\.\w+\(\s*\"(TOUCHMARK_\w+)\"", text)) - NOT_FOR_OPERATORS


def named(path: str) -> set[str]:
    names = set(re.findall(r"TOUCHMARK_\w+", (ROOT / path).read_text(encoding="utf-8")))
    return {name.removesuffix("_FILE") for name in names} - DOCKERS


def test_the_page_names_every_variable_and_no_other() -> None:
    assert named("docs/deploy.md") == settings()


@pytest.mark.parametrize("path", ["compose.yaml", "Dockerfile"])
def test_what_is_set_is_known_to_the_settings(path: str) -> None:
    assert named(path)
    assert named(path) <= settings()


def test_the_image_is_sound() -> None:
    if not (program := shutil.which("hadolint", path=str(PROGRAMS))):
        pytest.skip("hadolint has no build for this machine")
    done = subprocess.run([program, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_compose_file_is_one() -> None:
    command = [str(PROGRAMS / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, str(ROOT / "compose.yaml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_secret_comes_along() -> None:
    """Passwords and keys are files that the operator makes; none has a value to begin with."""
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    values = re.findall(r"(?:PASSWORD|SECRET_KEY|DATABASE_URL)\w*: *(\S+)", compose)
    assert values
    assert all(value.startswith("/run/secrets/") or re.fullmatch(r"\$\{\w+:-\}", value) for value in values)
