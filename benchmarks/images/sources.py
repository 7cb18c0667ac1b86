"""
The photos of the image benchmark, in two parts that share no seller and no product.

Clothing is parted by who took the photos, so that two garments on one floor lie in one part; groceries by product.
Within a part every second photo is a reference, the others are strangers: what no reference is a copy of.
"""

import csv
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from zlib import crc32

from PIL import Image

from benchmarks.images.edits import EDITS, edited

PARTS = ("tune", "report")
#: Edits drawn for each stranger.
OF_A_STRANGER = 5


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A photo: its name, what it shows (a product, where that is known) and the bytes of its file."""

    name: str
    group: str
    product: str | None
    data: bytes

    def photo(self) -> Image.Image:
        """Decode it."""
        return Image.open(BytesIO(self.data)).convert("RGB")


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A picture to look for: which photo it was made of, whether that is a reference, how, and its bytes."""

    source: Source
    reference: int | None  # its place among the references; None for a stranger
    edit: str
    data: bytes


def sources(data: Path, part: str) -> list[Source]:
    """Give the photos of a part, in the order of their names."""
    photos = _clothing(data / "products/clothing") + _groceries(data / "products/grocery")
    return sorted((photo for photo in photos if _part(photo.group) == part), key=lambda photo: photo.name)


def split(photos: list[Source]) -> tuple[list[Source], list[Source]]:
    """Part photos into references and strangers, at random, half and half."""
    mixed = list(photos)
    Random(7).shuffle(mixed)  # noqa: S311 (a draw, no secret)
    return mixed[::2], mixed[1::2]


def queries(references: list[Source], strangers: list[Source], edits: int = len(EDITS)) -> list[Query]:
    """
    Give ``edits`` edits of each reference, and each stranger as it is and in ``OF_A_STRANGER`` edits.

    Where not all edits are asked for, each photo's own are drawn. Where an edit needs other photos, they are strangers.
    """
    made = []
    for place, source in [*enumerate(references), *((None, stranger) for stranger in strangers)]:
        random = Random(crc32(source.name.encode()))  # noqa: S311 (a draw, no secret)
        apart = [other for other in strangers if other is not source and other.product != (source.product or "")]
        others = tuple(other.photo() for other in random.sample(apart, 3))
        drawn = random.sample(list(EDITS), OF_A_STRANGER if place is None else edits)
        photo = source.photo()
        if place is None:
            made.append(Query(source, None, "untouched", source.data))
        for edit in sorted(drawn, key=list(EDITS).index):
            made.append(Query(source, place, edit, edited(photo, edit, source.name, others)))  # type: ignore[arg-type]
    return made


def _part(group: str) -> str:
    return PARTS[crc32(f"part {group}".encode()) % 2]


def _clothing(folder: Path) -> list[Source]:
    with (folder / "images.csv").open(encoding="utf-8", newline="") as rows:
        sender = {row["image"]: row["sender_id"] for row in csv.DictReader(rows)}
    paths = sorted((folder / "images").glob("*.jpg"))
    return [Source(path.stem, f"sender {sender[path.stem]}", None, path.read_bytes()) for path in paths]


def _groceries(folder: Path) -> list[Source]:
    paths = sorted(folder.rglob("*.jpg"))
    return [Source(path.stem, path.parent.name, path.parent.name, path.read_bytes()) for path in paths]
