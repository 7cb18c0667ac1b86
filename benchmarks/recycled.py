"""
Recycled evidence under hard conditions: ``python -m benchmarks.recycled``.

Invented invoices, licences and letters, several on each form, are sent by one account as scans. Another sends some of
them again: photographed at a steep angle, in a hard shadow, blurred, dark and noisy, small, folded, half of it alone,
with a number or a name typed anew, and several of these at once. What counts is whether the page is among the forty
nearest by its code, as the worker looks, and whether enough of it is the same; and, for the pages that stand nearest
besides, and for photos of pages that nobody sent before, that none of them is said to be the same.
"""

import argparse
import random
import time
from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from touchmark.engine.screening.image import documents

LETTERS = "abcdefghij klmnopqrstu"
SIZE = (1240, 1754)
NEAREST, BESIDES = 40, 4
Paper = Image.Image
Way = Callable[[Paper, random.Random], Paper]


def main() -> None:
    """Draw, send again, count, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recycled")
    parser.add_argument("--each", type=int, default=24, help="pages of each kind that were sent before")
    parser.add_argument("--again", type=int, default=5, help="of each kind and way, how many are sent again")
    options = parser.parse_args()
    began = time.process_time()
    pages = {(kind, number): draw(number) for kind, draw in KINDS.items() for number in range(options.each)}
    held = {key: _jpeg(page, 85) for key, page in pages.items()}
    codes = {key: _code(data) for key, data in held.items()}
    own: dict[tuple[str, str], list[float]] = {}
    others: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for name, way in WAYS.items():
        for kind in KINDS:
            for number in range(options.again):
                sent = _jpeg(way(pages[kind, number], _dice(7 * number + 1)), 70)
                share, beside = _judged(sent, (kind, number), codes, held)
                own.setdefault((name, kind), []).append(share)
                others[kind] += beside
    for kind in KINDS:
        for number in range(options.each, options.each + options.again):
            others[kind] += _judged(_jpeg(_photo(KINDS[kind](number), _dice(number)), 70), None, codes, held)[1]
    _told(own, others)
    print(f"{time.process_time() - began:.0f} s of CPU time")


def _told(own: dict[tuple[str, str], list[float]], others: dict[str, list[float]]) -> None:
    """Print what was found at the line in force, what was taken for another, and what is found where none is."""
    print("| way | " + " | ".join(KINDS) + " |\n| --- |" + " ---: |" * len(KINDS))
    for name in WAYS:
        counted = (own[name, kind] for kind in KINDS)
        print(
            f"| {name} | " + " | ".join(f"{_over(one, documents.LEAST_SHARE)} of {len(one)}" for one in counted) + " |"
        )
    print(
        "\n| | found at the line in force | others taken for it | the most alike of those | found above all of those |"
    )
    print("| --- | ---: | ---: | ---: | ---: |")
    for kind, beside in others.items():
        shares = [share for (_, drawn), found in own.items() if drawn == kind for share in found]
        most = max(beside)
        found, false = _over(shares, documents.LEAST_SHARE), _over(beside, documents.LEAST_SHARE)
        told = f"{found} of {len(shares)} | {false} of {len(beside)}"
        print(f"| {kind} | {told} | {most:.2f} | {sum(share > most for share in shares)} |")


def _over(shares: list[float], line: float) -> int:
    return sum(share >= line for share in shares)


Key = tuple[str, int]


def _judged(
    sent: bytes, own: Key | None, codes: dict[Key, np.ndarray], held: dict[Key, bytes]
) -> tuple[float, list[float]]:
    """Give the share that is the page's own, 0 where its code is not near, and those of the nearest others."""
    code = _code(sent)
    near = sorted(codes, key=lambda key: int((codes[key] ^ code).sum()))[:NEAREST]
    page = documents.page_of(sent)
    others = [_share(page, held[key]) for key in [key for key in near if key != own][:BESIDES]]
    return (_share(page, held[own]) if own in near and own is not None else 0.0), others


def _code(data: bytes) -> np.ndarray:
    return np.unpackbits(np.frombuffer(documents.code_of(data) or bytes(32), np.uint8))


def _share(page: documents.Page, earlier: bytes) -> float:
    return documents.share_of(page, documents.page_of(earlier))


def invoice(number: int) -> Paper:
    """Draw an invoice; four on each form."""
    own, form = _dice(number), _dice(1_000 + number // 4)
    page, pen = _blank()
    pen.rectangle((80, 80, 80 + form.randint(200, 500), 80 + form.randint(60, 160)), fill=(40, 40, 90))
    pen.text((650, 100), "INVOICE", font=_font(60), fill=0)
    top = form.randint(300, 420)
    for line in range(5):
        pen.text((80, top + 34 * line), _words(form, 30), font=_font(26), fill=(20, 20, 20))
    pen.text((80, 620), f"No. {own.randint(10_000, 99_999)}   2026-05-{own.randint(1, 28):02}", font=_font(30), fill=0)
    rows = own.randint(9, 16)
    for row in range(rows):
        pen.text((80, 700 + 44 * row), _words(own, own.randint(18, 40)), font=_font(26), fill=0)
        pen.text((900, 700 + 44 * row), f"{own.randint(1, 90)} x {own.random() * 300:.2f}", font=_font(26), fill=0)
    pen.text((800, 740 + 44 * rows), f"Total {own.random() * 9_000:.2f}", font=_font(36), fill=0)
    return page


def licence(number: int) -> Paper:
    """Draw a licence: a frame, a seal, much that is printed and little that is filled in; four on each form."""
    own, form = _dice(5_000 + number), _dice(6_000 + number // 4)
    page, pen = _blank()
    for inset in (50, 62, 90):
        pen.rectangle((inset, inset, SIZE[0] - inset, SIZE[1] - inset), outline=(120, 30, 30), width=4)
    pen.text((270, 170), "LICENCE OF USE", font=_font(80), fill=(90, 20, 20))
    for line in range(12):
        pen.text((150, 340 + 46 * line), _words(form, 52), font=_font(30), fill=(30, 30, 30))
    for line in range(7):
        pen.text((150, 960 + 60 * line), _words(form, 10) + ":", font=_font(32), fill=(30, 30, 30))
        pen.text((480, 960 + 60 * line), _words(own, 26), font=_font(34), fill=(0, 0, 60))
    for ring in (150, 130, 60):
        pen.ellipse((900 - ring, 1_480 - ring, 900 + ring, 1_480 + ring), outline=(170, 30, 30), width=6)
    _scribble(pen, own, 200, 1_520)
    return page


def letter(number: int) -> Paper:
    """Draw a letter: a head of the house's, and all the rest its own; four of each house."""
    own, form = _dice(9_000 + number), _dice(9_900 + number // 4)
    page, pen = _blank()
    pen.text((120, 110), _words(form, 18).title(), font=_font(56), fill=(20, 60, 40))
    pen.line((120, 190, 1_120, 190), fill=(20, 60, 40), width=4)
    for line in range(own.randint(20, 28)):
        pen.text((120, 320 + 42 * line), _words(own, 60), font=_font(28), fill=(15, 15, 15))
    _scribble(pen, own, 140, 1_560)
    pen.text((120, 1_680), _words(form, 64), font=_font(20), fill=(80, 80, 80))
    return page


def _photo(page: Paper, dice: random.Random, *, tilt: int = 60, blur: float = 1.2) -> Paper:
    table = Image.new("RGB", (page.width + 300, page.height + 300), (90, 70, 55))
    table.paste(page, (150, 150))
    wide, high = table.size
    corners = [(0, 0), (wide, 0), (wide, high), (0, high)]
    seen = [(x + dice.randint(-tilt, tilt), y + dice.randint(-tilt, tilt)) for x, y in corners]
    view = _view(corners, seen)
    askew = table.transform((wide, high), Image.Transform.PERSPECTIVE, view, Image.Resampling.BICUBIC)
    turned = askew.rotate(dice.uniform(-5, 5), fillcolor=(80, 70, 60)).filter(ImageFilter.GaussianBlur(blur))
    return turned.resize((wide * 2 // 3, high * 2 // 3))


def _shadow(page: Paper, dice: random.Random) -> Paper:
    """Lay the hard shadow of a hand and a phone over a photo."""
    photo = _photo(page, dice)
    mask = Image.new("L", photo.size, 255)
    pen = ImageDraw.Draw(mask)
    left = dice.randint(0, photo.width // 2)
    pen.polygon([(left, 0), (left + 420, 0), (left + 640, photo.height), (left + 160, photo.height)], fill=110)
    pen.ellipse((photo.width // 2, photo.height // 2, photo.width, photo.height), fill=90)
    light = np.asarray(mask.filter(ImageFilter.GaussianBlur(6)), float)[..., None] / 255
    return Image.fromarray((np.asarray(photo, float) * light).astype(np.uint8))


def _dark(page: Paper, dice: random.Random) -> Paper:
    photo = np.asarray(_photo(page, dice), float) * 0.35
    noise = np.random.default_rng(dice.randint(0, 9_999)).normal(0, 9, photo.shape)
    return Image.fromarray(np.clip(photo + noise, 0, 255).astype(np.uint8))


def _folded(page: Paper, dice: random.Random) -> Paper:
    """Fold it twice: each part lies at an angle of its own to the light, and a crease runs between."""
    light = np.ones((page.height, page.width))
    for third in range(3):
        light[page.height * third // 3 : page.height * (third + 1) // 3] *= dice.uniform(0.72, 1.0)
    folded = Image.fromarray((np.asarray(page, float) * light[..., None]).astype(np.uint8))
    pen = ImageDraw.Draw(folded)
    for crease in (page.height // 3, 2 * page.height // 3):
        pen.line((0, crease, page.width, crease + dice.randint(-6, 6)), fill=(140, 140, 140), width=5)
    return _photo(folded, dice)


def _retyped(page: Paper, dice: random.Random) -> Paper:
    """Type the buyer's name and the number anew, and the sum."""
    copy = page.copy()
    pen = ImageDraw.Draw(copy)
    for top, words in ((600, f"No. {dice.randint(10_000, 99_999)}   2026-08-02"), (960, "Blue Crate GmbH, Rotterdam")):
        pen.rectangle((70, top, 800, top + 60), fill=(250, 250, 250))
        pen.text((80, top + 12), words, font=_font(32), fill=0)
    return copy


WAYS: dict[str, Way] = {
    "scanned again": lambda page, dice: page.rotate(dice.uniform(-1, 1), fillcolor=(255, 255, 255)),
    "photographed": _photo,
    "photographed at a steep angle": lambda page, dice: _photo(page, dice, tilt=220),
    "in a hard shadow": _shadow,
    "out of focus": lambda page, dice: _photo(page, dice, blur=3.5),
    "dark and noisy": _dark,
    "small, as sent by a messenger": lambda page, dice: _photo(page, dice).resize((560, 748)),
    "folded": _folded,
    "its upper two thirds alone": lambda page, dice: page.crop((0, 0, page.width, page.height * 2 // 3)),
    "a number and a name typed anew": _retyped,
    "typed anew, and photographed": lambda page, dice: _photo(_retyped(page, dice), dice),
    "typed anew, at an angle, in a shadow": lambda page, dice: _shadow(_retyped(page, dice), dice),
}
KINDS: dict[str, Callable[[int], Paper]] = {"invoice": invoice, "licence": licence, "letter": letter}


def _blank() -> tuple[Paper, ImageDraw.ImageDraw]:
    page = Image.new("RGB", SIZE, (250, 250, 250))
    return page, ImageDraw.Draw(page)


def _scribble(pen: ImageDraw.ImageDraw, dice: random.Random, x: int, y: int) -> None:
    places = [(x + 22 * step, y + dice.randint(-50, 50)) for step in range(16)]
    pen.line(places, fill=(20, 20, 110), width=5, joint="curve")


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # to be the same each time


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _words(dice: random.Random, letters: int) -> str:
    return "".join(dice.choice(LETTERS) for _ in range(letters))


def _jpeg(page: Paper, quality: int) -> bytes:
    written = BytesIO()
    page.save(written, "JPEG", quality=quality)
    return written.getvalue()


def _view(to: list[tuple[int, int]], seen: list[tuple[int, int]]) -> list[float]:
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(to, seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return list(np.linalg.solve(np.array(rows, float), np.array(seen, float).reshape(8)))


if __name__ == "__main__":
    main()
