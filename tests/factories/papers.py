"""Invoices on invented forms, as scans; the same ones photographed on a table, or with words changed."""

import random
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

LETTERS = "abcdefghij klmnopqrstu"


def invoice(number: int = 1, form: int = 1) -> bytes:
    """Give a scan of an invoice: forms differ in head and foot, numbers in all that is filled in."""
    own, printed = _dice(number), _dice(1000 + form)
    page = Image.new("RGB", (1240, 1754), (250, 250, 250))
    pen = ImageDraw.Draw(page)
    pen.rectangle((80, 80, 80 + printed.randint(200, 500), 80 + printed.randint(60, 160)), fill=(40, 40, 90))
    pen.text((650, 100), "INVOICE", font=_font(60), fill=0)
    top = printed.randint(300, 420)
    for line in range(5):
        pen.text((80, top + 34 * line), _words(printed, 30), font=_font(26), fill=(20, 20, 20))
    top += 200
    pen.text(
        (80, top), f"No. {own.randint(10_000, 99_999)}   Date 2026-05-{own.randint(1, 28):02}", font=_font(30), fill=0
    )
    pen.line((80, top + 50, 1160, top + 50), fill=0, width=3)
    rows = own.randint(9, 16)
    for row in range(rows):
        place = top + 80 + 44 * row
        pen.text((80, place), _words(own, own.randint(18, 40)), font=_font(26), fill=0)
        pen.text((900, place), f"{own.randint(1, 90)} x {own.random() * 300:.2f}", font=_font(26), fill=0)
    pen.text((800, top + 120 + 44 * rows), f"Total {own.random() * 9_000:.2f}", font=_font(36), fill=0)
    pen.text((80, 1660), _words(printed, 70), font=_font(20), fill=(60, 60, 60))
    return _written(page, 85)


def photographed(scan: bytes, seed: int = 1) -> bytes:
    """Give a photo of a page on a table: askew, a little turned, in uneven light, not quite sharp, smaller."""
    page, dice = Image.open(BytesIO(scan)).convert("RGB"), _dice(seed)
    table = Image.new("RGB", (page.width + 300, page.height + 300), (90, 70, 55))
    table.paste(page, (150, 150))
    wide, high = table.size
    corners = [(0, 0), (wide, 0), (wide, high), (0, high)]
    seen = [(x + dice.randint(-60, 60), y + dice.randint(-60, 60)) for x, y in corners]
    askew = table.transform((wide, high), Image.Transform.PERSPECTIVE, _view(corners, seen), Image.Resampling.BICUBIC)
    turned = askew.rotate(dice.uniform(-4, 4), fillcolor=(80, 70, 60)).filter(ImageFilter.GaussianBlur(1.2))
    light = np.asarray(turned, float) * np.linspace(0.75, 1.1, wide)[None, :, None]
    lit = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
    return _written(lit.resize((wide * 2 // 3, high * 2 // 3)), 70)


def edited(scan: bytes) -> bytes:
    """Give the page with another buyer and another sum on it."""
    page = Image.open(BytesIO(scan)).convert("RGB")
    pen = ImageDraw.Draw(page)
    pen.rectangle((70, 480, 700, 620), fill=(250, 250, 250))
    pen.text((80, 520), "Blue Crate GmbH, Rotterdam", font=_font(30), fill=0)
    pen.rectangle((780, 1150, 1180, 1250), fill=(250, 250, 250))
    return _written(page, 85)


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # to be the same each time


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _words(dice: random.Random, letters: int) -> str:
    return "".join(dice.choice(LETTERS) for _ in range(letters))


def _view(to: list[tuple[int, int]], seen: list[tuple[int, int]]) -> list[float]:
    rows = []
    for (x, y), (u, v) in zip(to, seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    solved = np.linalg.solve(np.array(rows, float), np.array(seen, float).reshape(8))
    return [float(one) for one in solved]


def _written(page: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    page.save(written, "JPEG", quality=quality)
    return written.getvalue()
