"""Draws product photographs: a scene, a light, a product with its shape and colour. The same seed, the same picture."""

import math
from collections.abc import Callable
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

#: Products are drawn on a square of ``SIZE`` pixels; the photograph shows ``SHOWN``.
SIZE = 640
SHOWN = 480

Colour = tuple[int, int, int]
Draw = Callable[[ImageDraw.ImageDraw, Random, Colour], None]


def photo(product: str, seed: int, *, label: str = "") -> Image.Image:
    """
    Draw a product in a scene of its own, ``SHOWN`` pixels square.

    :param product: a name in ``PRODUCTS``
    :param label: what is printed on the product, if anything
    """
    random = Random(seed)  # noqa: S311  a picture, not a secret
    picture = _scene(random)
    layer = Image.new("RGBA", (SIZE, SIZE), (0, 0, 0, 0))
    colour = _colour(random)
    draw = ImageDraw.Draw(layer)
    PRODUCTS[product](draw, random, colour)
    layer = _made_of_something(layer, random)
    draw = ImageDraw.Draw(layer)
    if label:
        draw.text((SIZE // 2, SIZE * 0.56), label, anchor="mm", fill=_tint(colour, 90), font_size=34)
    side = int(SHOWN * random.uniform(0.62, 1.0))
    layer = layer.rotate(random.uniform(-22, 22), resample=Image.Resampling.BILINEAR)
    layer = layer.resize((side, side), Image.Resampling.BILINEAR)
    place = (random.randint(-30, SHOWN - side + 30), random.randint(-15, SHOWN - side + 15))
    shade = layer.getchannel("A").point(lambda a: a * 0.4).filter(ImageFilter.BoxBlur(6))
    picture.paste((20, 20, 24), (place[0] + 12, place[1] + 16), shade)
    picture.paste(layer, place, layer)
    return picture


def encoded(picture: Image.Image, *, quality: int = 88) -> bytes:
    """Give the picture as JPEG bytes."""
    out = BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def reworked(data: bytes, random: Random) -> bytes:
    """Give a copy as a seller makes it: smaller, lighter, saved again."""
    picture: Image.Image = Image.open(BytesIO(data))
    side = random.choice((420, 500, 560))
    picture = picture.resize((side, side))
    picture = ImageEnhance.Brightness(picture).enhance(random.uniform(0.92, 1.08))
    return encoded(picture, quality=random.choice((60, 72, 80)))


def _made_of_something(layer: Image.Image, random: Random) -> Image.Image:
    """
    Give the product a surface of its own: leather, cloth, a print, some wear, as no two things are made alike.

    What differs between two photographs of like things is mostly this; by outlines alone, one drawing is the copy of
    another.
    """
    surface = layer.copy()
    draw = ImageDraw.Draw(surface)
    for _ in range(random.randint(30, 60)):
        _mark(draw, random)
    step, lean = random.randint(14, 46), random.randint(-300, 300)
    for x in range(-300 + random.randint(0, step), SIZE + 300, step):
        shade = random.randint(0, 255)
        draw.line((x, 0, x + lean, SIZE), fill=(shade, shade, shade, 255), width=random.randint(1, 5))
    mixed = Image.blend(layer, surface, random.uniform(0.22, 0.36))
    mixed.putalpha(layer.getchannel("A"))
    return mixed


def _mark(draw: ImageDraw.ImageDraw, random: Random) -> None:
    x, y, width, height = (random.randint(0, SIZE), random.randint(0, SIZE), *(random.randint(6, 70) for _ in "wh"))
    shade = random.randint(0, 255)
    draw.ellipse((x, y, x + width, y + height), fill=(shade, shade, shade, 255))


def _scene(random: Random) -> Image.Image:
    """Draw a wall, a table edge and some things that stand about, so that no two photographs are framed alike."""
    top, bottom = _colour(random, pale=True), _colour(random, pale=True)
    gradient = Image.linear_gradient("L").resize((SIZE, SIZE)).rotate(random.choice((0, 90, 180, 270)))
    scene = Image.composite(Image.new("RGB", (SIZE, SIZE), top), Image.new("RGB", (SIZE, SIZE), bottom), gradient)
    draw = ImageDraw.Draw(scene)
    edge, slope = random.randint(200, 560), random.randint(-160, 160)
    table = _tint(_colour(random, pale=True), -random.randint(30, 90))
    draw.polygon([(0, edge), (SIZE, edge + slope), (SIZE, SIZE), (0, SIZE)], fill=table)
    for _ in range(random.randint(3, 7)):
        _thing(draw, random)
    return scene.resize((SHOWN, SHOWN), Image.Resampling.BILINEAR).filter(ImageFilter.BoxBlur(2))


def _thing(draw: ImageDraw.ImageDraw, random: Random) -> None:
    x, y = random.randint(-60, SIZE - 40), random.randint(-60, SIZE - 40)
    width, height = random.randint(50, 240), random.randint(50, 240)
    shape = random.choice((draw.ellipse, draw.rectangle))
    shape((x, y, x + width, y + height), fill=_tint(_colour(random, pale=True), -random.randint(10, 80)))


def _colour(random: Random, *, pale: bool = False) -> Colour:
    if not pale:
        return random.randint(25, 190), random.randint(25, 190), random.randint(25, 190)
    grey = random.randint(165, 232)
    return grey + random.randint(-16, 16), grey + random.randint(-12, 12), grey + random.randint(-20, 14)


def _tint(colour: Colour, by: int) -> Colour:
    red, green, blue = (max(0, min(255, part + by)) for part in colour)
    return red, green, blue


def _bag(draw: ImageDraw.ImageDraw, random: Random, colour: Colour) -> None:
    width = random.randint(170, 240)
    left, right, top = 320 - width, 320 + width, random.randint(250, 320)
    draw.arc((left + 70, top - 190, right - 70, top + 170), 180, 360, fill=_tint(colour, -40), width=20)
    draw.rounded_rectangle((left, top, right, 560), radius=random.randint(16, 70), fill=colour)
    draw.rounded_rectangle((left, top, right, top + random.randint(70, 150)), radius=30, fill=_tint(colour, 26))
    draw.rectangle((296, top + 90, 344, top + 130), fill=(214, 180, 96))


def _wallet(draw: ImageDraw.ImageDraw, random: Random, colour: Colour) -> None:
    top = random.randint(210, 270)
    draw.rounded_rectangle((120, top, 520, top + random.randint(210, 280)), radius=26, fill=colour)
    draw.line((140, top + 60, 500, top + 60), fill=_tint(colour, 60), width=6)
    draw.ellipse((470, top + 46, 500, top + 76), fill=(210, 210, 216))


def _watch(draw: ImageDraw.ImageDraw, random: Random, colour: Colour) -> None:
    strap = random.randint(60, 84)
    draw.rounded_rectangle((320 - strap, 40, 320 + strap, 600), radius=26, fill=_tint(colour, -20))
    draw.ellipse((180, 180, 460, 460), fill=(190, 194, 202))
    draw.ellipse((204, 204, 436, 436), fill=_tint(colour, random.choice((-60, 110))))
    for hour in range(12):
        x, y = 320 + 98 * math.sin(hour * math.pi / 6), 320 - 98 * math.cos(hour * math.pi / 6)
        draw.ellipse((x - 7, y - 7, x + 7, y + 7), fill=(236, 236, 228))
    hand = random.uniform(0, 2 * math.pi)
    draw.line((320, 320, 320 + 84 * math.sin(hand), 320 - 84 * math.cos(hand)), fill=(240, 240, 240), width=8)


def _shoe(draw: ImageDraw.ImageDraw, random: Random, colour: Colour) -> None:
    heel = random.randint(220, 290)
    upper = [(110, heel), (230, heel - 40), (330, 350), (500, 400), (560, 460), (110, 460)]
    draw.polygon(upper, fill=colour)
    draw.rounded_rectangle((96, 456, 574, 510), radius=22, fill=(238, 238, 232))
    for step in range(random.randint(3, 6)):
        draw.line((250 + step * 38, 330 + step * 18, 300 + step * 38, 300 + step * 22), fill=(245, 245, 245), width=9)


def _phone(draw: ImageDraw.ImageDraw, random: Random, colour: Colour) -> None:
    width = random.randint(120, 150)
    draw.rounded_rectangle((320 - width, 60, 320 + width, 590), radius=42, fill=(32, 34, 40))
    draw.rounded_rectangle((334 - width, 78, 306 + width, 572), radius=30, fill=colour)
    icon, below = random.randint(34, 60), random.randint(66, 110)
    for row in range(random.randint(3, 4)):
        for column in range(3):
            x, y = 340 - width + column * 78, random.randint(118, 142) + row * below
            draw.rounded_rectangle((x, y, x + icon, y + icon), radius=random.randint(4, 26), fill=_tint(colour, 60))


def _headphones(draw: ImageDraw.ImageDraw, random: Random, colour: Colour) -> None:
    draw.arc((130, 90, 510, 560), 180, 360, fill=_tint(colour, -30), width=random.randint(26, 44))
    for left in (92, 452):
        draw.rounded_rectangle((left, 300, left + 100, 480), radius=44, fill=colour)
        draw.rounded_rectangle((left + 18, 320, left + 82, 460), radius=30, fill=_tint(colour, 45))


def _mug(draw: ImageDraw.ImageDraw, random: Random, colour: Colour) -> None:
    draw.arc((400, 250, 560, 430), 270, 90, fill=_tint(colour, -30), width=28)
    draw.rounded_rectangle((170, 190, 460, 510), radius=random.randint(20, 60), fill=colour)
    draw.ellipse((170, 160, 460, 230), fill=_tint(colour, 40))
    for band in range(random.randint(1, 4)):
        draw.rectangle((172, 300 + band * 46, 458, 314 + band * 46), fill=_tint(colour, -55))


def _perfume(draw: ImageDraw.ImageDraw, random: Random, colour: Colour) -> None:
    draw.rectangle((280, 90, 360, 180), fill=(206, 176, 104))
    draw.rounded_rectangle((250, 170, 390, 220), radius=10, fill=(228, 204, 142))
    draw.rounded_rectangle((170, 215, 470, 570), radius=random.randint(8, 90), fill=colour)
    draw.rounded_rectangle((200, random.randint(280, 380), 440, 540), radius=20, fill=_tint(colour, 50))


PRODUCTS: dict[str, Draw] = {
    "bag": _bag,
    "wallet": _wallet,
    "watch": _watch,
    "shoe": _shoe,
    "phone": _phone,
    "headphones": _headphones,
    "mug": _mug,
    "perfume": _perfume,
}
