"""
What sellers do to a photo that is not theirs: twenty-nine edits, each a function of the photo, a seed and other photos.

Every edit gives the bytes of a file. Its random part is drawn from the names of photo and edit, so that a run gives the
same files on any machine with the same libraries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from zlib import crc32

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Photo = Image.Image


@dataclass(frozen=True, slots=True)
class Task:
    """What an edit may use beside the photo: its own random numbers, and other photos to lay it on or beside."""

    random: np.random.Generator
    others: tuple[Photo, Photo, Photo]


Edit = Callable[[Photo, Task], bytes]

#: Every edit by its name, in the order of the table.
EDITS: dict[str, Edit] = {}
#: How many of the other photos are to be seen after an edit, where any is.
SHOWN = {"collage4": 3, "paste40": 1, "background": 1}


def edited(photo: Photo, edit: str, name: str, others: tuple[Photo, Photo, Photo], among: dict[str, Edit]) -> bytes:
    """Apply an edit to the photo of that name."""
    return among[edit](photo, Task(np.random.default_rng(crc32(f"{edit} {name}".encode())), others))


def _saved(photo: Photo, quality: int = 85) -> bytes:
    into = BytesIO()
    photo.convert("RGB").save(into, "JPEG", quality=quality)
    return into.getvalue()


def _edit(make: Callable[[Photo, Task], Photo | bytes]) -> Callable[[Photo, Task], Photo | bytes]:
    def run(photo: Photo, task: Task) -> bytes:
        made = make(photo, task)
        return made if isinstance(made, bytes) else _saved(made)

    EDITS[make.__name__] = run
    return make


@_edit
def reencode(photo: Photo, task: Task) -> bytes:
    """Saved again."""
    return _saved(photo, 75)


@_edit
def jpeg20(photo: Photo, task: Task) -> bytes:
    """Saved at quality 20."""
    return _saved(photo, 20)


@_edit
def gif(photo: Photo, task: Task) -> bytes:
    """Saved as GIF: 64 colours, dithered."""
    into = BytesIO()
    photo.quantize(64).save(into, "GIF")
    return into.getvalue()


@_edit
def webp(photo: Photo, task: Task) -> bytes:
    """Saved as WebP at quality 40."""
    into = BytesIO()
    photo.save(into, "WEBP", quality=40)
    return into.getvalue()


@_edit
def resize25(photo: Photo, task: Task) -> Photo:
    """A quarter of each side."""
    return photo.resize((photo.width // 4, photo.height // 4), Image.Resampling.LANCZOS)


@_edit
def stretched(photo: Photo, task: Task) -> Photo:
    """A quarter wider or narrower."""
    return photo.resize((round(photo.width * task.random.choice([0.8, 1.25])), photo.height), Image.Resampling.BICUBIC)


@_edit
def colour(photo: Photo, task: Task) -> Photo:
    """Another hue, more saturation, other brightness and contrast."""
    hue, saturation, value = photo.convert("HSV").split()
    by = int(task.random.integers(20, 60))
    hue = hue.point(lambda h: (h + by) % 256)
    photo = Image.merge("HSV", (hue, saturation, value)).convert("RGB")
    photo = ImageEnhance.Color(photo).enhance(1.6)
    photo = ImageEnhance.Brightness(photo).enhance(task.random.choice([0.75, 1.25]))
    return ImageEnhance.Contrast(photo).enhance(task.random.choice([0.75, 1.35]))


@_edit
def gray(photo: Photo, task: Task) -> Photo:
    """Without colour."""
    return photo.convert("L")


@_edit
def blur(photo: Photo, task: Task) -> Photo:
    """A blur of a hundredth of the width."""
    return photo.filter(ImageFilter.GaussianBlur(photo.width / 100))


@_edit
def mosaic(photo: Photo, task: Task) -> Photo:
    """Blocks of one colour, forty to a side."""
    small = photo.resize((40, max(1, 40 * photo.height // photo.width)), Image.Resampling.BOX)
    return small.resize(photo.size, Image.Resampling.NEAREST)


@_edit
def text(photo: Photo, task: Task) -> Photo:
    """Three lines of large letters."""
    return _written(photo, task, ("HOT SALE 2026", "FREE SHIPPING", "factory price"), 0.1)


@_edit
def watermark(photo: Photo, task: Task) -> Photo:
    """A half-transparent name, repeated all over."""
    layer = Image.new("RGBA", (photo.width * 2, photo.height * 2), (255, 255, 255, 0))
    draw, font = ImageDraw.Draw(layer), ImageFont.load_default(max(10, photo.width // 14))
    for y in range(0, layer.height, max(1, photo.height // 6)):
        for x in range(0, layer.width, max(1, photo.width // 2)):
            draw.text((x, y), "shop.example", (255, 255, 255, 110), font)
    layer = layer.rotate(30).crop((photo.width // 2, photo.height // 2, photo.width * 3 // 2, photo.height * 3 // 2))
    return Image.alpha_composite(photo.convert("RGBA"), layer.resize(photo.size))


@_edit
def sticker20(photo: Photo, task: Task) -> Photo:
    """A fifth of the area under a badge, somewhere."""
    photo, side = photo.copy(), int((0.2 * photo.width * photo.height) ** 0.5)
    x, y = _somewhere(task, photo.width - side, photo.height - side)
    draw = ImageDraw.Draw(photo)
    draw.ellipse((x, y, x + side, y + side), fill=tuple(int(c) for c in task.random.integers(0, 255, 3)))
    draw.text((x + side * 0.2, y + side * 0.35), "-50%", "white", ImageFont.load_default(max(8, side // 4)))
    return photo


def _crop(share: float) -> Callable[[Photo, Task], Photo]:
    def crop(photo: Photo, task: Task) -> Photo:
        width, height = round(photo.width * share), round(photo.height * share)
        x, y = _somewhere(task, photo.width - width, photo.height - height)
        return photo.crop((x, y, x + width, y + height))

    crop.__name__ = f"crop{round(share * 100)}"
    return crop


for _share in (0.7, 0.5, 0.3):
    _edit(_crop(_share))


@_edit
def border(photo: Photo, task: Task) -> Photo:
    """A white margin of a fifth on every side."""
    return ImageOps.expand(photo, round(0.2 * min(photo.size)), "white")


@_edit
def frame(photo: Photo, task: Task) -> Photo:
    """A patterned frame, with a band of text below."""
    by = round(0.12 * min(photo.size))
    tile = np.add.outer(np.arange(photo.height + 4 * by) // 8, np.arange(photo.width + 2 * by) // 8) % 2
    colours = task.random.integers(0, 255, (2, 3)).astype(np.uint8)
    framed = Image.fromarray(colours[tile])
    framed.paste(photo, (by, by))
    draw = ImageDraw.Draw(framed)
    draw.rectangle((0, photo.height + 2 * by, framed.width, framed.height), fill="white")
    draw.text((by, photo.height + 2.4 * by), "NEW ARRIVAL", "black", ImageFont.load_default(max(8, by)))
    return framed


@_edit
def collage4(photo: Photo, task: Task) -> Photo:
    """One of four photos in one picture."""
    photos = [photo, *task.others]
    width, height = photo.size
    made = Image.new("RGB", (width, height), "white")
    for cell, which in enumerate(task.random.permutation(4)):
        small = (
            ImageOps.fit(photos[which], (width // 2 - 2, height // 2 - 2))
            if which
            else photo.resize((width // 2 - 2, height // 2 - 2), Image.Resampling.LANCZOS)
        )
        made.paste(small, (cell % 2 * (width // 2), cell // 2 * (height // 2)))
    return made


@_edit
def paste40(photo: Photo, task: Task) -> Photo:
    """Laid on another photo, at 40 % of its width."""
    ground = ImageOps.fit(task.others[0], photo.size)
    small = photo.resize((round(photo.width * 0.4), round(photo.height * 0.4)), Image.Resampling.LANCZOS)
    ground.paste(small, _somewhere(task, ground.width - small.width, ground.height - small.height))
    return ground


@_edit
def background(photo: Photo, task: Task) -> Photo:
    """What GrabCut takes for the thing, before another photo. Its outlines were not checked by eye."""
    pixels = np.asarray(photo.convert("RGB"))
    scale = 200 / max(photo.size)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    mask = np.zeros(small.shape[:2], np.uint8)
    height, width = mask.shape
    cv2.setRNGSeed(0)
    box = (width // 12, height // 12, width - width // 6, height - height // 6)
    cv2.grabCut(small, mask, box, np.zeros((1, 65)), np.zeros((1, 65)), 3, cv2.GC_INIT_WITH_RECT)
    thing = cv2.resize((mask & 1).astype(np.float32), photo.size, interpolation=cv2.INTER_LINEAR) > 0.5
    if thing.mean() < 0.15:  # nothing told apart: the middle then
        thing[photo.height // 6 : -photo.height // 6, photo.width // 6 : -photo.width // 6] = True
    other = np.asarray(ImageOps.fit(task.others[0], photo.size).convert("RGB"))
    return Image.fromarray(np.where(thing[:, :, None], pixels, other))


@_edit
def rotated15(photo: Photo, task: Task) -> Photo:
    """Turned by 15 degrees either way, corners white."""
    by = 15 * task.random.choice([-1, 1])
    return photo.rotate(by, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


@_edit
def rotated90(photo: Photo, task: Task) -> Photo:
    """Lying on its side."""
    return photo.transpose(Image.Transpose.ROTATE_90)


@_edit
def mirror(photo: Photo, task: Task) -> Photo:
    """Left and right changed."""
    return ImageOps.mirror(photo)


@_edit
def upside_down(photo: Photo, task: Task) -> Photo:
    """Standing on its head."""
    return photo.transpose(Image.Transpose.ROTATE_180)


@_edit
def perspective(photo: Photo, task: Task) -> Photo:
    """As seen from the side: each corner moved by up to an eighth."""
    return _tilted(photo, task, 0.125, (255, 255, 255))


@_edit
def screenshot(photo: Photo, task: Task) -> Photo:
    """On the page of a shop: bars above and below, a price, a button."""
    page = Image.new("RGB", (photo.width, round(photo.height * 1.6)), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, page.width, page.height * 0.06), fill=(40, 40, 45))
    draw.rectangle((0, page.height * 0.93, page.width, page.height), fill=(250, 80, 40))
    page.paste(photo, (0, round(page.height * 0.1)))
    font = ImageFont.load_default(max(9, page.width // 16))
    for line, words in enumerate(("$ 39.90", "Autumn jacket, all sizes", "4.8 stars  2134 sold")):
        draw.text((10, page.height * (0.76 + 0.05 * line)), words, "black", font)
    return page


@_edit
def off_a_screen(photo: Photo, task: Task) -> Photo:
    """A telephone's photo of a screen: tilted, with the screen's grid, uneven light and noise."""
    pixels = np.asarray(_tilted(photo, task, 0.06, (25, 25, 25)), np.float32)
    height, width = pixels.shape[:2]
    y, x = np.mgrid[:height, :width]
    grid = 1 + 0.08 * np.sin(x * 2.1) * np.sin(y * 1.9) + 0.05 * np.sin((x + 2 * y) / 7)
    light = 0.8 + 0.35 * (x / width) * (1 - y / height)
    noise = task.random.normal(0, 6, pixels.shape)
    return Image.fromarray(np.clip(pixels * (grid * light)[:, :, None] + noise, 0, 255).astype(np.uint8))


@_edit
def strong(photo: Photo, task: Task) -> bytes:
    """Cropped to 70 %, mirrored, turned by 5 degrees, other colours, text, in a frame, at quality 30."""
    photo = ImageOps.mirror(_crop(0.7)(photo, task)).rotate(5, Image.Resampling.BICUBIC, fillcolor="white")
    photo = ImageEnhance.Color(ImageEnhance.Contrast(photo).enhance(1.3)).enhance(0.5)
    photo = ImageOps.expand(_written(photo, task, ("NEW", "50% OFF"), 0.12), photo.width // 10, "red")
    return _saved(photo, 30)


def _somewhere(task: Task, width: int, height: int) -> tuple[int, int]:
    return int(task.random.integers(0, width + 1)), int(task.random.integers(0, height + 1))


def _written(photo: Photo, task: Task, lines: tuple[str, ...], height: float) -> Photo:
    photo = photo.convert("RGB").copy()
    draw, size = ImageDraw.Draw(photo), max(8, round(photo.height * height))
    for line in lines:
        at = _somewhere(task, photo.width // 4, max(1, photo.height - size))
        fill = "yellow" if task.random.random() < 0.5 else "red"
        draw.text(at, line, fill, ImageFont.load_default(size), stroke_width=2, stroke_fill="black")
    return photo


def _tilted(photo: Photo, task: Task, by: float, ground: tuple[int, int, int]) -> Photo:
    width, height = photo.size
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    inward = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) * task.random.uniform(0, by, (4, 2)) * (width, height)
    matrix = cv2.getPerspectiveTransform(corners, (corners + inward).astype(np.float32))
    moved = cv2.warpPerspective(np.asarray(photo.convert("RGB")), matrix, photo.size, borderValue=ground)
    return Image.fromarray(moved)
