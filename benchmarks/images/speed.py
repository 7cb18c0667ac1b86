"""
Pictures at speed: ``python -m benchmarks.images speed --data DATA``.

What the cheap tier costs (digest, reduced decode, codes of the whole, its parts and turns, all look-ups among a million
references), as a share of one full decode of the same file by the same libjpeg-turbo; and one look-up among a million
codes against ``threatexchange``'s ``PDQIndex``. CPU time, turn by turn in one process, the median of the rounds.

Large photos are made of those of DATA: enlarged, laid side by side, with the noise of a sensor on top, so that a pixel
takes as many bytes as in a camera's file. References are codes of the photos of DATA and random ones up to a million.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image

from touchmark.engine.screening.image.decode import reduced_gray
from touchmark.engine.screening.image.index import CodeIndex
from touchmark.engine.screening.image.local_index import LocalIndex
from touchmark.engine.screening.image.picture import digest, look
from touchmark.engine.screening.image.references import ImageReferences, Layer

REFERENCES = 1_000_000
RADIUS = 31
SIZES = {"0.2": (480, 420), "1.5": (1414, 1061), "2.5": (1826, 1370), "4": (2310, 1732)}
KINDS = {
    "baseline, quality 75": {"quality": 75},
    "baseline, quality 90": {"quality": 90},
    "progressive, quality 90": {"quality": 90, "progressive": True},
}


def run(data: Path, rounds: int) -> None:
    """Measure and print."""
    photos = sorted((data / "products").rglob("*.jpg"))
    Random(11).shuffle(photos)  # noqa: S311 (a draw, no secret)
    with tempfile.TemporaryDirectory() as folder:
        references = _million(photos, Path(folder))
        print(_cheap_tier(photos, references, rounds), end="\n\n")
    print(_look_ups(rounds))
    for which in ("ours", "peer"):
        command = [sys.executable, "-m", "benchmarks.images", "speed", "--one", which]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


def one(which: str) -> None:
    """In a process of its own: the memory of an index of a million codes."""
    codes = np.random.default_rng(3).integers(0, 256, (REFERENCES, 32), np.uint8)
    before, begun = _peak(), process_time()
    if which == "ours":
        held = CodeIndex.of_codes(codes).arrays()
        size = f"{sum(part.nbytes for part in held.values()) / REFERENCES:.0f} bytes a code in all"
    else:
        size = f"{len(_peer(codes))} codes"
    built = process_time() - begun
    print(f"{which}: built in {built:.1f} s, {(_peak() - before) / 1024:.0f} MB more at the peak, {size}")


def _peak() -> int:
    """Give the most memory this program has had, in KB; the system counts children from their parent on."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _peer(codes: NDArray[np.uint8]) -> Any:
    from threatexchange.signal_type.pdq.pdq_index import PDQIndex

    return PDQIndex((code.tobytes().hex(), number) for number, code in enumerate(codes))


def _cheap_tier(photos: list[Path], references: ImageReferences, rounds: int) -> str:
    rows = [
        "| MP | file | bytes/pixel | full decode, ms | grey decode | codes | look-ups | cheap tier | `pdqhash` |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size, kind, files in _files(photos):
        parts = [_parts_of(data, references, rounds) for data in files]
        full, grey, codes, found, whole, peer = (median(part[i] for part in parts) for i in range(6))
        width, height = SIZES[size]
        pixel = median(len(data) for data in files) / (width * height)
        shares = " | ".join(f"{share:.2f}" for share in (grey, codes, found, whole, peer))
        rows.append(f"| {size} | {kind} | {pixel:.2f} | {full * 1e3:.2f} | {shares} |")
    return "\n".join(rows)


def _parts_of(data: bytes, references: ImageReferences, rounds: int) -> tuple[float, ...]:
    """Give the seconds of a full decode, and as shares of it: grey decode, codes, look-ups, all of them, the peer."""
    import pdqhash

    def codes() -> NDArray[np.uint8]:
        return picture.asked().code

    def all_of_it() -> None:
        references.same_bytes(np.frombuffer(digest(data), np.uint8).reshape(1, -1))
        references.near(look(data).asked().code, RADIUS)

    def hashed() -> None:
        pdqhash.compute(np.asarray(Image.open(BytesIO(data)).convert("RGB")))

    picture, asked = look(data), look(data).asked().code
    steps: list[Callable[[], object]] = [
        lambda: simplejpeg.decode_jpeg(data, "BGR"),
        lambda: reduced_gray(data),
        codes,
        lambda: references.near(asked, RADIUS),
        all_of_it,
        hashed,
    ]
    times = np.array([[_seconds(step) for step in steps] for _ in range(rounds + 1)])[1:]
    shares = np.median(times[:, 1:] / times[:, :1], axis=0)
    return float(np.median(times[:, 0])), *shares.tolist()


def _seconds(step: Callable[[], object]) -> float:
    begun = process_time()
    step()
    return process_time() - begun


def _files(photos: list[Path]) -> Iterator[tuple[str, str, list[bytes]]]:
    """Give files of each size and kind, four of each, from photos that are no reference."""
    for size, (width, height) in SIZES.items():
        made = [
            _large([Image.open(path) for path in photos[-4 * n - 4 : -4 * n or None]], width, height, n)
            for n in range(4)
        ]
        for kind, options in KINDS.items():
            yield size, kind, [_saved(image, options) for image in made]


def _large(photos: list[Image.Image], width: int, height: int, seed: int) -> Image.Image:
    side = 2 if width > 600 else 1
    cell = (-(-width // side), -(-height // side))
    large = Image.new("RGB", (cell[0] * side, cell[1] * side))
    for place in range(side * side):
        photo = photos[place].convert("RGB").resize(cell, Image.Resampling.LANCZOS)
        large.paste(photo, (place % side * cell[0], place // side * cell[1]))
    pixels = np.asarray(large.crop((0, 0, width, height)), np.float32)
    noise = np.random.default_rng(seed).normal(0, 5, pixels.shape[:2])[:, :, None]
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))


def _saved(image: Image.Image, options: dict[str, Any]) -> bytes:
    into = BytesIO()
    image.save(into, "JPEG", **options)
    return into.getvalue()


def _million(photos: list[Path], folder: Path) -> ImageReferences:
    """References with as many codes each as real ones have, in a memory map."""
    held = [look(path.read_bytes()).held().code for path in photos[:400]]
    each = round(sum(map(len, held)) / len(held))
    rng = np.random.default_rng(5)
    codes = rng.integers(0, 256, (REFERENCES * each, 32), np.uint8)
    real = np.concatenate(held)
    codes[: len(real)] = real
    count = len(codes)
    layer = Layer(
        sha256=np.sort(rng.integers(0, 256, (REFERENCES, 32), np.uint8).view("S32"), axis=0).view(np.uint8),
        code=codes[:REFERENCES],
        quality=np.full(REFERENCES, 100, np.uint8),
        width=np.ones(REFERENCES, np.int32),
        height=np.ones(REFERENCES, np.int32),
        right_first=np.arange(REFERENCES + 1),
        right=np.arange(REFERENCES, dtype=np.int32),
        thumb_first=np.zeros(REFERENCES + 1, np.int64),
        thumb=np.empty(0, np.uint8),
        held_first=np.arange(count + 1),
        held_reference=(np.arange(count) // each).astype(np.int32),
        held_variant=np.zeros(count, np.uint8),
        held_rect=np.zeros((count, 4), np.uint16),
        index=CodeIndex.of_codes(codes),
        places=LocalIndex.of_places([]),
    )
    kept = {}
    for name, array in layer.arrays().items():
        np.save(folder / f"{name}.npy", array)
        mapped = np.load(folder / f"{name}.npy", mmap_mode="r" if array.nbytes > 10_000 else None)
        kept[name] = mapped
    size = sum(array.nbytes for name, array in kept.items() if not name.startswith(("place_", "thumb")))
    print(f"{REFERENCES:,} references, {count:,} codes ({each} each): {size / REFERENCES:.0f} bytes a reference\n")
    return ImageReferences.of(kept)


def _look_ups(rounds: int) -> str:
    """Look the same codes up in both indexes, 25 bits from one that is there, turn by turn."""
    import faiss

    faiss.omp_set_num_threads(1)
    rng = np.random.default_rng(3)
    codes = rng.integers(0, 256, (REFERENCES, 32), np.uint8)
    ours, peer = CodeIndex.of_codes(codes), _peer(codes)
    asked = codes[rng.integers(0, REFERENCES, 480)].copy()
    for code in asked:
        bits = np.unpackbits(code)
        bits[rng.choice(256, 25, replace=False)] ^= 1
        code[:] = np.packbits(bits)
    words = [code.tobytes().hex() for code in asked]
    found = (len(ours.near(asked, RADIUS).query), sum(len(peer.query(word)) for word in words))
    steps: dict[str, Callable[[], object]] = {
        "`PDQIndex.query`": lambda: [peer.query(word) for word in words],
        "`PDQIndex`, all at once": lambda: peer.index.search_with_distance_in_result(words, RADIUS),
        "ours, all at once": lambda: ours.near(asked, RADIUS),
        "ours, 24 at once, as of one picture": lambda: [
            ours.near(asked[i : i + 24], RADIUS) for i in range(0, 480, 24)
        ],
        "ours, one at a time": lambda: [ours.near(asked[i : i + 1], RADIUS) for i in range(480)],
    }
    order = list(steps)
    times: dict[str, list[float]] = {name: [] for name in order}
    for number in range(rounds):
        for name in order if number % 2 else order[::-1]:
            times[name].append(_seconds(steps[name]) / 480)
    first = median(times[order[0]])
    rows = [
        f"Found by ours {found[0]}, by PDQIndex {found[1]}, of 480.\n",
        "| look-up | µs | faster |",
        "| --- | ---: | ---: |",
    ]
    return "\n".join(
        rows + [f"| {name} | {median(t) * 1e6:.0f} | {first / median(t):.0f} x |" for name, t in times.items()]
    )
