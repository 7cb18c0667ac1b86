"""
Screening before publication over HTTP, beside threatexchange in process: ``python -m benchmarks.publication``.

Sets up an installation of its own with a register, serves it, and asks ``POST /api/v1/screenings`` from several
connections at once. In the same run, threatexchange hashes the same picture and looks it up in its own index of a
million codes, in one process, without any HTTP. Prints requests a second, the median and the slowest hundredth, and
ratios.
"""

import argparse
import base64
import http.client
import io
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PIL import Image

CONNECTIONS = 12


@dataclass(frozen=True)
class Asked:
    """What a number of requests took: how many a second, and each by itself."""

    rate: float
    seconds: Sequence[float]

    def slowest(self, share: float) -> float:
        """Give the time, in milliseconds, that all but this share of the requests stayed under."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * (1 - share)))] * 1e3


def main() -> None:
    """Measure and print."""
    options = _options()
    pictures = {"0.2 MP": _photo(options.data, 0.2), "1.6 MP": _photo(options.data, 1.6)}
    with TemporaryDirectory() as folder, _served(Path(folder), options) as (port, token):
        bodies = {"words": _body(None)} | {
            f"words and a picture of {size}": _body(data) for size, data in pictures.items()
        }
        for body in bodies.values():
            _ask(port, token, body, 100)
        rounds = [_round(port, token, bodies, pictures, options) for _ in range(options.times)]
    _tell(rounds, bodies, pictures, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publication")
    parser.add_argument("--data", type=Path, help="a folder with register/rights.csv and products/ (else: invented)")
    parser.add_argument("--marks", type=int, default=20_000, help="invented marks, where there is no data")
    parser.add_argument("--codes", type=int, default=1_000_000, help="codes in the peer's index")
    parser.add_argument("--requests", type=int, default=600, help="of each kind and round")
    parser.add_argument("--times", type=int, default=5, help="rounds; the median counts")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def _photo(data: Path | None, megapixels: float) -> bytes:
    """Give a JPEG of that size: a photo of the data made larger and rough again, or noise that looks like one."""
    side = int((megapixels * 1e6 * 4 / 3) ** 0.5), int((megapixels * 1e6 * 3 / 4) ** 0.5)
    rng = np.random.default_rng(7)
    found = sorted((data / "products").rglob("*.jpg")) if data else []
    image = (
        Image.open(found[3]).convert("RGB") if found else Image.fromarray(rng.integers(0, 255, (9, 12, 3), np.uint8))
    )
    large = np.asarray(image.resize(side, Image.Resampling.BICUBIC), np.int16)
    rough = np.clip(large + rng.normal(0, 6, large.shape), 0, 255).astype(np.uint8)
    into = io.BytesIO()
    Image.fromarray(rough).save(into, "JPEG", quality=88)
    return into.getvalue()


def _body(picture: bytes | None) -> bytes:
    listing = {"title": "Leather shoulder bag with chain, black, for women, 24 cm", "brand": "", "price": 39.0}
    listing |= {"currency": "EUR", "description": "A light bag for every day. Fits a phone and a purse."}
    body: dict[str, Any] = {"listing": listing}
    if picture:
        body["image"] = {"base64": base64.b64encode(picture).decode()}
    return json.dumps(body).encode()


@contextmanager
def _served(folder: Path, options: argparse.Namespace) -> Iterator[tuple[int, str]]:
    os.environ |= {"TOUCHMARK_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "touchmark.site.settings"}
    os.environ |= {"TOUCHMARK_DATABASE_URL": f"sqlite:///{folder}/benchmark.sqlite3"}
    _touchmark("migrate")
    _touchmark("open-marketplace", "bazaar")
    token = _touchmark("issue-token", "bazaar", "--name", "benchmark").split()[-1]
    subprocess.run([sys.executable, "-c", _REGISTER, str(_rights(folder, options))], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    listen = ("--listen", f"127.0.0.1:{port}", "--processes", str(options.processes), "--threads", str(CONNECTIONS))
    server = subprocess.Popen([sys.executable, "-m", "touchmark.ops.cli", "serve", *listen])
    try:
        _wait(port)
        yield port, token
    finally:
        server.terminate()
        server.wait()


#: Takes a register in as verified, in a process of its own.
_REGISTER = """
import sys
from pathlib import Path
from touchmark.ops.django_setup import setup
setup()
from touchmark.engine.terms import Actor, Role
from touchmark.ops import clock
from touchmark.ops.importing import Source, take_in
file = Path(sys.argv[1])
voucher = Actor(user_id=None, organisation_id=None, roles=frozenset({Role.REVIEWER}))
source = Source(file, file.parent.parent, voucher=voucher)
for _ in take_in("rights", source, at=clock.now(), refused=lambda found: None):
    pass
"""


def _touchmark(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "touchmark.ops.cli", *command], capture_output=True, text=True, check=True
    )
    return done.stdout


def _rights(folder: Path, options: argparse.Namespace) -> Path:
    if options.data:
        return Path(options.data) / "register" / "rights.csv"
    drawn = random.Random(7)  # noqa: S311
    letters = "bcdfghjklmnprstvz", "aeiou"
    words = {"".join(drawn.choice(letters[n % 2]) for n in range(8)) for _ in range(options.marks)}
    file = folder / "register" / "rights.csv"
    file.parent.mkdir()
    file.write_text(
        "right_id,kind,text\n" + "\n".join(f"r{n},word_mark,{word}" for n, word in enumerate(sorted(words)))
    )
    return file


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError


def _ask(port: int, token: str, body: bytes, requests: int) -> Asked:
    """Send requests over several connections; each waits for its answer before it sends the next."""
    seconds: list[float] = []
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def one_after_another(many: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(many):
            begun = time.perf_counter()
            connection.request("POST", "/api/v1/screenings", body, headers)
            answer = connection.getresponse()
            assert answer.status == 200, answer.read()
            answer.read()
            seconds.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=one_after_another, args=(requests // CONNECTIONS,)) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Asked(len(seconds) / (time.perf_counter() - begun), seconds)


_index: Any = None


def _peer(picture: bytes, codes: int, seconds: float = 3.0) -> float:
    """Hash a picture and look it up, over and over; give how many a second."""
    from threatexchange.signal_type.pdq.signal import PdqSignal

    global _index
    if _index is None:
        drawn = random.Random(7)  # noqa: S311
        _index = PdqSignal.get_index_cls().build((f"{drawn.getrandbits(256):064x}", n) for n in range(codes))
    begun, done = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        _index.query(PdqSignal.hash_from_bytes(picture))
        done += 1
    return done / (time.perf_counter() - begun)


Round = tuple[dict[str, Asked], dict[str, float]]


def _round(port: int, token: str, bodies: dict[str, bytes], pictures: dict[str, bytes], options: Any) -> Round:
    ours = {name: _ask(port, token, body, options.requests) for name, body in bodies.items()}
    return ours, {size: _peer(data, options.codes) for size, data in pictures.items()}


def _tell(rounds: list[Round], bodies: dict[str, bytes], pictures: dict[str, bytes], options: Any) -> None:
    peers = {size: statistics.median(peer[size] for _, peer in rounds) for size in pictures}
    print(f"{CONNECTIONS} connections, {options.processes} processes; medians of {len(rounds)} rounds\n")
    print("| asked | body | requests/s | median | slowest hundredth |", *(f" beside the peer at {s} |" for s in peers))
    print("| --- | ---: | ---: | ---: | ---: |", *(" ---: |" for _ in peers))
    for name, body in bodies.items():
        rate = statistics.median(ours[name].rate for ours, _ in rounds)
        times = [Asked(0, ours[name].seconds) for ours, _ in rounds]
        half, slow = (statistics.median(one.slowest(share) for one in times) for share in (0.5, 0.01))
        ratios = (f" {rate / peer:.1f} x |" for peer in peers.values())
        print(f"| {name} | {len(body) // 1024} KB | {rate:.0f} | {half:.1f} ms | {slow:.1f} ms |", *ratios)
    print("\nThe peer in process:", ", ".join(f"{rate:.1f} a second at {size}" for size, rate in peers.items()))


if __name__ == "__main__":
    main()
