"""A real shop on django-oscar in a process of its own, one for all tests; each begins with every product as it was."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.integrations.oscar.shop import PASSWORD, PRODUCTS, USER

from touchmark.integrations.oscar.shop import Shop

ROOT = Path(__file__).resolve().parents[3]
#: Seconds that an answer may take on a machine that is busy with other tests.
PATIENCE = 60


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the shop; skipped where django-oscar is not installed (``uv sync --group shop``)."""
    pytest.importorskip("oscarapi", reason="django-oscar is not installed: uv sync --group shop", exc_type=ImportError)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = os.environ | {
        "OSCAR_FOLDER": str(tmp_path_factory.mktemp("oscar")),
        "DJANGO_SETTINGS_MODULE": "tests.integrations.oscar.shop_settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-W", "ignore", "-m", "tests.integrations.oscar.shop", str(port)]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(1_200):
        if process.poll() is not None:
            raise RuntimeError(f"the shop ended with {process.returncode}")
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the shop does not open")


@pytest.fixture
def address(running: str) -> str:
    http = httpx.Client(timeout=PATIENCE)
    shop = Shop(running, f"{USER}:{PASSWORD}", http)
    for number, (_, _, public) in enumerate(PRODUCTS, 1):
        shop.publish(str(number), public=public)
    return running


@pytest.fixture
def shop(address: str) -> Iterator[Shop]:
    with httpx.Client(timeout=PATIENCE) as http:
        yield Shop(address, f"{USER}:{PASSWORD}", http)
