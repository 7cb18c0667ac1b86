"""
Marks that are to be read in pictures: ``python -m benchmarks.images words --data DATA``.

A mark, an ordinary phrase, a name two letters off a mark, or nothing is written over a product photo: in a font, at a
height that is a share of the picture's, at an angle, in a colour, clear or blurred or half transparent. Each listing
says nothing but its picture, so that every finding comes of reading. Tuning and reporting share no photographer, no
product, no mark and no font. Fonts are Debian's:
fonts-dejavu, fonts-liberation, fonts-freefont-ttf, fonts-roboto-unhinted, fonts-open-sans, fonts-cantarell,
fonts-comfortaa, fonts-ebgaramond, fonts-lobster, fonts-dancingscript, fonts-noto-cjk, fonts-wqy-zenhei,
fonts-arphic-ukai.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import numpy as np
import pyarrow as pa
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.images.accuracy import wilson
from benchmarks.images.sources import sources
from touchmark.engine.screening.image.reader import PictureReader
from touchmark.engine.screening.looks import Looks, When
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.schemas import LISTINGS, RIGHTS
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot

FONTS = Path("/usr/share/fonts")
LATIN = {
    "tune": (
        "truetype/dejavu/DejaVuSans-Bold.ttf",
        "truetype/dejavu/DejaVuSerif.ttf",
        "truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
        "truetype/comfortaa/Comfortaa-Bold.ttf",
        "opentype/dancingscript/DancingScript-Bold.otf",
    ),
    "report": (
        "truetype/liberation/LiberationSansNarrow-Bold.ttf",
        "truetype/freefont/FreeSerifBoldItalic.ttf",
        "truetype/open-sans/OpenSans-Light.ttf",
        "opentype/ebgaramond/EBGaramond12-Regular.otf",
        "opentype/lobster/lobster.otf",
        "opentype/cantarell/Cantarell-Regular.otf",
    ),
}
HAN = {
    "tune": ("opentype/noto/NotoSansCJK-Regular.ttc", "truetype/wqy/wqy-zenhei.ttc"),
    "report": ("opentype/noto/NotoSerifCJK-Bold.ttc", "truetype/arphic/ukai.ttc"),
}
MARKS = {
    "tune": (
        *("Gucci", "adidas", "Louis Vuitton", "Samsung", "Rolex", "Velmora", "Brixtane", "Norquist", "Tessaro"),
        *("Halvorsen", "Zephyrine", "Kolventa", "古驰", "路易威登", "香奈儿", "蔻驰", "阿迪达斯"),
    ),
    "report": (
        *("Burberry", "Tommy Hilfiger", "Prada", "Reebok", "Swatch", "Kestrane", "Ombrelia", "Dravonne", "Pelluxa"),
        *("Quillmark", "Sarventi", "Ostrova", "巴宝莉", "劳力士", "爱马仕", "华为", "耐克"),
    ),
}
#: What is written that is no mark.
PHRASES = ("NEW ARRIVAL", "Free shipping", "factory price", "100% cotton", "size M", "SALE -50%", "新款上市", "包邮")
SIZES, ANGLES = (0.03, 0.05, 0.08, 0.15), (0, 0, 12, -12, 35, 90)
EFFECTS = ("clear", "clear", "half transparent", "blurred", "saved at quality 30")
#: Of so many pictures one shows a phrase, one a name a letter off, one nothing.
EVERY = 6


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A photo with something written over it; ``mark`` is none where that is no mark."""

    mark: str | None
    what: str  # mark, phrase, near, nothing
    size: float
    angle: int
    effect: str
    han: bool
    data: bytes


def run(data: Path, parts: Sequence[str], draws: int) -> None:
    """Print the tables of each part."""
    reader = PictureReader.here()
    for part in parts:
        pictures = [*_pictures(data, part, draws)]
        snapshot = _register(MARKS[part])
        reader(pictures[0].data)  # loads the models
        begun = process_time()
        for one in pictures:
            reader(one.data)
        each = (process_time() - begun) / len(pictures)
        found = _found(pictures, snapshot, reader)
        print(f"\n{part}: {len(pictures)} pictures, {each * 1e3:.0f} ms of CPU time to read one\n")
        print("\n".join(_table(pictures, found)))
        sys.stdout.flush()


def _pictures(data: Path, part: str, draws: int) -> Iterable[Written]:
    for source in sources(data, part):
        for number in range(draws):
            random = Random(f"{source.name} {number}")  # noqa: S311 (a draw, no secret)
            yield _written(source.photo(), part, random)


def _written(photo: Image.Image, part: str, random: Random) -> Written:
    mark = random.choice(MARKS[part])
    what = {0: "phrase", 1: "near", 2: "nothing"}.get(random.randrange(3 * EVERY // 2), "mark")
    text = {"mark": mark, "phrase": random.choice(PHRASES), "near": _near(mark, random), "nothing": ""}[what]
    size, angle, effect = random.choice(SIZES), random.choice(ANGLES), random.choice(EFFECTS)
    han = bool(text) and ord(text[0]) > 0x2E80
    font = random.choice((HAN if han else LATIN)[part])
    if text and not han:
        text = random.choice((text, text.upper(), text))
    image = _drawn(photo, text, font, size, angle, effect, random) if text else photo
    into = BytesIO()
    image.save(into, "JPEG", quality=30 if effect == EFFECTS[-1] else 85)
    return Written(mark if what == "mark" else None, what, size, angle, effect, han, into.getvalue())


def _near(mark: str, random: Random) -> str:
    """Change two letters, so that it is another name."""
    letters = list(mark)
    for place in random.sample(range(len(letters)), min(2, len(letters) - 1)):
        letters[place] = random.choice("大小上下" if ord(mark[0]) > 0x2E80 else "bdfhkmpwz")
    return "".join(letters)


def _drawn(
    photo: Image.Image, text: str, font: str, size: float, angle: int, effect: str, random: Random
) -> Image.Image:
    letters = ImageFont.truetype(str(FONTS / font), max(8, round(size * photo.height * 1.35)))
    left, top, right, bottom = ImageDraw.Draw(photo).textbbox((0, 0), text, letters)
    layer = Image.new("RGBA", (round(right - left) + 8, round(bottom - top) + 8), (0, 0, 0, 0))
    colour = random.choice(((255, 255, 255), (0, 0, 0), (200, 20, 30), (250, 210, 0)))
    opacity = 130 if effect == "half transparent" else 255
    ImageDraw.Draw(layer).text((4 - left, 4 - top), text, (*colour, opacity), letters)
    layer = layer.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    if layer.width > photo.width or layer.height > photo.height:
        layer.thumbnail(photo.size)
    place = (random.randint(0, photo.width - layer.width), random.randint(0, photo.height - layer.height))
    made = photo.copy()
    made.paste(layer, place, layer)
    return made.filter(ImageFilter.GaussianBlur(size * photo.height / 16)) if effect == "blurred" else made


def _register(marks: Sequence[str]) -> Snapshot:
    rows = [{"row": n, "right_id": mark, "kind": "word_mark", "text": mark} for n, mark in enumerate(marks)]
    return compile_register(pa.Table.from_pylist(rows, schema=RIGHTS), None)[0]


def _found(pictures: Sequence[Written], snapshot: Snapshot, reader: PictureReader) -> list[dict[str, dict[str, Any]]]:
    """The surest finding of each mark in each picture."""
    rows = [{"row": n, "listing_id": str(n), "title": "offer", "images": [str(n)]} for n in range(len(pictures))]
    batch = pa.Table.from_pylist(rows, schema=LISTINGS)
    looks = Looks(When.NEVER, When.ALWAYS, reader)
    findings, _ = screen(batch, lambda name: pictures[int(name)].data, snapshot, Model.default(), looks=looks)
    found: list[dict[str, dict[str, Any]]] = [{} for _ in pictures]
    for finding in findings.to_pylist():
        best = found[finding["row"]].setdefault(finding["right_id"], finding)
        if finding["confidence"] > best["confidence"]:
            found[finding["row"]][finding["right_id"]] = finding
    return found


def _table(pictures: Sequence[Written], found: list[dict[str, dict[str, Any]]]) -> Iterable[str]:
    asked, hit = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)
    wrong: list[str] = []
    bins: dict[int, list[bool]] = defaultdict(list)
    for one, uses in zip(pictures, found, strict=True):
        for right, use in uses.items():
            bins[min(int(use["confidence"] * 10), 9)].append(right == one.mark)
            if right != one.mark:
                wrong.append(f"{right}, read {use['surface']!r} ({use['confidence']:.2f}), {one.what}")
        if one.mark:
            script = "Chinese" if one.han else "Latin"
            for kind in ("all", script, f"height {one.size:.0%}", f"turned by {one.angle}", one.effect):
                asked[kind][""] += 1
                hit[kind][""] += one.mark in uses
    yield "| marks written | found | of |"
    yield "| --- | ---: | ---: |"
    for kind in sorted(asked, key=lambda kind: (kind != "all", kind)):
        low, high = wilson(hit[kind][""], asked[kind][""])
        yield f"| {kind} | {hit[kind][''] / asked[kind]['']:.3f} ({low:.3f}–{high:.3f}) | {asked[kind]['']} |"
    right = hit["all"][""]
    share = right / max(right + len(wrong), 1)
    yield f"\nPrecision {share:.4f}: {len(wrong)} wrong findings in {len(pictures)} pictures."
    yield from (f"wrong: {line}" for line in wrong[:20])
    yield "\n| confidence | findings | right |"
    yield "| --- | ---: | ---: |"
    for step in sorted(bins):
        yield f"| {step / 10:.1f}–{step / 10 + 0.1:.1f} | {len(bins[step])} | {np.mean(bins[step]):.3f} |"
