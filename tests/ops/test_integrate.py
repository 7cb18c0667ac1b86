"""``docs/integrate.md`` as a stranger follows it: every command, in order, against the demo's whole installation."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "integrate.md").read_text(encoding="utf-8")
#: What is done at each step, and what is to be seen after it.
STEPS = re.findall(r"```(sh|python)\n(.*?)```(?:\n\nanswers\n\n```text\n(.*?)```)?", PAGE, re.DOTALL)

#: The demo as it is, but with few offers, so that it is built in seconds.
DEMO = """
import sys
from touchmark.ops.demo import offers
offers.OFFERS, offers.STOCK_PHOTOS = dict.fromkeys(offers.OFFERS, 1), 1
from touchmark.ops.cli import main
sys.exit(main(sys.argv[1:]))
"""
#: What the page asks its reader to do by hand at the desk.
RITA = """
from uuid import uuid4
from touchmark.ops.django_setup import setup
setup()
from touchmark.apps.accounts import access, queries
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import queries as screened
from touchmark.flows.decide import Seen, decide
from touchmark.ops import clock
listing = Listing.objects.get(marketplace__slug="corner", listing_id="C-1")
choice = Choice(
    kind=DecisionKind.REMOVE, facts="The name stands in the title, with dots in it.", request_key=uuid4(),
    right=Right.objects.get(right_id="wm-velmora"),
    ground=Ground.LAW, ground_reference="Regulation (EU) 2017/1001, art. 9(2)",
    ground_explanation="The sign is used for goods that the mark protects.",
)
seen = Seen(listing.digest, screened.current(listing).pk, frozenset())
rita = access.actor_for(queries.person_at("rita@platform.example"), None)
decide(marketplace="corner", listing_id="C-1", choice=choice, seen=seen, answers={}, actor=rita, at=clock.now())
"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A demo that runs, and by which ports the page's are to be replaced."""
    ports = {"8000": str(free_port()), "9009": str(free_port())}
    given = [
        "demo",
        "--folder",
        str(tmp_path / "var" / "demo"),
        "--port",
        ports["8000"],
        "--shop-port",
        str(free_port()),
    ]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("TOUCHMARK", "DJANGO"))}
    command = [sys.executable, "-c", DEMO, *given]
    with subprocess.Popen(command, env=own, stdout=subprocess.PIPE, text=True, start_new_session=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith("Ctrl-C stops it"):
                break
        yield ports
        os.killpg(running.pid, signal.SIGTERM)  # where tests run in the background, Ctrl-C is ignored
        running.communicate(timeout=60)


def test_every_command_does_what_the_page_says(demo: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "rita.py").write_text(RITA, encoding="utf-8")
    script = "\n".join(["set -euo pipefail", "trap 'kill %1 2>/dev/null || true' EXIT", *map(_step, range(len(STEPS)))])
    for port, ours in demo.items():
        script = script.replace(port, ours)
    own = {name: value for name, value in os.environ.items() if not name.startswith(("TOUCHMARK", "DJANGO"))}
    own |= {"PATH": f"{Path(sys.executable).parent}:{own['PATH']}", "PYTHONPATH": ""}
    ran = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=own, capture_output=True, text=True, check=False, timeout=240
    )
    assert ran.returncode == 0, f"{ran.stdout[-2000:]}\n{ran.stderr[-2000:]}"
    told = re.split(r"== step \d+\n", ran.stdout)[1:]
    for output, (_, _, seen) in zip(told, STEPS, strict=True):
        for line in (_moved(line, demo) for line in seen.splitlines()):
            assert line in output, f"{line!r} is not in {output!r}"


def _step(number: int) -> str:
    """One step as the page has it; the file it asks to save is saved, and Rita decides before she is waited for."""
    language, text, _ = STEPS[number]
    if language == "python":
        text = f"cat > receiver.py <<'PYTHON'\n{text}PYTHON\n"
    if text.startswith("until grep -q listing.restricted"):
        text = f"python rita.py\n{text}"
    return f"echo '== step {number}'\n{text}"


def _moved(line: str, ports: dict[str, str]) -> str:
    for port, ours in ports.items():
        line = line.replace(port, ours)
    return line
