"""
Screening before publication over HTTP, beside threatexchange in process: ``python -m benchmarks.publication``.

Sets up an installation of its own with a register, serves it, and asks ``POST /api/v1/screenings`` from several
connections at once. In the same run, threatexchange hashes the same picture and looks it up in its own index of a
million codes, in one process, without any HTTP. Prints requests a second, the median and the slowest hundredth, and
ratios; and the CPU time of either side, which says more than the clock where the machine has other work
(that of whoever asks is not in it).
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

SIZES = (0.2, 1.6, 4.0)  # megapixels
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Asked:
    """What a number of requests took: how many a second, each by itself, and the server's CPU time for one."""

    rate: float
    seconds: Sequence[float]
    cpu: float

    def slowest(self, share: float) -> float:
        """Give the time, in milliseconds, that all but this share of the requests stayed under."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * (1 - share)))] * 1e3


def main() -> None:
    """Measure and print."""
    options = _options()
    pictures = {f"{size} MP": _photo(options.data, size) for size in SIZES}
    with TemporaryDirectory() as folder, _served(Path(folder), options) as (server, token):
        many = options.connections
        bodies = {"words": _bodies(None, many)} | {
            f"words and a picture of {size}": _bodies(data, many) for size, data in pictures.items()
        }
        for body in bodies.values():
            _ask(server, token, body, 100, options.connections)
        rounds = [_round(server, token, bodies, pictures, options) for _ in range(options.times)]
    _tell(rounds, bodies, pictures, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publication")
    parser.add_argument("--data", type=Path, help="a folder with register/rights.csv and products/ (else: invented)")
    parser.add_argument("--marks", type=int, default=20_000, help="invented marks, where there is no data")
    parser.add_argument("--codes", type=int, default=1_000_000, help="codes in the peer's index")
    parser.add_argument("--requests", type=int, default=600, help="of each kind and round")
    parser.add_argument("--times", type=int, default=5, help="rounds; the median counts")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--connections", type=int, default=12, help="requests under way at a time")
    parser.add_argument("--closer", default="asked", help="never: the peer's own question, copies of whole pictures")
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


def _bodies(picture: bytes | None, many: int) -> list[bytes]:
    """Give so many requests, each with a picture of its own: the same file twice in a batch is looked at once."""
    if picture is None:
        return [_body(None)]
    return [_body(picture[:2] + b"\xff\xfe\x00\x04" + n.to_bytes(2, "big") + picture[2:]) for n in range(many)]


def _body(picture: bytes | None) -> bytes:
    listing = {"title": "Leather shoulder bag with chain, black, for women, 24 cm", "brand": "", "price": 39.0}
    listing |= {"currency": "EUR", "description": "A light bag for every day. Fits a phone and a purse."}
    body: dict[str, Any] = {"listing": listing}
    if picture:
        body["image"] = {"base64": base64.b64encode(picture).decode()}
    return json.dumps(body).encode()


@dataclass(frozen=True)
class Server:
    """Where it listens, and its process, whose children do the work."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Give the CPU time, in seconds, that it and its children have taken."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in (self.pid, *children)]
        return sum(int(one[11]) + int(one[12]) for one in fields) / _TICKS


@contextmanager
def _served(folder: Path, options: argparse.Namespace) -> Iterator[tuple[Server, str]]:
    os.environ |= {"TOUCHMARK_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "touchmark.site.settings"}
    os.environ |= {"TOUCHMARK_DATABASE_URL": f"sqlite:///{folder}/benchmark.sqlite3"}
    os.environ |= {"TOUCHMARK_CLOSER": options.closer, "TOUCHMARK_SCREENINGS_RATE": "10000000"}
    _touchmark("migrate")
    _touchmark("open-marketplace", "bazaar")
    token = _touchmark("issue-token", "bazaar", "--name", "benchmark").split()[-1]
    subprocess.run([sys.executable, "-c", _REGISTER, str(_rights(folder, options))], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    listen = ["--listen", f"127.0.0.1:{port}", "--processes", str(options.processes)]
    listen += ["--threads", str(options.connections)]
    server = subprocess.Popen([sys.executable, "-m", "touchmark.ops.cli", "serve", *listen])
    try:
        _wait(port)
        yield Server(port, server.pid), token
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


def _ask(server: Server, token: str, bodies: list[bytes], requests: int, connections: int) -> Asked:
    """Send requests over several connections; each waits for its answer before it sends the next."""
    seconds: list[float] = []
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def one_after_another(first: int, many: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        for n in range(first, first + many):
            begun = time.perf_counter()
            connection.request("POST", "/api/v1/screenings", bodies[n % len(bodies)], headers)
            answer = connection.getresponse()
            assert answer.status == 200, answer.read()
            answer.read()
            seconds.append(time.perf_counter() - begun)

    each = max(requests // connections, 1)
    threads = [threading.Thread(target=one_after_another, args=(first, each)) for first in range(connections)]
    begun, spent = time.perf_counter(), server.cpu()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, spent = time.perf_counter() - begun, server.cpu() - spent
    return Asked(len(seconds) / took, seconds, spent / len(seconds))


_index: Any = None


def _peer(picture: bytes, codes: int, seconds: float = 3.0) -> Asked:
    """Hash a picture and look it up, over and over."""
    from threatexchange.signal_type.pdq.signal import PdqSignal

    global _index
    if _index is None:
        drawn = random.Random(7)  # noqa: S311
        _index = PdqSignal.get_index_cls().build((f"{drawn.getrandbits(256):064x}", n) for n in range(codes))
    begun, spent, done = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - begun < seconds:
        _index.query(PdqSignal.hash_from_bytes(picture))
        done += 1
    return Asked(done / (time.perf_counter() - begun), (), (time.process_time() - spent) / done)


Round = tuple[dict[str, Asked], dict[str, Asked]]


def _round(
    server: Server, token: str, bodies: dict[str, list[bytes]], pictures: dict[str, bytes], options: Any
) -> Round:
    many, at_once = options.requests, options.connections
    ours = {name: _ask(server, token, body, many, at_once) for name, body in bodies.items()}
    return ours, {size: _peer(data, options.codes) for size, data in pictures.items()}


def _tell(rounds: list[Round], bodies: dict[str, list[bytes]], pictures: dict[str, bytes], options: Any) -> None:
    peers = {size: _median([peer[size] for _, peer in rounds]) for size in pictures}
    print(f"{options.connections} connections, {options.processes} processes; medians of {len(rounds)} rounds\n")
    print(
        "| asked | body | requests/s | median | slowest hundredth | CPU |",
        *(f" beside the peer at {size}: by the clock, by CPU |" for size in peers),
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |", *(" ---: |" for _ in peers))
    for name, body in bodies.items():
        mine = _median([ours[name] for ours, _ in rounds])
        half, slow = (statistics.median(ours[name].slowest(share) for ours, _ in rounds) for share in (0.5, 0.01))
        ratios = (f" {mine.rate / peer.rate:.1f} x, {peer.cpu / mine.cpu:.1f} x |" for peer in peers.values())
        cells = (f"{len(body[0]) // 1024} KB", f"{mine.rate:.0f}", f"{half:.1f} ms", f"{slow:.1f} ms")
        print(f"| {name} | {' | '.join(cells)} | {mine.cpu * 1e3:.1f} ms |", *ratios)
    told = (f"{peer.rate:.1f} a second, {peer.cpu * 1e3:.1f} ms of CPU at {size}" for size, peer in peers.items())
    print("\nThe peer in process:", "; ".join(told))


def _median(of: list[Asked]) -> Asked:
    return Asked(statistics.median(one.rate for one in of), (), statistics.median(one.cpu for one in of))


if __name__ == "__main__":
    main()
