"""Words follow proof: no page and no letter says that something is counterfeit. And the project names no machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "touchmark"
SAID = re.compile(r"^[^#\n]*\bcounterfeit\b", re.IGNORECASE | re.MULTILINE)


@pytest.mark.parametrize("pattern", ["**/*.html", "**/*.txt", "**/reasons.*.toml"])
def test_nothing_is_called_counterfeit_without_proof(pattern: str) -> None:
    guilty = [
        str(file.relative_to(SOURCE)) for file in SOURCE.glob(pattern) if SAID.search(file.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def test_the_lock_file_names_the_public_index_only() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_no_large_file_is_kept() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    files = [ROOT / name.decode() for name in listed if name]
    large = {file.name for file in files if file.exists() and file.stat().st_size > 1024 * 1024}
    assert large <= {"ordinary.npz"}  # the ordinary words of thirty languages
