"""
The photos of the image benchmark, in two parts that share no seller and no product.

Clothing is parted by who took the photos, so that two garments on one floor lie in one part; groceries by product.
Within a part every second photo is a reference, the others are strangers: what no reference is a copy of.

The third part, ``fresh``, has the photos of ``report`` with their roles changed, so that none of its photos was in the
tuned part, and what is a reference was none; its edits are others. The photos of the tuned part are there as
bystanders: references that nothing was made of.
"""

import csv
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from zlib import crc32

from PIL import Image

from benchmarks.images import edits, fresh
from benchmarks.images.edits import edited

PARTS = ("tune", "report", "fresh")
#: What is done to the photos of a part.
EDITS = {"tune": edits.EDITS, "report": edits.EDITS, "fresh": fresh.EDITS}
SHOWN = edits.SHOWN | fresh.SHOWN
#: Edits drawn for each stranger.
OF_A_STRANGER = 5


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """
    A photo and the bytes of its file.

    :ivar group: what is kept in one part: who took it, or the product that it shows
    :ivar artwork: what may stand in other photos too, print for print: the packs of one brand, or one product; looked
        at by eye, the packs of a brand differ in a word and a colour
    """

    name: str
    group: str
    artwork: str | None
    data: bytes

    def photo(self) -> Image.Image:
        """Decode it."""
        return Image.open(BytesIO(self.data)).convert("RGB")


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """
    A picture to look for.

    :ivar reference: the place of its photo among the references; None for a stranger
    :ivar artworks: all that are to be seen in it, those of other photos too
    """

    source: Source
    reference: int | None
    edit: str
    artworks: frozenset[str]
    data: bytes


def sources(data: Path, part: str) -> list[Source]:
    """Give the photos of a part, in the order of their names."""
    photos = _clothing(data / "products/clothing") + _groceries(data / "products/grocery")
    of = "report" if part == "fresh" else part
    return sorted((photo for photo in photos if _part(photo.group) == of), key=lambda photo: photo.name)


def bystanders(data: Path, part: str) -> list[Source]:
    """Give the references of which nothing is made: of ``fresh`` alone."""
    return sources(data, "tune") if part == "fresh" else []


def split(photos: list[Source], part: str) -> tuple[list[Source], list[Source]]:
    """Part photos into references and strangers, at random, half and half; the other way about in ``fresh``."""
    mixed = list(photos)
    Random(7).shuffle(mixed)  # noqa: S311 (a draw, no secret)
    return (mixed[1::2], mixed[::2]) if part == "fresh" else (mixed[::2], mixed[1::2])


def queries(references: list[Source], strangers: list[Source], part: str, edits: int | None = None) -> list[Query]:
    """
    Give ``edits`` edits of each reference, and each stranger as it is and in ``OF_A_STRANGER`` edits.

    Where not all edits are asked for, each photo's own are drawn. Where an edit needs other photos, they are strangers.
    """
    made, among = [], EDITS[part]
    for place, source in [*enumerate(references), *((None, stranger) for stranger in strangers)]:
        random = Random(crc32(source.name.encode()))  # noqa: S311 (a draw, no secret)
        others = random.sample([other for other in strangers if _may_stand_beside(other, source)], 3)
        drawn = random.sample(list(among), OF_A_STRANGER if place is None else edits or len(among))
        if place is None:
            made.append(Query(source, None, "untouched", _artworks(source), source.data))
        photo, beside = source.photo(), tuple(other.photo() for other in others)
        for edit in sorted(drawn, key=list(among).index):
            data = edited(photo, edit, source.name, beside, among)  # type: ignore[arg-type]
            made.append(Query(source, place, edit, _artworks(source, *others[: SHOWN.get(edit, 0)]), data))
    return made


def _may_stand_beside(other: Source, source: Source) -> bool:
    return other is not source and (other.artwork is None or other.group != source.group)


def _artworks(*sources: Source) -> frozenset[str]:
    return frozenset(source.artwork for source in sources if source.artwork)


def _part(group: str) -> str:
    return PARTS[crc32(f"part {group}".encode()) % 2]


def _clothing(folder: Path) -> list[Source]:
    with (folder / "images.csv").open(encoding="utf-8", newline="") as rows:
        sender = {row["image"]: row["sender_id"] for row in csv.DictReader(rows)}
    paths = sorted((folder / "images").glob("*.jpg"))
    return [Source(path.stem, f"sender {sender[path.stem]}", None, path.read_bytes()) for path in paths]


def _groceries(folder: Path) -> list[Source]:
    paths = sorted(folder.rglob("*.jpg"))
    return [Source(path.stem, path.parent.name, _artwork(path), path.read_bytes()) for path in paths]


def _artwork(path: Path) -> str:
    """The folders of packs are named by brand and variety."""
    return path.parent.name.split("-")[0] if "Packages" in path.parts else path.parent.name
