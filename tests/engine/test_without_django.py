"""The engine's commands run where Django, and everything else of the web part, is not installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parent.parent / "golden"

#: Read by Python at its start, also by each worker: packages of the web part cannot be found.
WITHOUT_WEB = """
import sys
from importlib.machinery import PathFinder

WEB = {"django", "allauth", "csp", "dj_database_url", "psycopg", "cryptography", "httpx", "requests", "whitenoise"}

class WithoutWeb:
    find_distributions = PathFinder.find_distributions

    @staticmethod
    def find_spec(name, path=None, target=None):
        return None if name.split(".")[0] in WEB else PathFinder.find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = WithoutWeb
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WITHOUT_WEB, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(tmp_path / "site")}


def touchmark(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "touchmark.ops.cli", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_web_part_is_really_out_of_reach(environment: dict[str, str]) -> None:
    command = [sys.executable, "-c", "import django"]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in found.stderr


def test_compile_and_screen(environment: dict[str, str], tmp_path: Path) -> None:
    compiled = touchmark(environment, "compile", GOLDEN / "rights.csv", "--out", tmp_path / "snapshot")
    assert compiled.returncode == 1, compiled.stderr  # the golden register has rows to refuse
    found = touchmark(
        environment,
        "screen",
        GOLDEN / "listings.csv",
        f"--rights={tmp_path / 'snapshot'}",
        f"--sellers={GOLDEN / 'sellers.csv'}",
        f"--out={tmp_path / 'findings.csv'}",
        "--as-of=2026-03-31",
    )
    assert found.returncode == 1, found.stderr
    assert (tmp_path / "findings.csv").read_bytes() == (GOLDEN / "expected" / "findings.csv").read_bytes()


def test_workers_do_without_it_too(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("right_id,kind,text\nR,word_mark,Velmora\n", encoding="utf-8")
    body = "".join(f"{number},Velmora bag {number}\n" for number in range(5000))
    (tmp_path / "l.csv").write_text("listing_id,title\n" + body, encoding="utf-8")
    out = tmp_path / "f.jsonl"
    found = touchmark(
        environment, "screen", tmp_path / "l.csv", f"--rights={tmp_path / 'r.csv'}", f"--out={out}", "--workers=2"
    )
    assert found.returncode == 0, found.stderr
    assert len(out.read_text("utf-8").splitlines()) == 5000


WEB = ["demo", "serve", "worker", "tick", "migrate", "invite-operator", "verify-audit", "import"]


@pytest.mark.parametrize("command", WEB)
def test_a_command_of_the_web_part_says_what_to_install(
    environment: dict[str, str], command: str, tmp_path: Path
) -> None:
    more: dict[str, list[object]] = {
        "demo": [f"--folder={tmp_path / 'demo'}"],
        "import": ["rights", GOLDEN / "rights.csv"],
        "invite-operator": ["me@example.org"],
    }
    refused = touchmark(environment, command, *more.get(command, []))
    assert refused.returncode == 2, refused.stderr
    assert refused.stderr == f"touchmark {command}: this command needs the web part; install touchmark[web]\n"


def test_doctor_tells_what_works_without_it(environment: dict[str, str]) -> None:
    told = touchmark(environment, "doctor")
    assert told.returncode == 0, told.stderr
    assert "touchmark[web]" in told.stdout
